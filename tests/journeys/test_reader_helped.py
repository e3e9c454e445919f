"""What helps readers in a real browser: reading aloud, the page without a network, following by mail on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.column import make_page

NO_VOICE = "delete Window.prototype.speechSynthesis; delete window.speechSynthesis;"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_reading_aloud_is_offered_only_where_the_browser_has_a_voice(
    live_server: Any, open_page: Callable[..., Page]
) -> None:
    project = make_page()
    with_voice, without = open_page(390, 844), open_page(390, 844)
    without.add_init_script(NO_VOICE)
    for page in (with_voice, without):
        page.goto(live_server.url + project.url)
        assert page.evaluate("'speechSynthesis' in window") == (page is with_voice)
    button = with_voice.get_by_role("button", name="朗读")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(with_voice.locator("button.aloud")).to_have_attribute("aria-pressed", "true")
    without.wait_for_load_state("networkidle")
    expect(without.locator("button.aloud")).to_have_count(0)


def test_without_a_network_the_reader_is_told_so(
    live_server: Any, open_page: Callable[..., Page]
) -> None:
    page = open_page(390, 844)
    page.goto(live_server.url + "/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.context.set_offline(True)
    page.goto(live_server.url + "/projects/")
    expect(page.locator("main")).to_contain_text("没有网络")
    page.context.set_offline(False)
    page.goto(live_server.url + "/projects/")
    expect(page.locator("main")).not_to_contain_text("没有网络")


@pytest.mark.parametrize("path", ["/terms/", "/follow/", "/search/?q=邻里", "/offline/"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    live_server: Any,
    open_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    settings: Any,
    path: str,
) -> None:
    settings.EMAIL_HOST = "mail.example.com"
    make_page()
    page = open_page(390, 844)
    assert page.goto(live_server.url + path).status == 200  # type: ignore[union-attr]
    assert axe(page) == []
    assert page.evaluate(TOO_WIDE) <= 0


def test_following_by_mail_on_a_phone(
    live_server: Any, open_page: Callable[..., Page], settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.com"
    project = make_page()
    page = open_page(390, 844)
    page.goto(live_server.url + project.url)
    page.get_by_role("main").get_by_role("link", name="关注这个项目").click()
    expect(page.locator("main")).to_contain_text(project.title)
    box = page.locator("main input[type=email]")
    box.fill("resident@example.com")
    assert (box.bounding_box() or {})["height"] >= 44
    page.locator("main button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("邮箱")
    assert page.evaluate(TOO_WIDE) <= 0
