"""The department prepares the last project, decides eleven by keys, undoes one, closes, and has its letters."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from partybuilding.core.models import Notice
from partybuilding.core.selectors import faults_of_trail, last_entry
from partybuilding.core.states import Role
from partybuilding.projects.models import DecisionSession, Project
from partybuilding.projects.services import note_decision, open_session
from tests.factories import Cast, make_cast, make_person, make_project
from tests.factories.projects import FOUR_ONES, assess

NUMBER = 11
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Eleven projects await the decision; the last one is not prepared yet."""
    cast = make_cast()
    for number in range(1, NUMBER + 1):
        project = make_project("first_passed", cast, title=f"第{number}号创新项目")
        Project.objects.filter(pk=project.pk).update(title=f"第{number}号创新项目")
        if number < NUMBER:
            assess(project, cast)
    return cast


def sign_in(page: Page, address: str, user: Any) -> None:
    page.goto(f"{address}/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", "demo")
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/admin/")


def enter(page: Page) -> None:
    """Open the session and wait for the keys."""
    page.get_by_role("button", name="召开并进入会议").click()
    expect(page.get_by_role("button", name="快捷键：开")).to_be_visible()


def state(number: int) -> str:
    return Project.objects.get(title=f"第{number}号创新项目").state


def title(page: Page, number: int) -> None:
    expect(page.locator("#meeting-title")).to_have_text(f"第{number}号创新项目")


def tally(page: Page, name: str, number: int) -> None:
    row = page.locator(".meeting-tally > div", has_text=name)
    expect(row.locator("dd").first).to_have_text(str(number))


def prepare_the_last(page: Page, address: str) -> None:
    """Record visit, rating and the four ones of the one project that lacks them."""
    page.goto(f"{address}/admin/party/projects/preparation/?lack=anything")
    row = page.locator(".party-ticks tbody tr")
    expect(row).to_have_count(1)
    row.get_by_role("link", name="登记").nth(2).click()
    page.fill("[name=participants]", "组织部一行3人")
    page.fill("[name=findings]", "阵地已建成，台账齐全。")
    page.get_by_role("button", name="保存并返回").click()
    row.get_by_role("link", name="登记").nth(2).click()
    page.locator("[data-points]").nth(0).fill("36")
    page.locator("[data-points]").nth(1).fill("50")
    expect(page.locator("[data-rating-total]")).to_have_text("86")
    page.get_by_role("button", name="保存并返回").click()
    row.get_by_role("link", name="登记").nth(2).click()
    expect(page.locator("[name=secretary_name]")).to_have_value("李示例")
    for duty, (name, post) in FOUR_ONES.items():
        page.fill(f"[name={duty}_name]", name)
        page.fill(f"[name={duty}_post]", post)
    page.get_by_role("button", name="保存并返回").click()
    expect(page.get_by_text("没有符合条件的项目")).to_be_visible()


def decide_by_keys(page: Page) -> None:
    """Approve seven, decline one, return one, put one off; undo the third and approve it again."""
    for number in range(1, 8):
        title(page, number)
        page.keyboard.press("a")
        expect(page.locator(".meeting-noted")).to_contain_text("已记：立项")
        page.keyboard.press("ArrowRight")
    title(page, 8)
    page.keyboard.press("d")
    expect(page.locator("#dialog-decline")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("3")
    page.locator("#decline-reason").fill("亮点与日常工作雷同。")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".meeting-noted")).to_contain_text("亮点不突出")
    expect(page.locator(".meeting-noted")).to_contain_text("方案不完善")
    page.keyboard.press("j")
    title(page, 9)
    page.keyboard.press("r")
    page.locator("#send_back-reason").fill("请补充各步骤责任人。")
    page.locator("#dialog-send_back").get_by_role("button", name="登记：退回修改").click()
    expect(page.locator(".meeting-noted")).to_contain_text("退回修改")
    page.keyboard.press("j")
    title(page, 10)
    page.keyboard.press("l")
    expect(page.locator(".meeting-noted")).to_contain_text("暂缓")


@pytest.mark.django_db(transaction=True)
def test_the_department_decides_ten_undoes_one_and_closes(
    live_server: Any, desk: Page, cast: Cast, picture: Any, axe: Any, tmp_path: Path
) -> None:
    address = live_server.url
    sign_in(desk, address, cast["department"])
    prepare_the_last(desk, address)

    desk.goto(f"{address}/admin/party/sessions/")
    desk.get_by_role("link", name="召开立项评审会").click()
    enter(desk)
    desk.set_viewport_size({"width": 1280, "height": 720})
    decide_by_keys(desk)
    tally(desk, "已同意", 7)
    tally(desk, "剩余", 57)
    picture(desk, "noted", full=False)
    assert axe(desk) == []

    for _turn in range(7):
        desk.keyboard.press("k")
    title(desk, 3)
    desk.keyboard.press("u")
    expect(desk.locator(".meeting-noted")).to_have_count(0)
    expect(desk.locator("[data-live]")).to_contain_text("已撤销")
    tally(desk, "已同意", 6)
    desk.get_by_role("link", name="未议").click()
    expect(desk.locator(".meeting-item")).to_have_count(2)

    colleague = make_person(Role.DEPARTMENT, first_name="陈示明", last_name="")
    last = DecisionSession.objects.get().items.get(project__title=f"第{NUMBER}号创新项目")
    note_decision(last, "approve", by=colleague)
    expect(desk.locator(".meeting-item")).to_have_count(1)
    tally(desk, "已同意", 7)
    assert {state(n) for n in range(1, NUMBER + 1)} == {"first_passed"}

    desk.get_by_role("link", name="汇总与结束").click()
    expect(desk.get_by_text("有1项尚未议定")).to_be_visible()
    desk.set_viewport_size({"width": 1280, "height": 900})
    picture(desk, "summary")
    assert axe(desk) == []
    desk.get_by_label("议定清单已核对无误").check()
    desk.get_by_role("button", name="结束会议，议定生效").click()
    expect(desk.get_by_text("会议已结束：9项生效，0项未生效。")).to_be_visible()

    states = {number: state(number) for number in range(1, NUMBER + 1)}
    assert states == {
        **dict.fromkeys((1, 2, 4, 5, 6, 7, 11), "approved"),
        3: "first_passed",
        8: "declined",
        9: "returned",
        10: "first_passed",
    }
    decided = Project.objects.exclude(state="first_passed")
    rows = [last_entry(p, step) for p in decided for step in ("approve", "decline", "send_back")]
    assert len({row.batch for row in rows if row}) == 1
    subjects = Notice.objects.filter(recipient=cast["applicant"]).values_list("subject", flat=True)
    assert "已立项：第1号创新项目" in subjects
    assert "不予立项：第8号创新项目" in subjects
    assert "退回修改：第9号创新项目" in subjects
    assert "已立项：第3号创新项目" not in subjects
    assert list(faults_of_trail()) == []

    with desk.expect_download() as download:
        desk.get_by_role("link", name="全部通知书8份（PDF）").click()
    download.value.save_as(tmp_path / "letters.zip")
    archive = zipfile.ZipFile(io.BytesIO((tmp_path / "letters.zip").read_bytes()))
    assert len(archive.namelist()) == 8
    assert sum("不予立项告知书" in name for name in archive.namelist()) == 1
    assert desk.errors == []


@pytest.mark.django_db(transaction=True)
def test_a_phone_in_the_meeting_without_javascript(
    live_server: Any, open_page: Any, cast: Cast, picture: Any
) -> None:
    page = open_page(390, 844, java_script_enabled=False)
    sign_in(page, live_server.url, cast["department"])
    session = open_session(cast.cycle, "评审会", by=cast["department"])
    page.goto(f"{live_server.url}/admin/party/sessions/{session.pk}/")
    title(page, 1)
    page.get_by_role("button", name="立项", exact=True).click()
    expect(page.locator(".meeting-noted")).to_contain_text("已记：立项")
    page.get_by_role("link", name="下一项").click()
    title(page, 2)
    page.get_by_role("link", name="不予立项", exact=True).click()
    picture(page, "grounds", full=False)
    page.get_by_role("button", name="登记：不予立项").click()
    expect(page.get_by_text("请至少选择一项理由。")).to_be_visible()
    page.get_by_label("亮点不突出").check()
    page.get_by_role("button", name="登记：不予立项").click()
    expect(page.locator(".meeting-noted")).to_contain_text("亮点不突出")
    tally(page, "已同意", 1)
    assert (
        int(page.locator(".meeting-bar").evaluate("bar => bar.scrollWidth - bar.clientWidth")) == 0
    )
    noted = DecisionSession.objects.get().items.exclude(decision="")
    assert [item.decision for item in noted] == ["approve", "decline"]


@pytest.mark.django_db(transaction=True)
def test_a_key_typed_early_falls_on_the_project_that_is_then_shown(
    live_server: Any, open_page: Any, cast: Cast
) -> None:
    page = open_page(1920, 1080, reduced_motion="reduce")
    sign_in(page, live_server.url, cast["department"])
    page.goto(f"{live_server.url}/admin/party/sessions/open/{cast.cycle.pk}/")
    enter(page)
    title(page, 1)
    for key in ("a", "ArrowRight", "l", "ArrowRight", "ArrowRight", "a"):
        page.keyboard.press(key)
    title(page, 4)
    tally(page, "已同意", 2)
    noted = [item.decision for item in DecisionSession.objects.get().items.all()[:4]]
    assert noted == ["approve", "defer", "", "approve"]
    page.get_by_role("button", name="快捷键：开").click()
    page.keyboard.press("u")
    page.get_by_role("button", name="快捷键：关").click()
    page.get_by_label("议定后转下一项").check()
    page.keyboard.press("l")
    title(page, 5)
    expect(page.locator("[data-live]")).to_contain_text("第5项")
    assert page.evaluate("document.activeElement.id") == "meeting-title"
    assert page.evaluate(OVERFLOW) == 0
    page.keyboard.press("d")
    page.keyboard.press("Escape")
    expect(page.locator("#dialog-decline")).to_be_hidden()
    page.go_back()
    title(page, 4)
    assert page.errors == []


@pytest.mark.django_db(transaction=True)
def test_beyond_the_quota_the_key_asks_for_the_reason(
    live_server: Any, desk: Page, cast: Cast
) -> None:
    cast.cycle.approval_quota = 1
    cast.cycle.save()
    sign_in(desk, live_server.url, cast["department"])
    desk.goto(f"{live_server.url}/admin/party/sessions/open/{cast.cycle.pk}/")
    enter(desk)
    desk.keyboard.press("a")
    tally(desk, "剩余", 0)
    desk.keyboard.press("ArrowRight")
    title(desk, 2)
    desk.keyboard.press("a")
    expect(desk.locator("#approve-quota_reason")).to_be_focused()
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#dialog-approve .party-late")).to_be_visible()
    desk.locator("#approve-quota_reason").fill("区委专题会议同意增加1项。")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".meeting-noted")).to_contain_text("超额立项理由")
    tally(desk, "超出", 1)
    assert [error for error in desk.errors if "422" not in error] == []
