"""Tell from the trail when the commitments of earlier projects were published."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    """Take the day of the first publication from the trail."""
    project = apps.get_model("partybuilding", "Project")
    entries = apps.get_model("partybuilding", "TransitionRecord").objects.filter(
        machine="project", step="publish_commitments", record_id=OuterRef("pk")
    )
    first = Subquery(entries.order_by("sequence").values("at")[:1])
    project.objects.filter(commitments_published_at=None).update(commitments_published_at=first)


class Migration(migrations.Migration):
    dependencies = [("partybuilding", "0003_column")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
