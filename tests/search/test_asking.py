"""Questions as people ask them: what is looked for, and the answers that the site itself has."""

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from benchmarks import unseen_set
from partybuilding.organizations.models import Organization
from search.asking import matter_of
from search.signposts import signposts
from tests.factories import make_cast
from tests.factories.column import make_page

pytestmark = pytest.mark.django_db

#: Services whose address is not their name.
WHERE = {"letterbox": "opinions", "opinion_lookup": "opinions/lookup"}


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.mark.parametrize(
    ("q", "matter"),
    [
        ("如何给老旧小区加装电梯？", "老旧小区加装电梯"),
        ("办事大厅什么时候开门", "办事大厅 开门"),
        ("在哪里可以查询低保的名单吗", "查询低保 名单"),
        ("项目目的", "项目目的"),
        ("怎么办", "怎么办"),
        ("“怎么办”窗口", "“怎么办”窗口"),
        ("石城社区", "石城社区"),
    ],
)
def test_what_only_asks_is_looked_for_nowhere(q: str, matter: str) -> None:
    assert matter_of(q) == matter


def ways(q: str) -> list[str]:
    """Return the addresses of the site's own answers."""
    request = RequestFactory().get("/search/", {"q": q}, SERVER_NAME="localhost")
    return [post.href for post in signposts(q, request)]


@pytest.mark.parametrize(
    ("q", "address"),
    [
        ("提意见", "/opinions/"),
        ("我要投诉", "/opinions/"),
        ("怎么查询意见", "/opinions/lookup/"),
        ("查询码", "/opinions/lookup/"),
        ("考评结果", "/results/"),
        ("2022年度结果", "/results/"),
        ("字太小看不清", "/accessibility/"),
    ],
)
def test_a_service_is_an_answer(q: str, address: str) -> None:
    make_page()
    assert ways(q)[0] == address


def test_most_questions_for_a_service_that_nothing_was_fitted_to_have_it() -> None:
    make_page()
    asked = unseen_set.services()
    found = [q for q, name in asked.items() if f"/{WHERE.get(name, name)}/" in ways(q)]
    assert (len(found) >= 4, len(asked)) == (True, 6)


def test_a_word_that_is_a_small_part_of_a_question_asks_for_no_service() -> None:
    make_page()
    assert ways("社区停车位矛盾调解结果反馈机制") == []


def test_a_year_is_an_answer_once_there_is_something_to_read() -> None:
    page = make_page()
    year = page.get_parent().specific
    assert ways(f"{year.cycle.year}年的项目") == [year.get_url()]
    assert ways("2019年的项目") == []


@pytest.mark.parametrize("q", ["城东街道", "城东", "城东有什么项目"])
def test_a_township_is_an_answer(client: Client, q: str) -> None:
    cast = make_cast()
    Organization.objects.filter(pk=cast.organization.unit_id).update(township="城东街道")
    make_page(cast=cast)
    href = ways(q)[0]
    assert client.get(href).status_code == 200
    text = client.get("/search/", {"q": q}).content.decode()
    assert "城东街道" in text
    assert 'class="signpost"' in text


def test_without_projects_no_place_is_an_answer() -> None:
    cast = make_cast()
    Organization.objects.filter(pk=cast.organization.unit_id).update(township="城东街道")
    assert ways("城东街道") == []
