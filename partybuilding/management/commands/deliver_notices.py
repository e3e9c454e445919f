"""Send the mails of notices that are due; run it every minute."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partybuilding.core.models import Delivery, DeliveryState
from partybuilding.core.services import deliver_mail


class Command(BaseCommand):
    help = "Send the mails of notices that are pending and due; never the same one twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many."""
        parser.add_argument("--limit", type=int, default=100, help="most mails of one turn")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and fail when mails are parked for a person to see."""
        if not settings.EMAIL_HOST:
            self.stdout.write(
                "No mail server is set (EMAIL_HOST); notices stay in the site's inbox."
            )
            return
        counts = deliver_mail(options["limit"])
        said = ", ".join(f"{number} {word}" for word, number in counts.items())
        self.stdout.write(f"Mails: {said}.")
        parked = Delivery.objects.filter(state=DeliveryState.PARKED).order_by("pk")
        for delivery in parked:
            self.stdout.write(
                self.style.ERROR(f"mail {delivery.pk} is parked: {delivery.last_error}")
            )
        if parked:
            raise CommandError(f"{len(parked)} mail(s) could not be sent and are parked.")
