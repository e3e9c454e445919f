"""Forget how to reach the senders of opinions that were closed some time ago; run it once a day."""

from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy

from partybuilding.conf import setting
from partybuilding.management.timed import DAY, TimedCommand
from partybuilding.opinions.services import clear_contacts


class Command(TimedCommand):
    help = "Delete the contacts of opinions that were answered or refused OPINION_CONTACT_DAYS ago (run daily)."
    title = gettext_lazy("Clearing of contacts")
    every = DAY
    at = time(2, 20)

    def handle(self, *args: Any, **options: Any) -> None:
        """Clear them, and say how many."""
        count = clear_contacts(setting("OPINION_CONTACT_DAYS"))
        self.stdout.write(f"Contacts cleared: {count}.")
