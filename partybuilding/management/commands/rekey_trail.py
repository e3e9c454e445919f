"""Hash the trail anew by the first key of TRAIL_KEY; run it while the site is stopped."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.services import rekey_trail


class Command(BaseCommand):
    help = "Verify the trail by its old keys and hash it anew by the first of TRAIL_KEY (site stopped)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the seal that was kept outside."""
        parser.add_argument(
            "--against",
            default="",
            metavar="HASH",
            help="the hash of the last seal that was kept outside; the trail must still hold it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or name the faults and write nothing."""
        try:
            seal = rekey_trail(options["against"])
        except Refusal as refusal:
            for fault in refusal.sentences:
                self.stdout.write(self.style.ERROR(fault))
            raise CommandError("The trail is not whole; nothing was written.") from refusal
        said = f" Seal {seal.number} is now {seal.hash}" if seal else ""
        self.stdout.write(self.style.SUCCESS(f"The trail is hashed by the first key.{said}"))
