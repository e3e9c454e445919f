"""A resident writes about a promise on a phone, the unit drafts, the department approves and publishes, all read it."""

from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from partybuilding.core.states import Role
from partybuilding.opinions.models import Opinion
from tests.factories import make_cast, make_person, open_cycle
from tests.factories.column import make_page
from tests.factories.projects import Cast
from tests.journeys.test_editor_publishes import sign_in

WRITTEN = "我叫张示例，住3栋2单元501。照料点中午关门，老人只能在门口等，能不能有人值班？"
ANSWER = "您好。从下周一起中午由党员轮流值班，开放到下午两点，值班表贴在门口。"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Make a year with people who sign in by the names of their roles."""
    cache.clear()
    cast = make_cast(open_cycle(year=2077))
    make_person(Role.UNIT, cast.organization.unit, username="unit")
    make_person(Role.DEPARTMENT, username="department")
    return cast


def send(phone: Page) -> None:
    """Press the button, not before a person could have."""
    phone.wait_for_timeout(3_200)
    phone.get_by_role("button", name="提交").click()


def test_from_a_promise_to_the_published_answer(
    live_server: Any, phone: Page, open_page: Any, axe: Any, picture: Any, cast: Cast
) -> None:
    page = make_page("implementing", cast)
    address = live_server.url

    phone.goto(f"{address}{page.url}")
    phone.get_by_text("承诺全文、步骤和变更").click()
    phone.get_by_role("link", name="对这项承诺提意见").click()
    expect(phone.get_by_text("办结议题60件")).to_be_visible()
    phone.get_by_label("您的意见").fill(WRITTEN)
    assert axe(phone) == []
    picture(phone, "form")
    send(phone)
    expect(phone.get_by_role("heading", name="您的意见已收到")).to_be_visible()
    number, code = phone.locator(".receipt__number").all_inner_texts()
    assert axe(phone) == []
    picture(phone, "receipt")

    unit = sign_in(open_page(1280, 900), address, "unit")
    unit.locator(".party-desk").get_by_role("link", name="群众意见：已收到").click()
    unit.get_by_role("link", name="我叫张示例").click()
    unit.get_by_role("link", name="受理", exact=True).click()
    unit.get_by_role("button", name="确认受理").click()
    unit.get_by_role("link", name="我叫张示例").or_(unit.get_by_text("没有")).first.wait_for()
    opinion = Opinion.objects.get()
    unit.goto(f"{address}/admin/party/opinion/{opinion.pk}/")
    unit.get_by_role("link", name="拟写答复").click()
    unit.get_by_label("采纳", exact=True).check()
    unit.get_by_role("textbox", name="答复").fill(ANSWER)
    picture(unit, "draft")
    unit.get_by_role("button", name="确认拟写答复").click()
    unit.wait_for_load_state("networkidle")

    phone.goto(f"{address}/opinions/lookup/")
    phone.get_by_label("受理编号").fill(number)
    phone.get_by_label("查询码").fill(code)
    phone.get_by_role("button", name="查询", exact=True).click()
    expect(phone.get_by_text("办理中", exact=True)).to_be_visible()
    assert ANSWER not in phone.content()

    officer = sign_in(open_page(1280, 900), address, "department")
    officer.locator(".party-desk").get_by_role("link", name="群众意见：答复待审").click()
    officer.get_by_role("link", name="我叫张示例").click()
    officer.get_by_role("link", name="审定答复").click()
    officer.get_by_role("button", name="确认审定答复").click()
    expect(officer.get_by_role("heading", name="决定是否公开").first).to_be_visible()
    expect(officer.locator("mark", has_text="3栋2单元501")).to_be_visible()
    picture(officer, "publication")
    officer.get_by_role("button", name="确定", exact=True).click()
    expect(officer.get_by_text("决定已记录")).to_be_visible()

    phone.goto(f"{address}/opinions/lookup/")
    phone.get_by_label("受理编号").fill(number.replace("-", " "))
    phone.get_by_label("查询码").fill(code)
    phone.get_by_role("button", name="查询", exact=True).click()
    expect(phone.get_by_text(ANSWER)).to_be_visible()
    assert axe(phone) == []
    picture(phone, "answered")

    phone.goto(f"{address}{page.url}")
    expect(phone.get_by_text("收到意见1条，已答复1条。")).to_be_visible()
    phone.get_by_text("承诺全文、步骤和变更").click()
    phone.get_by_role("link", name="查看1条意见的答复").click()
    expect(phone.get_by_text(ANSWER)).to_be_visible()
    assert "张示例" not in phone.content()
    assert "501" not in phone.locator("main").inner_text()
    assert axe(phone) == []
    phone.get_by_role("link", name="关怀版").click()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    picture(phone, "published")
    phone.goto(f"{address}/opinions/replies/")
    expect(phone.get_by_text("已公开1条答复")).to_be_visible()
    assert axe(phone) == []
    picture(phone, "replies")
    assert [cookie["name"] for cookie in phone.context.cookies()] == ["csrftoken"]
    assert phone.errors == []


def test_an_old_page_and_an_empty_form_lose_nothing(
    live_server: Any, phone: Page, cast: Cast, axe: Any
) -> None:
    make_page("implementing", cast)
    phone.goto(f"{live_server.url}/opinions/")
    send(phone)
    expect(phone.get_by_text("请写下您的意见。").first).to_be_visible()
    assert axe(phone) == []
    phone.get_by_role("textbox", name="您的意见").fill("路灯坏了半个月，请派人看看。")
    phone.context.clear_cookies()
    send(phone)
    expect(phone.get_by_text("页面打开的时间较长")).to_be_visible()
    expect(phone.get_by_role("textbox", name="您的意见")).to_have_value(
        "路灯坏了半个月，请派人看看。"
    )
    send(phone)
    expect(phone.get_by_role("heading", name="您的意见已收到")).to_be_visible()
    assert Opinion.objects.count() == 1
