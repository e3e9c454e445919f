"""A year's rules as people read them: latest days, provisional ones, topics by field, money."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from partybuilding.core.calendar import add_working_days, calendar_is_published
from partybuilding.cycles import sheet
from partybuilding.cycles.models import Topic
from tests.factories import make_cycle

YEAR_2022 = {"applications_open": date(2022, 3, 1), "applications_close": date(2022, 3, 31)}


@pytest.mark.django_db
def test_limits_follow_each_other_from_the_end_of_the_window() -> None:
    cycle = make_cycle(**YEAR_2022)
    limits = {str(limit.label): limit for limit in sheet.limits_of(cycle)}
    choosing = ["初审", "退回修改", "立项评审", "提交承诺", "公开承诺", "归档"]
    spreading = ["品牌认定", "案例遴选", "案例发布"]
    doing = ["审定承诺调整", "说明核实疑问", "督导问题整改", "整改核查"]
    opinions = ["受理群众意见", "答复群众意见", "延期后答复群众意见"]
    assert list(limits) == [*choosing, *spreading, *doing, *opinions]
    first = limits["初审"].latest
    assert first == date(2022, 4, 8)  # Qingming and its adjusted Saturday lie between
    assert limits["立项评审"].latest == add_working_days(first, cycle.decision_days)
    assert limits["退回修改"].latest is limits["归档"].latest is None


@pytest.mark.django_db
def test_days_of_a_year_that_is_not_arranged_yet_are_provisional() -> None:
    year = next(year for year in range(2022, 2100) if not calendar_is_published(year))
    assert not sheet.latest_days_are_provisional(make_cycle(**YEAR_2022))
    late = {"applications_open": date(year, 3, 1), "applications_close": date(year, 3, 31)}
    assert sheet.latest_days_are_provisional(make_cycle(**late))
    before = date(year - 1, 12, 20)
    spanning = {"applications_open": before, "applications_close": before}
    assert sheet.latest_days_are_provisional(make_cycle(**spanning))


@pytest.mark.django_db
def test_topics_stand_by_field_and_those_for_every_field_first() -> None:
    cycle = make_cycle()
    cycle.topics = [
        Topic(code="a", title="甲", sector="urban", sort_order=0),
        Topic(code="b", title="乙", sort_order=1),
        Topic(code="c", title="丙", sector="rural", sort_order=2),
        Topic(code="d", title="丁", sector="urban", sort_order=3),
    ]
    found = [(str(label), [str(t) for t in rows]) for label, rows in sheet.topics_by_sector(cycle)]
    assert found == [("各领域通用", ["乙"]), ("农村", ["丙"]), ("城市", ["甲", "丁"])]


def grade(quota: int, award: int) -> Any:
    return SimpleNamespace(quota=quota, award_yuan=award)


def test_awards_of_all_places_add_up() -> None:
    grades = [grade(1, 12000), grade(12, 8000), grade(32, 5000), grade(19, 4211)]
    assert sheet.award_total(grades) == 12000 + 96000 + 160000 + 80009
    assert sheet.award_total([]) == 0


@pytest.mark.parametrize(
    ("yuan", "words"),
    [(348_000, "34.8"), (350_000, "35"), (1_000_000, "100"), (0, "0"), (12_345, "1.2345")],
)
def test_money_is_written_in_units_of_ten_thousand(yuan: int, words: str) -> None:
    assert sheet.in_wan(yuan) == words
