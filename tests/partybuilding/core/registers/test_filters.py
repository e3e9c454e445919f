"""The filters that registers share know each machine, and keep what they say."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from partybuilding.core.access.paths import paths_of_record
from partybuilding.core.machine.registry import Machine, all_machines
from partybuilding.core.registers.admin import register_for, with_more_filters
from partybuilding.core.registers.filters import SOON
from partybuilding.projects.models import Project
from tests.factories import Cast, make_cast, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def filters_of(model: Any, user: Any, **asked: Any) -> Any:
    """Return the filters of a model's register as a user asks them."""
    request = RequestFactory().get("/")
    request.user = user
    rows = model.objects.visible_to(user)
    return with_more_filters(register_for(model))(data=asked, queryset=rows, request=request)


def machines_with_register() -> Iterator[Machine]:
    """Yield the machines whose records stand in a register; some have screens of their own alone."""
    return (one for one in all_machines() if register_for(one.model) is not None)


def test_every_register_of_a_machine_offers_the_states_of_its_table(cast: Cast) -> None:
    for machine in machines_with_register():
        field = filters_of(machine.model, cast["department"]).filters["state"].field
        offered = [code for code, _label in field.choices]
        assert offered == [state.code for state in machine.table.states]


def test_every_register_of_records_of_units_is_narrowed_to_desk_due_day_unit_and_year(
    cast: Cast,
) -> None:
    for machine in machines_with_register():
        if paths_of_record(machine.model).unit:
            names = filters_of(machine.model, cast["department"]).filters.keys()
            assert {"desk", "state", "due", "unit", "cycle"} <= names


@pytest.mark.parametrize(
    ("ahead", "found"),
    [
        (-1, {"overdue"}),
        (0, {"today", "soon"}),
        (1, {"soon"}),
        (SOON, {"soon"}),
        (SOON + 1, set()),
        (None, set()),
    ],
)
def test_what_is_due_is_found_by_its_day(cast: Cast, ahead: int | None, found: set[str]) -> None:
    project = make_project("submitted", cast)
    day = None if ahead is None else timezone.localdate() + timedelta(days=ahead)
    Project.objects.filter(pk=project.pk).update(due_on=day)
    kept = {
        due
        for due in ("overdue", "today", "soon")
        if filters_of(Project, cast["department"], due=due).qs.exists()
    }
    assert kept == found


def test_a_unit_and_a_year_keep_what_stands_there(cast: Cast) -> None:
    project, other = (
        make_project("submitted", cast),
        make_project("submitted", make_cast(cast.cycle)),
    )
    unit = project.organization.unit_id
    found = filters_of(Project, cast["department"], unit=[unit], cycle=[cast.cycle.pk]).qs
    assert project in found
    assert other not in found


def test_the_desk_keeps_what_waits_for_the_reader(cast: Cast) -> None:
    waiting = make_project("first_passed", cast)
    make_project("submitted", cast)
    assert list(filters_of(Project, cast["department"], desk="mine").qs) == [waiting]
