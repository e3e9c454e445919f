"""Forget how to reach the senders of opinions that were closed some time ago; run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from partybuilding.conf import setting
from partybuilding.opinions.services import clear_contacts


class Command(BaseCommand):
    help = "Delete the contacts of opinions that were answered or refused OPINION_CONTACT_DAYS ago (run daily)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Clear them, and say how many."""
        count = clear_contacts(setting("OPINION_CONTACT_DAYS"))
        self.stdout.write(f"Contacts cleared: {count}.")
