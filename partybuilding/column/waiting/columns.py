"""The columns that residents expect something new in, and how long they may go without it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.conf import setting
from partybuilding.core import rooms
from partybuilding.core.states import Text
from partybuilding.core.types import AnyUser
from partybuilding.projects.models import Project
from partybuilding.projects.promises.selectors import newest_closing
from partybuilding.projects.states import ProjectState


@dataclass(frozen=True)
class Column:
    """One column that must not grow stale.

    Args:
        code: ASCII name.
        label: what editors read.
        page_type: the lower-case name of the page type that a new item is of; empty when it has none.
        days: how many days it may go without anything new.
        newest: returns the day of the newest item; none when the column has nothing to keep fresh.
        url: returns, for a user, where the next item is written.
    """

    code: str
    label: Text
    page_type: str
    days: int
    newest: Callable[[], date | None]
    url: Callable[[Any], str]


def stale_columns(today: date) -> list[tuple[Column, date]]:
    """Return the columns that have gone too long without anything new, with the day of the newest item."""
    known = ((column, column.newest()) for column in rooms.collect("columns"))
    return [
        (column, newest)
        for column, newest in known
        if newest is not None and today - newest > timedelta(days=column.days)
    ]


PROGRESS_DAYS: int = setting("PROGRESS_STALE_DAYS")


def newest_progress() -> date | None:
    """Return the day of the newest reported step, or on which the newest promises were published before.

    Nothing while no project is being implemented.
    """
    running = Project.objects.filter(state=ProjectState.IMPLEMENTING)
    begun = running.order_by("-state_since").values_list("state_since", flat=True).first()
    if begun is None:
        return None
    return newest_closing() or timezone.localdate(begun)


def implementing_projects(user: AnyUser) -> str:
    """Return where the projects are listed that ought to report."""
    return f"{reverse('party_column_modeladmin_index')}?status=live"


PROGRESS = Column(
    "progress",
    _("Progress of promises"),
    "",
    PROGRESS_DAYS,
    newest_progress,
    implementing_projects,
)
