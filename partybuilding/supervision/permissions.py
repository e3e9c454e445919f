"""Who may do what in supervision, and who sees it: `visible_to` is asked everywhere."""

from typing import TYPE_CHECKING

from django.db.models import Q

from partybuilding.core.states import Role, Step
from partybuilding.core.types import AnyUser, Rows
from partybuilding.organizations.permissions import on_desk, roles_of_user
from partybuilding.projects.models import Partner
from partybuilding.projects.permissions import is_of_applicants, of_units, takes_in_project
from partybuilding.projects.states import KEEPING, PROMISED
from partybuilding.supervision.states import TABLE

if TYPE_CHECKING:
    from partybuilding.projects.models import Project
    from partybuilding.supervision.models import Rectification


def visible_to(rows: Rows, user: AnyUser) -> Rows:
    """Keep the activities or rectifications that a user may see at all; both hang on a project.

    Overseers: all. A unit: its organisations'. Applicants: their own organisations', leading or taking
    part. Editors and publishers: those of projects whose promises are public. Everybody else: none.
    """
    roles = roles_of_user(user)
    if roles.oversees:
        return rows
    scope = Q(pk__in=[])
    if own := roles.ids(Role.APPLICANT):
        joint = Partner.objects.filter(organization__in=own).values("project")
        scope |= Q(project__organization__in=own) | Q(project__in=joint)
    if units := roles.ids(Role.UNIT):
        scope |= of_units(units, "project")
    if roles.has(Role.EDITOR, Role.PUBLISHER):
        scope |= Q(project__state__in=PROMISED)
    return rows.filter(scope)


def waiting_for(rectifications: Rows, user: AnyUser) -> Rows:
    """Keep the rectifications that wait for this user to act: the table's holders."""
    return on_desk(rectifications, user, TABLE)


def user_can_see_plan(user: AnyUser) -> bool:
    """Show plan board and registers to overseers and unit reviewers."""
    roles = roles_of_user(user)
    return roles.oversees or roles.has(Role.UNIT)


def user_can_plan_supervision(user: AnyUser) -> bool:
    """Let the task force set days and officers."""
    return roles_of_user(user).has(Role.TASK_FORCE)


def user_can_supervise_project(project: "Project", user: AnyUser) -> bool:
    """Let the task force record what it saw, while it goes on, and never of its own organisation."""
    goes_on = project.state in KEEPING
    return goes_on and user_can_plan_supervision(user) and not is_of_applicants(project, user)


def user_can_take(step: Step, rectification: "Rectification", user: AnyUser) -> bool:
    """Let whom the table names, but nobody verify for the organisations that rectify."""
    return takes_in_project(step, rectification, rectification.project, user)
