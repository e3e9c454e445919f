"""A resident of seventy on a phone, and one without a mouse: every kind of page, found, read and printed."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from partybuilding.opinions import guards
from partybuilding.opinions.models import Opinion
from tests.factories.opinions import take
from tests.factories.site import FullSite, make_site
from tests.journeys.test_public_pages import SMALLER, TOO_WIDE, WIDTHS, with_view

#: What the keyboard reaches on a page, and what it should: everything that is shown and not closed off.
TABBABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(one => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden')
    .filter(one => one.checkVisibility({visibilityProperty: true}))
    .filter(one => one.type !== 'radio' || one.checked).length"""
FOCUSED = """() => {
    const one = document.activeElement
    if (!one || one === document.body) return null
    const box = one.getBoundingClientRect()
    const drawn = [getComputedStyle(one), getComputedStyle(one, '::after')].some(
        style => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none')
    const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight
    one.dataset.reached = '1'
    return {name: one.outerHTML.slice(0, 90), visible: drawn && seen}
}"""
REACHED = "document.querySelectorAll('[data-reached]').length"


@pytest.fixture
def site(transactional_db: None) -> FullSite:
    """Make one of everything."""
    return make_site()


@pytest.mark.parametrize("view", ["normal", "large"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_template(
    live_server: Any, site: FullSite, open_page: Any, axe: Any, width: int, view: str
) -> None:
    page = open_page(width, 900)
    for path in dict.fromkeys(site.pages):
        page.goto(live_server.url + with_view(path, view))
        for more in page.locator("main summary").all():
            more.evaluate("one => { one.parentElement.open = true; }")
        assert axe(page) == [], path
        assert page.evaluate(TOO_WIDE) <= 0, path
        assert page.evaluate(SMALLER, 60 if view == "large" else 44) == [], path
    assert page.errors == []


@pytest.mark.parametrize("view", ["normal", "large"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_form_nor_on_what_it_answers(
    live_server: Any,
    site: FullSite,
    open_page: Any,
    axe: Any,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    view: str,
) -> None:
    monkeypatch.setattr(guards, "LEAST_SECONDS", -1)
    page = open_page(width, 900)

    def seen(what: str) -> None:
        assert axe(page) == [], what
        assert page.evaluate(TOO_WIDE) <= 0, what
        assert page.evaluate(SMALLER, 60 if view == "large" else 44) == [], what

    def send() -> None:
        # A click returns before the answer has come; what follows asks the answer.
        with page.expect_navigation():
            page.locator("main form button").first.click()

    for path in site.forms:
        page.goto(live_server.url + with_view(path, view))
        seen(path)
        send()
        seen(f"{path}, sent empty")
    page.goto(live_server.url + with_view("/opinions/", view))
    page.get_by_role("textbox", name="您的意见").fill("晚上八点以后楼道没有灯。")
    send()
    number, code = page.locator(".receipt__number").all_inner_texts()
    seen("the receipt")
    received = Opinion.objects.get(number=number)
    for standing in ("received", "answered"):
        page.goto(live_server.url + with_view("/opinions/lookup/", view))
        page.get_by_label("受理编号").fill(number)
        page.get_by_label("查询码").fill(code)
        send()
        seen(f"an opinion that was {standing}")
        for step in ("accept", "draft", "approve") if standing == "received" else ():
            received = take(received, step, site.cast)
    page.goto(live_server.url + with_view(site.appraisal_url, view))
    for group in page.locator("main fieldset").all():
        group.get_by_role("radio").first.check()
    send()
    seen("a counted appraisal")
    # A form that is sent back with what to correct is no fault of the page.
    assert [error for error in page.errors if "429" not in error] == []


def test_everything_is_reached_and_seen_by_the_keyboard_alone(
    live_server: Any, site: FullSite, desk: Page
) -> None:
    for path in ("/", "/projects/", site.project.url, "/search/?q=邻里"):
        desk.goto(live_server.url + path)
        wanted = desk.evaluate(TABBABLE)
        desk.keyboard.press("Tab")
        first = desk.evaluate(FOCUSED)
        assert "skip" in first["name"], path
        for _ in range(wanted * 2):
            one = desk.evaluate(FOCUSED)
            if one is None:
                break
            assert one["visible"], (path, one["name"])
            desk.keyboard.press("Tab")
        assert desk.evaluate(REACHED) >= wanted, path


def test_a_resident_without_a_mouse_finds_and_reads_a_project(
    live_server: Any, site: FullSite, desk: Page
) -> None:
    desk.goto(live_server.url)
    desk.locator(".search__input").first.focus()
    desk.keyboard.type("邻里议事")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/search/**")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    result = desk.locator("main").get_by_role("link", name=site.project.title).first
    result.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text(site.project.title)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_resident_filters_reads_in_large_letters_and_prints(
    live_server: Any, site: FullSite, open_page: Any, picture: Any, scripts: bool
) -> None:
    phone = open_page(390, 844, java_script_enabled=scripts)
    phone.goto(live_server.url)
    picture(phone, "front")
    phone.get_by_role("link", name="关怀版").click()
    phone.locator(".menu__button").click()
    phone.locator(".menu").get_by_role("link", name="找项目").click()
    phone.locator(".list-filters > summary").click()
    phone.locator(".filters summary").first.click()
    picture(phone, "filters")
    phone.locator(".filters").get_by_label("逾期").first.check()
    phone.locator(".filters").get_by_role("button", name="搜索").first.click()
    expect(phone.get_by_role("heading", level=2).first).to_contain_text("1个项目")
    phone.locator("main").get_by_role("link", name=site.project.title).first.click()
    expect(phone.get_by_text("办结积案").first).to_be_visible()
    if scripts:
        size = phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert size >= 24
    expect(phone.locator("main").get_by_text("逾期").first).to_be_visible()
    picture(phone, "project-large")
    phone.emulate_media(media="print")
    expect(phone.get_by_text("办结积案").first).to_be_visible()
    expect(phone.locator(".search__input").first).to_be_hidden()
    picture(phone, "print")
    assert phone.context.cookies() == []


@pytest.mark.parametrize("part", ["news", "notice", "brand", "case"])
def test_every_article_is_found_from_the_front_page_without_scripts(
    live_server: Any, site: FullSite, open_page: Any, picture: Any, part: str
) -> None:
    phone = open_page(390, 844, java_script_enabled=False)
    phone.goto(live_server.url)
    above = {
        "news": "动态与公告",
        "notice": "动态与公告",
        "brand": "案例与品牌",
        "case": "案例与品牌",
    }
    names = {"news": "新闻动态", "notice": "公示公告", "brand": "党建品牌", "case": "典型案例"}
    phone.locator(".menu__button").click()
    phone.locator(".menu").get_by_role("link", name=above[part]).click()
    phone.locator(".beside").get_by_role("link", name=names[part]).click()
    article = getattr(site, part)
    phone.locator("main").get_by_role("link", name=article.title).first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(article.title)
    picture(phone, part)


def test_one_press_opens_and_closes_all_that_folds(
    live_server: Any, site: FullSite, open_page: Any
) -> None:
    page = open_page(390, 900)
    page.goto(live_server.url + site.project.url)
    folds = page.locator("#folds > details")
    assert folds.count() >= 3
    button = page.locator("[data-folds] button")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(button).to_have_text("全部收起")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert page.locator("#folds details:not([open])").count() == 0
    folds.first.locator("> summary").click()
    expect(button).to_have_text("全部展开")
    button.click()
    button.click()
    expect(page.locator("#folds details[open]")).to_have_count(0)
    assert page.errors == []


@pytest.mark.parametrize(("width", "is_folded"), [(390, True), (1280, False)])
def test_what_narrows_the_list_is_folded_on_a_phone_alone(
    live_server: Any, site: FullSite, open_page: Any, width: int, is_folded: bool
) -> None:
    page = open_page(width, 900)
    page.goto(live_server.url + "/projects/")
    fold = page.locator(".list-filters > summary")
    words = page.get_by_label("关键词")
    assert fold.is_visible() is is_folded
    if is_folded:
        expect(words).to_be_hidden()
        fold.click()
    words.fill("邻里")
    with page.expect_navigation():
        words.press("Enter")
    expect(page.locator("#list h2").first).to_contain_text("找到")
