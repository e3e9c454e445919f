"""The tasks of the worker: what a killed one left is run by another, what was done is forgotten after a while."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.core.management.base import CommandError
from django.db.models import Min
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from partybuilding.management.timed import alone

#: A task that ended so many workers is not tried again.
MOST_WORKERS = 3
#: How long what was done is kept, for whoever looks.
KEPT = timedelta(days=14)


@contextmanager
def living(worker: str) -> Iterator[None]:
    """Hold the sign of life of a worker, which ends with its process or its connection, on every machine."""
    with alone(f"worker {worker}"):
        yield


def take_over(by: str = "") -> int:
    """Let the tasks of workers that live no more be run again; return how many.

    Args:
        by: the worker that asks, whose own task is in good hands.
    """
    taken = 0
    for task in DBTaskResult.objects.running():
        if task.worker_ids[-1] == by:
            continue
        with suppress(CommandError), living(task.worker_ids[-1]):
            is_over = len(task.worker_ids) >= MOST_WORKERS
            facts = {"finished_at": timezone.now()} if is_over else {"started_at": None}
            status = TaskResultStatus.FAILED if is_over else TaskResultStatus.READY
            same = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
            taken += same.update(status=status, **facts)
    return taken


def forget_old() -> None:
    """Remove what was done long ago."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()


def waiting() -> tuple[int, timedelta]:
    """Return how many tasks wait, and for how long the oldest does."""
    ready = DBTaskResult.objects.ready()
    since = ready.aggregate(since=Min("enqueued_at"))["since"]
    return ready.count(), timezone.now() - since if since else timedelta()
