"""An officer records a visit with two findings on a phone; the applicant answers, the officer verifies."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from partybuilding.supervision.models import Activity, Rectification, Visit
from tests.factories import Cast, make_cast
from tests.factories.column import make_page
from tests.factories.pictures import photograph
from tests.factories.supervision import later_day, make_activity

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: The administration scrolls inside its own frame.
FRAME = "document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth"
SEEN = "台账齐全，党员分工上墙，群众说得上来。"
PICTURES = [
    {"name": f"现场{n}.jpg", "mimeType": "image/jpeg", "buffer": photograph(n)} for n in (1, 2)
]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def sign_in_to_admin(page: Page, address: str, user: Any) -> None:
    page.goto(f"{address}/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", "demo")
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/admin/")


def sign_in_to_portal(page: Page, address: str, user: Any) -> None:
    page.goto(f"{address}/portal/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill("demo")
    page.get_by_role("button", name="登录").click()


def describe(page: Page, number: int, finding: str, requirement: str) -> None:
    """Write one finding; the row stands open."""
    row = page.locator("[data-finding]").nth(number)
    row.get_by_label("发现问题").fill(finding)
    row.get_by_label("整改要求").fill(requirement)


def record_the_visit(page: Page, picture: Callable[..., Any]) -> None:
    """Fill the record in, lose the page half-way, and go on with what was kept."""
    page.get_by_role("link", name="填写实地督导记录").click()
    expect(page.locator("[data-finding]:visible")).to_have_count(0)
    page.get_by_label("参加人员").fill("郝示例、归口单位负责人")
    page.get_by_text("进展滞后").first.click()
    page.get_by_label("备注").first.fill("第二步尚未启动")
    page.get_by_label("现场情况").fill(SEEN)
    page.get_by_role("button", name="添加问题").click()
    describe(page, 0, "台账近三周没有记录。", "补齐记录，每周更新。")
    page.reload()  # the network was gone, or the phone fell asleep
    expect(page.get_by_label("现场情况")).to_have_value("")
    page.get_by_role("button", name="恢复填写").click()
    expect(page.get_by_label("现场情况")).to_have_value(SEEN)
    expect(page.locator("[data-finding]:visible")).to_have_count(1)
    page.get_by_role("button", name="添加问题").click()
    describe(page, 1, "分工没有上墙。", "逐人说明，张贴上墙。")
    page.get_by_label("照片和文件").set_input_files(PICTURES)
    assert page.evaluate(FRAME) == page.evaluate(OVERFLOW) == 0
    picture(page, "record")
    page.get_by_role("button", name="提交记录").click()


def answer(page: Page, finding: str, words: str) -> None:
    """Report one finding rectified, with a picture."""
    page.get_by_role("link", name=finding).first.click()
    page.get_by_label("整改情况").fill(words)
    page.get_by_label("整改佐证").set_input_files(PICTURES[:1])
    assert page.evaluate(OVERFLOW) == 0
    page.get_by_role("button", name="提交整改报告").click()
    expect(page.get_by_text("整改情况已报告，等待工作专班核查。")).to_be_visible()


def open_finding(page: Page, address: str, finding: str) -> None:
    """Come from the first screen to a finding that waits."""
    page.goto(f"{address}/admin/")
    page.locator(".party-desk__tile", has_text="问题整改：待核查").get_by_role("link").click()
    page.get_by_role("link", name=finding).click()


def test_findings_of_a_visit_are_answered_and_verified(
    live_server: Any,
    phone: Page,
    open_page: Callable[..., Page],
    picture: Callable[..., Any],
    cast: Cast,
) -> None:
    public = make_page("implementing", cast)
    Activity.objects.exclude(pk=make_activity(public.project).pk).update(officer=cast["taskforce"])
    officer, lead = phone, open_page(390, 844, has_touch=True, is_mobile=True)

    sign_in_to_admin(officer, live_server.url, cast["taskforce"])
    officer.locator(".party-desk__tile", has_text="尚未明确责任人的督导").get_by_role(
        "link"
    ).click()
    officer.get_by_role("link", name=public.project.title).click()
    record_the_visit(officer, picture)
    expect(officer.get_by_role("heading", name="督导记录")).to_be_visible()
    picture(officer, "recorded")
    visit = Visit.objects.get()
    assert (visit.summary, visit.attachments.count()) == (SEEN, 2)
    assert visit.checks.get().found == "behind"
    assert visit.activity.done_on == timezone.localdate()
    kept = officer.evaluate("Object.keys(localStorage).filter((key) => key.includes('visit'))")
    assert kept == []

    sign_in_to_portal(lead, live_server.url, cast["applicant"])
    expect(lead.get_by_text("待整改")).to_have_count(2)
    picture(lead, "waiting")
    answer(lead, "台账近三周没有记录。", "已补齐，书记签字。")
    lead.get_by_role("link", name="我的项目").first.click()
    answer(lead, "分工没有上墙。", "正在打印。")
    picture(lead, "answered")

    open_finding(officer, live_server.url, "台账近三周没有记录。")
    officer.get_by_role("link", name="核查销号").click()
    officer.get_by_role("button", name="确认核查销号").click()
    open_finding(officer, live_server.url, "分工没有上墙。")
    officer.get_by_role("link", name="退回补充整改").click()
    officer.get_by_label("理由").fill("请附上墙后的照片。")
    officer.locator("[name=rectify_by]").fill(later_day(5).isoformat())
    officer.get_by_role("button", name="确认退回补充整改").click()
    picture(officer, "sent-back")

    lead.get_by_role("link", name="我的项目").first.click()
    lead.get_by_role("link", name="分工没有上墙。").first.click()
    expect(lead.get_by_text("请附上墙后的照片。").first).to_be_visible()
    picture(lead, "sent-back")
    lead.go_back()
    answer(lead, "分工没有上墙。", "已上墙，见照片。")
    open_finding(officer, live_server.url, "分工没有上墙。")
    officer.get_by_role("link", name="核查销号").click()
    officer.get_by_role("button", name="确认核查销号").click()
    expect(officer.get_by_text("已销号").first).to_be_visible()
    assert set(Rectification.objects.values_list("state", flat=True)) == {"verified"}

    reader = open_page(390, 844)
    reader.goto(f"{live_server.url}{public.url}")
    expect(reader.get_by_text("发现问题2个，已整改销号2个。")).to_be_visible()
    assert reader.evaluate(OVERFLOW) == 0
    assert officer.errors == lead.errors == reader.errors == []
