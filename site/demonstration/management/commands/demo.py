"""Load the demonstration: the year 2022 and the year that is open today."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demonstration.play import is_empty, logins, play


class Command(BaseCommand):
    """Play the demonstration into an empty database."""

    help = "Play the demonstration years into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to do nothing where there is data."""
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is data"
        )
        parser.add_argument("--quiet", action="store_true", help="show no progress")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play, or say in one line why not."""
        if not is_empty():
            if options["if_empty"]:
                return
            raise CommandError(
                "The database holds data already; the demonstration needs an empty one."
            )
        started = time.monotonic()
        play(quiet=options["quiet"])
        seconds = time.monotonic() - started
        self.stdout.write(f"演示数据已载入，用时{seconds:.0f}秒。所有账号的密码均为 demo：")
        for line in logins():
            self.stdout.write(line)
