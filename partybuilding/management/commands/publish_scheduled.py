"""Let pages out whose time has come, and take offline those whose time is over; run it every few minutes."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from partybuilding.column.publishing import keep_schedule
from partybuilding.management.timed import MINUTE, TimedCommand


class Command(TimedCommand, WagtailCommand):
    """Wagtail's command: each page once, however many runs overlap, and a fault is heard of."""

    help = "Publish and take offline the pages that are due, through the same gate as people."
    title = gettext_lazy("Publication by schedule")
    every = 10 * MINUTE

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep the schedule and say in one line what went out.

        Raises:
            CommandError: something that was due could not be done.
        """
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        run = keep_schedule()
        self.stdout.write(f"Published {run.published}, taken offline {run.taken_offline}.")
        if run.faults:
            said = "; ".join(run.faults)
            raise CommandError(f"{len(run.faults)} due page(s) were kept back: {said}")
