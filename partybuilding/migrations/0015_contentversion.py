from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partybuilding", "0014_trust")]

    operations = [
        migrations.CreateModel(
            name="ContentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.CharField(max_length=20)),
                ("count", models.BigIntegerField()),
            ],
        ),
    ]
