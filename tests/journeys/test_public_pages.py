"""The public column in a real browser: nothing for axe to find, nothing too wide, light, and usable without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect
from wagtail.images import get_image_model

from partybuilding.core.pages.pictures import CARD
from tests.factories import make_cast, open_cycle
from tests.factories.column import make_page, make_pages
from tests.factories.pictures import photograph

WIDTHS = [320, 768, 1280]
YEAR = 2071
MOST_REQUESTS, MOST_BYTES = 15, 250 * 1024
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLER = """least => [...document.querySelectorAll('main a, main button, main input, main select, main summary')]
    .filter(one => one.offsetParent && !one.matches('.card__link, [type=checkbox], [type=radio], .guard *'))
    .filter(one => one.getBoundingClientRect().height < least - 0.5)
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def column(live_server: Any) -> Callable[[str], str]:
    """Publish a year of projects with pictures; return a function that completes addresses."""
    cast = make_cast(open_cycle(year=YEAR))
    make_page("terminated", cast)
    pages = make_pages(23, cast)
    for number, page in enumerate(pages):
        page.lead_image = get_image_model().objects.create(
            title="议事厅", file=ContentFile(photograph(number), name=f"p{number}.jpg")
        )
        page.lead_image_alt = "居民在议事厅里开会"
        page.save()
        page.lead_image.get_rendition(CARD)
    first = pages[0]
    first.body = [
        {"type": "heading", "value": "做了什么"},
        {"type": "text", "value": "<p>每月议事。</p><ul><li>一事一议</li></ul><h3>怎么做</h3>"},
        {
            "type": "figure",
            "value": {"image": first.lead_image_id, "caption": "议事现场", "alt": "居民在议事"},
        },
    ]
    first.save_revision().publish()
    places = {"year": f"/projects/{YEAR}/", "project": f"/projects/{YEAR}/{first.slug}/"}
    return lambda path: live_server.url + path.format(**places)


PLACES = [
    "/",
    "/projects/",
    "/projects/?sector=urban&q=邻里",
    "/projects/?q=没有这样的项目",
    "{year}",
    "{project}",
    "/search/?q=邻里",
    "/search/?q=没有这样的项目",
    "/search/",
]


def with_view(path: str, view: str) -> str:
    """Return the address in the large view when it is asked for."""
    glue = "&" if "?" in path else "?"
    return f"{path}{glue}view=large" if view == "large" else path


@pytest.mark.parametrize(("width", "view"), [(320, "large"), (1280, "normal")])
def test_axe_finds_nothing_and_nothing_is_too_wide_where_there_are_many(
    column: Callable[[str], str],
    open_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    width: int,
    view: str,
) -> None:
    page = open_page(width, 900)
    for place in PLACES:
        page.goto(column(with_view(place, view)))
        for more in page.locator("main summary").all():
            more.evaluate("one => { one.parentElement.open = true; }")
        assert axe(page) == [], place
        assert page.evaluate(TOO_WIDE) <= 0, place
        assert page.evaluate(SMALLER, 60 if view == "large" else 44) == [], place
    assert page.errors == []


@pytest.mark.parametrize("size", [(390, 844), (1280, 900)])
def test_a_first_view_is_light(
    column: Callable[[str], str], open_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    for place in ("/", "/projects/", "{year}", "{project}", "/search/?q=邻里"):
        page = open_page(*size)
        got: list[Any] = []
        page.on("response", lambda answer, got=got: got.append(answer))
        page.goto(column(place), wait_until="networkidle")
        assert len(got) <= MOST_REQUESTS, place
        assert sum(len(answer.body()) for answer in got) <= MOST_BYTES, place
        assert {answer.url.split("/")[2] for answer in got} == {column("/").split("/")[2]}, place
        assert page.context.cookies() == [], place


def test_a_resident_finds_a_project_without_scripts(
    column: Callable[[str], str], open_page: Callable[..., Page], picture: Any
) -> None:
    page = open_page(390, 844, java_script_enabled=False)
    page.goto(column("/"))
    picture(page, "front")
    page.locator(".menu > summary").click()
    page.locator(".menu").get_by_role("link", name="找项目").click()
    expect(page.locator(".section-header__title")).to_contain_text("共24个项目")
    page.locator(".list-filters > summary").click()
    page.get_by_label("关键词").fill("邻里议事厅")
    page.get_by_text("更多筛选条件").click()
    page.get_by_label("已终止（1）").check()
    page.locator(".filters details").get_by_role("button", name="搜索").click()
    expect(page.locator(".section-header__title")).to_contain_text("找到1个项目")
    picture(page, "found")
    page.get_by_role("link", name="已终止").click()
    expect(page.locator(".section-header__title")).to_contain_text("找到24个项目")
    page.get_by_role("link", name="下一页").click()
    assert "page=2" in page.url
    page.locator(".card__link").first.click()
    expect(page.get_by_role("heading", name="这个项目做什么")).to_be_visible()
    picture(page, "project")


def test_pages_print_without_the_frame(
    column: Callable[[str], str], desk: Page, picture: Any
) -> None:
    desk.goto(column("{project}"))
    expect(desk.get_by_role("link", name="打印公示单")).to_be_visible()
    desk.emulate_media(media="print")
    expect(desk.get_by_role("link", name="打印公示单")).to_be_hidden()
    expect(desk.locator(".nav").first).to_be_hidden()
    expect(desk.get_by_text("这个项目做什么")).to_be_visible()
    picture(desk, "print")
