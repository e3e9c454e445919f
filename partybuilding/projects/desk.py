"""The lines of projects on the first screen: by state, due today, and what a decision still lacks."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.states import Role, Tone
from partybuilding.organizations.permissions import standing_of
from partybuilding.projects.filters import lacks
from partybuilding.projects.models import DecisionSession, Project
from partybuilding.projects.selectors import desk_counts
from partybuilding.projects.states import TABLE, ProjectState

REGISTER = "party_projects_modeladmin_index"


def register_url(**filters: str) -> str:
    """Return the address of the register, narrowed."""
    return f"{reverse(REGISTER)}?{urlencode(filters)}" if filters else reverse(REGISTER)


def project_lines(user: Any) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk."""
    if not standing_of(user).is_staff:
        return
    rows = desk_counts(user, timezone.localdate())
    for row in rows:
        state = TABLE.state(row["state"])
        if state.holders == (Role.EDITOR,):
            continue  # the column's own lines lead to the work on its pages
        url = register_url(desk="mine", state=state.code)
        yield DeskLine(state.label, row["n"], row["overdue"], url, state.tone)
    due = sum(row["due_today"] for row in rows)
    yield DeskLine(_("Due today"), due, 0, register_url(desk="mine", due="today"), Tone.NEGATIVE)


def preparation_lines(user: Any) -> Iterator[DeskLine]:
    """Return what the department and the task force still have to find out before the decision."""
    standing = standing_of(user)
    if not standing.has(Role.DEPARTMENT, Role.TASK_FORCE):
        return
    parts = {}
    if standing.has(Role.DEPARTMENT):
        parts = {"assessment": _("Pre-assessment not recorded"), "rating": _("Not rated yet")}
    if standing.has(Role.TASK_FORCE):
        parts["visit"] = _("Not visited yet")
    late = Q(due_on__lt=timezone.localdate())
    counts = Project.objects.filter(state=ProjectState.FIRST_PASSED).aggregate(
        **{part: Count("pk", filter=lacks(part)) for part in parts},
        **{f"{part}_late": Count("pk", filter=lacks(part) & late) for part in parts},
    )
    for part, label in parts.items():
        url = register_url(lack=part)
        yield DeskLine(label, counts[part], counts[f"{part}_late"], url, Tone.NEUTRAL)


def session_lines(user: Any) -> Iterator[DeskLine]:
    """Return the open decision sessions with what they have not decided."""
    if not standing_of(user).has(Role.DEPARTMENT):
        return
    undecided = Count("items", filter=Q(items__decision=""))
    for session in DecisionSession.objects.filter(closed_at=None).annotate(n=undecided):
        label = _("Session open: %(title)s, undecided") % {"title": session.title}
        yield DeskLine(
            label, session.n, 0, reverse("partybuilding:session", args=[session.pk]), Tone.ACTIVE
        )
