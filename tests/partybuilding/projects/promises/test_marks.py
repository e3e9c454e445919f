"""How promises are told to residents: the mark, the bar, the sentence."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import translation

from partybuilding.projects.promises.bar import GAP, LEAST, WHOLE, bar_of
from partybuilding.projects.promises.cards import marked, moved_words, state_words
from partybuilding.projects.promises.progress import Promise, mark_of
from partybuilding.projects.promises.saying import mark_of_all, said, summed
from partybuilding.projects.states import Mark
from tests.factories import make_cast, make_project
from tests.factories.column import forge
from tests.factories.promises import make_promise

TODAY = date(2026, 6, 15)
DAY = timedelta(days=1)


def promise(**facts: object) -> Promise:
    """Return a promise of two steps that is due today, none closed."""
    return Promise(**{"steps": 2, "closed": 0, "original": TODAY, "current": TODAY, **facts})


@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        ({}, Mark.NOT_STARTED),
        ({"closed": 1}, Mark.UNDER_WAY),
        ({"current": TODAY - DAY, "original": TODAY - DAY}, Mark.LATE),
        ({"current": TODAY - DAY, "original": TODAY - DAY, "is_over": True}, Mark.MISSED),
        ({"is_over": True}, Mark.NOT_STARTED),
        ({"closed": 2, "closed_on": TODAY}, Mark.DONE),
        ({"closed": 2, "closed_on": TODAY + DAY}, Mark.DONE_LATE),
        ({"closed": 2, "closed_on": TODAY + DAY, "is_over": True}, Mark.DONE_LATE),
        ({"closed": 2, "closed_on": TODAY, "original": TODAY - DAY}, Mark.DONE_LATE),
        ({"ended_on": TODAY - DAY, "current": TODAY - DAY}, Mark.STOPPED),
    ],
)
def test_the_mark_tells_the_state_the_lateness_and_what_is_left_undone(
    facts: dict[str, object], mark: Mark
) -> None:
    assert mark_of(promise(**facts), TODAY) == mark


def test_the_word_for_what_a_graded_project_left_undone_is_not_overdue() -> None:
    late = {"current": TODAY - 3 * DAY, "original": TODAY - 3 * DAY}
    with translation.override("zh-hans"):
        assert state_words(promise(**late), TODAY) == "逾期"
        assert marked(promise(**late), TODAY)["state"] == "逾期3天"
        assert state_words(promise(**late, is_over=True), TODAY) == "没有做到"
        assert marked(promise(**late, is_over=True), TODAY)["state"] == "没有做到"
        kept = promise(closed=2, closed_on=TODAY + 15 * DAY)
        assert marked(kept, TODAY) == {"mark": "done_late", "state": "已完成", "days": "（迟15天）"}


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "mark"), [("results_submitted", "late"), ("graded", "miss")])
def test_a_project_is_over_once_it_is_graded(state: str, mark: str) -> None:
    project = make_project("implementing", make_cast())
    forge(project, state)
    left = make_promise(project, TODAY - DAY, None)
    left.project.refresh_from_db()
    assert mark_of(left.promise, TODAY) == mark


def test_two_of_256_can_be_seen_and_nothing_overlaps() -> None:
    bar = bar_of({Mark.DONE: 239, Mark.DONE_LATE: 15, Mark.MISSED: 2})
    assert bar is not None
    assert [(part.mark, part.x, part.width) for part in bar.parts] == [
        ("done", "0.0", "928.3"),
        ("done_late", "930.5", "58.3"),
        ("miss", "991.0", "9.0"),
    ]
    ends = [float(part.x) + float(part.width) for part in bar.parts]
    starts = [float(part.x) for part in bar.parts[1:]]
    assert all(abs(start - end - GAP) < 0.2 for end, start in zip(ends, starts, strict=False))
    assert abs(ends[-1] - WHOLE) < 0.2
    assert min(float(part.width) for part in bar.parts) >= LEAST - 0.05
    assert [part.is_tall for part in bar.parts] == [False, False, True]


def test_a_bar_of_nothing_is_no_bar() -> None:
    assert bar_of(Counter()) is None


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({Mark.DONE: 254, Mark.MISSED: 2}, "公开256项承诺，254项做到了，2项没有做到。"),
        ({Mark.DONE: 3, Mark.DONE_LATE: 1}, "公开4项承诺，全部做到了（1项迟了）。"),
        ({Mark.NOT_STARTED: 2, Mark.UNDER_WAY: 2}, "公开4项承诺，4项还没到日子。"),
        (
            {Mark.DONE: 1, Mark.LATE: 2, Mark.STOPPED: 1},
            "公开4项承诺，1项做到了，2项逾期，1项已终止。",
        ),
    ],
)
def test_the_sentence_adds_up(counts: dict[Mark, int], words: str) -> None:
    with translation.override("zh-hans"):
        parts = said(counts, tells_lateness=True)
    assert "".join(part["text"] for part in parts) == words


@pytest.mark.django_db
def test_the_mark_beside_a_promise_says_what_was_changed() -> None:
    commitment = make_promise(make_project("implementing", make_cast()), TODAY, None)
    change = {
        "number": 1,
        "at": "2026-06-01T08:00:00+08:00",
        "reason": "场地停用。",
        "step": None,
        "along": [],
    }
    day = {"text": "", "post": "", "day": "2026-06-15"}
    commitment.changes_told = [
        {**change, "part": "deadline", "old": day, "new": {**day, "day": "2026-07-01"}},
        {**change, "part": "person", "old": {**day, "day": None}, "new": {**day, "day": None}},
    ]
    with translation.override("zh-hans"):
        assert moved_words(commitment) == "改期1次，换过责任人"


@pytest.mark.parametrize(
    ("counts", "mark", "words"),
    [
        ({}, Mark.UNDER_WAY, ""),
        ({Mark.DONE: 2}, Mark.DONE, "2项承诺都按时做到了"),
        ({Mark.DONE: 1, Mark.DONE_LATE: 1}, Mark.DONE_LATE, "2项承诺都做到了，1项迟了"),
        ({Mark.DONE: 1, Mark.UNDER_WAY: 1}, Mark.UNDER_WAY, "2项承诺，1项做到了，1项还没到日子。"),
        ({Mark.DONE_LATE: 1, Mark.LATE: 1}, Mark.LATE, "2项承诺，1项做到了，1项逾期。"),
        ({Mark.LATE: 1, Mark.MISSED: 1}, Mark.MISSED, "2项承诺，1项逾期，1项没有做到。"),
    ],
)
def test_several_promises_are_summed_up_by_the_worst(
    counts: dict[Mark, int], mark: Mark, words: str
) -> None:
    assert (mark_of_all(counts), summed(counts)) == (mark, words)
