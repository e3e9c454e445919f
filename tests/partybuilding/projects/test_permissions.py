"""Who may do what in which state, for each right that is no step of the machine: state × right × role."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects import permissions
from partybuilding.projects.models import Project
from partybuilding.projects.states import ProjectState
from tests.factories import Cast, make_cast, make_organization, make_person, make_project, make_user

DECISION = {"first_passed"}
CHOSEN = {
    *("approved", "commitments_submitted", "implementing"),
    *("results_submitted", "graded", "archived", "terminated"),
}
ANY = set(ProjectState.values)
#: Right → the states in which it is there, and who has it then (lifecycle.md, "Rights"); "expert" is assigned.
RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "edit_project": ({"draft", "returned", "approved"}, {"applicant"}),
    "edit_application": ({"draft", "returned"}, {"applicant"}),
    "write_results": ({"implementing"}, {"applicant"}),
    "submit_project": (ANY, {"applicant"}),
    "withdraw_project": (ANY, {"applicant"}),
    "pass_project": (ANY, {"unit"}),
    "extend_return": (ANY, {"unit", "department"}),
    "decide_project": (ANY, {"department"}),
    "return_commitments": (ANY, {"editor"}),
    "publish_commitments": (ANY, {"publisher"}),
    "assess_project": (DECISION, {"department", "taskforce", "expert"}),
    "rate_project": (DECISION, {"department"}),
    "appoint_four_ones": (DECISION | CHOSEN, {"department"}),
    "assign_experts": (DECISION | CHOSEN - {"graded", "archived", "terminated"}, {"department"}),
    "see_reviews": (ANY, {"unit", "department", "taskforce", "auditor"}),
}
#: What even who belongs to an applying organisation may, besides their other role.
OF_APPLICANTS = {"edit_project", "edit_application", "write_results"} | {
    "submit_project",
    "withdraw_project",
}
Stage = tuple[Cast, Project, dict[str, Any]]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Make one project with an assigned expert, and people who belong to its organisation besides."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        project = make_project("first_passed", cast)
        project.assignments.create(group=cast["group"])
        torn = {}
        for role in (Role.DEPARTMENT, Role.TASK_FORCE, Role.EDITOR, Role.PUBLISHER, Role.AUDITOR):
            torn[role.value] = make_person(role)
            appoint(torn[role.value], Role.APPLICANT, cast.organization, by=None)
        yield cast, project, torn
        transaction.set_rollback(True)


def right(name: str) -> Callable[[Any, Any], bool]:
    return getattr(permissions, f"user_can_{name}")


@pytest.mark.parametrize("name", RIGHTS)
@pytest.mark.parametrize("state", ProjectState.values)
def test_each_right_is_there_for_its_roles_in_its_states(
    stage: Stage, name: str, state: str
) -> None:
    cast, project, torn = stage
    states, roles = RIGHTS[name]
    project.state = state
    found = {role for role in Role.values if right(name)(project, cast[role])}
    assert found == (roles if state in states else set())
    of_them = {role for role, user in torn.items() if right(name)(project, user)}
    own = set(torn) if name in OF_APPLICANTS and state in states else set()
    assert of_them == own
    strangers = make_cast(cast.cycle)
    others = {"applicant", "unit", "expert"}
    assert not any(right(name)(project, strangers[role]) for role in others)
    assert not right(name)(project, make_user())


@pytest.mark.parametrize("state", ProjectState.values)
def test_the_unit_reviews_what_is_submitted_and_the_department_everything_else(
    stage: Stage, state: str
) -> None:
    cast, project, torn = stage
    project.state = state
    may = {role for role in Role.values if permissions.user_can_review_project(project, cast[role])}
    assert may == ({"unit"} if state == "submitted" else {"department"})
    assert not any(permissions.user_can_review_project(project, one) for one in torn.values())


@pytest.mark.parametrize("state", ProjectState.values)
def test_a_partner_answers_for_itself_until_the_department_has_decided(
    stage: Stage, state: str
) -> None:
    cast, project, _torn = stage
    place, other = make_organization(), make_organization()
    partner = project.partners.create(organization=place)
    project.state = state
    undecided = {"draft", "submitted", "returned", "not_recommended", "first_passed"}
    member, stranger = make_person(Role.APPLICANT, place), make_person(Role.APPLICANT, other)
    may = permissions.user_can_answer_for_partner
    assert may(project, partner, member) is (state in undecided)
    for user in (stranger, cast["applicant"], cast["department"], cast["unit"]):
        assert not may(project, partner, user)


def test_who_prepares_and_holds_sessions_and_who_looks_on(stage: Stage) -> None:
    cast, _project, _torn = stage
    admin = make_user(is_superuser=True)

    def may(name: str) -> set[str]:
        users = {**{role: cast[role] for role in Role.values}, "admin": admin}
        return {who for who, user in users.items() if getattr(permissions, name)(user)}

    overseers = {"department", "taskforce", "auditor", "admin"}
    assert may("user_can_see_preparation") == overseers
    assert may("user_can_hold_session") == {"department"}
    assert may("user_can_see_session") == {"department", "auditor", "admin"}
