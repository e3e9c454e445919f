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


@pytest.mark.parametrize(
    ("earlier", "later", "days", "faults"),
    [
        # The window may close on the day on which it opens.
        ("applications_open", "applications_close", -1, {"applications_close"}),
        ("applications_open", "applications_close", 0, set()),
        ("applications_open", "applications_close", 1, set()),
        # Implementation lasts a day at least.
        ("starts_on", "ends_on", -1, {"ends_on"}),
        ("starts_on", "ends_on", 0, {"ends_on"}),
        ("starts_on", "ends_on", 1, set()),
        # The mid-term review lies inside it, both ends included.
        ("starts_on", "midterm_review_on", -1, {"midterm_review_on"}),
        ("starts_on", "midterm_review_on", 0, set()),
        ("ends_on", "midterm_review_on", 0, set()),
        ("ends_on", "midterm_review_on", 1, {"midterm_review_on"}),
        # The review is held on the day of the results at the earliest.
        ("results_due_on", "review_on", -1, {"review_on"}),
        ("results_due_on", "review_on", 0, set()),
        ("results_due_on", "review_on", 1, set()),
    ],
)
def test_the_days_of_a_year_follow_each_other(
    earlier: str, later: str, days: int, faults: set[str]
) -> None:
    cycle = make_cycle()
    if later == "ends_on":
        cycle.midterm_review_on = cycle.starts_on
    setattr(cycle, later, getattr(cycle, earlier) + timedelta(days=days))
    assert set(dict(faults_of_dates(cycle))) == faults


@pytest.mark.parametrize(("years", "faults"), [(-3, {"review_on"}), (2, set()), (3, {"review_on"})])
def test_a_day_lies_at_most_two_years_from_the_opening(years: int, faults: set[str]) -> None:
    cycle = make_cycle(results_due_on=date(2000, 1, 1))
    opens = cycle.applications_open
    cycle.results_due_on = cycle.review_on = opens.replace(year=opens.year + years)
    assert set(dict(faults_of_dates(cycle))) - {"results_due_on"} == faults


@pytest.mark.parametrize(("quota", "ok"), [(2, False), (3, True), (4, True)])
def test_the_grade_classes_hold_what_can_be_approved_at_most(quota: int, ok: bool) -> None:
    assert bool(rules_are_complete(make_cycle(approval_quota=quota))) is ok


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
