"""Every state × step × role of a brand, cell by cell, against the table of the design (lifecycle.md)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from partybuilding.brands.models import Brand
from partybuilding.brands.states import TABLE, BrandState
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from tests.factories import Cast, make_cast, make_organization, make_person, make_project
from tests.factories.spread import BRAND_INPUTS, make_brand

#: (state, step) → the roles that may, as the design says; every other cell is refused.
MAY = {
    ("draft", "nominate"): {"editor", "unit"},
    ("nominated", "recognise"): {"department"},
    ("nominated", "decline"): {"department"},
    ("nominated", "recall"): {"editor", "unit"},
    ("recognised", "take_back"): {"department"},
    ("declined", "take_back"): {"department"},
    ("promoted", "stop_promoting"): {"department"},
    ("revoked", "reopen"): {"department"},
    ("recognised", "promote"): {"department"},
    ("recognised", "revoke"): {"department"},
    ("promoted", "revoke"): {"department"},
}
STEPS = [step.code for step in TABLE.steps]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, dict[str, Any]]]:
    """Bring one brand into each state; everything is rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        project = make_project("approved", cast)
        brands = {state: make_brand(state, cast, project) for state in BrandState.values}
        yield cast, brands
        transaction.set_rollback(True)


def outcome(brand: Brand, step: str, user: Any) -> str:
    """Try a step and say what the door answered; nothing stays."""
    try:
        with transaction.atomic():
            move(brand, step, by=user, **BRAND_INPUTS[step][1])
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
@pytest.mark.parametrize("state", BrandState.values)
def test_the_door_answers_each_cell_as_designed(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str, role: str
) -> None:
    cast, brands = stage
    roles = MAY.get((state, step))
    expected = "no such step" if roles is None else "allowed" if role in roles else "not yours"
    assert outcome(brands[state], step, cast[role]) == expected


def test_the_generated_table_is_the_designed_one() -> None:
    drawn = {
        (str(state), step.code): {str(role) for role in roles}
        for step in TABLE.steps
        for state, roles in step.sources.items()
    }
    assert drawn == MAY


def test_only_recognised_and_promoted_brands_may_be_live() -> None:
    assert TABLE.public_states() == ["recognised", "promoted"]


@pytest.mark.parametrize(("state", "step"), MAY)
def test_an_administrator_sees_all_and_moves_nothing(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str
) -> None:
    _cast, brands = stage
    administrator = make_person(Role.AUDITOR, is_superuser=True)
    assert Brand.objects.visible_to(administrator).filter(pk=brands[state].pk).exists()
    assert outcome(brands[state], step, administrator) == "not yours"


def test_another_units_reviewer_is_refused(stage: tuple[Cast, dict[str, Any]]) -> None:
    _cast, brands = stage
    stranger = make_person(Role.UNIT, make_organization().unit)
    assert outcome(brands["draft"], "nominate", stranger) == "not yours"


@pytest.mark.parametrize(
    ("state", "step", "role"),
    [
        ("draft", "nominate", Role.EDITOR),
        ("nominated", "recognise", Role.DEPARTMENT),
        ("nominated", "decline", Role.DEPARTMENT),
        ("promoted", "revoke", Role.DEPARTMENT),
    ],
)
def test_nobody_decides_on_their_own_organizations_brand(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str, role: Role
) -> None:
    cast, brands = stage
    torn = make_person(role)
    assert outcome(brands[state], step, torn) == "allowed"
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    assert outcome(brands[state], step, torn) == "not yours"


def test_neither_does_who_belongs_to_a_partner(stage: tuple[Cast, dict[str, Any]]) -> None:
    _cast, brands = stage
    partner = make_organization()
    brands["nominated"].origins.get().project.partners.create(organization=partner)
    torn = make_person(Role.DEPARTMENT)
    appoint(torn, Role.APPLICANT, partner, by=None)
    assert outcome(brands["nominated"], "recognise", torn) == "not yours"
