"""Seal the heads of the trail's chains, and print what to keep outside; run it every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from partybuilding.core.services import seal_trail


class Command(BaseCommand):
    help = "Seal the trail, so that a chain whose end is cut off is found (every hour; keep its line elsewhere)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one seal over what grew since the last; say so when nothing did."""
        seal = seal_trail()
        if seal is None:
            self.stdout.write("Nothing to seal: no chain grew since the last seal.")
            return
        self.stdout.write(
            self.style.SUCCESS(f"Seal {seal.number} over {len(seal.heads)} chains: {seal.hash}")
        )
