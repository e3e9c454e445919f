"""How many taps a resident needs on a phone, without a script: counted from the front page, typing beside."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories.site import FullSite, make_site


@pytest.fixture
def site(live_server: Any) -> FullSite:
    """Make one of everything."""
    return make_site()


class Thumb:
    """Taps, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, what: Locator) -> "Thumb":
        """Tap something that is in sight or can be scrolled to."""
        what.first.click()
        self.taps += 1
        return self


@pytest.fixture
def thumb(live_server: Any, open_page: Callable[..., Page], site: FullSite) -> Thumb:
    """Stand on the front page with a phone, without scripts."""
    page = open_page(390, 844, java_script_enabled=False)
    page.goto(live_server.url)
    return Thumb(page)


def test_a_promise_of_my_township_takes_one_tap_and_of_my_village_two(
    thumb: Thumb, site: FullSite, live_server: Any
) -> None:
    page = thumb.page
    thumb.tap(page.locator(".tile", has_text="石会"))
    expect(page.get_by_role("main")).to_contain_text("办结积案")
    assert thumb.taps == 1
    page.goto(live_server.url)
    thumb.taps = 0
    page.locator("#place").fill(site.cast.organization.name)
    thumb.tap(page.get_by_role("button", name="找项目"))
    thumb.tap(page.locator("main").get_by_role("link", name=site.project.title))
    expect(page.get_by_role("main")).to_contain_text("办结积案")
    assert thumb.taps <= 2


def test_what_is_late_stands_on_the_front_page_and_all_of_it_a_tap_away(thumb: Thumb) -> None:
    page = thumb.page
    expect(page.get_by_role("main")).to_contain_text("逾期3天")
    thumb.tap(page.get_by_role("link", name="逾期、临期和改期"))
    expect(page.get_by_role("heading", level=1)).to_have_text("逾期与没有做到的承诺")
    assert thumb.taps == 1


def test_an_opinion_takes_two_taps(thumb: Thumb) -> None:
    page = thumb.page
    thumb.tap(page.get_by_role("main").get_by_role("link", name="我要提意见"))
    page.locator("textarea").fill("希望把路灯修好。")
    assert thumb.taps == 1
    expect(page.locator("main button[type=submit]").last).to_be_visible()


def test_the_newest_answer_is_in_sight_and_every_other_two_taps_away(
    thumb: Thumb, site: FullSite
) -> None:
    page = thumb.page
    expect(page.get_by_role("main")).to_contain_text(site.exchange.answer[:12])
    thumb.tap(page.get_by_role("link", name="条答复"))
    thumb.tap(page.locator(".question__asked a"))
    expect(page.get_by_role("main")).to_contain_text(site.exchange.answer[:12])
    assert thumb.taps == 2


def test_the_results_of_the_newest_year_take_one_tap(
    thumb: Thumb, site: FullSite, live_server: Any
) -> None:
    page = thumb.page
    site.project.unpublish()
    page.goto(live_server.url)
    thumb.tap(page.get_by_role("link", name="看全年结果"))
    expect(page.get_by_role("main")).to_contain_text("一等")
    assert thumb.taps == 1


def test_the_head_is_low_and_large_readers_have_five_doors(thumb: Thumb, live_server: Any) -> None:
    page, height = thumb.page, "one => one.getBoundingClientRect().height"
    assert page.locator(".masthead").evaluate(height) <= 140
    expect(page.locator(".doors")).to_be_hidden()
    page.goto(f"{live_server.url}/?view=large")
    assert page.locator(".masthead").evaluate(height) <= 200
    assert page.locator(".doors__link").count() == 5
    thumb.tap(page.get_by_role("link", name="没有做到的"))
    expect(page.get_by_role("heading", level=1)).to_have_text("逾期与没有做到的承诺")


def test_the_entries_stand_in_one_line_on_a_desk(
    live_server: Any, open_page: Callable[..., Page], site: FullSite
) -> None:
    page = open_page(1280, 900)
    page.goto(live_server.url)
    tops = page.locator(".nav--wide .nav__link").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top)"
    )
    assert len(tops) == 6
    assert len(set(tops)) == 1
    expect(page.locator(".menu")).to_be_hidden()
