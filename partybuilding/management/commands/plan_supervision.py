"""Draw the supervision calendar of a year up, or complete it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partybuilding.cycles.models import Cycle
from partybuilding.supervision.services import draw_up_year


class Command(BaseCommand):
    """Add what the calendars of a year's projects lack; safe to repeat."""

    help = "Add the supervision activities that the projects of a year lack."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the year."""
        parser.add_argument("year", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw it up, and say how many activities were added."""
        cycle = Cycle.objects.filter(year=options["year"]).first()
        if cycle is None:
            raise CommandError(f"There is no programme year {options['year']}.")
        added = draw_up_year(cycle, by=None)
        self.stdout.write(self.style.SUCCESS(f"{cycle}: {added} activities added."))
