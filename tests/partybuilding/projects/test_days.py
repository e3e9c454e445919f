"""First and last days of what is decided about a project: yesterday, today, tomorrow for every rule."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen
from partybuilding.core.selectors import trail_of
from partybuilding.projects.models import ExpertAssignment, Project
from partybuilding.projects.permissions import user_can_assess_project
from partybuilding.projects.services import (
    appoint_four_ones,
    assign_experts,
    end_assignment,
    extend_return,
    record_assessment,
    save_commitments,
)
from partybuilding.projects.services.reviewing import AFTERWARDS
from tests.factories import Cast, make_cast, make_project
from tests.factories.column import forge
from tests.factories.projects import FOUR_ONES

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def agrees(step: Callable[[], Any]) -> bool:
    """Tell whether a step is taken; no other refusal than that of its day is expected."""
    try:
        step()
    except ConditionUnmet:
        return False
    return True


def of_year(cast: Cast, **days: int) -> Cast:
    """Move days of the year to so many days from today."""
    for name, number in days.items():
        setattr(cast.cycle, name, day(number))
    cast.cycle.save()
    return cast


# Experts: the last day of an assignment still counts


@pytest.mark.parametrize(("until", "sees"), [(-1, False), (0, True), (1, True), (None, True)])
def test_an_expert_sees_and_assesses_on_the_last_day(
    cast: Cast, until: int | None, sees: bool
) -> None:
    project = make_project("first_passed", cast)
    last = None if until is None else day(until)
    ExpertAssignment.objects.create(project=project, group=cast["group"], until=last)
    assert Project.objects.visible_to(cast["expert"]).contains(project) is sees
    assert user_can_assess_project(project, cast["expert"]) is sees


@pytest.mark.parametrize(("until", "ok"), [(-1, False), (0, True), (1, True)])
def test_experts_are_assigned_until_today_at_the_earliest(cast: Cast, until: int, ok: bool) -> None:
    project = make_project("first_passed", cast)

    def assign() -> None:
        assign_experts(project, cast["group"], by=cast["department"], until=day(until))

    assert agrees(assign) is ok
    assert project.assignments.exists() is ok


@pytest.mark.parametrize(("past", "ok"), [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize("over", [True, False])
def test_experts_are_assigned_to_the_end_of_the_year_or_some_weeks_when_it_is_over(
    cast: Cast, over: bool, past: int, ok: bool
) -> None:
    if over:
        of_year(cast, ends_on=60, midterm_review_on=50, results_due_on=60, review_on=60)
    project = make_project("first_passed", cast)
    last = timezone.localdate() + AFTERWARDS if over else cast.cycle.last_day
    until = last + timedelta(days=past)

    def assign() -> None:
        assign_experts(project, cast["group"], by=cast["department"], until=until)

    assert agrees(assign) is ok


@pytest.mark.parametrize(
    ("before", "begins_anew"), [(-2, True), (-1, True), (0, False), (1, False), (None, False)]
)
def test_an_assignment_that_had_ended_begins_anew(
    cast: Cast, before: int | None, begins_anew: bool
) -> None:
    project = make_project("first_passed", cast)
    last = None if before is None else day(before)
    ExpertAssignment.objects.create(
        project=project, group=cast["group"], since=day(-30), until=last
    )
    found = assign_experts(project, cast["group"], by=cast["department"], until=day(9))
    assert found.since == day(0 if begins_anew else -30)
    assert found.until == day(9)


@pytest.mark.parametrize(
    ("until", "ended_on", "rows"), [(-2, -2, 0), (-1, -1, 0), (0, -1, 1), (1, -1, 1), (None, -1, 1)]
)
def test_ending_an_assignment_ends_only_what_runs(
    cast: Cast, until: int | None, ended_on: int, rows: int
) -> None:
    project = make_project("first_passed", cast)
    last = None if until is None else day(until)
    ExpertAssignment.objects.create(project=project, group=cast["group"], until=last)
    end_assignment(project, cast["group"], by=cast["department"])
    assert project.assignments.get().until == day(ended_on)
    assert [entry.step for entry in trail_of(project)].count("assign") == rows


# Days that are typed in


@pytest.mark.parametrize(("until", "ok"), [(-1, False), (0, False), (1, True)])
def test_a_returned_application_gets_a_day_to_come(cast: Cast, until: int, ok: bool) -> None:
    project = make_project("returned", cast)
    assert (
        agrees(lambda: extend_return(project, day(until), by=cast["unit"], reason="防汛。")) is ok
    )


@pytest.mark.parametrize(("past", "ok"), [(-1, True), (0, True), (1, False)])
def test_a_returned_application_gets_time_inside_the_year(cast: Cast, past: int, ok: bool) -> None:
    project = make_project("returned", cast)
    until = cast.cycle.ends_on + timedelta(days=past)
    assert agrees(lambda: extend_return(project, until, by=cast["unit"], reason="防汛。")) is ok


@pytest.mark.parametrize(
    ("held_on", "ok"), [(-11, False), (-10, True), (-1, True), (0, True), (1, False)]
)
def test_a_pre_assessment_was_held_between_the_opening_and_today(
    cast: Cast, held_on: int, ok: bool
) -> None:
    project = make_project("first_passed", of_year(cast, applications_open=-10))

    def record() -> None:
        record_assessment(
            project,
            "visit",
            by=cast["department"],
            participants="组织部一行3人",
            findings="基础扎实。",
            held_on=day(held_on),
        )

    assert agrees(record) is ok


# Four ones: whoever began before today has acted


@pytest.mark.parametrize(
    ("began", "takes_over", "ok", "ended"),
    [
        (-5, -6, False, None),
        (-5, -5, False, None),
        (-5, -4, True, -5),
        (-5, 0, True, -1),
        (0, 0, True, -1),  # never began to hold it
        (3, 3, True, 2),
        (3, 4, True, 3),
        (3, 1, True, 2),
    ],
)
def test_a_duty_is_taken_over_after_its_holder_has_acted(
    cast: Cast, began: int, takes_over: int, ok: bool, ended: int | None
) -> None:
    project = make_project("first_passed", of_year(cast, applications_open=-60))
    appoint_four_ones(project, FOUR_ONES, by=cast["department"], since=day(began))
    other = {**FOUR_ONES, "leader": ("孙示例", "区民政局局长")}
    assert (
        agrees(
            lambda: appoint_four_ones(project, other, by=cast["department"], since=day(takes_over))
        )
        is ok
    )
    first = project.four_ones.filter(duty="leader").order_by("pk").first()
    assert first.until == (None if ended is None else day(ended))


# Published promises are frozen, whatever the state says


@pytest.mark.parametrize(
    ("state", "published", "writes"),
    [("approved", False, True), ("approved", True, False), ("implementing", True, False)],
)
def test_published_commitments_are_written_no_more(
    cast: Cast, state: str, published: bool, writes: bool
) -> None:
    project = make_project("implementing" if published else "approved", cast)
    forge(project, state)
    kept = list(project.commitments.values_list("goal", flat=True))
    row = {"goal": "另立一件", "deadline": day(30), "person": "李示例", "post": "党委书记"}
    try:
        save_commitments(Project.objects.get(pk=project.pk), [row], by=cast["applicant"])
    except Frozen:
        assert not writes
    now = list(project.commitments.values_list("goal", flat=True))
    assert now == (["另立一件"] if writes else kept)
    assert bool(kept) is published
