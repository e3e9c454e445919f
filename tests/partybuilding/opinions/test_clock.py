"""The clock of an opinion: working days from its receipt, over weekends, long holidays and adjusted days."""

from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.services import move
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.selectors import open_opinions_of
from partybuilding.projects.open_things import open_things
from partybuilding.projects.rules import nothing_open
from tests.factories import Cast, make_cast, make_project
from tests.factories.opinions import inputs_of, make_opinion, take
from tests.factories.projects import announce

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def on(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


def received_at(day: date, cast: Cast, project: Any) -> Opinion:
    with time_machine.travel(on(day, 21), tick=False):
        return make_opinion("received", cast, project)


@pytest.mark.parametrize(
    ("received", "accept", "answer", "longest"),
    [
        # An ordinary week.
        (date(2022, 6, 13), date(2022, 6, 16), date(2022, 6, 22), date(2022, 7, 4)),
        # Before the week of the National Day; 8 and 9 October were worked.
        (date(2022, 9, 30), date(2022, 10, 10), date(2022, 10, 14), date(2022, 10, 26)),
        # Before Spring Festival; 28 and 29 January 2023 were worked.
        (date(2023, 1, 19), date(2023, 1, 29), date(2023, 2, 2), date(2023, 2, 14)),
        # Within the holiday itself, on a Saturday night.
        (date(2022, 10, 1), date(2022, 10, 10), date(2022, 10, 14), date(2022, 10, 26)),
        # Over the turn of the year and Labour Day of a leap year.
        (date(2024, 4, 29), date(2024, 5, 7), date(2024, 5, 11), date(2024, 5, 22)),
    ],
)
def test_days_are_counted_from_the_receipt(
    cast: Cast, received: date, accept: date, answer: date, longest: date
) -> None:
    opinion = received_at(received, cast, make_project("approved", cast))
    assert (opinion.accept_by, opinion.answer_by) == (accept, answer)
    assert opinion.due_on == accept
    with time_machine.travel(on(accept)):
        opinion = take(opinion, "accept", cast)
        assert (opinion.due_on, opinion.accepted_on) == (answer, accept)
        opinion = take(opinion, "prolong", cast)
    assert opinion.due_on == opinion.answer_by == longest


def test_the_time_is_extended_once(cast: Cast) -> None:
    opinion = take(make_opinion("accepted", cast, make_project("approved", cast)), "prolong", cast)
    with pytest.raises(ConditionUnmet, match="只能延期一次"):
        take(opinion, "prolong", cast)


def test_passing_on_gives_days_to_take_up_but_none_to_answer(cast: Cast) -> None:
    opinion = received_at(date(2022, 6, 13), cast, make_project("approved", cast))
    with time_machine.travel(on(date(2022, 6, 15))):
        opinion = take(opinion, "transfer", cast)
    assert opinion.due_on == date(2022, 6, 20)
    assert opinion.answer_by == date(2022, 6, 22)
    with time_machine.travel(on(date(2022, 6, 21))):
        opinion = take(opinion, "transfer", cast)
    assert opinion.due_on == opinion.answer_by == date(2022, 6, 22)


def test_late_is_what_was_answered_after_its_day_or_waits_after_it(cast: Cast) -> None:
    project = make_project("approved", cast)
    opinion = received_at(date(2022, 6, 13), cast, project)
    with time_machine.travel(on(date(2022, 6, 22), 20)):
        assert not opinion.days_late
        assert not Opinion.objects.late().exists()
        on_time = take(take(take(opinion, "accept", cast), "draft", cast), "approve", cast)
    assert on_time.days_late == 0
    waiting = received_at(date(2022, 6, 13), cast, project)
    with time_machine.travel(on(date(2022, 6, 25))):
        assert waiting.days_late == 3
        assert list(Opinion.objects.late()) == [waiting]
        answered = take(take(take(waiting, "accept", cast), "draft", cast), "approve", cast)
    assert answered.days_late == 3
    assert list(Opinion.objects.late()) == [answered]


def test_a_project_is_not_archived_while_an_opinion_is_open(cast: Cast) -> None:
    project = make_project("approved", cast)
    assert nothing_open(project)
    opinion = make_opinion("accepted", cast, project)
    make_opinion("refused", cast, project)
    make_opinion("received", cast)
    assert [str(one) for one in open_opinions_of(project)] == ["还有1条群众意见未办结。"]
    assert "还有1条群众意见未办结。" in map(str, open_things(project))
    graded = make_project("graded", cast)
    announce(graded, cast)
    about = make_opinion("received", cast, graded)
    with pytest.raises(ConditionUnmet, match="群众意见未办结"):
        move(graded, "archive", by=cast["department"])
    take(about, "refuse", cast)
    assert move(graded, "archive", by=cast["department"]).state == "archived"
    take(take(opinion, "draft", cast), "approve", cast)
    assert nothing_open(project)


@pytest.mark.parametrize(
    ("step", "given", "words"),
    [
        ("draft", {"data": {"answer": " ", "outcome": "adopted"}}, "请填写答复"),
        ("draft", {"data": {"answer": "好。", "outcome": "great"}}, "请选择办理结果"),
        ("draft", {"data": {"answer": "长" * 2001, "outcome": "adopted"}}, "答复过长"),
        (
            "draft",
            {"data": {"answer": "请打13800138000。", "outcome": "adopted"}},
            "手机号码",
        ),
        ("transfer", {"reason": "属你单位。", "data": {"unit": 0}}, "请选择另一个归口单位"),
        ("transfer", {"reason": "", "data": {"unit": 0}}, "请填写"),
        ("refuse", {"reason": "与本项目无关。", "data": {}}, "请选择不予受理的原因"),
        ("refuse", {"reason": " ", "data": {"refusal": "advert"}}, "请填写"),
        (
            "refuse",
            {"reason": "请打13800138000", "data": {"refusal": "advert"}},
            "手机",
        ),
        ("prolong", {"reason": ""}, "请填写"),
    ],
)
def test_each_step_asks_for_what_it_needs(
    cast: Cast, step: str, given: dict[str, Any], words: str
) -> None:
    opinion = make_opinion("accepted", cast, make_project("approved", cast))
    with pytest.raises(ConditionUnmet, match=words):
        move(opinion, step, by=cast["unit"], **given)


def test_the_unit_that_has_it_cannot_be_chosen_again(cast: Cast) -> None:
    opinion = make_opinion("received", cast, make_project("approved", cast))
    with pytest.raises(ConditionUnmet):
        move(opinion, "transfer", by=cast["department"], **inputs_of("transfer", opinion.unit_id))


def test_sent_back_it_is_with_the_unit_again_and_keeps_the_draft(cast: Cast) -> None:
    opinion = make_opinion("drafted", cast, make_project("approved", cast))
    back = take(opinion, "send_back", cast)
    assert (back.state, back.answer) == ("accepted", opinion.answer)
    assert back in Opinion.objects.waiting_for(cast["unit"])
