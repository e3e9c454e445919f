"""Seal the heads of the trail's chains, and print what to keep outside; run it every hour."""

from typing import Any

from django.utils.translation import gettext_lazy

from partybuilding.core.services import seal_trail
from partybuilding.management.timed import HOUR, TimedCommand


class Command(TimedCommand):
    help = "Seal the trail, so that a chain whose end is cut off is found (every hour; keep its line elsewhere)."
    title = gettext_lazy("Sealing of the trail")
    every = HOUR

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one seal over what grew since the last; say so when nothing did."""
        seal = seal_trail()
        if seal is None:
            self.stdout.write("Nothing to seal: no chain grew since the last seal.")
            return
        self.stdout.write(
            self.style.SUCCESS(f"Seal {seal.number} over {len(seal.heads)} chains: {seal.hash}")
        )
