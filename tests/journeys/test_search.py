"""The search box in a real browser: names completed by keyboard, touch and ear."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.factories import make_cast
from tests.factories.column import make_page


def test_a_name_is_completed_by_keyboard_and_by_touch(
    live_server: Any, desk: Page, phone: Page, axe: Callable[[Page], list[str]], picture: Any
) -> None:
    cast = make_cast()
    cast.organization.name = "石城社区党委"
    cast.organization.save()
    page = make_page(cast=cast)

    desk.goto(live_server.url + "/")
    box = desk.get_by_role("combobox")
    box.press_sequentially("shich")
    option = desk.get_by_role("option", name="石城社区党委")
    expect(option).to_be_visible()
    expect(desk.get_by_role("status").filter(has_text="搜索建议")).to_be_attached()
    box.press("Escape")
    expect(option).to_be_hidden()
    assert box.input_value() == "shich"
    box.press("e")
    expect(option).to_be_visible()
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert axe(desk) == []
    picture(desk, "completed")
    box.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("石城社区党委")
    expect(desk.get_by_role("link", name=page.title)).to_be_visible()

    phone.goto(live_server.url + "/search/")
    phone.get_by_role("combobox").first.press_sequentially("scsq")
    phone.get_by_role("option", name="石城社区党委").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("石城社区党委")
    assert desk.errors == phone.errors == []
    assert desk.context.cookies() == phone.context.cookies() == []
