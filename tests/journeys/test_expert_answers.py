"""An expert answers what the year asks besides points, while the network comes and goes and another device writes."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from home.tree import plant
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.services import give_statement, save_sheet
from tests.factories.evaluation import hold_draw, make_year
from tests.factories.yearform import block, code, key, part_for, use, when
from tests.journeys.test_applicant_applies import OVERFLOW, sign_in
from tests.journeys.test_expert_scores import QUIET, STATUS, complaints, fields

ADVISED = block("choice", "推广建议", options=("推广", "完善后推广", "不推广"), required=True)
WHY = block("text", "需完善之处", required=True, when=[when("推广建议", "完善后推广")])
LEARNT = block("choices", "可借鉴之处", options=("机制", "载体", "队伍"))
VISITED = block("number", "入户核实", unit="户", places=1)
SAID = block("long", "总体评价", required=True)


@pytest.fixture
def sheet(transactional_db: None) -> ScoreSheet:
    plant()
    year = make_year(projects=3, groups=1, experts=2)
    asked = (ADVISED, WHY, LEARNT, VISITED, SAID)
    use(year.cycle, part_for("expert", *asked, explanation="对照台账据实填写。"))
    hold_draw(year)
    found = ScoreSheet.objects.filter(judge=year.experts[0]).order_by("project__code").first()
    assert found is not None
    give_statement(year.cycle, by=found.judge)
    return found


def now(sheet: ScoreSheet) -> dict[str, Any]:
    return ScoreSheet.objects.get(pk=sheet.pk).answers


def test_answers_outlive_the_network_and_go_in_with_the_points(
    live_server: Any, phone: Page, picture: Any, axe: Any, sheet: ScoreSheet
) -> None:
    page = phone
    sign_in(page, live_server.url, sheet.judge)
    page.get_by_role("link", name=str(sheet.project)).click()
    expect(page.get_by_label("需完善之处")).to_be_hidden()
    page.get_by_label("完善后推广").check()
    expect(page.get_by_label("需完善之处")).to_be_visible()
    page.get_by_label("机制").check()
    page.get_by_label("总体评价").fill("群众认可")
    page.wait_for_function(QUIET)
    first = {key(ADVISED): code(ADVISED, 1), key(LEARNT): [code(LEARNT, 0)], key(SAID): "群众认可"}
    assert now(sheet) == first
    picture(page, "answered")
    assert (axe(page), page.evaluate(OVERFLOW)) == ([], 0)

    page.context.set_offline(True)
    page.get_by_label("需完善之处").fill(" 台账补签字 ")
    page.get_by_label("入户核实").fill("12.0")
    page.get_by_label("队伍").check()
    page.get_by_label("机制").uncheck()
    expect(page.get_by_text("待发送1项")).to_be_visible()
    page.locator(".queue__kept summary").click()
    for words in ("推广建议", "完善后推广", "队伍", "台账补签字"):
        expect(page.locator(".queue__kept")).to_contain_text(words)
    assert now(sheet) == first
    page.context.set_offline(False)
    page.wait_for_function(QUIET)
    second = {
        **first, key(WHY): "台账补签字", key(VISITED): 12, key(LEARNT): [code(LEARNT, 2)]
    }  # fmt: skip
    assert now(sheet) == second

    page.get_by_label("入户核实").fill("12.25")
    page.get_by_label("总体评价").fill("群众很认可")
    expect(page.locator(STATUS)).to_contain_text("入户核实：")
    assert now(sheet) == second
    page.get_by_label("入户核实").fill("12.5")
    page.wait_for_function(QUIET)
    third = {**second, key(VISITED): 12.5, key(SAID): "群众很认可"}
    assert now(sheet) == third

    page.reload()
    for number, points in enumerate(("27", "26.5", "35")):
        fields(page).nth(number).fill(points)
    page.get_by_role("button", name="提交评分").click()
    expect(page.get_by_text("台账补签字")).to_be_visible()
    picture(page, "check")
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("您的评分与封存一致")).to_be_visible()
    assert now(sheet) == third
    assert complaints(page) == []


def test_another_device_shows_what_it_answered(
    live_server: Any, phone: Page, sheet: ScoreSheet
) -> None:
    page, other = phone, {key(ADVISED): code(ADVISED, 1), key(WHY): "别处写的"}
    sign_in(page, live_server.url, sheet.judge)
    page.get_by_role("link", name=str(sheet.project)).click()
    page.context.set_offline(True)
    page.get_by_label("推广", exact=True).check()
    save_sheet(sheet, {}, by=sheet.judge, answers=other, key="other")
    page.context.set_offline(False)
    page.get_by_role("button", name="采用已保存的").click()
    expect(page.get_by_label("完善后推广")).to_be_checked()
    expect(page.get_by_label("需完善之处")).to_have_value("别处写的")
    assert now(sheet) == other
    assert complaints(page) == []


def test_without_a_script_the_form_asks_it_all(
    live_server: Any, open_page: Any, sheet: ScoreSheet
) -> None:
    page = open_page(390, 844, java_script_enabled=False)
    sign_in(page, live_server.url, sheet.judge)
    page.get_by_role("link", name=str(sheet.project)).click()
    expect(page.get_by_text(re.compile("仅“推广建议”为完善后推广时填写"))).to_be_visible()
    page.get_by_label("不推广").check()
    page.get_by_label("总体评价").fill("暂不成熟")
    page.get_by_role("button", name="保存", exact=True).click()
    assert now(sheet) == {key(ADVISED): code(ADVISED, 2), key(SAID): "暂不成熟"}
