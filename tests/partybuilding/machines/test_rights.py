"""Every machine held to its contract: each state × step × role, cell by cell."""

from collections.abc import Iterator
from typing import Any

import pytest

from partybuilding.core.machine.registry import all_machines
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from tests.factories import Cast, make_organization, make_person
from tests.partybuilding.machines.contract import ALLOWED, NOT_YOURS, Contract
from tests.partybuilding.machines.contracts import CONTRACTS

pytestmark = pytest.mark.django_db
Stage = tuple[Contract, Cast, dict[str, Any]]
MACHINES = {machine.code: machine for machine in all_machines()}
STATES = [(contract, state) for contract in CONTRACTS for state in contract.states]
each_contract = pytest.mark.parametrize("contract", CONTRACTS, ids=lambda one: one.code)


@pytest.fixture(scope="module", params=CONTRACTS, ids=lambda one: one.code)
def stage(request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Set up one machine after the other: a record in each state."""
    contract: Contract = request.param
    with django_db_blocker.unblock(), contract.on_stage() as (cast, records):
        yield contract, cast, records


def test_every_machine_has_its_contract() -> None:
    assert set(MACHINES) == {contract.code for contract in CONTRACTS}


@each_contract
def test_the_table_is_the_designed_one(contract: Contract) -> None:
    table = contract.table or MACHINES[contract.code].table
    drawn = {
        (str(state), step.code): {str(role) for role in roles}
        for step in table.steps
        for state, roles in step.sources.items()
    }
    assert drawn == {
        cell: roles | contract.beside.get(cell, set()) for cell, roles in contract.may.items()
    }
    assert {step.code: str(step.target) for step in table.steps} == dict(contract.leads)
    assert {state.code for state in table.states} == set(contract.states)
    assert tuple(map(str, table.public_states())) == contract.public


@pytest.mark.parametrize(
    ("stage", "state"),
    STATES,
    indirect=["stage"],
    scope="module",
    ids=lambda one: one if isinstance(one, str) else one.code,
)
def test_the_door_answers_each_cell_as_designed(stage: Stage, state: str) -> None:
    contract, cast, records = stage
    cells = [(step, role) for step in contract.leads for role in Role.values]
    found = {
        (step, role): contract.outcome(records[state], step, cast[role]) for step, role in cells
    }
    assert found == {(step, role): contract.expected(state, step, role) for step, role in cells}


def test_an_administrator_sees_all_and_moves_nothing(stage: Stage) -> None:
    contract, _cast, records = stage
    administrator = make_person(Role.AUDITOR, is_superuser=True)
    for state, step in contract.may:
        record = records[state]
        assert type(record).objects.visible_to(administrator).filter(pk=record.pk).exists()
        assert contract.outcome(record, step, administrator) == NOT_YOURS, (state, step)


def test_nobody_takes_a_step_elsewhere_than_where_they_hold_the_role(stage: Stage) -> None:
    contract, _cast, records = stage
    other = make_organization()
    strangers = {
        "unit": make_person(Role.UNIT, other.unit),
        "applicant": make_person(Role.APPLICANT, other),
    }
    for (state, step), roles in contract.may.items():
        for role in roles & strangers.keys():
            said = contract.outcome(records[state], step, strangers[role])
            assert said == NOT_YOURS, (state, step, role)


def test_nobody_decides_for_their_own_organization(stage: Stage) -> None:
    contract, cast, records = stage
    for state, step, role in contract.decides:
        torn = make_person(role, cast.organization.unit if role == Role.UNIT else None)
        assert contract.outcome(records[state], step, torn) == ALLOWED, (state, step)
        appoint(torn, Role.APPLICANT, cast.organization, by=None)
        torn = type(torn).objects.get(pk=torn.pk)
        assert contract.outcome(records[state], step, torn) == NOT_YOURS, (state, step)
