"""Every state × step × role, cell by cell, against the table of the design (lifecycle.md)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects.models import Project
from partybuilding.projects.states import TABLE, ProjectState
from tests.factories import Cast, make_cast, make_person, make_project
from tests.factories.projects import INPUTS

#: (state, step) → the roles that may, as the design says; every other cell is refused.
MAY = {
    ("draft", "submit"): {"applicant"},
    ("draft", "withdraw"): {"applicant"},
    ("submitted", "pass_first"): {"unit"},
    ("submitted", "send_back"): {"unit"},
    ("submitted", "not_recommend"): {"unit"},
    ("submitted", "recall"): {"applicant"},
    ("submitted", "withdraw"): {"applicant"},
    ("returned", "submit"): {"applicant"},
    ("returned", "withdraw"): {"applicant"},
    ("not_recommended", "take_up"): {"department"},
    ("not_recommended", "decline"): {"department"},
    ("not_recommended", "take_back"): {"unit"},
    ("not_recommended", "withdraw"): {"applicant"},
    ("first_passed", "take_back"): {"unit"},
    ("first_passed", "approve"): {"department"},
    ("first_passed", "send_back"): {"department"},
    ("first_passed", "decline"): {"department"},
    ("first_passed", "withdraw"): {"applicant"},
    ("approved", "submit_commitments"): {"applicant"},
    ("approved", "revoke_approval"): {"department"},
    ("approved", "terminate"): {"department"},
    ("commitments_submitted", "return_commitments"): {"editor"},
    ("commitments_submitted", "publish_commitments"): {"publisher"},
    ("commitments_submitted", "terminate"): {"department"},
    ("implementing", "submit_results"): {"applicant"},
    ("implementing", "terminate"): {"department"},
    ("results_submitted", "return_results"): {"department"},
    ("results_submitted", "grade"): {"department"},
    ("results_submitted", "terminate"): {"department"},
    ("graded", "archive"): {"department"},
    ("graded", "reopen"): {"department"},
    ("declined", "reopen"): {"department"},
    ("withdrawn", "reopen"): {"department"},
    ("terminated", "reopen"): {"department"},
}
STEPS = [step.code for step in TABLE.steps]
STATES = ProjectState.values

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, dict[str, Any]]]:
    """Bring one project into each state; everything is rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        projects = {state: make_project(state, cast) for state in STATES if state != "archived"}
        projects["archived"] = make_project("archived", cast)
        yield cast, projects
        transaction.set_rollback(True)


def outcome(project: Project, step: str, user: Any) -> str:
    """Try a step and say what the door answered; nothing stays."""
    _who, inputs = INPUTS.get(step, ("", {"reason": "理由"}))
    try:
        with transaction.atomic():
            move(project, step, by=user, **inputs)
            transaction.set_rollback(True)
    except WrongState:
        return "no such step"
    except NotYours:
        return "not yours"
    except ConditionUnmet:
        return "allowed"
    return "allowed"


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", STATES)
def test_the_door_answers_each_cell_as_designed(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str, role: str
) -> None:
    cast, projects = stage
    roles = MAY.get((state, step))
    expected = "no such step" if roles is None else "allowed" if role in roles else "not yours"
    assert outcome(projects[state], step, cast[role]) == expected


def test_the_generated_table_is_the_designed_one() -> None:
    drawn = {
        (str(state), step.code): {str(role) for role in roles}
        for step in TABLE.steps
        for state, roles in step.sources.items()
    }
    assert drawn == MAY


@pytest.mark.parametrize(("state", "step"), MAY)
def test_an_administrator_sees_all_and_moves_nothing(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str
) -> None:
    _cast, projects = stage
    administrator = make_person(Role.AUDITOR, is_superuser=True)
    assert Project.objects.visible_to(administrator).filter(pk=projects[state].pk).exists()
    assert outcome(projects[state], step, administrator) == "not yours"


@pytest.mark.parametrize("step", ["pass_first", "send_back", "not_recommend"])
def test_another_units_reviewer_is_refused(stage: tuple[Cast, dict[str, Any]], step: str) -> None:
    _cast, projects = stage
    stranger = make_cast()["unit"]
    assert outcome(projects["submitted"], step, stranger) == "not yours"


@pytest.mark.parametrize(
    ("state", "step", "role"),
    [
        ("submitted", "pass_first", Role.UNIT),
        ("submitted", "not_recommend", Role.UNIT),
        ("not_recommended", "decline", Role.DEPARTMENT),
        ("first_passed", "approve", Role.DEPARTMENT),
        ("first_passed", "decline", Role.DEPARTMENT),
        ("commitments_submitted", "publish_commitments", Role.PUBLISHER),
    ],
)
def test_nobody_decides_on_their_own_organizations_project(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str, role: Role
) -> None:
    cast, projects = stage
    place = cast.organization.unit if role == Role.UNIT else None
    torn = make_person(role, place)
    assert outcome(projects[state], step, torn) == "allowed"
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    assert outcome(projects[state], step, torn) == "not yours"
