"""Writing a programme year: rules while they may change, a longer window, the next year."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, Overtaken
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Criterion, Cycle, GradeClass, Topic
from partybuilding.cycles.services import (
    DATES,
    KEPT,
    extend_window,
    next_year,
    save_rules,
    start_next_year,
)
from tests.factories import (
    make_cast,
    make_cycle,
    make_person,
    make_project,
    make_user,
    open_cycle,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def test_rules_are_saved_with_their_lists_and_noted(officer: Any) -> None:
    cycle = make_cycle()
    cycle.approval_quota = 12
    cycle.topics = [*cycle.topics.all(), Topic(title="新选题", sort_order=5)]
    save_rules(cycle, by=officer)
    fresh = Cycle.objects.get(pk=cycle.pk)
    assert fresh.approval_quota == 12
    assert [topic.title for topic in fresh.topics.all()] == ["基层治理", "新选题"]
    assert [row.step for row in trail_of(fresh)] == ["rules"]


def test_a_new_year_is_noted_as_such(officer: Any) -> None:
    made = make_cycle()
    facts = {name: getattr(made, name) for name in [*DATES, "approval_quota"]}
    cycle = save_rules(Cycle(year=3001, name="3001年度", **facts), by=officer)
    assert [row.step for row in trail_of(cycle)] == ["create"]


def test_what_is_entered_without_a_code_gets_one_the_same_topic_the_same_everywhere(
    officer: Any,
) -> None:
    cycle = make_cycle()
    cycle.topics = [
        Topic(code="t1", title="融圈入群", sector="rural", sort_order=0),
        Topic(title="融圈入群", sector="urban", sort_order=1),
        Topic(title="乡村振兴", sector="rural", sort_order=2),
        Topic(title="乡村振兴", sector="urban", sort_order=3),
    ]
    cycle.grades = [
        GradeClass(code="g1", name="一等", quota=1, bonus_points=1, award_yuan=1, sort_order=0),
        GradeClass(name="二等", quota=1, bonus_points=1, award_yuan=1, sort_order=1),
        GradeClass(name="三等", quota=1, bonus_points=1, award_yuan=1, sort_order=2),
    ]
    save_rules(cycle, by=officer)
    fresh = Cycle.objects.get(pk=cycle.pk)
    assert [topic.code for topic in fresh.topics.all()] == ["t1", "t1", "t2", "t2"]
    assert [grade.code for grade in fresh.grades.all()] == ["g1", "g2", "g3"]


def test_a_topic_has_the_code_that_it_has_in_another_field(officer: Any) -> None:
    cycle = make_cycle()
    cycle.topics = [
        Topic(title="融圈入群", sector="rural", sort_order=0),
        Topic(code="t5", title="融圈入群", sector="urban", sort_order=1),
        Topic(title="融圈入群", sector="hospital", sort_order=2),
    ]
    save_rules(cycle, by=officer)
    fresh = Cycle.objects.get(pk=cycle.pk)
    assert [topic.code for topic in fresh.topics.all()] == ["t5", "t5", "t5"]


@pytest.mark.parametrize(
    ("relation", "rows", "words"),
    [
        ("topics", [Topic(title="重", sector="rural"), Topic(title="重", sector="rural")], "选题"),
        ("criteria", [Criterion(name="重", points=50), Criterion(name="重", points=50)], "标准"),
        (
            "grades",
            [
                GradeClass(name="重", quota=1, bonus_points=1, award_yuan=1),
                GradeClass(name="重", quota=1, bonus_points=1, award_yuan=1),
            ],
            "等次",
        ),
    ],
)
def test_nothing_stands_twice_in_a_list(
    officer: Any, relation: str, rows: list[Any], words: str
) -> None:
    cycle = make_cycle()
    setattr(cycle, relation, rows)
    with pytest.raises(ConditionUnmet, match=f"{words}.*重复：重"):
        save_rules(cycle, by=officer)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"applications_close": date(2000, 1, 1)}, "截止日期不能早于"),
        ({"ends_on": date(2000, 1, 1)}, "晚于开始"),
        ({"midterm_review_on": date(2000, 1, 1)}, "实施期内"),
        ({"review_on": date(2000, 1, 1)}, "年终考评"),
    ],
)
def test_dates_that_do_not_follow_each_other_are_refused(
    officer: Any, changed: dict[str, date], words: str
) -> None:
    cycle = make_cycle()
    for name, day in changed.items():
        setattr(cycle, name, day)
    with pytest.raises(ConditionUnmet, match=words):
        save_rules(cycle, by=officer)


def test_rules_freeze_with_the_opening_of_applications(officer: Any) -> None:
    cycle = open_cycle()
    cycle.approval_quota = 1
    with pytest.raises(Frozen, match="不能再修改"):
        save_rules(cycle, by=officer)
    with pytest.raises(Frozen):
        save_rules(cycle, by=make_user(is_superuser=True))
    cycle.refresh_from_db()
    assert cycle.approval_quota == 64


def test_who_was_overtaken_is_told(officer: Any) -> None:
    cycle = make_cycle()
    seen = cycle.updated_at
    save_rules(Cycle.objects.get(pk=cycle.pk), by=officer, seen=seen)
    with pytest.raises(Overtaken, match="刚被他人修改"):
        save_rules(cycle, by=officer, seen=seen)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DEPARTMENT])
def test_no_other_role_writes_a_year(role: Role) -> None:
    cycle, stranger = open_cycle(), make_person(role)
    later = cycle.applications_close + DAY
    for write in (
        lambda: save_rules(make_cycle(), by=stranger),
        lambda: extend_window(cycle, later, by=stranger, reason="防汛顺延"),
        lambda: start_next_year(cycle, by=stranger),
    ):
        with pytest.raises(NotYours):
            write()


# A longer window


def test_a_longer_window_is_noted_with_its_reason_and_moves_the_drafts() -> None:
    cast = make_cast()
    officer = cast["department"]
    draft, submitted = make_project("draft", cast), make_project("submitted", cast)
    before, due = cast.cycle.applications_close, submitted.due_on
    until = before + timedelta(days=7)
    extend_window(cast.cycle, until, by=officer, reason="汛期")
    for project in (draft, submitted):
        project.refresh_from_db()
    assert (draft.due_on, submitted.due_on) == (until, due)
    row = trail_of(cast.cycle).last()
    assert (row.step, row.reason) == ("extend", "汛期")
    assert row.data == {"from": str(before), "to": str(until)}


@pytest.mark.parametrize("later", [0, -1])
def test_a_window_is_only_made_longer(officer: Any, later: int) -> None:
    cycle = open_cycle()
    until = cycle.applications_close + later * DAY
    with pytest.raises(ConditionUnmet, match="晚于"):
        extend_window(cycle, until, by=officer, reason="防汛顺延")


def test_a_window_that_ended_is_not_extended_into_the_past(officer: Any, time_machine: Any) -> None:
    cycle = open_cycle()
    time_machine.move_to(cycle.applications_close + timedelta(days=30), tick=False)
    yesterday = timezone.localdate() - DAY
    with pytest.raises(ConditionUnmet):
        extend_window(cycle, yesterday, by=officer, reason="防汛顺延")
    assert extend_window(cycle, yesterday + DAY, by=officer, reason="防汛顺延")


def test_only_an_open_window_is_extended_and_only_with_a_reason(officer: Any) -> None:
    closed, opened = make_cycle(), open_cycle()
    with pytest.raises(ConditionUnmet):
        extend_window(closed, closed.applications_close + DAY, by=officer, reason="防汛顺延")
    with pytest.raises(ConditionUnmet, match="理由"):
        extend_window(opened, opened.applications_close + DAY, by=officer, reason=" ")


# The next year


def test_the_next_year_has_the_same_rules_a_year_later_and_can_be_changed(officer: Any) -> None:
    cycle = open_cycle(year=2031, name="2031年度基层党建创新项目")
    fresh = start_next_year(cycle, by=officer)
    assert (fresh.year, fresh.name, fresh.state) == (
        2032,
        "2032年度基层党建创新项目",
        "preparing",
    )
    for name in DATES:
        assert getattr(fresh, name) == next_year(getattr(cycle, name))
    for name in KEPT:
        assert getattr(fresh, name) == getattr(cycle, name)
    for relation in ("topics", "criteria", "grades"):
        old, new = (getattr(one, relation) for one in (cycle, Cycle.objects.get(pk=fresh.pk)))
        assert [str(row) for row in new.all()] == [str(row) for row in old.all()] != []
        assert {row.pk for row in new.all()}.isdisjoint(row.pk for row in old.all())
    assert not fresh.is_frozen
    assert move(fresh, "open_applications", by=officer).is_frozen


def test_a_year_is_started_once(officer: Any) -> None:
    cycle = open_cycle()
    start_next_year(cycle, by=officer)
    with pytest.raises(ConditionUnmet, match="已存在"):
        start_next_year(cycle, by=officer)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2027, 3, 1), date(2028, 3, 1)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2028, 2, 28), date(2029, 2, 28)),
        (date(2027, 12, 29), date(2028, 12, 29)),
    ],
)
def test_the_same_day_a_year_later(day: date, later: date) -> None:
    assert next_year(day) == later


def test_an_opening_is_taken_back_until_the_first_application_is_handed_in(officer: Any) -> None:
    cast = make_cast()
    draft = make_project("draft", cast)
    year = move(cast.cycle, "take_back_opening", by=officer, reason="窗口日期有误")
    assert (year.state, year.rules_frozen_at) == ("preparing", None)
    year.applications_close += timedelta(days=9)
    year = move(save_rules(year, by=officer), "open_applications", by=officer)
    draft.refresh_from_db()
    assert draft.due_on == year.applications_close
    make_project("submitted", cast)
    year.refresh_from_db()
    with pytest.raises(ConditionUnmet, match="已有单位提交申报"):
        move(year, "take_back_opening", by=officer, reason="窗口日期有误")


def test_an_opening_is_not_taken_back_without_a_reason_nor_by_others(officer: Any) -> None:
    year = open_cycle()
    with pytest.raises(ConditionUnmet, match="请填写理由"):
        move(year, "take_back_opening", by=officer)
    with pytest.raises(NotYours):
        move(year, "take_back_opening", by=make_person(Role.UNIT), reason="窗口日期有误")


def test_a_window_is_not_extended_beyond_the_end_of_the_years_work(officer: Any) -> None:
    year = open_cycle()
    extended = extend_window(year, year.ends_on, by=officer, reason="受汛期影响")
    assert extended.applications_close == year.ends_on
    with pytest.raises(ConditionUnmet, match="不能晚于"):
        extend_window(extended, year.ends_on + DAY, by=officer, reason="受汛期影响")


def test_every_day_of_a_year_lies_near_its_opening(officer: Any) -> None:
    year = make_cycle()
    opens = year.applications_open
    year.ends_on = year.results_due_on = year.review_on = date(opens.year + 2, 12, 31)
    save_rules(year, by=officer)
    year.review_on = date(opens.year + 3, 1, 1)
    with pytest.raises(ConditionUnmet, match="相距超过两年"):
        save_rules(year, by=officer)
