"""Remove what of the security log is older than it is kept; run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from partybuilding.organizations.security import KEPT_DAYS, clear_security_log


class Command(BaseCommand):
    help = f"Delete entries of the security log that are older than {KEPT_DAYS} days (run daily)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Clear them, and say how many."""
        self.stdout.write(f"Entries of the security log cleared: {clear_security_log()}.")
