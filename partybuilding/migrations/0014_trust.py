import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows name the key that they are hashed with; old ones name none until `rekey_trail` has run."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("partybuilding", "0011_corrections"),
    ]

    operations = [
        migrations.CreateModel(
            name="FirstPassword",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "First password",
                "verbose_name_plural": "first passwords",
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("place", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField(default=1)),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={"verbose_name": "tally"},
        ),
        *(migrations.AddField(
            model_name=model,
            name="key_id",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="key"),
        )
        for model in ("transitionrecord", "trailseal"))
    ]
