"""Who writes, issues and revokes feedback notices, and who sees them: `visible_to` is asked everywhere."""

from typing import TYPE_CHECKING

from django.db.models import Q

from partybuilding.core.states import Role, Step
from partybuilding.core.types import AnyUser, Rows
from partybuilding.organizations.permissions import on_desk, roles_of_user
from partybuilding.projects.models import Partner
from partybuilding.projects.permissions import is_of_applicants, of_units, takes_in_project
from partybuilding.supervision.notices.states import READABLE, TABLE

if TYPE_CHECKING:
    from partybuilding.projects.models import Project
    from partybuilding.supervision.notices.models import FeedbackNotice


def visible_to(notices: Rows, user: AnyUser) -> Rows:
    """Keep the notices that a user may see at all.

    Overseers: all, drafts too. A unit: its organisations', applicants: their own (leading or taking
    part), editors and publishers: all, each once they were issued. Everybody else: none.
    """
    roles = roles_of_user(user)
    if roles.oversees:
        return notices
    scope = Q(pk__in=[])
    if roles.has(Role.EDITOR, Role.PUBLISHER):
        scope |= Q(state__in=READABLE)
    if units := roles.ids(Role.UNIT):
        scope |= of_units(units, "project") & Q(state__in=READABLE)
    if own := roles.ids(Role.APPLICANT):
        joint = Partner.objects.filter(organization__in=own).values("project")
        mine = Q(project__organization__in=own) | Q(project__in=joint)
        scope |= mine & Q(state__in=READABLE)
    return notices.filter(scope)


def waiting_for(notices: Rows, user: AnyUser) -> Rows:
    """Keep the notices that wait for this user to act: the table's holders."""
    return on_desk(notices, user, TABLE)


def user_can_write_feedback(project: "Project", user: AnyUser) -> bool:
    """Let the task force, of whom nobody writes of their own organisation's project."""
    return roles_of_user(user).has(Role.TASK_FORCE) and not is_of_applicants(project, user)


def user_can_take(step: Step, notice: "FeedbackNotice", user: AnyUser) -> bool:
    """Let whom the table names, but nobody of the project's own organisations."""
    return takes_in_project(step, notice, notice.project, user)


def user_can_edit_feedback(notice: "FeedbackNotice", user: AnyUser) -> bool:
    """Let those who may write it change its words until it is issued."""
    written = notice.state_row.editable_by == Role.TASK_FORCE
    return written and user_can_write_feedback(notice.project, user)


def user_sees_rounds(user: AnyUser) -> bool:
    """Show the quarter's notices to the task force and to everybody else who sees every record."""
    return roles_of_user(user).oversees
