"""The lines of projects on the first screen: by state, due today, and what a decision still lacks."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.desk.figures import how_many
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.desk.showing import part_of
from partybuilding.core.states import Role, Tone
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.filters import lacks
from partybuilding.projects.models import Project
from partybuilding.projects.selectors import desk_counts
from partybuilding.projects.sessions.selectors import NOT_NOTED, undecided_sessions
from partybuilding.projects.states import TABLE, ProjectState

REGISTER = "party_projects_modeladmin_index"


def register_url(**filters: str) -> str:
    """Return the address of the register, narrowed."""
    return f"{reverse(REGISTER)}?{urlencode(filters)}" if filters else reverse(REGISTER)


def project_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk."""
    if not roles_of_user(user).is_staff:
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


def preparation_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return what the department and the task force still have to find out before the decision."""
    roles = roles_of_user(user)
    if not roles.has(Role.DEPARTMENT, Role.TASK_FORCE):
        return
    parts = {}
    if roles.has(Role.DEPARTMENT):
        parts = {"assessment": _("Pre-assessment not recorded"), "rating": _("Not rated yet")}
    if roles.has(Role.TASK_FORCE):
        parts["visit"] = _("Not visited yet")
    waiting, today = Project.objects.filter(state=ProjectState.FIRST_PASSED), timezone.localdate()
    for part, label in parts.items():
        counts = how_many(waiting.filter(lacks(part)), today)
        yield DeskLine(label, counts["n"], counts["late"], register_url(lack=part), Tone.NEUTRAL)


def session_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return the open decision sessions with what they have not decided."""
    if not roles_of_user(user).has(Role.DEPARTMENT):
        return
    for session in undecided_sessions():
        label = _("Session open: %(title)s, undecided") % {"title": session.title}
        url = part_of(reverse("partybuilding:session", args=[session.pk]), NOT_NOTED)
        yield DeskLine(label, session.n, 0, url, Tone.ACTIVE)
