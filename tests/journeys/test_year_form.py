"""An officer writes the form of a year and opens it; an applicant answers it on a phone; its words are put right."""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.services import start_next_year
from partybuilding.projects.models import Project
from partybuilding.projects.services import create_draft, save_application
from partybuilding.projects.yearform.correcting import propose, words_in
from partybuilding.projects.yearform.services import save_form
from tests.factories import Cast, fill, make_cast, make_cycle, make_person
from tests.factories.screens import client_of
from tests.factories.yearform import block, delivered_with, key, own_part, when
from tests.journeys.test_applicant_applies import OVERFLOW, go_on, sign_in
from tests.journeys.test_department_decides import sign_in as sign_in_to_admin
from tests.partybuilding.projects.yearform.conftest import open_it

HELP, WHICH = "是否需要区级部门配合", "需要哪些部门配合"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast(cycle=make_cycle())


def ask(part: Locator, kind: str, label: str) -> Locator:
    """Add a question at the end of a part."""
    asked = part.locator("[data-contentpath=fields] [data-streamfield-child]")
    before = asked.count()
    part.locator(".c-sf-add-button").last.click()
    part.page.get_by_role("option", name=kind, exact=True).click()
    expect(asked).to_have_count(before + 1)
    added = asked.last
    added.get_by_role("textbox", name="填报项").first.fill(label)
    return added


def write_form(page: Page) -> None:
    """Ask two questions more in the first part, the second one under a condition."""
    part = page.locator("[data-streamfield-child]").first
    part.locator("[data-panel-toggle]").first.click()
    ask(part, "是或否", HELP)
    which = ask(part, "短文字", WHICH)
    which.get_by_role("button", name="添加", exact=True).click()
    which.get_by_label("仅当此项").fill(HELP)
    which.get_by_label("填的是").fill("是")


def choose(page: Page, answer: str) -> None:
    page.get_by_role("group", name=HELP).get_by_label(answer, exact=True).check()


def answer_on_a_phone(page: Page, address: str, project: Project, picture: Any) -> None:
    """Answer, change one's mind and change it back, wait for the saving, and hand it in."""
    page.goto(address + reverse("portal:section", args=[project.pk, "basics"]))
    expect(page.get_by_label(WHICH)).to_be_hidden()
    choose(page, "是")
    page.get_by_label(WHICH).fill("区民政局、区住房城乡建委")
    saved = page.locator("[data-save-text]")
    expect(saved).to_contain_text("已保存")
    choose(page, "否")
    expect(page.get_by_label(WHICH)).to_be_hidden()
    choose(page, "是")
    expect(page.get_by_label(WHICH)).to_have_value("区民政局、区住房城乡建委")
    expect(saved).to_contain_text("已保存")
    picture(page, "part")
    go_on(page)
    page.goto(address + reverse("portal:check", args=[project.pk]))
    expect(page.get_by_text("区民政局、区住房城乡建委")).to_be_visible()
    picture(page, "check")
    page.get_by_label("本单位已核对申报内容").check()
    page.get_by_role("button", name="提交申报").click()
    expect(page.get_by_role("heading", name="申报已提交")).to_be_visible()
    assert page.evaluate(OVERFLOW) == 0


def test_a_form_is_written_previewed_opened_answered_and_read(
    live_server: Any, desk: Page, phone: Page, picture: Any, cast: Cast
) -> None:
    address, year = live_server.url, cast.cycle.pk
    sign_in_to_admin(desk, address, cast["department"])
    desk.goto(address + reverse("partybuilding:year_form", args=[year]))
    write_form(desk)
    picture(desk, "editor")
    desk.get_by_role("button", name="打开或关闭预览").click()
    shown = desk.frame_locator("#w-preview-iframe")
    expect(shown.get_by_text(HELP).first).to_be_visible(timeout=30_000)
    picture(desk, "preview", full=False)
    desk.get_by_role("button", name="保存申报表").click()
    expect(desk.get_by_text("申报表已保存")).to_be_visible()
    desk.goto(address + reverse("partybuilding:cycle_step", args=[year, "open_applications"]))
    desk.get_by_role("button", name="启动申报").click()
    desk.wait_for_url(f"**{reverse('partybuilding:cycle', args=[year])}")
    cast.cycle = Cycle.objects.get(pk=year)
    project = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    sign_in(phone, address, cast["applicant"])
    answer_on_a_phone(phone, address, project, picture)
    desk.goto(address + reverse("partybuilding:case", args=[project.pk]))
    expect(desk.get_by_text("区民政局、区住房城乡建委").first).to_be_visible()
    paper = client_of(cast["applicant"]).get(reverse("portal:form_paper", args=[project.pk, "pdf"]))
    pages = PdfReader(BytesIO(paper.content)).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert "区民政局、区住房城乡建委" in text
    assert WHICH in text
    assert (desk.errors, phone.errors) == ([], [])


@pytest.fixture
def asked(cast: Cast) -> Project:
    """Open a year that asks a question of every kind, and begin an application on it."""
    ready = block("yes_no", "是否已有专项经费", required=True)
    ways = block("choices", "听取意见的方式", options=("入户走访", "院坝会"), required=True)
    part = own_part(
        "群众参与情况",
        ways,
        block("choice", "主要受益群体", options=("老人", "儿童")),
        block("long", "群众的主要意见", help="写群众自己的话。"),
        block("date", "最近一次听取意见的日期"),
        block("text", "经办人职务"),
        block("table", "拟添置设备", columns=("设备", "数量")),
        block("person", "日常管护人"),
    )
    money = block("number", "专项经费数额", unit="万元", when=[when("是否已有专项经费", "是")])
    save_form(cast.cycle, [*delivered_with(ready, money), part], by=cast["department"])
    cast.cycle = open_it(cast.cycle, cast)
    project = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    return save_application(project, by=cast["applicant"], answers={key(ready): True})


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_axe_finds_nothing_on_the_screens_of_a_form(
    live_server: Any, open_page: Any, axe: Any, picture: Any, width: int, asked: Project, cast: Cast
) -> None:
    page, faults = open_page(width, 900), {}
    sign_in(page, live_server.url, cast["applicant"])
    for place in ("basics", asked.sheet.parts[-1].code):
        page.goto(live_server.url + reverse("portal:section", args=[asked.pk, place]))
        faults[place] = axe(page) + ["too wide"] * (page.evaluate(OVERFLOW) != 0)
        picture(page, f"{place}-{width}")
    content = asked.cycle.form.content
    words = {place: said.replace("专项", "专门") for place, said in words_in(content).items()}
    propose(asked.cycle, words, by=cast["department"], reason="与文件中的说法一致。")
    second = make_person(Role.DEPARTMENT, None)
    following = start_next_year(asked.cycle, by=cast["department"])
    officer = open_page(max(width, 390), 900)
    sign_in_to_admin(officer, live_server.url, second)
    screens = (("form", asked.cycle), ("form", following), ("form_supplement", asked.cycle))
    for name, year in ((f"year_{name}", year) for name, year in screens):
        officer.goto(live_server.url + reverse(f"partybuilding:{name}", args=[year.pk]))
        faults[f"{name}-{year.pk}"] = [one for one in axe(officer) if "w-minimap" not in one]
        picture(officer, f"{name}-{year.state}-{width}")
    first = officer.locator("[data-streamfield-stream-container] .c-sf-add-button")
    expect(first).to_have_count(1)
    said = first.evaluate("one => getComputedStyle(one, '::after').content + one.title")
    assert said == "attr(title)添加内容" or said == '"添加内容"添加内容'
    assert first.bounding_box()["width"] > 60, "a button that stands alone is words, not a sign"
    assert (page.errors, officer.errors) == ([], [])
    assert {address: found for address, found in faults.items() if found} == {}
