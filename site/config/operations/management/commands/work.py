"""Do what takes long for the servers: editions of a case book, open data."""

import threading
from argparse import ArgumentParser
from typing import Any

from django.db import DatabaseError, connection, connections
from django_tasks_db.management.commands import db_worker

from config.operations.tasks import forget_old, living, take_over

#: Seconds between two looks for tasks of workers that were killed.
PAUSE = 10


class Command(db_worker.Command):
    """The worker of the queue in the database, which others can see living."""

    help = "Run the tasks that wait, one after the other; several may run, on several machines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the queue of the site, all of it."""
        super().add_arguments(parser)
        parser.set_defaults(backend_name="worker", queue_name="*", reload=False)

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until it is stopped."""
        ready, over = threading.Event(), threading.Event()
        watch = threading.Thread(target=_watch, args=(options["worker_id"], ready, over))
        watch.start()
        try:
            ready.wait()
            super().handle(**options)
        finally:
            over.set()
            watch.join()


def _watch(worker: str, ready: threading.Event, over: threading.Event) -> None:
    """Keep this worker's sign of life on a connection of its own, and look after those that lost theirs.

    A sign that is lost with the database is taken up again; till then another worker may begin the same task.
    """
    while not over.is_set():
        try:
            with living(worker):
                ready.set()
                while connection.vendor == "sqlite" or connection.is_usable():
                    take_over(worker)
                    forget_old()
                    if over.wait(PAUSE):
                        break
        except DatabaseError:
            over.wait(PAUSE)
        finally:
            connections.close_all()
