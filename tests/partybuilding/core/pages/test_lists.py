"""The public lists of brands and cases: what they show, narrow to, page by, and cost."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partybuilding.brands.models import Brand, BrandOrigin
from partybuilding.brands.pages import BrandIndexPage, BrandPage
from partybuilding.brands.selectors import readable_brands
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseIndexPage, CaseStudyPage
from partybuilding.cases.selectors import readable_cases
from tests.factories import Cast, make_cast
from tests.factories.column import make_image
from tests.factories.spread import (
    make_brand,
    make_case,
    publish_brand_page,
    publish_case_page,
    take_brand,
)

pytestmark = pytest.mark.django_db
SECTORS = ("urban", "rural", "school")

CARD = re.compile(r'<article class="card[ "]')


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def multiply(page: Any, record: Any, name: str, times: int) -> None:
    """Make more live pages like one, past the services, in different years and fields."""
    index, project = page.get_parent().specific, record.project if name == "case" else None
    for number in range(times):
        record.pk, record._state.adding = None, True
        if name == "brand":
            record.recognised_at = datetime(2024 + number % 2, 3, 1, tzinfo=ZoneInfo("UTC"))
            record.sector = SECTORS[number % 3]
        record.save()
        if project is None:
            origin = BrandOrigin.objects.first()
            BrandOrigin.objects.create(brand=record, project=origin.project)
        kind = type(page)
        index.add_child(
            instance=kind(
                **{name: type(record).objects.get(pk=record.pk)},
                title=f"{page.title}{number}",
                summary=page.summary,
                live=True,
                lead_image=page.lead_image,
                lead_image_alt="示意图",
            )
        )


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture(params=["brand", "case"])
def listed(request: pytest.FixtureRequest, cast: Cast) -> tuple[str, Any, str]:
    """Publish one page with a picture; the address of its list, the page, its record's name."""
    if request.param == "brand":
        page = publish_brand_page(make_brand("recognised", cast), cast)
    else:
        page = publish_case_page(make_case("selected", cast).page, cast)
    page.lead_image, page.lead_image_alt = make_image(), "议事厅里的人们"
    page.save()
    return f"/{request.param}s/", page, request.param


def test_a_list_and_its_pages_ask_as_often_for_many(
    client: Client, listed: tuple[str, Any, str]
) -> None:
    address, page, name = listed
    own = f"{address}{page.slug}/"
    for url in (address, own):
        client.get(url)
    few, one = queries(client, address), queries(client, own)
    multiply(page, getattr(page, name), name, 25)
    client.get(address)
    assert queries(client, address) == few
    assert queries(client, own) == one
    assert max(few, one) <= 25, (few, one)


def test_twenty_a_page_the_first_cases_and_every_brand_with_their_pictures(
    client: Client, listed: tuple[str, Any, str]
) -> None:
    address, page, name = listed
    pictured = {"case": 3, "brand": 20}
    multiply(page, getattr(page, name), name, 25)
    first = client.get(address)
    assert len(CARD.findall(first.text)) == 20
    shown = [card for card in first.context["cards"] if card["image"]]
    assert len(shown) == pictured[name]
    assert {"case": "26篇案例", "brand": "26个"}[name] in first.text
    assert len(CARD.findall(client.get(f"{address}?page=2").text)) == 6
    assert client.get(f"{address}?page=abc&unknown=1").status_code == 200
    assert "Set-Cookie" not in first.headers
    assert "csrf" not in first.text


def test_a_page_shows_what_it_tells_and_the_readable_projects(
    client: Client, cast: Cast, listed: tuple[str, Any, str]
) -> None:
    address, page, _name = listed
    found = client.get(f"{address}{page.slug}/")
    for words in (page.title, page.summary, cast.organization.name, "议事厅里的人们", "城市"):
        assert words in found.text
    assert "依托的项目</h2>" not in found.text
    assert "对应的项目</h2>" not in found.text
    assert found["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in found.headers
    large = client.get(f"{address}{page.slug}/?view=large")
    assert 'data-view="large"' in large.text


def test_brands_are_narrowed_by_year_and_field_and_say_how_many(client: Client, cast: Cast) -> None:
    brand = make_brand("recognised", cast)
    page = publish_brand_page(brand, cast)
    multiply(page, brand, "brand", 6)
    for query, count in (
        ("year=2024", 3),
        ("year=2024&sector=urban", 1),
        ("year=2024&year=2025", 6),
        ("year=1900", 7),
        ("sector=unknown&year=2025", 3),
    ):
        answer = client.get(f"/brands/?{query}")
        assert answer.context["listing"].count == count, query
    narrowed = client.get("/brands/?year=2024&sector=urban").context["listing"]
    assert [item["value"] for item in narrowed.active] == ["2024年", "城市"]
    assert [item["href"] for item in narrowed.active] == [
        "/brands/?sector=urban",
        "/brands/?year=2024",
    ]
    years = {choice.value: choice.count for choice in narrowed.choices["year"]}
    assert years["2025"] == 1
    assert sum(choice.count for choice in narrowed.choices["sector"]) == 3
    text = client.get("/brands/?year=2024").text
    assert '<meta name="robots" content="noindex, follow">' in text


def test_a_facet_that_divides_nothing_is_not_shown(client: Client, cast: Cast) -> None:
    publish_brand_page(make_brand("recognised", cast), cast)
    assert client.get("/brands/").context["listing"].fields == []
    with_it = client.get("/brands/?sector=urban").context["listing"]
    assert [field.name for field in with_it.fields] == ["sector"]


def test_an_empty_list_says_so_and_stays_out_of_the_navigation(client: Client) -> None:
    for model, address, words in (
        (BrandIndexPage, "/brands/", "还没有公开的品牌"),
        (CaseIndexPage, "/cases/", "还没有公开的案例"),
    ):
        assert not model.objects.get().has_something_to_read()
        assert model.objects.get().show_in_menus
        assert words in client.get(address).text


def test_what_is_hidden_is_in_no_list(cast: Cast) -> None:
    brand = make_brand("recognised", cast)
    publish_brand_page(brand, cast)
    make_case("submitted", cast)
    assert readable_brands().count() == 1
    assert BrandIndexPage.objects.get().has_something_to_read()
    assert not readable_cases().exists()
    take_brand(brand, "revoke", cast)
    assert not readable_brands().exists()
    assert (BrandPage.objects.count(), CaseStudyPage.objects.count()) == (1, 1)
    assert (Brand.objects.count(), CaseStudy.objects.count()) == (1, 1)
