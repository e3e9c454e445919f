"""The columns of this room that must not grow stale; the site above adds its own."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.column.waiting.freshness import Column
from partybuilding.projects.models import Project
from partybuilding.projects.promises.selectors import latest_progress
from partybuilding.projects.states import ProjectState

PROGRESS_DAYS = 30


def newest_progress() -> date | None:
    """Return the day of the newest reported step, or on which the newest promises were published before.

    Nothing while no project is being implemented.
    """
    running = Project.objects.filter(state=ProjectState.IMPLEMENTING)
    begun = running.order_by("-state_since").values_list("state_since", flat=True).first()
    if begun is None:
        return None
    newest = latest_progress(1)
    return newest[0]["date"] if newest else timezone.localdate(begun)


def implementing_projects(user: Any) -> str:
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
