"""The gallery of brands in pictures and in words, and a brand's recognitions, places and news."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import NewsPage
from partybuilding.brands.models import Brand
from partybuilding.brands.pages import BrandPage
from tests.factories import Cast, make_cast, make_project
from tests.factories.column import make_image
from tests.factories.programme import announce_cycle
from tests.factories.site import make_news, make_page_of
from tests.factories.spread import make_brand, publish_brand_page

pytestmark = pytest.mark.django_db
FACTS = ("title", "organization", "unit", "sector", "since", "state", "summary", "href")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def brands(cast: Cast) -> list[BrandPage]:
    """Publish three brands, one of them promoted."""
    graded = make_project("graded", cast)
    found = [make_brand("recognised", cast, graded, name=f"红色驿站{n}") for n in range(3)]
    return [publish_brand_page(brand, cast) for brand in found]


def told(client: Client, address: str) -> list[tuple[Any, ...]]:
    cards = client.get(address).context["cards"]
    return [tuple(card[name] for name in FACTS) for card in cards]


@pytest.mark.parametrize("query", ["", "?sector=urban", "?page=1&unknown=1", "?sector=moon"])
def test_both_views_tell_the_same_brands_in_the_same_order(
    client: Client, brands: list[BrandPage], query: str
) -> None:
    assert told(client, f"/brands/{query}") == told(client, f"/brands/text/{query}") != []


def test_the_view_in_words_says_every_fact_and_shows_no_picture(
    client: Client, brands: list[BrandPage]
) -> None:
    for page in brands:
        page.lead_image, page.lead_image_alt = make_image(), "驿站"
        page.save()
    pictured, words = client.get("/brands/"), client.get("/brands/text/")
    assert pictured.text.count("card__image") == 3
    main = words.text[words.text.index("<main") : words.text.index("</main")]
    assert "<img" not in main
    for card in words.context["cards"]:
        for name in FACTS:
            assert str(card[name]) in main, name


def test_each_view_leads_to_the_other_with_its_filters_and_keeps_them(
    client: Client, brands: list[BrandPage]
) -> None:
    words = client.get("/brands/text/?sector=urban")
    assert words.context["other_view"] == "/brands/?sector=urban"
    assert words.context["listing"].active[0]["href"] == "/brands/text/"
    assert client.get("/brands/?sector=urban").context["other_view"] == "/brands/text/?sector=urban"
    assert client.get("/brands/other/").status_code == 404


def test_the_timeline_holds_decisions_grades_and_honours_the_newest_first(
    client: Client, cast: Cast
) -> None:
    project = make_project("graded", cast)
    announce_cycle(cast.cycle, cast["department"])
    brand = make_brand("promoted", cast, project)
    page = BrandPage.objects.get(brand=brand)
    honour = {"day": "2021-07-01", "title": "先进基层党组织（示例）", "by": "区委（示例）"}
    page.honours = [{"type": "honour", "value": honour}]
    page.save()
    entries = client.get(page.url).context["timeline"]
    said = [entry["title"] for entry in entries]
    assert set(said[:-1]) == {
        *("认定为党建品牌", "在全区推广"),
        f"依托项目“{project.title}”获{cast.cycle.year}年度一等",
    }
    assert said[-1] == "先进基层党组织（示例）"
    days = [entry["when"] for entry in entries]
    assert days == sorted(days, reverse=True)
    assert days[-1] == date(2021, 7, 1)


def test_a_grade_that_is_not_announced_stands_in_no_timeline(client: Client, cast: Cast) -> None:
    page = publish_brand_page(make_brand("recognised", cast, make_project("graded", cast)), cast)
    assert [entry["title"] for entry in client.get(page.url).context["timeline"]] == [
        "认定为党建品牌"
    ]


def test_places_and_logo_are_shown(client: Client, brands: list[BrandPage]) -> None:
    page = brands[0]
    place = {"name": "街角驿站", "address": "城南街道（示例）", "note": "全年开放"}
    page.places, page.logo = [{"type": "place", "value": place}], make_image()
    page.save()
    shown = client.get(page.url).text
    assert all(words in shown for words in place.values())
    assert f"“{page.title}”品牌标志" in shown


def test_news_that_leads_to_brand_or_project_is_named_while_it_is_live(
    client: Client, cast: Cast, brands: list[BrandPage]
) -> None:
    project = Brand.objects.first().projects.get()
    make_page_of(project, cast)
    link = f'<p><a linktype="page" id="{brands[0].pk}">红色驿站</a></p>'
    make_news("驿站开门", "kaimen", body=[{"type": "text", "value": link}])
    make_news("项目见闻", "jianwen", body=[{"type": "projects", "value": [project.page.pk]}])
    make_news("不相干", "buxiangan")
    titles = [entry["title"] for entry in client.get(brands[0].url).context["articles"]]
    assert sorted(titles) == ["项目见闻", "驿站开门"]
    NewsPage.objects.filter(slug="kaimen").update(live=False)
    assert [one["title"] for one in client.get(brands[1].url).context["articles"]] == ["项目见闻"]
    assert [one["title"] for one in client.get(brands[0].url).context["articles"]] == ["项目见闻"]


def test_many_recognitions_and_news_cost_as_many_queries_as_few(
    client: Client, brands: list[BrandPage]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(brands[0].url)
        return len(captured)

    link = f'<p><a linktype="page" id="{brands[0].pk}">红色驿站</a></p>'
    for number in range(5):
        make_news(f"报道{number}", f"news-{number}", body=[{"type": "text", "value": link}])
        if not number:
            queries()
            few = queries()
    assert queries() == few <= 25
