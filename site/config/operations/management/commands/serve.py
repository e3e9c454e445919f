"""Serve the site with no more connections than the database gives; a worker that dies or grows is replaced."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils.translation import gettext as _

from config.operations.connections import most_connections, wanted_connections

SITE = Path(__file__).resolve().parents[4]


class Command(BaseCommand):
    help = (
        "Serve the site with granian: WORKERS processes of THREADS threads, a connection for each."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take another address than the settings'."""
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        """Become the server.

        Raises:
            CommandError: the database gives fewer connections than its threads could open.
        """
        wanted, most = wanted_connections(), most_connections()
        if most is not None and wanted > most:
            said = _(
                "Not started: WORKERS × THREADS × INSTANCES and %(spare)s for commands are %(wanted)s connections, "
                "PostgreSQL gives %(most)s. Lower them, or raise max_connections."
            )
            spare = wanted - settings.WORKERS * settings.THREADS * settings.INSTANCES
            raise CommandError(said % {"spare": spare, "wanted": wanted, "most": most})
        connections.close_all()
        command = command_line(options["host"], options["port"])
        os.execve(command[0], command, environment())  # noqa: S606


def command_line(host: str, port: int) -> list[str]:
    """Return the server's command."""
    facts = {
        "--interface": "wsgi",
        "--host": host,
        "--port": port,
        "--workers": settings.WORKERS,
        "--blocking-threads": settings.THREADS,
        "--workers-max-rss": settings.WORKER_MEGABYTES,
        "--workers-kill-timeout": "30",
        "--log-level": "warning",
    }
    words = [str(word) for pair in facts.items() for word in pair]
    return [
        sys.executable,
        "-m",
        "granian",
        *words,
        "--respawn-failed-workers",
        "config.wsgi:application",
    ]


def environment() -> dict[str, str]:
    """Return the server's environment, with the folder of its settings on the path."""
    path = os.pathsep.join(filter(None, [str(SITE), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path}
