"""Run what runs by the clock where no timer of the system does, e.g. in a container."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.utils import timezone

from partybuilding.core.models import CommandRun
from partybuilding.management.timed import timed_commands

MANAGE = Path(__file__).resolve().parents[5] / "manage.py"
#: Seconds between two looks at the clock.
PAUSE = 20


class Command(BaseCommand):
    help = "Run every timed command when it is time, one after the other, until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a single look, for proofs."""
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at the clock again and again; a command that fails stops no other."""
        while True:
            for name in due():
                done = subprocess.run([sys.executable, str(MANAGE), name])  # noqa: S603
                self.stdout.write(f"{timezone.localtime():%H:%M:%S} {name}: exit {done.returncode}")
            if options["once"]:
                return
            connections.close_all()
            time.sleep(PAUSE)


def due() -> list[str]:
    """Return the commands whose time has come since they ran last."""
    now = timezone.localtime()
    last = dict(CommandRun.objects.values_list("command", "started_at"))
    return [
        name
        for name, command in timed_commands().items()
        if command.is_due() and command.is_time(now, last.get(name))
    ]
