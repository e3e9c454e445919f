"""A township begins with an empty database: a year of its own words, form and letter, and its first public page."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from tests.factories.screens import client_of
from tests.journeys.test_applicant_applies import OVERFLOW, TITLE, fill_step, go_on
from tests.journeys.test_year_form import HELP, WHICH, choose, write_form

FIRST, OWN = "Shiqiao-2031-chushi", "Shiqiao-2031-ziji"
LINE = "贵支部要把群众评价放在首位。"
ORGANIZATIONS = [
    (
        "党组织代码",
        "党组织名称",
        "类别",
        "领域",
        "上级党组织代码",
        "是否归口单位",
        "书记姓名",
        "书记职务",
    ),
    ("SQ", "石桥镇党委", "党委", "农村", "", "是", "王示例", "镇党委书记"),
    ("SQ-01", "东村党支部", "党支部", "农村", "SQ", "否", "赵示例", "村党支部书记"),
]
PEOPLE = [
    ("登录名", "姓名", "党组织代码", "角色", "职务", "初始密码"),
    ("dongcun", "李东", "SQ-01", "申报人", "文书", FIRST),
    ("zhengzhuren", "郑主任", "DJB", "组织部", "主任", FIRST),
    ("bianji", "冯编辑", "DJB", "编辑", "干事", FIRST),
    ("fabu", "陈发布", "DJB", "发布", "干事", FIRST),
]


@pytest.fixture
def township(transactional_db: None, tmp_path: Path) -> None:
    """Take the steps of the install guide: the administrator, the names, the register."""
    book = Workbook()
    for title, rows in (("党组织", ORGANIZATIONS), ("人员", PEOPLE)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "register.xlsx")
    (tmp_path / "password").write_text(FIRST)
    call_command(
        "setup",
        no_input=True,
        username="guanliyuan",
        name="管理员",
        site_name="石桥镇基层创新",
        host="中共石桥镇委员会",
        department="石桥镇党建工作办公室",
        department_code="DJB",
        password_file=tmp_path / "password",
        workbook=tmp_path / "register.xlsx",
        stdout=StringIO(),
    )


def sign_in_first(page: Page, address: str, name: str) -> None:
    """Sign in for the first time, which asks for a password of one's own."""
    page.goto(f"{address}/portal/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(FIRST)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("原密码").fill(FIRST)
    page.get_by_label("新密码", exact=False).nth(0).fill(OWN)
    page.get_by_label("确认新密码").fill(OWN)
    page.get_by_role("button", name="保存新密码").click()
    expect(page.get_by_role("button", name="保存新密码")).to_have_count(0)


def follow_the_guide(page: Page, address: str) -> None:
    """Go on where the guide leads: from the names to a year with its rules."""
    page.goto(f"{address}/admin/")
    page.get_by_role("link", name="去设置").click()
    page.goto(f"{address}/admin/party/word-lists/sector/")
    page.locator("[name=label_7]").fill("养老服务")
    page.get_by_role("button", name="保存选项").click()
    expect(page.get_by_text("选项已保存")).to_be_visible()
    page.goto(f"{address}/admin/party/cycles/new/")
    page.get_by_label("自带方案").select_option(label="乡镇（街道）创新项目（小型方案）")
    page.get_by_label("申报开始日期").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="新建年度批次").click()
    page.get_by_role("link", name="修改规则").click()
    page.get_by_label("审批形式").select_option(label="集体研究、逐项审批均可")
    page.get_by_role("button", name="保存规则").click()
    expect(page.get_by_text("规则已保存。", exact=True)).to_be_visible()


def word_the_letter(page: Page, address: str) -> None:
    """Put a sentence of one's own into the letter of approval."""
    page.goto(f"{address}/admin/party/texts/approval-letter/")
    body = page.locator("[name=body]")
    body.fill(f"{body.input_value()}\n{LINE}")
    expect(page.locator("[data-text-shown]")).to_contain_text(LINE)
    page.get_by_role("button", name="保存", exact=False).first.click()
    expect(page.get_by_text("第1版")).to_be_visible()


def apply(page: Page) -> None:
    """Fill in the whole application on a phone."""
    page.get_by_role("link", name="新建申报").click()
    page.get_by_role("button", name="开始填写").click()
    page.get_by_role("link", name="基本信息").click()
    page.get_by_label("项目名称").fill(TITLE)
    page.get_by_label("所属领域").select_option(label="养老服务")
    page.get_by_label("选题").last.select_option(label="“一老一小”服务")
    page.get_by_label("联系人").fill("周示例")
    page.get_by_label("联系电话").fill("023-79220000")
    choose(page, "是")
    page.get_by_label(WHICH).fill("镇民政办")
    go_on(page)
    page.get_by_label("拟破解的问题").fill("独居老人吃饭难，36户多次反映。")
    go_on(page)
    page.get_by_label("特色与辨识度").fill("党员结对送餐，老人每月评议，结果张贴公开。")
    go_on(page)
    page.get_by_label("预期亮点").fill("全年送餐不少于6000份。")
    go_on(page)
    page.get_by_label("方案概述").fill("建机制、搭平台、抓落实。")
    fill_step(page, 0, "开办助餐点")
    go_on(page)
    go_on(page)
    page.get_by_label("本单位已核对申报内容").check()
    page.get_by_role("button", name="提交申报").click()
    expect(page.get_by_role("heading", name="申报已提交")).to_be_visible()
    assert page.evaluate(OVERFLOW) == 0


def prepare(page: Page, address: str, project: Project) -> None:
    """Hear the report, rate, and name the four ones, each from the table of what is missing."""
    place = f"{address}/admin/party/projects/{project.pk}"
    page.goto(f"{place}/assess/?method=hearing")
    page.fill("[name=participants]", "党建办一行3人")
    page.fill("[name=findings]", "助餐点场地已落实，送餐队伍已组建。")
    page.get_by_role("button", name="保存").first.click()
    page.goto(f"{place}/rate/")
    for number, points in enumerate(("28", "20", "22", "16")):
        page.locator("[data-points]").nth(number).fill(points)
    page.get_by_role("button", name="保存").first.click()
    page.goto(f"{place}/four-ones/")
    for duty in ("leader", "secretary", "liaison", "team"):
        page.fill(f"[name={duty}_name]", "吴示例")
        page.fill(f"[name={duty}_post]", "镇党委委员")
    page.get_by_role("button", name="保存").first.click()


def test_from_an_empty_database_to_a_public_page(
    live_server: Any, desk: Page, phone: Page, open_page: Any, picture: Any, township: None
) -> None:
    address = live_server.url
    sign_in_first(desk, address, "zhengzhuren")
    follow_the_guide(desk, address)
    cycle = Cycle.objects.get()
    desk.goto(address + reverse("partybuilding:year_form", args=[cycle.pk]))
    write_form(desk)
    desk.get_by_role("button", name="保存申报表").click()
    expect(desk.get_by_text("申报表已保存")).to_be_visible()
    word_the_letter(desk, address)
    desk.goto(address + reverse("partybuilding:cycle_step", args=[cycle.pk, "open_applications"]))
    desk.get_by_role("button", name="启动申报").click()
    desk.goto(address + reverse("partybuilding:first_days"))
    picture(desk, "guide")
    expect(desk.get_by_text("共8项，已完成8项")).to_be_visible()

    sign_in_first(phone, address, "dongcun")
    apply(phone)
    picture(phone, "receipt")
    project = Project.objects.get()
    assert (project.state, project.get_sector_display()) == ("first_passed", "养老服务")

    prepare(desk, address, project)
    desk.goto(address + reverse("partybuilding:step", args=[project.pk, "approve"]))
    picture(desk, "approve")
    desk.get_by_role("button", name="确认立项").click()
    project.refresh_from_db()
    assert project.state == "approved"

    applicant = client_of(get_user_model().objects.get(username="dongcun"))
    assert "镇民政办" in text_of(applicant, "form_paper", project)
    assert HELP in text_of(applicant, "form_paper", project)
    assert LINE in text_of(applicant, "letter_paper", project)

    editor = open_page(1280, 900)
    sign_in_first(editor, address, "bianji")
    publish(editor, open_page(1280, 900), address, project)
    phone.goto(f"{address}/")
    picture(phone, "front")
    phone.goto(f"{address}/projects/")
    phone.get_by_role("link", name=TITLE).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(phone.get_by_text("养老服务").first).to_be_visible()
    picture(phone, "page")
    assert (desk.errors, phone.errors) == ([], [])


def text_of(client: Any, name: str, project: Project) -> str:
    """Return the words of a paper without its line breaks."""
    paper = client.get(reverse(f"portal:{name}", args=[project.pk, "pdf"]))
    pages = PdfReader(BytesIO(paper.content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def publish(editor: Page, publisher: Page, address: str, project: Project) -> None:
    """Write the page and let it out, by two people."""
    editor.goto(f"{address}/admin/")
    editor.locator(".party-desk").get_by_role("link", name="待编写页面").click()
    editor.get_by_role("button", name="新建页面").click()
    editor.wait_for_url("**/edit/")
    editor.get_by_role("textbox", name="摘要").fill("党员结对送餐，老人每月评议。")
    expect(editor.locator("#w-autosave-indicator")).to_contain_text("已保存", timeout=15_000)
    editor.get_by_role("button", name="更多操作").click()
    with editor.expect_navigation():
        editor.get_by_role("button", name="提交至").click()
    sign_in_first(publisher, address, "fabu")
    publisher.goto(f"{address}/admin/")
    publisher.locator(".party-desk").get_by_role("link", name="待审核发布").click()
    publisher.get_by_role("link", name=f"审核 {project.title}").click()
    publisher.wait_for_url("**/edit/")
    publisher.wait_for_load_state("networkidle")
    publisher.get_by_role("button", name="通过并发布", exact=True).click()
    expect(publisher.get_by_text("已审核通过并发布")).to_be_visible()
    assert ProjectPage.objects.get(project=project).live
