"""A register shows fifteen rows at a desk, its filters stand in sight, and a case file prints."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from partybuilding.projects.models import Project
from partybuilding.projects.services import create_draft
from tests.factories.projects import Cast, make_cast, make_project
from tests.journeys.test_boards_read import OVERFLOW, sign_in

WHOLE_ROWS = """() => [...document.querySelectorAll(".party-register tbody tr")].filter(
  (row) => row.getBoundingClientRect().bottom <= (document.querySelector(".party-bulk")
    ?.getClientRects()[0]?.top ?? innerHeight)).length"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Make a year with a register that fills more than a screen."""
    cast = make_cast()
    make_project("approved", cast)
    for number in range(20):
        title = f"“板凳会”开到田间地头：第{number}村民小组的议事办法"
        one = create_draft(cast.cycle, cast.organization, by=cast["applicant"], title=title)
        Project.objects.filter(pk=one.pk).update(code=f"2022-{number + 100}")
    return cast


def test_the_department_sees_fifteen_rows_and_narrows_them(
    cast: Cast, live_server: Any, desk: Page, picture: Callable[..., Any], axe: Any
) -> None:
    sign_in(desk, live_server.url, cast["department"])
    desk.goto(f"{live_server.url}/admin/party/projects/")
    assert desk.evaluate(WHOLE_ROWS) >= 15
    assert desk.evaluate(OVERFLOW) <= 0
    headings = desk.locator(".party-register thead th").all_inner_texts()
    assert not {"归口单位", "申报单位", "所属领域"} & set(map(str.strip, headings))
    assert axe(desk) == []
    state = desk.locator(".party-filter", has_text="状态").first
    state.locator("summary").click()
    picture(desk, "filters")
    state.get_by_label("已立项").check()
    expect(desk.locator(".party-register tbody tr")).to_have_count(1)
    desk.keyboard.press("Escape")
    expect(state.locator("fieldset")).to_be_hidden()
    desk.fill(".party-filters [name=q]", "没有这个词")
    expect(desk.locator(".party-register tbody tr")).to_have_count(0)
    assert desk.errors == []


#: How far the last column of a register reaches beyond the screen, scrolled as far as it goes.
BEYOND = """() => {
  document.querySelector("#listing-results").scrollLeft = 10000;
  return document.querySelector(".party-register thead th:last-child").getBoundingClientRect().right - innerWidth;
}"""


def test_every_column_of_a_register_can_be_read(
    cast: Cast, live_server: Any, desk: Page, picture: Callable[..., Any]
) -> None:
    other = make_cast(cast.cycle)
    for one, sector in ((cast, "rural"), (other, "non_public")):
        project = make_project("submitted", one)
        late = timezone.localdate() - timedelta(days=60)
        Project.objects.filter(pk=project.pk).update(sector=sector, due_on=late)
    sign_in(desk, live_server.url, cast["department"])
    for width in (1280, 1024, 820):
        desk.set_viewport_size({"width": width, "height": 900})
        desk.goto(f"{live_server.url}/admin/party/projects/")
        headings = desk.locator(".party-register thead th").all_inner_texts()
        assert {"归口单位", "申报单位", "所属领域"} <= set(map(str.strip, headings))
        scrolls = desk.evaluate(
            "() => {const r = document.querySelector('#listing-results'); return r.scrollWidth - r.clientWidth}"
        )
        assert desk.evaluate(BEYOND) <= 0, width
        assert width < 1280 or scrolls <= 0, "at a common width nothing is scrolled"
        picture(desk, f"register-{width}", full=False)


def test_a_case_file_prints_without_buttons_and_within_its_margins(
    cast: Cast, live_server: Any, desk: Page, picture: Callable[..., Any]
) -> None:
    project = Project.objects.get(state="approved")
    sign_in(desk, live_server.url, cast["department"])
    desk.set_viewport_size({"width": 718, "height": 1000})  # A4 within its margins
    desk.goto(f"{live_server.url}/admin/party/projects/{project.pk}/")
    desk.emulate_media(media="print")
    shown = desk.locator("button, .button, input, select, textarea").filter(visible=True)
    assert shown.all_inner_texts() == []
    assert desk.evaluate(OVERFLOW) <= 0
    left = desk.locator(".party-head__title").bounding_box()
    assert left is not None
    assert left["x"] <= 20
    picture(desk, "case-print")
