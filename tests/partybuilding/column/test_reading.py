"""What a resident's browser gets: the page with its facts, fresh for a minute, without a cookie."""

import gc
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from partybuilding.projects.models import Project
from tests.factories import make_cast, make_project
from tests.factories.column import make_image, make_page, make_pages
from tests.factories.projects import Cast

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25


def addresses(page: Any) -> list[str]:
    """Return every kind of public address."""
    year = page.get_parent().url
    return [
        *("/", "/projects/", "/projects/?sector=urban", year, page.url),
        *("/search/?q=邻里", "/search/", "/projects/feed.atom", "/sitemap.xml", "/robots.txt"),
    ]


def test_every_public_page_may_be_kept_by_any_cache_and_carries_nothing_personal() -> None:
    cast = make_cast()
    page = make_page(cast=cast)
    staff = Client()
    staff.force_login(cast["editor"], backend="django.contrib.auth.backends.ModelBackend")
    for address in addresses(page):
        first = Client().get(address)
        assert first.status_code == 200, address
        assert first["Cache-Control"] == "public, max-age=0, must-revalidate", address
        assert not first.cookies, address
        assert "Cookie" not in first.get("Vary", ""), address
        assert "csrf" not in first.content.decode().lower(), address
        again = Client().get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert staff.get(address).content == first.content, address


def test_a_change_has_another_etag(client: Client) -> None:
    page = make_page(cast=make_cast())
    before = client.get(page.url)["ETag"]
    page.title = "改了标题"
    page.save_revision().publish()
    assert client.get(page.url, headers={"If-None-Match": before}).status_code == 200


def test_a_page_behind_a_restriction_is_kept_by_nobody(client: Client) -> None:
    page = make_page(cast=make_cast())
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    client.force_login(make_cast()["editor"], backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(page.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert page.title not in Client().get("/projects/").content.decode()


def queries(address: str) -> int:
    """Count the queries of a reader who finds no picture in the cache."""
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert Client().get(address).status_code == 200
    return len(captured)


def test_no_page_costs_more_queries_at_two_hundred_pages_than_at_ten() -> None:
    cast = make_cast()
    first = make_pages(10, cast)[0]
    kinds = addresses(first)
    for address in kinds:
        Client().get(address)
    few = {address: queries(address) for address in kinds}
    make_pages(190, make_cast(cast.cycle))
    many = {address: queries(address) for address in kinds}
    # A search of many hits asks for nothing near them.
    assert {address: n for address, n in many.items() if n > few[address]} == {}
    assert {address: n for address, n in many.items() if n > MOST_QUERIES} == {}


def test_pictures_cost_a_fixed_number_of_queries() -> None:
    cast = make_cast()
    page = make_page(cast=cast)

    def with_figures(number: int) -> int:
        page.lead_image, page.lead_image_alt = make_image(), "议事厅"
        page.body = [
            {"type": "figure", "value": {"image": make_image().pk, "caption": "", "alt": "图"}}
            for _ in range(number)
        ]
        page.save_revision().publish()
        Client().get(page.url)
        return queries(page.url)

    one, ten = with_figures(1), with_figures(10)
    assert one == ten <= MOST_QUERIES


def test_a_project_page_says_who_when_and_where_it_stands(client: Client) -> None:
    cast = make_cast()
    page = make_page("implementing", cast)
    for kept in page.project.facts.values():
        kept["partners"] = ["联合示例党支部"]
    page.project.save(update_fields=["facts"])
    text = client.get(page.url).content.decode()
    for said in (
        page.title,
        cast.organization.name,
        "联合示例党支部",
        "实施中",
        "牵头单位",
        "联合实施单位",
        page.project.code,
        cast.organization.unit.name,
        "包抓领导",
        "王示例",
        "区农业农村委主任",
        "牵头书记",
        "联系组工干部",
        "工作队伍",
        "首次发布",
    ):
        assert said in text
    for private in ("周示例", "023-79220000", "同意立项", "基础扎实"):
        assert private not in text


def test_an_article_carries_its_meta_tags(client: Client) -> None:
    page = make_page("implementing", make_cast())
    text = client.get(page.url).content.decode()
    shown = f"{timezone.localtime(page.first_published_at):%Y-%m-%d %H:%M}"
    assert f'<meta name="PubDate" content="{shown}">' in text
    assert f'<meta name="ArticleTitle" content="{page.title}">' in text
    assert f'<meta name="ContentSource" content="{page.project.organization.name}">' in text
    column = client.get("/projects/").content.decode()
    assert '<meta name="ColumnName" content="创新项目">' in column
    assert '<meta name="ColumnType" content="项目公开">' in column


def test_a_terminated_project_shows_its_public_reason(client: Client) -> None:
    page = make_page("terminated", make_cast())
    text = client.get(page.url).content.decode()
    assert "已终止" in text
    assert "场地被征用。" in text


@pytest.mark.parametrize(("announced", "seen"), [(False, False), (True, True)])
def test_a_grade_shows_once_it_is_announced(client: Client, announced: bool, seen: bool) -> None:
    cast = make_cast()
    page = make_page("archived" if announced else "graded", cast)
    assert ("一等" in client.get(page.url).content.decode()) is seen


def test_a_preview_shows_a_page_that_nobody_may_read_yet() -> None:
    cast: Cast = make_cast()
    page = make_page("approved", cast, live=False)
    client = Client()
    client.force_login(cast["editor"], backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert page.title in response.content.decode()


@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
def test_a_lost_picture_breaks_no_page(client: Client) -> None:
    cast = make_cast()
    page = make_page(cast=cast)
    image = make_image()
    page.lead_image, page.lead_image_alt = image, "议事厅"
    page.body = [{"type": "figure", "value": {"image": image.pk, "caption": "说明", "alt": "图"}}]
    page.save_revision().publish()
    image.file.storage.delete(image.file.name)
    for address in (page.url, "/", "/projects/"):
        assert client.get(address).status_code == 200
    gc.collect()  # Wagtail leaves its temporary file open when the picture is lost


def test_pictures_are_jpeg_of_one_ratio_with_their_size_and_their_words(client: Client) -> None:
    page = make_page(cast=make_cast())
    page.lead_image, page.lead_image_alt = make_image(), "居民在议事"
    page.save_revision().publish()
    text = client.get("/projects/").content.decode()
    assert 'width="480" height="270" alt="居民在议事" loading="lazy"' in " ".join(text.split())
    source = text.split('class="card__image picture" src="')[1].split('"')[0]
    picture = client.get(source)
    assert picture["Content-Type"] == "image/jpeg"
    assert picture.getvalue().startswith(b"\xff\xd8\xff")
    own = client.get(page.url).content.decode()
    assert 'alt="居民在议事" loading="lazy" decoding="async"' in " ".join(own.split())


def test_projects_that_are_not_published_are_counted_nowhere_on_the_front_page(
    client: Client,
) -> None:
    make_project("approved", make_cast())
    assert Project.objects.exists()
    text = client.get("/").content.decode()
    assert "暂无公开项目" in text
    assert "numbers__value" not in text
