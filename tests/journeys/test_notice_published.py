"""The department begins the notice of a list, an editor completes it, a publisher lets it out, a resident reads it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from partybuilding.column.notices.pages import NoticePage
from partybuilding.core.states import Role
from tests.factories import make_cast, make_person, make_project, open_cycle
from tests.factories.projects import Cast
from tests.journeys.test_editor_publishes import sign_in

OBJECTIONS = {
    "发文单位": "区委组织部",
    "意见受理单位": "区委组织部组织科",
    "受理电话": "023-79220000",
    "受理地址": "示例路1号",
    "意见反映要求": "请以书面形式实名反映。",
}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Make a year with one approved project, and those who bring its list to the public."""
    cast = make_cast(open_cycle(year=2074))
    for role in (Role.DEPARTMENT, Role.EDITOR, Role.PUBLISHER):
        make_person(role, username=role.value)
    make_project("approved", cast)
    return cast


def test_from_the_department_to_the_telephone_of_a_resident(
    live_server: Any, desk: Page, open_page: Any, phone: Page, picture: Any, cast: Cast
) -> None:
    address = live_server.url
    sign_in(desk, address, "department")
    desk.goto(f"{address}/admin/party/column/notices/")
    desk.get_by_role("link", name="新建立项名单公示").click()
    picture(desk, "begin")
    desk.get_by_role("button", name="生成公示草稿（1个项目）").click()
    expect(desk.get_by_text("公示草稿已生成，并已通知编辑完善、送审")).to_be_visible()
    notice = NoticePage.objects.get()

    editor = sign_in(open_page(1280, 900), address, "editor")
    editor.get_by_role("link", name="待完善公示").first.click()
    editor.wait_for_url("**/edit/")
    for label, text in OBJECTIONS.items():
        editor.get_by_role("textbox", name=label).fill(text)
    picture(editor, "editor", full=False)
    editor.get_by_role("button", name="更多操作").click()
    with editor.expect_navigation():
        editor.get_by_role("button", name="提交至").click()
    assert NoticePage.objects.get().workflow_in_progress
    assert phone.goto(f"{address}{notice.get_url()}").status == 404

    checker = sign_in(open_page(1280, 900), address, "publisher")
    checker.locator(".party-desk").get_by_role("link", name="待审核发布").click()
    picture(checker, "waiting")
    checker.get_by_role("link", name=f"审核 {notice.title}").click()
    checker.wait_for_url("**/edit/")
    checker.wait_for_load_state("networkidle")
    checker.get_by_role("button", name="通过并发布", exact=True).click()
    expect(checker.get_by_text("已审核通过并发布")).to_be_visible()
    assert NoticePage.objects.get().live

    phone.goto(f"{address}/notices/")
    phone.get_by_role("link", name=notice.title).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(notice.title)
    expect(phone.get_by_text("请以书面形式实名反映")).to_be_visible()
    expect(phone.get_by_text("立项名单（共1个）")).to_be_visible()
    picture(phone, "reader")
    phone.get_by_role("link", name="关怀版").click()
    expect(phone.get_by_text("023-79220000").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.emulate_media(media="print")
    expect(phone.get_by_role("button", name="打印本公告")).to_be_hidden()
    picture(phone, "paper")
    assert phone.context.cookies() == []
