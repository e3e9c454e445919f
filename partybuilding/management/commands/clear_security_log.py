"""Remove what of the security log is older than it is kept; run it once a day."""

from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy

from partybuilding.management.timed import DAY, TimedCommand
from partybuilding.organizations.security import KEPT_DAYS, clear_security_log


class Command(TimedCommand):
    help = f"Delete entries of the security log that are older than {KEPT_DAYS} days (run daily)."
    title = gettext_lazy("Clearing of the security log")
    every = DAY
    at = time(2, 25)

    def handle(self, *args: Any, **options: Any) -> None:
        """Clear them, and say how many."""
        self.stdout.write(f"Entries of the security log cleared: {clear_security_log()}.")
