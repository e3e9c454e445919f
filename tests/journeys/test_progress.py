"""A step is reported with two photographs and a resident sees them; a deadline is moved with the department's leave."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from home.tree import plant
from partybuilding.progress.models import StepReport
from tests.factories import Cast, make_cast
from tests.factories.column import make_page
from tests.factories.progress import day, jpeg
from tests.factories.promises import make_promise
from tests.journeys.test_applicant_applies import OVERFLOW, sign_in

LOADED = "document.querySelector('img[alt^=居民在凉亭]').naturalWidth === 480"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    plant()
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Any:
    """Publish a project with one commitment of two steps."""
    page = make_page("implementing", cast)
    page.project.commitments.all().delete()
    make_promise(page.project, day(20), None, None)
    return page


def photographs() -> list[dict[str, Any]]:
    """Return two pictures as a phone would hand them over, with the place in them."""
    return [
        {"name": name, "mimeType": "image/jpeg", "buffer": jpeg(name).read()}
        for name in ("议事一.jpg", "议事二.jpg")
    ]


def test_an_applicant_reports_a_step_with_two_photographs_and_a_resident_sees_them(
    live_server: Any, phone: Page, open_page: Any, picture: Any, cast: Cast, project: Any
) -> None:
    page = phone
    sign_in(page, live_server.url, cast["applicant"])
    page.get_by_role("link", name=str(project.project)).first.click()
    page.get_by_role("link", name="前往承诺落实").click()
    picture(page, "progress")
    page.get_by_role("link", name="报告完成").first.click()
    page.get_by_label("完成情况和成效").fill("首次议事会已召开，办结停车议题12件。")
    row = page.locator("[data-row]").first
    row.get_by_label("指标").fill("议事")
    row.get_by_label("数值").fill("12")
    row.get_by_label("单位").fill("次")
    expect(page.locator("[data-save-text]")).to_contain_text("已保存")
    page.get_by_label("现场照片").set_input_files(photographs())
    page.get_by_label("照片内容").fill("居民在凉亭里议事")
    assert page.evaluate(OVERFLOW) == 0
    picture(page, "report")
    page.get_by_role("button", name="报告完成").click()
    expect(page.get_by_text("已报告完成，群众现在即可看到。")).to_be_visible()
    picture(page, "reported")
    assert len(StepReport.objects.get().pictures) == 2

    resident = open_page(390, 844)
    resident.goto(f"{live_server.url}/")
    resident.get_by_role("link", name="全部进展").click()
    resident.locator(".step").get_by_role("link").first.click()
    shown = resident.get_by_role("img", name="居民在凉亭里议事")
    expect(shown).to_have_count(2)
    shown.first.scroll_into_view_if_needed()
    resident.wait_for_function(f"() => {LOADED}")
    expect(resident.get_by_text("议事12次")).to_be_visible()
    picture(resident, "resident")
    assert resident.evaluate(OVERFLOW) == 0
    assert page.errors + resident.errors == []


def test_a_deadline_is_moved_with_the_departments_leave_and_everybody_reads_why(
    live_server: Any, phone: Page, open_page: Any, picture: Any, cast: Cast, project: Any
) -> None:
    page = phone
    sign_in(page, live_server.url, cast["applicant"])
    page.goto(f"{live_server.url}/portal/projects/{project.project_id}/progress/")
    page.get_by_text("申请调整承诺").click()
    page.get_by_role("link", name="完成时限", exact=True).click()
    new = timezone.localdate() + timedelta(days=45)
    page.get_by_label("调整后的完成时限").fill(new.isoformat())
    page.get_by_label("调整理由").fill("场地因修缮停用一个月。")
    picture(page, "propose")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("申请已提交，由区委组织部批复。")).to_be_visible()
    picture(page, "proposed")

    desk = open_page(1280, 900)
    sign_in(desk, live_server.url, cast["department"])
    desk.goto(f"{live_server.url}/admin/")
    desk.get_by_role("link", name="承诺调整：待批准").click()
    desk.get_by_role("link", name="调整完成时限").first.click()
    desk.get_by_role("link", name="批准调整").click()
    desk.get_by_role("button", name="确认批准调整").click()
    expect(desk.get_by_text("已批准").first).to_be_visible()

    resident = open_page(390, 844)
    resident.goto(live_server.url + project.url)
    expect(resident.get_by_text("改期1次").first).to_be_visible()
    resident.get_by_role("link", name="变更记录").click()
    expect(resident.get_by_text("场地因修缮停用一个月。")).to_be_visible()
    expect(resident.get_by_text("调整完成时限")).to_be_visible()
    picture(resident, "history")
    assert resident.evaluate(OVERFLOW) == 0
    assert page.errors + desk.errors + resident.errors == []
