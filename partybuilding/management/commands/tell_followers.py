"""Tell those who follow by mail what is new, and forget addresses that nobody confirmed; run it once a day."""

from datetime import time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from partybuilding.following.services import forget_unconfirmed, tell_news
from partybuilding.management.timed import DAY, TimedCommand


class Command(TimedCommand):
    help = "Write the mails to who follows a project (daily), a township or everything (Mondays)."
    title = gettext_lazy("Mails to followers")
    every = DAY
    at = time(7, 40)

    @classmethod
    def is_due(cls) -> bool:
        """Only where there is a mail server."""
        return bool(settings.EMAIL_HOST)

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget, then tell; without a mail server nothing is told."""
        forgotten = forget_unconfirmed()
        count = tell_news(timezone.now()) if settings.EMAIL_HOST else 0
        self.stdout.write(f"Mails written: {count}; unconfirmed addresses deleted: {forgotten}.")
