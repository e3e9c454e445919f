"""Make the open data anew when the column says something else; run it once a day, or after a restore."""

from datetime import time
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext_lazy

from partybuilding.management.timed import DAY, TimedCommand
from partybuilding.opendata.services import build


class Command(TimedCommand):
    help = "Make the files below /data/ say what the column says now (run daily)."
    title = gettext_lazy("Open data of the day")
    every = DAY
    at = time(0, 5)

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to write them even when nothing was written since."""
        parser.add_argument("--anew", action="store_true", help="Read everything again.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, and say how much they hold."""
        release = build(anew=options["anew"])
        rows = sum(release.rows.values())
        self.stdout.write(f"Open data {release}: {len(release.files)} files, {rows} rows.")
