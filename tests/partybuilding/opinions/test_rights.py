"""Who sees and handles opinions, beside what every machine is held to (tests/partybuilding/machines)."""

from collections.abc import Iterator
from typing import Any

import pytest

from partybuilding.core.states import Role
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.permissions import (
    user_can_decide_publication,
    user_can_read_contact,
    user_can_set_appraisal,
)
from partybuilding.opinions.states import FINAL, OPEN, OpinionState
from tests.factories import Cast, make_organization, make_person
from tests.factories.opinions import make_opinion
from tests.partybuilding.machines.contract import ALLOWED, NOT_YOURS
from tests.partybuilding.machines.contracts import OPINION

HANDLERS = {"unit", "department"}

pytestmark = pytest.mark.django_db
Stage = tuple[Cast, dict[str, Opinion]]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Bring one opinion into each state; everything is rolled back after the module."""
    with django_db_blocker.unblock(), OPINION.on_stage() as staged:
        yield staged


def test_every_state_is_open_or_final() -> None:
    assert {*OPEN, *FINAL} == set(OpinionState)


@pytest.mark.usefixtures("stage")
def test_another_units_reviewer_sees_none() -> None:
    stranger = make_person(Role.UNIT, make_organization().unit)
    assert not Opinion.objects.visible_to(stranger).exists()


def test_nobody_approves_their_own_draft(stage: Stage) -> None:
    cast, _made = stage
    opinion = make_opinion("drafted", cast)
    assert opinion.unit is None
    assert opinion.drafted_by == cast["department"]
    assert OPINION.outcome(opinion, "approve", cast["department"]) == NOT_YOURS
    assert OPINION.outcome(opinion, "approve", make_person(Role.DEPARTMENT)) == ALLOWED


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
    cast, made = stage
    seen = set(Opinion.objects.visible_to(cast[role]).values_list("pk", flat=True))
    assert {one.pk for one in made.values()}.issubset(seen) == sees
    assert bool(seen) == sees


def test_what_waits_for_whom(stage: Stage) -> None:
    cast, made = stage
    general = make_opinion("received", cast)
    of_unit = set(Opinion.objects.waiting_for(cast["unit"]))
    assert of_unit == {made["received"], made["transferred"], made["accepted"]}
    assert set(Opinion.objects.waiting_for(cast["department"])) == {made["drafted"], general}
    for role in ("taskforce", "auditor", "editor", "applicant", "expert"):
        assert not Opinion.objects.waiting_for(cast[role]).exists()


def test_the_contact_is_for_those_who_handle_it(stage: Stage) -> None:
    cast, made = stage
    may = {role for role in Role.values if user_can_read_contact(made["received"], cast[role])}
    assert may == HANDLERS


@pytest.mark.parametrize("ask", [user_can_decide_publication])
def test_the_department_alone_decides_on_publication(stage: Stage, ask: Any) -> None:
    cast, made = stage
    assert [role for role in Role.values if ask(made["answered"], cast[role])] == ["department"]
    assert [role for role in Role.values if user_can_set_appraisal(cast[role])] == ["department"]


def test_what_is_to_be_published_waits_for_the_department(stage: Stage) -> None:
    cast, made = stage
    assert list(Opinion.objects.to_decide_for(cast["department"])) == [made["answered"]]
    assert not Opinion.objects.to_decide_for(cast["unit"]).exists()


def test_holders_are_named_by_unit_or_as_the_department(stage: Stage) -> None:
    cast, made = stage
    general = make_opinion("accepted", cast)
    assert made["accepted"].state_row.holders == (Role.UNIT,)
    assert made["accepted"].place_of(Role.UNIT) == cast.organization.unit
    assert general.state_row.holders == (Role.DEPARTMENT,)
    assert general.place_of(Role.DEPARTMENT) is None
