"""The truth table of state and lateness, written by hand, with changes and completions that were taken back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.progress.models import StepQuestion
from partybuilding.progress.services import ask_about, propose_change
from partybuilding.projects.models import Commitment
from partybuilding.projects.promises.cards import lateness_words, state_words
from tests.factories import Cast, make_cast
from tests.factories.progress import make_kept, report, step_of, take_question

pytestmark = pytest.mark.django_db
#: The commitment is due on the fourth day.
DUE = 4


def told(project: Any, cast: Cast) -> None:
    report(step_of(project), cast)


def taken_back(project: Any, cast: Cast) -> None:
    question = ask_about(step_of(project), by=cast["unit"], words="请说明。")
    take_question(question, "answer", cast)
    take_question(StepQuestion.objects.get(pk=question.pk), "uphold", cast)


def moved_to(days: int) -> Any:
    def act(project: Any, cast: Cast) -> None:
        commitment = project.commitments.get()
        day = commitment.deadline + timedelta(days=days - DUE)
        by, why = cast["applicant"], "场地停用。"
        change = propose_change(commitment, "deadline", by=by, reason=why, day=day)
        move(change, "approve", by=cast["department"])

    return act


#: What happens on which day; the day that is asked about; the state; the lateness beside it.
TABLE = [
    ({}, 4, "未开始", ""),
    ({}, 6, "逾期", "已逾期2天"),
    ({1: moved_to(10)}, 4, "未开始", ""),
    ({1: moved_to(10)}, 6, "未开始", "按原定时限已逾期2天"),
    ({1: moved_to(10)}, 12, "逾期", "按原定时限已逾期8天"),
    ({6: moved_to(10)}, 7, "未开始", "按原定时限已逾期3天"),
    ({1: moved_to(2)}, 3, "逾期", ""),
    ({1: moved_to(2)}, 6, "逾期", "按原定时限已逾期2天"),
    ({3: told}, 9, "已完成", ""),
    ({6: told}, 9, "已完成（迟2天）", ""),
    ({1: moved_to(10), 8: told}, 20, "已完成（迟4天）", ""),
    ({2: told, 3: taken_back}, 4, "未开始", ""),
    ({2: told, 3: taken_back}, 6, "逾期", "已逾期2天"),
    ({3: told, 8: taken_back}, 8, "逾期", "已逾期4天"),
    ({2: told, 3: taken_back, 9: told}, 20, "已完成（迟5天）", ""),
    ({2: told, 3: taken_back, 5: moved_to(12)}, 6, "未开始", "按原定时限已逾期2天"),
    ({2: told, 3: taken_back, 5: moved_to(12), 11: told}, 30, "已完成（迟7天）", ""),
    ({5: told, 6: taken_back, 7: told, 8: taken_back, 9: told}, 30, "已完成（迟5天）", ""),
]


@pytest.mark.parametrize(("acts", "day", "state", "late"), TABLE)
def test_state_and_lateness_are_what_was_written_by_hand(
    acts: dict[int, Any], day: int, state: str, late: str
) -> None:
    start, cast = timezone.now(), make_cast()
    project = make_kept(cast, DUE)
    for when, act in acts.items():
        with time_machine.travel(start + timedelta(days=when), tick=False):
            act(project, cast)
    today = timezone.localdate(start + timedelta(days=day))
    found = Commitment.objects.select_related("project").prefetch_related("steps").get()
    for promise in (found.promise, found.steps.get().promise):
        assert (state_words(promise, today), lateness_words(promise, today)) == (state, late)
    standing = Commitment.objects.with_standing(today).get().standing
    assert (
        Commitment.objects.overdue(today).exists() == (standing == "overdue") == (state == "逾期")
    )
