"""Mark the articles of the official account that tell something else than the site does now; run it every day."""

from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy

from partybuilding.management.timed import DAY, TimedCommand
from partybuilding.wechat.services import compare_with_site


class Command(TimedCommand):
    help = "Mark the articles that differ from the site, whatever changed them (run daily)."
    title = gettext_lazy("Comparison of articles with the site")
    every = DAY
    at = time(2, 40)

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare the newest article of every page, and say how many differ."""
        differing = compare_with_site()
        self.stdout.write(self.style.SUCCESS(f"{differing} articles differ from the site."))
