"""When a programme year may go on, and its machine from stage to stage."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.rules import (
    faults_of_dates,
    rules_are_complete,
    window_has_ended,
    window_is_open,
)
from partybuilding.cycles.states import TABLE
from tests.factories import make_cycle, make_person, make_user, open_cycle

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def test_complete_rules_open_and_each_lack_is_said() -> None:
    cycle = make_cycle()
    assert rules_are_complete(cycle)
    cycle.weight_peer = 21
    cycle.criteria = []
    cycle.topics = []
    cycle.approval_quota = 2
    words = "".join(str(reason) for reason in rules_are_complete(cycle).reasons)
    for part in ("四项权重", "分值之和", "选题", "名额之和"):
        assert part in words


def test_the_window_is_open_on_both_its_ends() -> None:
    cycle = open_cycle()
    opens, closes = cycle.applications_open, cycle.applications_close
    for day, opened in ((opens - DAY, False), (opens, True), (closes, True), (closes + DAY, False)):
        assert bool(window_is_open(cycle, day)) == opened
    assert not window_is_open(make_cycle(), opens)


def test_the_window_has_ended_the_day_after_its_last(time_machine: Any) -> None:
    cycle = open_cycle(applications_close=timezone.localdate())
    assert not window_has_ended(cycle)
    time_machine.move_to(timezone.now() + DAY, tick=False)
    assert window_has_ended(cycle)


def test_dates_in_order_have_no_faults() -> None:
    assert list(faults_of_dates(make_cycle())) == []
    faults = dict(faults_of_dates(make_cycle(midterm_review_on=date(2000, 1, 1))))
    assert set(faults) == {"midterm_review_on"}


def test_the_department_leads_the_year_from_stage_to_stage(officer: Any, time_machine: Any) -> None:
    cycle = open_cycle()
    with pytest.raises(ConditionUnmet, match="尚未截止"):
        move(cycle, "start_selection", by=officer)
    time_machine.move_to(timezone.now() + timedelta(days=400), tick=False)
    for step in (one for one in TABLE.steps[1:] if not one.code.startswith("take_back")):
        cycle = move(cycle, step.code, by=officer)
        assert cycle.state == step.target
    with pytest.raises(WrongState):
        move(cycle, "open_applications", by=officer)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DEPARTMENT])
def test_no_other_role_leads_it(role: Role) -> None:
    with pytest.raises(NotYours):
        move(make_cycle(), "open_applications", by=make_person(role))
    with pytest.raises(NotYours):
        move(make_cycle(), "open_applications", by=make_user(is_superuser=True))


def test_years_in_preparation_are_shown_to_staff_alone() -> None:
    preparing, opened = make_cycle(), open_cycle()
    for role in Role:
        seen = set(Cycle.objects.visible_to(make_person(role)))
        staff = role not in (Role.APPLICANT, Role.EXPERT)
        assert seen == ({preparing, opened} if staff else {opened})


def test_open_years_are_those_whose_window_holds_today() -> None:
    opened = open_cycle()
    make_cycle()
    assert list(Cycle.objects.open_on(timezone.localdate())) == [opened]
    assert list(Cycle.objects.open_on(opened.applications_close + DAY)) == []
