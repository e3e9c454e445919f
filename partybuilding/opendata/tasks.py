"""When a release is made: by the site's worker after a publication; without one, by the next reader who asks.

Wagtail brings django-tasks along. Its immediate backend, which a site has that says nothing of `TASKS`, would
make whoever publishes wait for all the data each time: there the next reader has them made, once however many
publications there were. With a worker a reader is given what there is, which says its date.
"""

import logging
from datetime import timedelta
from threading import Lock
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from partybuilding.core.background import hand_over, has_worker
from partybuilding.opendata.models import DataRelease
from partybuilding.opendata.selectors import is_current
from partybuilding.opendata.services import build

logger = logging.getLogger(__name__)
#: A worker that was asked so long ago is asked again.
PATIENCE = timedelta(minutes=10)
_building = Lock()


@task()
def rebuild() -> None:
    """Make a release if the column says something new."""
    build()


def ask() -> None:
    """Ask the worker for a release, once until it begins with it."""
    now = timezone.now()
    newest = DataRelease.objects.newest()
    if newest is not None:
        unasked = Q(asked_at=None) | Q(asked_at__lt=now - PATIENCE)
        if not DataRelease.objects.filter(unasked, pk=newest.pk).update(asked_at=now):
            return
    hand_over(rebuild)


def follow(sender: Any, **kwargs: Any) -> None:
    """Ask the worker, if there is one, when something was published or a step was taken."""
    if has_worker():
        transaction.on_commit(ask)


def current_release() -> DataRelease:
    """Return the release to hand out: what the column says now, or what says its date."""
    newest = DataRelease.objects.newest()
    if newest is not None and is_current(newest):
        return newest
    if newest is None:
        with _building:
            return build()
    if has_worker():
        ask()
        return newest
    if not _building.acquire(blocking=False):
        return newest
    try:
        return build()
    except (DatabaseError, OSError):
        logger.exception("The open data could not be made; the former release is handed out.")
        return newest
    finally:
        _building.release()
