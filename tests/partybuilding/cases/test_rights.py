"""Every state × step × role of a case study, cell by cell, against the table of the design (lifecycle.md)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from partybuilding.cases.models import CaseStudy
from partybuilding.cases.states import TABLE, CaseState
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from tests.factories import Cast, make_cast, make_person, make_project
from tests.factories.spread import CASE_INPUTS, make_case

#: (state, step) → the roles that may, as the design says; every other cell is refused.
MAY = {
    ("draft", "submit"): {"editor"},
    ("submitted", "select"): {"department"},
    ("submitted", "send_back"): {"department"},
    ("submitted", "decline"): {"department"},
    ("submitted", "recall"): {"editor"},
    ("selected", "take_back"): {"department"},
    ("not_selected", "take_back"): {"department"},
    ("retracted", "reopen"): {"department"},
    ("selected", "publish"): {"publisher"},
    ("published", "retract"): {"department", "publisher"},
}
STEPS = [step.code for step in TABLE.steps]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, dict[str, Any]]]:
    """Bring one case into each state; everything is rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        project = make_project("graded", cast)
        cases = {state: make_case(state, cast, project) for state in CaseState.values}
        yield cast, cases
        transaction.set_rollback(True)


def outcome(case: CaseStudy, step: str, user: Any) -> str:
    """Try a step and say what the door answered; nothing stays."""
    try:
        with transaction.atomic():
            move(case, step, by=user, **CASE_INPUTS[step][1])
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
@pytest.mark.parametrize("state", CaseState.values)
def test_the_door_answers_each_cell_as_designed(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str, role: str
) -> None:
    cast, cases = stage
    roles = MAY.get((state, step))
    expected = "no such step" if roles is None else "allowed" if role in roles else "not yours"
    assert outcome(cases[state], step, cast[role]) == expected


def test_the_generated_table_is_the_designed_one() -> None:
    drawn = {
        (str(state), step.code): {str(role) for role in roles}
        for step in TABLE.steps
        for state, roles in step.sources.items()
    }
    assert drawn == MAY


def test_only_published_cases_may_be_live() -> None:
    assert TABLE.public_states() == ["published"]


@pytest.mark.parametrize(("state", "step"), MAY)
def test_an_administrator_sees_all_and_moves_nothing(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str
) -> None:
    _cast, cases = stage
    administrator = make_person(Role.AUDITOR, is_superuser=True)
    assert CaseStudy.objects.visible_to(administrator).filter(pk=cases[state].pk).exists()
    assert outcome(cases[state], step, administrator) == "not yours"


@pytest.mark.parametrize(
    ("state", "step", "role"),
    [
        ("draft", "submit", Role.EDITOR),
        ("submitted", "select", Role.DEPARTMENT),
        ("submitted", "decline", Role.DEPARTMENT),
        ("selected", "publish", Role.PUBLISHER),
    ],
)
def test_nobody_decides_on_their_own_organizations_case(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str, role: Role
) -> None:
    cast, cases = stage
    torn = make_person(role)
    assert outcome(cases[state], step, torn) == "allowed"
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    assert outcome(cases[state], step, torn) == "not yours"
