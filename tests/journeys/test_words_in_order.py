"""The words of a list are put in order with buttons that keep the focus, by a number, or by dragging."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from partybuilding.core.states import Role
from partybuilding.organizations.states import SECTORS
from tests.factories.people import make_person
from tests.journeys.test_department_decides import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def labels(page: Page) -> list[str]:
    inputs = page.locator("tr[data-row] .party-wordlist__label input")
    return [inputs.nth(at).input_value() for at in range(inputs.count())]


def numbers(page: Page) -> list[str]:
    inputs = page.locator("tr[data-row] [data-row-order] input")
    return [inputs.nth(at).input_value() for at in range(inputs.count())]


@pytest.mark.parametrize("width", [390, 1280])
def test_buttons_move_a_word_and_keep_the_focus(
    width: int, live_server: Any, open_page: Any, picture: Any, axe: Any
) -> None:
    page = open_page(width, 844)
    sign_in(page, live_server.url, make_person(Role.DEPARTMENT))
    page.goto(live_server.url + reverse("partybuilding:word_list", args=["sector"]))
    first, second, third, *rest = labels(page)
    down = page.get_by_role("button", name=f"下移“{first}”")
    expect(page.get_by_role("button", name=f"上移“{first}”")).to_be_disabled()
    down.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(down).to_be_focused()
    assert labels(page)[:3] == [second, third, first]
    assert numbers(page) == [str(place) for place in range(1, 4 + len(rest))]
    number = page.locator("tr[data-row]").nth(2).locator("[data-row-order] input")
    number.fill("2")
    number.press("Tab")
    assert labels(page)[:3] == [second, first, third]
    if width > 1000:
        last = page.locator("tr[data-row]").last
        target = page.locator("tr[data-row]").nth(1)
        last.locator("[data-grip]").drag_to(target, target_position={"x": 30, "y": 4})
        assert labels(page)[1] == rest[-1]
        assert numbers(page) == [str(place) for place in range(1, 4 + len(rest))]
        page.locator("[data-grip]").nth(1).drag_to(last, target_position={"x": 30, "y": 50})
        assert labels(page)[:3] == [second, first, third]
    picture(page, f"words-{width}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="保存选项").click()
    expect(page.get_by_text("选项已保存")).to_be_visible()
    assert [label for _code, label in SECTORS.offered()][:3] == [second, first, third]
