"""Every state × step × role of an opinion, cell by cell, against the design; and who sees what."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.permissions import (
    user_can_decide_publication,
    user_can_read_contact,
    user_can_set_appraisal,
)
from partybuilding.opinions.states import FINAL, OPEN, TABLE, OpinionState
from partybuilding.organizations.services import appoint
from tests.factories import Cast, make_cast, make_organization, make_person, make_project, make_unit
from tests.factories.opinions import inputs_of, make_opinion

HANDLERS = {"unit", "department"}
#: (state, step) → the roles that may, as the design says; every other cell is refused.
MAY = {
    **{(state, "accept"): HANDLERS for state in ("received", "transferred")},
    **{(state, "transfer"): HANDLERS for state in ("received", "transferred", "accepted")},
    **{(state, "refuse"): HANDLERS for state in ("received", "transferred", "accepted")},
    ("accepted", "draft"): HANDLERS,
    ("accepted", "prolong"): HANDLERS,
    ("drafted", "approve"): {"department"},
    ("drafted", "send_back"): {"department"},
}
STEPS = [step.code for step in TABLE.steps]

pytestmark = pytest.mark.django_db
Stage = tuple[Cast, dict[str, Opinion], int]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Bring one opinion into each state; everything is rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        project = make_project("approved", cast)
        made = {state: make_opinion(state, cast, project) for state in OpinionState.values}
        yield cast, made, make_unit().pk
        transaction.set_rollback(True)


def outcome(opinion: Opinion, step: str, user: Any, unit: int) -> str:
    """Try a step and say what the door answered; nothing stays."""
    try:
        with transaction.atomic():
            move(opinion, step, by=user, **inputs_of(step, unit))
            transaction.set_rollback(True)
    except WrongState:
        return "no such step"
    except NotYours:
        return "not yours"
    except ConditionUnmet:
        return "unmet"
    return "allowed"


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", OpinionState.values)
def test_the_door_answers_each_cell_as_designed(
    stage: Stage, state: str, step: str, role: str
) -> None:
    cast, made, unit = stage
    roles = MAY.get((state, step))
    expected = "no such step" if roles is None else "allowed" if role in roles else "not yours"
    assert outcome(made[state], step, cast[role], unit) == expected


def test_the_generated_table_is_the_designed_one() -> None:
    drawn = {
        (str(state), step.code): {str(role) for role in roles}
        for step in TABLE.steps
        for state, roles in step.sources.items()
    }
    assert drawn == MAY
    assert {*OPEN, *FINAL} == set(OpinionState)


def test_another_units_reviewer_is_refused(stage: Stage) -> None:
    _cast, made, unit = stage
    stranger = make_person(Role.UNIT, make_organization().unit)
    assert outcome(made["received"], "accept", stranger, unit) == "not yours"
    assert not Opinion.objects.visible_to(stranger).exists()


@pytest.mark.parametrize(
    ("state", "step", "role"),
    [
        ("received", "accept", "unit"),
        ("accepted", "draft", "unit"),
        ("received", "refuse", "department"),
        ("drafted", "approve", "department"),
        ("drafted", "send_back", "department"),
    ],
)
def test_nobody_of_the_project_decides_on_an_opinion_about_it(
    stage: Stage, state: str, step: str, role: str
) -> None:
    cast, made, unit = stage
    torn = make_person(Role(role), cast.organization.unit if role == "unit" else None)
    assert outcome(made[state], step, torn, unit) == "allowed"
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    assert outcome(made[state], step, type(torn).objects.get(pk=torn.pk), unit) == "not yours"


def test_nobody_approves_their_own_draft(stage: Stage) -> None:
    cast, _made, unit = stage
    opinion = make_opinion("drafted", cast)
    assert opinion.unit is None
    assert opinion.drafted_by == cast["department"]
    assert outcome(opinion, "approve", cast["department"], unit) == "not yours"
    assert outcome(opinion, "approve", make_person(Role.DEPARTMENT), unit) == "allowed"


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("unit", True),
        ("department", True),
        ("taskforce", True),
        ("auditor", True),
        ("editor", False),
        ("publisher", False),
        ("applicant", False),
        ("expert", False),
    ],
)
def test_who_sees_opinions(stage: Stage, role: str, sees: bool) -> None:
    cast, made, _unit = stage
    seen = set(Opinion.objects.visible_to(cast[role]).values_list("pk", flat=True))
    assert {one.pk for one in made.values()}.issubset(seen) == sees
    assert bool(seen) == sees


def test_what_waits_for_whom(stage: Stage) -> None:
    cast, made, _unit = stage
    general = make_opinion("received", cast)
    of_unit = set(Opinion.objects.waiting_for(cast["unit"]))
    assert of_unit == {made["received"], made["transferred"], made["accepted"]}
    assert set(Opinion.objects.waiting_for(cast["department"])) == {made["drafted"], general}
    for role in ("taskforce", "auditor", "editor", "applicant", "expert"):
        assert not Opinion.objects.waiting_for(cast[role]).exists()


def test_the_contact_is_for_those_who_handle_it(stage: Stage) -> None:
    cast, made, _unit = stage
    may = {role for role in Role.values if user_can_read_contact(made["received"], cast[role])}
    assert may == HANDLERS


@pytest.mark.parametrize("ask", [user_can_decide_publication])
def test_the_department_alone_decides_on_publication(stage: Stage, ask: Any) -> None:
    cast, made, _unit = stage
    assert [role for role in Role.values if ask(made["answered"], cast[role])] == ["department"]
    assert [role for role in Role.values if user_can_set_appraisal(cast[role])] == ["department"]


def test_what_is_to_be_published_waits_for_the_department(stage: Stage) -> None:
    cast, made, _unit = stage
    assert list(Opinion.objects.to_decide_for(cast["department"])) == [made["answered"]]
    assert not Opinion.objects.to_decide_for(cast["unit"]).exists()


def test_holders_are_named_by_unit_or_as_the_department(stage: Stage) -> None:
    cast, made, _unit = stage
    general = make_opinion("accepted", cast)
    assert made["accepted"].state_row.holders == (Role.UNIT,)
    assert made["accepted"].place_of(Role.UNIT) == cast.organization.unit
    assert general.state_row.holders == (Role.DEPARTMENT,)
    assert general.place_of(Role.DEPARTMENT) is None
