"""Who reports, questions, judges, proposes and decides, and who sees it."""

from typing import TYPE_CHECKING

from django.db.models import Q

from partybuilding.core.states import Role, Step
from partybuilding.core.types import AnyUser, Rows
from partybuilding.organizations.permissions import on_desk, roles_for, roles_of_user
from partybuilding.progress.states import ASKING, CHANGES, QUESTIONS, QuestionState
from partybuilding.projects.permissions import (
    is_of_applicants,
    of_units,
    reporting_through,
    takes_in_project,
)
from partybuilding.projects.states import ProjectState

if TYPE_CHECKING:
    from partybuilding.progress.models import CommitmentChange, StepQuestion
    from partybuilding.projects.models import Project


def visible_to(rows: Rows, user: AnyUser) -> Rows:
    """Keep the questions or changes that a user may see: the applicants', the unit's, the overseers'."""
    roles = roles_of_user(user)
    if roles.oversees:
        return rows
    scope = Q(pk__in=[])
    if own := roles.ids(Role.APPLICANT):
        projects = rows.model._meta.get_field("project").related_model._default_manager
        joint = projects.filter(partners__organization__in=own).values("pk")
        scope |= Q(project__organization__in=own) | Q(project__in=joint)
    if units := roles.ids(Role.UNIT):
        scope |= of_units(units, "project")
    return rows.filter(scope)


def questions_waiting_for(rows: Rows, user: AnyUser) -> Rows:
    """Keep the questions that wait for this user: to be answered, or to be judged by the side that asked."""
    roles = roles_of_user(user)
    answered = Q(state=QuestionState.ANSWERED)
    desk = Q(pk__in=[])
    if own := roles.ids(Role.APPLICANT):
        desk |= Q(state__in=QUESTIONS.held_by(Role.APPLICANT), project__organization__in=own)
    if units := roles.ids(Role.UNIT):
        desk |= answered & Q(asked_as=Role.UNIT, project__in=reporting_through(units))
    if roles.has(Role.TASK_FORCE):
        desk |= answered & Q(asked_as=Role.TASK_FORCE)
    return rows.filter(desk)


def changes_waiting_for(rows: Rows, user: AnyUser) -> Rows:
    """Keep the proposed changes for the department."""
    return on_desk(rows, user, CHANGES)


def leads(project: "Project", user: AnyUser) -> bool:
    """Tell whether the user applies for the leading organisation."""
    return project.organization_id in roles_of_user(user).ids(Role.APPLICANT)


def user_can_report_step(project: "Project", user: AnyUser) -> bool:
    """Let the leading organisation report while the project is being implemented."""
    return project.state == ProjectState.IMPLEMENTING and leads(project, user)


def user_can_propose_change(project: "Project", user: AnyUser) -> bool:
    """Let the leading organisation propose while the project is being implemented."""
    return project.state == ProjectState.IMPLEMENTING and leads(project, user)


def side_that_asks(project: "Project", user: AnyUser) -> Role | None:
    """Return as what a user may question a report of a project; None when they may not.

    The unit comes first: whoever holds both roles asks as the one who stands nearer.
    """
    roles = roles_of_user(user)
    if is_of_applicants(project, user):
        return None
    if project.organization.unit_id in roles.ids(Role.UNIT):
        return Role.UNIT
    return Role.TASK_FORCE if roles.has(Role.TASK_FORCE) else None


def user_can_take_question(step: Step, question: "StepQuestion", user: AnyUser) -> bool:
    """Let whom the table names; of the two sides that ask, the one that did."""
    others = set(ASKING) - {question.asked_as}
    roles = roles_for(step, question, user) - others
    return Role.APPLICANT in roles or (bool(roles) and not is_of_applicants(question.project, user))


def user_can_take_change(step: Step, change: "CommitmentChange", user: AnyUser) -> bool:
    """Let whom the table names, but nobody decide for the applying organisations."""
    return takes_in_project(step, change, change.project, user)


def user_can_see_registers(user: AnyUser) -> bool:
    """Show the registers of questions and changes to the units and to those who see every record."""
    roles = roles_of_user(user)
    return roles.oversees or roles.has(Role.UNIT)
