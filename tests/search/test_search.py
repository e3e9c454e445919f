"""The search page: grouped, counted, only what residents may read."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from partybuilding.column.selectors import on_show
from search.selectors import search
from tests.factories import make_cast
from tests.factories.column import forge, make_page, make_pages

pytestmark = pytest.mark.django_db


def found(q: str, number: Any = None) -> dict[str, int]:
    """Return how many a query finds of each kind."""
    results = search(q, on_show(HttpRequest()).years, number)
    return {group.code: group.count for group in results.groups}


def test_projects_are_found_by_title_summary_organization_and_number() -> None:
    cast = make_cast()
    page = make_page(cast=cast)
    for words in ("议事厅", "满意度", cast.organization.name, page.project.code, "议事厅 满意度"):
        assert found(words)["projects"] == 1, words
    assert found("议事厅 没有的词") == {}


def test_a_year_is_found_once_it_has_something_to_read() -> None:
    cast = make_cast()
    page = make_page(cast=cast, live=False)
    year = str(cast.cycle.year)
    assert found(year) == {}
    page.get_latest_revision().publish()
    assert found(year) == {"projects": 1, "years": 1}


def test_hidden_projects_are_neither_found_nor_counted() -> None:
    page = make_page(cast=make_cast())
    forge(page.project, "declined")
    assert found("议事厅") == {}


@pytest.mark.parametrize("q", ["", "   ", "\x00", None])
def test_without_words_nothing_is_looked_for(client: Client, q: Any) -> None:
    make_page(cast=make_cast())
    response = client.get("/search/", {"q": q} if q is not None else {})
    assert response.status_code == 200
    assert "站内搜索" in response.content.decode()


@pytest.mark.parametrize(
    "q", ["%_", "_", "'; DROP TABLE x;--", '"', "\\", "🙂", "<script>", "长" * 500]
)
def test_hostile_words_break_nothing(client: Client, q: str) -> None:
    make_page(cast=make_cast())
    response = client.get("/search/", {"q": q})
    assert response.status_code == 200
    text = response.content.decode()
    assert "<script>" not in text.replace("<script src", "")
    assert "没有找到相关内容" in text


def test_results_come_in_pages(client: Client) -> None:
    make_pages(23, make_cast())
    first = client.get("/search/?q=议事厅").content.decode()
    last = client.get("/search/?q=议事厅&page=2").content.decode()
    assert "创新项目（23）" in first
    assert (first.count("link-list__item"), last.count("link-list__item")) == (20, 3)
    assert client.get("/search/?q=议事厅&page=zwei").status_code == 200


def test_only_reading_is_possible(client: Client) -> None:
    assert client.post("/search/", {"q": "x"}).status_code == 405
