"""The library of cases: by words, year, field, topic, unit and announced grade; what is unknown is ignored."""

from typing import Any

import pytest
from django.test import Client

from partybuilding.cycles.models import Topic
from partybuilding.projects.models import Project
from tests.factories import Cast, make_cast, make_project
from tests.factories.programme import announce_cycle, open_cycle
from tests.factories.spread import make_case, publish_case_page

pytestmark = pytest.mark.django_db


def publish(cast: Cast, title: str, **facts: Any) -> Any:
    project = make_project("graded", cast)
    Project.objects.filter(pk=project.pk).update(title=title, **facts)
    case = make_case("selected", cast, Project.objects.get(pk=project.pk))
    return publish_case_page(case.page, cast)


@pytest.fixture
def two() -> list[Any]:
    """Publish two cases of two years, units, fields and topics; the grades of the first year are announced."""
    first, second = make_cast(open_cycle(year=2041)), make_cast(open_cycle(year=2042))
    topic = Topic.objects.create(cycle=second.cycle, code="joined", title="联建共享")
    one = publish(first, "院坝会")
    announce_cycle(first.cycle, first["department"])
    return [one, publish(second, "红色驿站", sector="rural", topic=topic)]


def found(client: Client, query: str) -> list[str]:
    return [card["title"] for card in client.get(f"/cases/?{query}").context["cards"]]


def test_each_filter_finds_its_own(client: Client, two: list[Any]) -> None:
    one, other = (page.title for page in two)
    unit = two[1].case.project.organization.unit_id
    assert found(client, "") == [other, one]
    assert found(client, "year=2041") == [one]
    assert found(client, "sector=rural") == [other]
    assert found(client, "topic=联建共享") == [other]
    assert found(client, f"unit={unit}") == [other]
    assert found(client, "grade=first") == [one]
    assert found(client, "q=院坝") == [one]
    assert found(client, "q=驿站&year=2042") == [other]


def test_a_grade_that_is_not_announced_cannot_be_asked_for(client: Client, two: list[Any]) -> None:
    page = client.get("/cases/?grade=first&year=2042")
    assert page.context["listing"].count == 0
    assert [card["grade"] for card in client.get("/cases/?year=2042").context["cards"]] == [""]


def test_what_is_unknown_is_ignored_and_what_is_on_can_be_taken_off(
    client: Client, two: list[Any]
) -> None:
    assert len(found(client, "year=1999&sector=moon&topic=x&unit=0&grade=z&page=x&foo=1")) == 2
    active = client.get("/cases/?year=2041&q=院坝").context["listing"].active
    assert {one["href"] for one in active} == {
        "/cases/?year=2041",
        "/cases/?q=%E9%99%A2%E5%9D%9D",
    }


def test_where_nothing_fits_it_says_what_to_do(client: Client, two: list[Any]) -> None:
    shown = client.get("/cases/?q=没有这样的案例").text
    assert "没有符合条件的案例" in shown
    assert "查看全部案例" in shown


def test_similar_cases_say_in_what(client: Client, two: list[Any]) -> None:
    third = publish(make_cast(open_cycle(year=2043)), "院坝会再开一年")
    similar = client.get(third.url).context["similar"]
    assert [entry["title"] for entry in similar] == [two[0].title]
    assert "同选题、同领域" in similar[0]["meta"]
