"""Who scores, draws, computes and announces, and who sees what of it: scores stay with the department."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from partybuilding.core.states import Role, Step
from partybuilding.core.types import AnyUser, Rows
from partybuilding.evaluation.states import (
    AWARDS,
    DRAWS,
    EXPERT_KINDS,
    OBJECTIONS,
    RUNS,
    SHEETS,
    SheetKind,
    SheetState,
)
from partybuilding.organizations.permissions import on_desk, roles_for, roles_of_user
from partybuilding.projects.permissions import is_of_applicants, takes_in_project

if TYPE_CHECKING:
    from partybuilding.evaluation.models import Objection, ScoreSheet
    from partybuilding.organizations.models import ExpertGroup
    from partybuilding.projects.models import Project


def user_judges(user: AnyUser) -> bool:
    """Let department officers run the evaluation: draw, assign, compute, announce."""
    return roles_of_user(user).has(Role.DEPARTMENT)


def user_can_see_evaluation(user: AnyUser) -> bool:
    """Show scores, runs and draws to the department and the system's administrators alone."""
    roles = roles_of_user(user)
    return roles.is_superuser or roles.has(Role.DEPARTMENT)


def department_only(rows: Rows, user: AnyUser) -> Rows:
    """Keep everything for those who may see the evaluation, and nothing for others."""
    return rows if user_can_see_evaluation(user) else rows.none()


def user_can_take(step: Step, record: Any, user: AnyUser) -> bool:
    """Let whom the table names."""
    return bool(roles_for(step, record, user))


def user_can_take_objection(step: Step, objection: "Objection", user: AnyUser) -> bool:
    """Let whom the table names, but nobody decide on their own organisation's project."""
    if objection.project is None:
        return user_can_take(step, objection, user)
    return takes_in_project(step, objection, objection.project, user)


def user_can_take_sheet(step: Step, sheet: "ScoreSheet", user: AnyUser) -> bool:
    """Let the expert whose sheet it is, the applicants of the reviewing organisation, or the department.

    An officer who belongs to an organisation that carries the project out takes no step with its sheets.
    """
    roles = roles_for(step, sheet, user)
    if sheet.is_of_peer or sheet.judge_id != user.pk:
        roles.discard(Role.EXPERT)
    if Role.DEPARTMENT in roles and is_of_applicants(sheet.project, user):
        roles.discard(Role.DEPARTMENT)
    return bool(roles)


def own_sheets(user: AnyUser) -> Q:
    """Return the condition that a sheet is a user's own, as expert or for a reviewing organisation."""
    roles = roles_of_user(user)
    mine = Q(pk__in=[])
    if roles.has(Role.EXPERT):
        mine |= Q(judge=user)
    if own := roles.ids(Role.APPLICANT):
        mine |= Q(kind=SheetKind.PEER, reviewer__in=own)
    return mine


def sheets_visible_to(sheets: Rows, user: AnyUser) -> Rows:
    """Keep one's own sheets; for the department and administrators all."""
    return sheets if user_can_see_evaluation(user) else sheets.filter(own_sheets(user))


def sheets_waiting_for(sheets: Rows, user: AnyUser) -> Rows:
    """Keep the open sheets of one's own, and the recusals that the department decides."""
    mine = Q(state__in=SHEETS.held_by(Role.EXPERT)) & own_sheets(user)
    if user_judges(user):
        mine |= Q(state=SheetState.RECUSAL)
    return sheets.filter(mine)


def draws_waiting_for(draws: Rows, user: AnyUser) -> Rows:
    """Keep the draws that wait for the department."""
    return on_desk(draws, user, DRAWS)


def runs_waiting_for(runs: Rows, user: AnyUser) -> Rows:
    """Keep the runs that wait for the department."""
    return on_desk(runs, user, RUNS)


def objections_waiting_for(objections: Rows, user: AnyUser) -> Rows:
    """Keep the objections that wait for the department."""
    return on_desk(objections, user, OBJECTIONS)


def awards_visible_to(awards: Rows, user: AnyUser) -> Rows:
    """Keep the awards of one's own organisations and units; overseers see all, they are announced."""
    roles = roles_of_user(user)
    if roles.oversees:
        return awards
    units = roles.ids(Role.UNIT)
    return awards.filter(
        Q(organization__in=roles.ids(Role.APPLICANT)) | Q(organization__unit__in=units)
    )


def awards_waiting_for(awards: Rows, user: AnyUser) -> Rows:
    """Keep the awards that are to be paid, for the department."""
    return on_desk(awards, user, AWARDS)


def user_can_score(sheet: "ScoreSheet", user: AnyUser) -> bool:
    """Let whose sheet it is write on it while it is open."""
    if sheet.state != SheetState.OPEN:
        return False
    roles = roles_of_user(user)
    if sheet.kind in EXPERT_KINDS:
        return bool(sheet.judge_id == user.pk and roles.has(Role.EXPERT))
    return sheet.reviewer_id in roles.ids(Role.APPLICANT)


def side_that_rates(project: "Project", user: AnyUser) -> Role | None:
    """Return as what a user gives the day-to-day rating; None when they may not."""
    roles = roles_of_user(user)
    if is_of_applicants(project, user):
        return None
    if project.organization.unit_id in roles.ids(Role.UNIT):
        return Role.UNIT
    return Role.TASK_FORCE if roles.has(Role.TASK_FORCE) else None


def user_gives_ratings(user: AnyUser) -> bool:
    """Let unit reviewers and the task force come to the day-to-day ratings."""
    return roles_of_user(user).has(Role.UNIT, Role.TASK_FORCE)


def user_can_explain(group: "ExpertGroup", user: AnyUser) -> bool:
    """Let the leader of an expert group explain its disagreements."""
    return group.leader_id is not None and group.leader_id == user.pk


def user_can_attach_scan(sheet: "ScoreSheet", user: AnyUser) -> bool:
    """Let whose sheet it is and the department add the signed paper, nobody to their own project."""
    if is_of_applicants(sheet.project, user):
        return False
    return user_judges(user) or type(sheet).objects.filter(own_sheets(user), pk=sheet.pk).exists()
