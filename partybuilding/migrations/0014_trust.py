from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows name the key that they are hashed with; old ones name none until `rekey_trail` has run."""

    dependencies = [
        ("partybuilding", "0006_reminders_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name=model,
            name="key_id",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="key"),
        )
        for model in ("transitionrecord", "trailseal")
    ]
