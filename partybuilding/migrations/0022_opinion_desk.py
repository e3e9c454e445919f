"""An index that alone answers what of the opinions waits for whom."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partybuilding", "0021_operations")]

    operations = [
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(
                fields=["state", "published_at", "withheld", "unit", "is_similar", "due_on"],
                name="opinion_desk",
            ),
        ),
    ]
