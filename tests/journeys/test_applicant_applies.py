"""An applicant applies on a phone, with three attachments; a returned application is mended."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from docx import Document
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from partybuilding.core.papers.data import Answer, ApplicationForm
from partybuilding.core.papers.typesetting import application_form_pdf
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import end_membership
from partybuilding.projects.models import Project
from partybuilding.projects.services import assign_experts, save_application
from tests.factories import make_cast, make_project

TITLE = "楼道红管家：党员认领楼栋"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def photograph() -> bytes:
    """Draw a picture as a camera would write it."""
    picture = Image.new("RGB", (1600, 1200), "#9db4c0")
    ImageDraw.Draw(picture).rectangle((300, 500, 1300, 1200), fill="#b3000c")
    written = BytesIO()
    picture.save(written, "JPEG")
    return written.getvalue()


def word_file() -> bytes:
    """Write a Word file."""
    written = BytesIO()
    document = Document()
    document.add_paragraph("实施方案：挨户走访，建立台账。")
    document.save(written)
    return written.getvalue()


def pdf_file() -> bytes:
    """Typeset a PDF."""
    return application_form_pdf(
        ApplicationForm(
            cycle_year=2026,
            answers=(
                Answer("项目名称", "调研报告", wide=True),
                Answer("申报单位", "石城社区党委", wide=True),
            ),
        )
    )


FILES = [
    {"name": "走访照片.jpg", "mimeType": "image/jpeg", "buffer": photograph()},
    {"name": "详细方案.docx", "mimeType": "application/octet-stream", "buffer": word_file()},
    {"name": "调研报告.pdf", "mimeType": "application/pdf", "buffer": pdf_file()},
]


@pytest.fixture
def cast(transactional_db):
    return make_cast()


def sign_in(page: Page, address: str, user) -> None:
    """Sign in as a person does."""
    page.goto(f"{address}/portal/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill("demo")
    page.get_by_role("button", name="登录").click()


def go_on(page: Page) -> None:
    """Save this part and go on to the next."""
    page.get_by_role("button", name="保存并继续").click()


def fill_basics(page: Page) -> None:
    page.get_by_label("项目名称").fill(TITLE)
    page.get_by_label("所属领域").select_option(label="城市")
    page.get_by_label("选题").last.select_option(label="基层治理")
    page.get_by_label("联系人").fill("周示例")
    page.get_by_label("联系电话").fill("023-79220000")
    go_on(page)


def fill_step(page: Page, number: int, task: str) -> None:
    row = page.locator("[data-row]").nth(number)
    row.get_by_label("实施步骤").fill(task)
    row.get_by_label("目标任务").fill("覆盖12个小区")
    row.get_by_label("完成时限").fill((timezone.localdate() + timedelta(days=60)).isoformat())
    row.get_by_label("责任人").fill("李示例")
    row.get_by_label("职务").fill("党委书记")


def test_an_applicant_applies_on_a_phone(live_server, phone: Page, picture, cast) -> None:
    page = phone
    sign_in(page, live_server.url, cast["applicant"])
    expect(page.get_by_role("heading", name="待我办理")).to_be_visible()
    page.get_by_role("link", name="新建申报").click()
    page.get_by_role("button", name="开始填写").click()
    page.get_by_role("link", name="基本信息").click()
    fill_basics(page)
    page.get_by_label("拟破解的问题").fill("楼道堆物、停车矛盾多，65户多次反映。")
    expect(page.locator("[data-save-text]")).to_contain_text("已保存")
    go_on(page)
    page.get_by_label("特色与辨识度").fill("党员认领楼栋，居民每月议事，事项公开销号。")
    go_on(page)
    page.get_by_label("预期亮点").fill("全年办结居民议题不少于60件。")
    go_on(page)
    page.get_by_label("方案概述").fill("建机制、搭平台、抓落实。")
    fill_step(page, 0, "每月议事")
    fill_step(page, 1, "挨户走访")
    page.locator("[data-row]").nth(1).get_by_role("button", name="上移").click()
    picture(page, "plan")
    go_on(page)
    page.get_by_label("选择文件").set_input_files(FILES)
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_text("已上传3个文件。")).to_be_visible()
    expect(page.get_by_role("img", name="走访照片.jpg预览")).to_be_visible()
    picture(page, "files")
    go_on(page)
    expect(page.get_by_role("heading", name="核对并提交")).to_be_visible()
    picture(page, "check")
    page.get_by_label("本单位已核对申报内容").check()
    page.get_by_role("button", name="提交申报").click()
    project = Project.objects.get()
    expect(page.get_by_text(project.code, exact=True)).to_be_visible()
    assert project.state == "submitted"
    assert [step.task for step in project.plan_steps.all()] == ["挨户走访", "每月议事"]
    assert project.attachments.count() == 3
    assert page.evaluate(OVERFLOW) == 0
    picture(page, "receipt")
    page.get_by_role("link", name="查看办理进度").click()
    expect(page.get_by_text("待初审").first).to_be_visible()
    picture(page, "status")
    assert page.errors == []


def test_a_returned_application_is_mended(live_server, phone: Page, picture, cast) -> None:
    page = phone
    project = make_project("submitted", cast)
    remarks = {"problem": "请补充具体数据。"}
    move(project, "send_back", by=cast["unit"], reason="请补充后重报。", data={"remarks": remarks})
    sign_in(page, live_server.url, cast["applicant"])
    page.get_by_role("link", name=str(project)).first.click()
    picture(page, "returned")
    page.get_by_role("link", name="去修改").click()
    expect(page.get_by_text("需修改")).to_have_count(1)
    page.get_by_role("link", name="拟破解的问题").click()
    expect(page.get_by_text("请补充具体数据。")).to_be_visible()
    page.get_by_label("拟破解的问题").fill("65户反映停车难，31处堆物。")
    page.get_by_role("button", name="保存并返回").click()
    expect(page.get_by_text("需修改")).to_have_count(0)
    page.get_by_role("link", name="核对并提交").click()
    page.get_by_label("本单位已核对申报内容").check()
    page.get_by_role("button", name="提交申报").click()
    expect(page.get_by_role("heading", name="申报已提交")).to_be_visible()
    project.refresh_from_db()
    assert (project.state, project.problem) == ("submitted", "65户反映停车难，31处堆物。")
    assert page.errors == []


def test_what_is_typed_after_the_session_ran_out_is_not_lost(
    live_server, phone: Page, cast
) -> None:
    page = phone
    project = make_project("draft", cast)
    sign_in(page, live_server.url, cast["applicant"])
    page.goto(live_server.url + reverse("portal:section", args=[project.pk, "problem"]))
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("拟破解的问题").fill("写了一半，会话到期了。")
    expect(page.locator("[data-save-text]")).to_contain_text("重新登录")
    page.get_by_role("button", name="保存并返回").click()
    page.get_by_label("用户名").fill(cast["applicant"].username)
    page.get_by_label("密码").fill("demo")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_label("拟破解的问题")).to_have_value("写了一半，会话到期了。")
    page.get_by_role("button", name="保存并返回").click()
    expect(page.get_by_text("已保存：拟破解的问题")).to_be_visible()
    project.refresh_from_db()
    assert project.problem == "写了一半，会话到期了。"


def problem_of(page: Page, address: str, cast):
    """Open the part on the problem of a new application."""
    project = make_project("draft", cast)
    sign_in(page, address, cast["applicant"])
    page.goto(address + reverse("portal:section", args=[project.pk, "problem"]))
    return project


def test_sending_waits_for_the_saving_that_is_under_way(live_server, phone: Page, cast) -> None:
    page, held = phone, []
    project = problem_of(page, live_server.url, cast)
    page.route("**/autosave/", lambda route: held.append(route))
    with page.expect_request("**/autosave/"):
        page.get_by_label("拟破解的问题").fill("先写一句。")
    page.get_by_label("拟破解的问题").fill("先写一句。再写一句。")
    page.get_by_role("button", name="保存并返回").click()
    page.wait_for_timeout(300)
    assert page.url.endswith("/problem/")
    held[0].continue_()
    expect(page.get_by_text("已保存：拟破解的问题")).to_be_visible()
    project.refresh_from_db()
    assert project.problem == "先写一句。再写一句。"


def test_going_back_and_writing_on_is_no_conflict(live_server, phone: Page, cast) -> None:
    page = phone
    project = problem_of(page, live_server.url, cast)
    for text in ("第一稿。", "第二稿。"):
        page.get_by_label("拟破解的问题").fill(text)
        page.get_by_role("button", name="保存并返回").click()
        expect(page.get_by_text("已保存：拟破解的问题")).to_be_visible()
        page.go_back()
    project.refresh_from_db()
    assert project.problem == "第二稿。"


def test_what_was_written_on_another_device_is_not_overwritten(
    live_server, phone: Page, cast
) -> None:
    page = phone
    project = problem_of(page, live_server.url, cast)
    save_application(project, by=cast["applicant"], problem="在电脑上写的。")
    page.get_by_label("拟破解的问题").fill("在手机上写的。")
    expect(page.locator("[data-save-text]")).to_contain_text("这一部分已被修改")
    page.get_by_role("button", name="保存并返回").click()
    expect(page.get_by_text("在电脑上写的。")).to_be_visible()
    expect(page.get_by_label("拟破解的问题")).to_have_value("在手机上写的。")
    page.get_by_role("button", name="保存并返回").click()
    expect(page.get_by_text("已保存：拟破解的问题")).to_be_visible()
    project.refresh_from_db()
    assert project.problem == "在手机上写的。"


def test_the_whole_application_goes_without_javascript(live_server, open_page, cast) -> None:
    page = open_page(390, 844, java_script_enabled=False)
    sign_in(page, live_server.url, cast["applicant"])
    page.get_by_role("link", name="新建申报").click()
    page.get_by_role("button", name="开始填写").click()
    page.get_by_role("link", name="基本信息").click()
    fill_basics(page)
    for label in ("拟破解的问题", "特色与辨识度", "预期亮点"):
        page.get_by_label(label).fill(f"{label}：不用脚本也能写。")
        go_on(page)
    fill_step(page, 0, "挨户走访")
    page.get_by_role("button", name="保存并添加步骤").click()
    fill_step(page, 1, "每月议事")
    go_on(page)
    page.get_by_label("选择文件").set_input_files(FILES[:1])
    go_on(page)
    page.get_by_label("本单位已核对申报内容").check()
    page.get_by_role("button", name="提交申报").click()
    expect(page.get_by_role("heading", name="申报已提交")).to_be_visible()
    project = Project.objects.get()
    assert [step.task for step in project.plan_steps.all()] == ["挨户走访", "每月议事"]
    assert project.attachments.count() == 1


def screens(cast) -> dict[str, list[str]]:
    """Return every screen by the role of its reader."""
    draft, returned = make_project("draft", cast), make_project("returned", cast)
    submitted, approved = make_project("submitted", cast), make_project("approved", cast)
    waiting = make_project("first_passed", cast)
    assign_experts(waiting, cast["group"], by=cast["department"])
    of_draft = ("project", "application", "attachments", "partners", "check", "withdraw")
    parts = ("basics", "problem", "plan")
    return {
        "applicant": [
            reverse("portal:home"),
            reverse("portal:start"),
            reverse("portal:password"),
            reverse("portal:messages"),
            *(reverse(f"portal:{name}", args=[draft.pk]) for name in of_draft),
            *(reverse("portal:section", args=[draft.pk, part]) for part in parts),
            *(reverse(f"portal:{n}", args=[returned.pk]) for n in ("project", "application")),
            *(reverse(f"portal:{n}", args=[submitted.pk]) for n in ("receipt", "application")),
            reverse("portal:commitments", args=[approved.pk]),
            reverse("portal:commitment", args=[approved.pk, 1]),
        ],
        "expert": [
            reverse("portal:assessments"),
            reverse("portal:assessment", args=[waiting.pk]),
        ],
    }


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_any_screen(live_server, open_page, axe, width, cast) -> None:
    faults = {}
    for role, addresses in screens(cast).items():
        page = open_page(width, 900)
        page.goto(f"{live_server.url}/portal/login/")
        faults["login"] = axe(page)
        sign_in(page, live_server.url, cast[role])
        for address in addresses:
            page.goto(f"{live_server.url}{address}")
            faults[address] = axe(page) + ["too wide"] * (page.evaluate(OVERFLOW) != 0)
        assert page.errors == []
    assert {address: found for address, found in faults.items() if found} == {}


def test_a_person_without_a_role_is_told_so_in_the_browser(live_server, phone: Page, cast) -> None:
    person = get_user_model().objects.get(pk=cast["applicant"].pk)
    end_membership(person.memberships.get(role=Role.APPLICANT), by=None)
    sign_in(phone, live_server.url, person)
    expect(phone.get_by_role("heading", name="您的账号暂无任职信息")).to_be_visible()
