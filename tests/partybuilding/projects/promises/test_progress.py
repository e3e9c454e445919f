"""Where a promise stands: the truth table, lateness that never goes away, and the same in SQL."""

from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partybuilding.projects.models import Commitment, CommitmentStep
from partybuilding.projects.promises.cards import (
    changes_words,
    deadline_words,
    lateness_words,
    state_words,
)
from partybuilding.projects.promises.progress import Promise, days_late, state_of
from partybuilding.projects.states import CommitmentState as S
from tests.factories import make_cast, make_project
from tests.factories.column import forge
from tests.factories.promises import make_promise, scatter_promises

TODAY = date(2026, 6, 15)
DAY = timedelta(days=1)


def promise(**facts: object) -> Promise:
    """Return a promise of two steps that is due today, none closed."""
    return Promise(**{"steps": 2, "closed": 0, "original": TODAY, "current": TODAY, **facts})


#: terminated, all closed, past the deadline, something closed → state. 已终止 > 已完成 > 逾期 > 推进中 > 未开始
TABLE = {
    (terminated, done, late, begun): (
        S.TERMINATED
        if terminated
        else S.DONE
        if done
        else S.OVERDUE
        if late
        else S.UNDER_WAY
        if begun
        else S.NOT_STARTED
    )
    for terminated, done, late, begun in product((True, False), repeat=4)
    if begun or not done
}
BY_HAND = [S.TERMINATED] * 6 + [S.DONE] * 2 + [S.OVERDUE] * 2 + [S.UNDER_WAY, S.NOT_STARTED]


def test_the_truth_table_is_what_was_written_by_hand() -> None:
    assert list(TABLE.values()) == BY_HAND


@pytest.mark.parametrize(("row", "state"), TABLE.items(), ids=str)
def test_the_first_that_holds_is_the_state(row: tuple[bool, ...], state: S) -> None:
    terminated, done, late, begun = row
    facts = promise(
        closed=2 if done else int(begun),
        current=TODAY - DAY if late else TODAY,
        closed_on=TODAY if begun else None,
        ended_on=TODAY if terminated else None,
    )
    assert state_of(facts, TODAY) == state


def test_a_promise_is_overdue_from_the_day_after_its_deadline() -> None:
    assert state_of(promise(), TODAY) == S.NOT_STARTED
    assert state_of(promise(), TODAY + DAY) == S.OVERDUE


def test_a_promise_without_steps_or_deadline_is_neither_kept_nor_late() -> None:
    assert state_of(promise(steps=0), TODAY) == S.NOT_STARTED
    assert state_of(promise(original=None, current=None), TODAY) == S.NOT_STARTED
    assert days_late(promise(original=None), TODAY) == 0


@pytest.mark.parametrize(
    ("facts", "state", "late", "deadline"),
    [
        ({}, "未开始", "", "2026年6月15日"),
        ({"closed": 2, "closed_on": TODAY}, "已完成", "", "2026年6月15日"),
        ({"closed": 2, "closed_on": TODAY + 4 * DAY}, "已完成（迟4天）", "", "2026年6月15日"),
        (
            {"original": TODAY - 3 * DAY, "current": TODAY - 3 * DAY},
            "逾期",
            "已逾期3天",
            "2026年6月12日",
        ),
        (
            {"original": TODAY - 3 * DAY, "closed": 1, "closed_on": TODAY},
            "推进中",
            "按原定时限已逾期3天",
            "原定2026年6月12日，调整为2026年6月15日",
        ),
        (
            {"original": TODAY - 5 * DAY, "ended_on": TODAY - 2 * DAY},
            "已终止",
            "终止时已逾期3天",
            "原定2026年6月10日，调整为2026年6月15日",
        ),
        (
            {"original": TODAY - 5 * DAY, "current": TODAY - 5 * DAY, "filed_on": TODAY - 2 * DAY},
            "逾期",
            "归档时已过期3天",
            "2026年6月10日",
        ),
        ({"original": None, "current": None}, "未开始", "", ""),
    ],
)
def test_a_promise_in_words(facts: dict, state: str, late: str, deadline: str) -> None:
    with translation.override("zh-hans"):
        one = promise(**facts)
        assert state_words(one, TODAY) == state
        assert lateness_words(one, TODAY) == late
        assert deadline_words(one) == deadline


def test_a_change_leaves_its_mark() -> None:
    with translation.override("zh-hans"):
        assert changes_words(promise()) == ""
        assert changes_words(promise(changes=2)) == "已调整（2次）"


CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@CALM
@given(original=days, moved=days, closed_on=st.none() | days, ended_on=st.none() | days, now=days)
def test_no_change_no_completion_and_no_end_makes_lateness_disappear(
    original: date, moved: date, closed_on: date | None, ended_on: date | None, now: date
) -> None:
    open_one = Promise(2, 1, original, original)
    before = days_late(open_one, now)
    later = now + DAY
    events = [
        Promise(2, 1, original, moved, changes=1),
        Promise(2, 2, original, moved, closed_on=max(closed_on or now, now)),
        Promise(2, 1, original, moved, ended_on=max(ended_on or now, now)),
        Promise(2, 1, original, moved, filed_on=max(ended_on or now, now)),
    ]
    for after in events:
        assert days_late(after, later) >= before
        assert days_late(after, later) <= days_late(after, later + DAY)


@CALM
@given(steps=st.integers(0, 5), closed=st.integers(0, 5))
def test_only_what_has_steps_and_all_of_them_closed_is_kept(steps: int, closed: int) -> None:
    kept = Promise(steps, min(steps, closed), TODAY, TODAY).is_kept
    assert kept == (steps > 0 and closed >= steps)


@pytest.mark.django_db
def test_the_database_says_the_same_as_the_arithmetic() -> None:
    chance, cast = Random(20220701), make_cast()
    for state in ("implementing", "graded", "terminated"):
        project = make_project("implementing", cast)
        scatter_promises(project, 60, chance)
        forge(project, state)
    rows = Commitment.objects.select_related("project").prefetch_related("steps")
    for today in (timezone.localdate() + timedelta(days=n) for n in (-2, 0, 1)):
        said = {row.pk: state_of(row.promise, today) for row in rows}
        assert set(said.values()) == set(S)
        read = Commitment.objects.with_standing(today).values_list("pk", "standing")
        assert dict(read) == {pk: state.value for pk, state in said.items()}
        late = Commitment.objects.overdue(today).values_list("pk", flat=True)
        assert sorted(late) == sorted(pk for pk, state in said.items() if state == S.OVERDUE)


@pytest.mark.django_db
def test_a_step_of_a_terminated_project_stays_done_when_it_was() -> None:
    today = timezone.localdate()
    project = make_project("implementing")
    commitment = make_promise(project, today, today, None)
    forge(project, "terminated")
    steps = CommitmentStep.objects.filter(commitment=commitment)
    states = [state_of(step.promise, today) for step in steps]
    assert states == [S.DONE, S.TERMINATED]


@pytest.mark.django_db
def test_no_step_is_closed_without_evidence() -> None:
    commitment = make_promise(make_project("implementing"), timezone.localdate(), None)
    with pytest.raises(IntegrityError), transaction.atomic():
        commitment.steps.update(closed_on=timezone.localdate())
    assert commitment.promise.closed == 0
