"""Run what runs by the clock where no timer of the system does, e.g. in a container."""

import signal
import subprocess
import sys
from pathlib import Path
from threading import Event
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
        """Look at the clock again and again; a command that fails stops no other.

        SIGTERM ends it, once the command under way is done: as the first process of a container it would
        otherwise not be heard.
        """
        told_to_end = Event()
        before = signal.signal(signal.SIGTERM, lambda _number, _frame: told_to_end.set())
        try:
            self._look(told_to_end)
            while not (options["once"] or told_to_end.is_set()):
                connections.close_all()
                told_to_end.wait(PAUSE)
                self._look(told_to_end)
        finally:
            signal.signal(signal.SIGTERM, before)

    def _look(self, told_to_end: Event) -> None:
        for name in due():
            if told_to_end.is_set():
                return
            done = subprocess.run([sys.executable, str(MANAGE), name])  # noqa: S603
            self.stdout.write(f"{timezone.localtime():%H:%M:%S} {name}: exit {done.returncode}")


def due() -> list[str]:
    """Return the commands whose time has come since they ran last."""
    now = timezone.localtime()
    last = dict(CommandRun.objects.values_list("command", "started_at"))
    return [
        name
        for name, command in timed_commands().items()
        if command.is_due() and command.is_time(now, last.get(name))
    ]
