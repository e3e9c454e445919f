"""A reviewer takes a step with keys alone, and a form that came back stands at what is to be mended."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import make_cast, make_project
from tests.journeys.test_department_decides import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_step_is_taken_without_a_mouse(live_server: Any, open_page: Any) -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    page = open_page(1280, 844)
    sign_in(page, live_server.url, cast["unit"])
    page.goto(live_server.url + reverse("partybuilding:step", args=[project.pk, "send_back"]))
    button = page.locator(".party-step__buttons button").first
    button.focus()
    page.keyboard.press("Enter")
    reason = page.locator("[name=reason]")
    expect(reason).to_be_focused()
    expect(page.get_by_text("此项必填。")).to_be_visible()
    page.keyboard.type("请补充现有基础的佐证材料。")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/step/" not in address)
    project.refresh_from_db()
    assert project.state == "returned"


def test_a_form_of_the_registers_stands_at_its_first_fault(
    live_server: Any, open_page: Any
) -> None:
    cast = make_cast()
    page = open_page(390, 844)
    sign_in(page, live_server.url, cast["department"])
    page.goto(live_server.url + reverse("partybuilding:year_form_correct", args=[cast.cycle.pk]))
    page.locator(".party-step__buttons button").click()
    expect(page.locator("[name=reason]")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
