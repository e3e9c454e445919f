"""Who may do what with a case study, and who sees it: `visible_to` is asked everywhere."""

from typing import TYPE_CHECKING

from django.db.models import Q

from partybuilding.cases.states import TABLE, CaseState
from partybuilding.core.states import Role, Step
from partybuilding.core.types import AnyUser, Rows
from partybuilding.organizations.permissions import (
    on_desk,
    roles_for,
    roles_of_user,
    user_works_on_pages,
)
from partybuilding.projects.permissions import is_of_applicants, of_units

if TYPE_CHECKING:
    from partybuilding.cases.models import CaseStudy


def visible_to(cases: Rows, user: AnyUser) -> Rows:
    """Keep the case studies that a user may see at all.

    Overseers, editors and publishers: all. A unit and applicants: those of their own projects, once
    they are public. Everybody else: none.
    """
    roles = roles_of_user(user)
    if roles.oversees or roles.has(Role.EDITOR, Role.PUBLISHER):
        return cases
    scope = of_units(roles.ids(Role.UNIT), "project")
    scope |= Q(project__organization__in=roles.ids(Role.APPLICANT))
    return cases.filter(scope, state__in=TABLE.public_states())


def waiting_for(cases: Rows, user: AnyUser) -> Rows:
    """Keep the case studies that wait for this user to act: the table's holders."""
    return on_desk(cases, user, TABLE)


def user_can_edit_case(case: "CaseStudy", user: AnyUser) -> bool:
    """Let those who write cases give a draft another project."""
    return case.state == CaseState.DRAFT and user_works_on_pages(user)


def user_can_take(step: Step, case: "CaseStudy", user: AnyUser) -> bool:
    """Let whom the table names; nobody of its organisations, but whoever takes a published one back."""
    may = bool(roles_for(step, case, user))
    return may and (step.code == "retract" or not is_of_applicants(case.project, user))
