"""Remove private files that no row names; run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from partybuilding.core.models import Attachment
from partybuilding.core.services import sweep_files
from partybuilding.progress.selectors import picture_names


class Command(BaseCommand):
    help = "Remove private files that are older than a day and that no row names (run daily)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them, and say how many."""
        removed = sweep_files(named)
        self.stdout.write(f"Files without a row removed: {len(removed)}.")


def named() -> set[str]:
    """Return the names of all private files that belong to something."""
    attached = Attachment.objects.values_list("file", flat=True).iterator()
    return {*attached, *picture_names()}
