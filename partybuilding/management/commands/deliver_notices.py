"""Send the mails of notices that are due; run it every minute."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext_lazy

from partybuilding.core.models import DeliveryState
from partybuilding.core.selectors import mails_in
from partybuilding.core.services import deliver_mail
from partybuilding.core.services.outbox import MailServerDown
from partybuilding.management.timed import MINUTE, TimedCommand


class Command(TimedCommand):
    help = "Send the mails of notices that are pending and due; never the same one twice."
    title = gettext_lazy("Sending of mails")
    every = MINUTE

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many."""
        parser.add_argument("--limit", type=int, default=100, help="most mails of one turn")

    @classmethod
    def is_due(cls) -> bool:
        """Only where there is a mail server."""
        return bool(settings.EMAIL_HOST)

    def handle(self, *args: Any, **options: Any) -> None:
        """Send.

        Raises:
            CommandError: a mail could not be sent, or is parked for a person to see.
        """
        if not settings.EMAIL_HOST:
            self._without_server()
            return
        try:
            counts = deliver_mail(options["limit"])
        except MailServerDown as error:
            said = f"{mails_in(DeliveryState.PENDING)} mail(s) wait, the mail server does not answer: {error}"
            raise CommandError(said) from error
        said = ", ".join(f"{number} {word}" for word, number in counts.items())
        self.stdout.write(f"Mails: {said}.")
        parked = mails_in(DeliveryState.PARKED)
        if parked:
            raise CommandError(
                f"{parked} mail(s) are parked; see to them (manage.py parked_mails)."
            )
        if counts["failed"]:
            raise CommandError(
                f"{counts['failed']} mail(s) could not be sent; they are tried again."
            )

    def _without_server(self) -> None:
        waiting = mails_in(DeliveryState.PENDING)
        if waiting:
            raise CommandError(f"{waiting} mail(s) wait and no mail server is set (EMAIL_HOST).")
        self.stdout.write("No mail server is set (EMAIL_HOST); notices stay in the site's inbox.")
