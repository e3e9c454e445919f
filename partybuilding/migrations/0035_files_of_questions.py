from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partybuilding", "0034_names_of_placeholders")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="question",
            field=models.CharField(
                blank=True,
                help_text="Key of the year's own question that the file answers.",
                max_length=20,
                verbose_name="question of the form",
            ),
        ),
    ]
