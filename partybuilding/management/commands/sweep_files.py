"""Remove private files that no row names, and lists as files that are a day old; run it once a day."""

from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy

from partybuilding.core.files.named import named_files
from partybuilding.core.files.storage import PRIVATE
from partybuilding.core.registers.files import forget_list_files
from partybuilding.core.services import sweep_files
from partybuilding.management.timed import DAY, TimedCommand


class Command(TimedCommand):
    help = "Remove private files that are older than a day and that no row names (run daily)."
    title = gettext_lazy("Removal of files without a row")
    every = DAY
    at = time(2, 30)

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them, and say how many."""
        forget_list_files()
        removed = sweep_files(lambda: named_files()[PRIVATE])
        self.stdout.write(f"Files without a row removed: {len(removed)}.")
