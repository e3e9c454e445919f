"""At the end of the year an applicant explains what is not kept, sums up, and a resident reads it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from home.tree import plant
from tests.factories import Cast, make_cast
from tests.factories.column import make_page
from tests.factories.progress import day
from tests.factories.promises import make_promise
from tests.journeys.test_applicant_applies import OVERFLOW, sign_in

WHY = "因汛期施工推迟，亭子改在次年4月建成。"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    plant()
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Any:
    """Publish a project with two commitments, one of them kept."""
    page = make_page("implementing", cast)
    page.project.commitments.all().delete()
    make_promise(page.project, day(20), day(-3))
    make_promise(page.project, day(20), day(-3), None)
    return page


def test_an_applicant_hands_in_the_results_and_a_resident_reads_them(
    live_server: Any, phone: Page, open_page: Any, picture: Any, cast: Cast, project: Any
) -> None:
    page = phone
    sign_in(page, live_server.url, cast["applicant"])
    page.get_by_role("link", name=str(project.project)).first.click()
    page.get_by_role("link", name="项目成果").click()
    page.get_by_label("成果总结").fill("凉亭议事12次，办结停车议题66件。")
    expect(page.locator("[data-save-text]")).to_contain_text("已保存")
    page.get_by_role("button", name="提交成果").click()
    page.get_by_role("link", name="承诺2尚未完成").click()
    field = page.get_by_label("承诺2：未完成原因")
    expect(field).to_be_focused()
    picture(page, "lacking")
    assert page.evaluate(OVERFLOW) == 0
    field.fill(WHY)
    page.get_by_role("button", name="提交成果").click()
    expect(page.get_by_text("成果已提交，等待年终考评。")).to_be_visible()
    picture(page, "handed_in")

    resident = open_page(390, 844)
    resident.goto(f"{live_server.url}{project.get_url()}")
    expect(resident.get_by_text(WHY, exact=True)).to_be_visible()
    resident.get_by_role("heading", name="项目成果").click()
    expect(resident.get_by_text("办结停车议题66件")).to_be_visible()
    picture(resident, "resident")
    assert resident.evaluate(OVERFLOW) == 0
    assert page.errors + resident.errors == []
