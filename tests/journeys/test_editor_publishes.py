"""An editor writes the page of an approved project, a publisher lets it out, a resident reads it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from tests.factories import make_cast, make_person, make_project, open_cycle
from tests.factories.pictures import photograph
from tests.factories.projects import Cast

SUMMARY = "居民每月议事，党员认领楼栋，办没办成都公开。"
ALT = "居民在议事厅里开会"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Make a year, the people of one project, and those who look after the column."""
    cast = make_cast(open_cycle(year=2073))
    make_person(Role.EDITOR, username="editor")
    make_person(Role.PUBLISHER, username="publisher")
    return cast


@pytest.fixture
def project(cast: Cast) -> Project:
    """Bring a project to its approval."""
    return make_project("approved", cast)


def sign_in(page: Page, address: str, name: str) -> Page:
    """Sign in to the administration."""
    page.goto(f"{address}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", "demo")
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/admin/")
    return page


def choose_picture(page: Page) -> None:
    """Put a picture into the library from the editor, and choose it."""
    page.get_by_role("button", name="选择图片").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="上传").click()
    dialog.locator("input[type=file]").set_input_files(
        {"name": "议事厅.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    dialog.get_by_label("标题").fill("议事厅")
    dialog.locator("form[data-chooser-modal-creation-form] [type=submit]").click()
    expect(dialog).to_have_count(0)


def test_from_the_desk_of_an_editor_to_the_telephone_of_a_resident(
    live_server: Any, desk: Page, open_page: Any, phone: Page, picture: Any, project: Project
) -> None:
    address = live_server.url
    sign_in(desk, address, "editor")
    picture(desk, "desk")
    desk.locator(".party-desk").get_by_role("link", name="待编写页面").click()
    picture(desk, "to-write")
    desk.get_by_role("button", name="新建页面").click()
    desk.wait_for_url("**/edit/")
    expect(desk.get_by_text("已按项目档案生成草稿")).to_be_visible()
    desk.get_by_role("textbox", name="摘要").fill(SUMMARY)
    choose_picture(desk)
    desk.get_by_role("textbox", name="题图文字说明").fill(ALT)
    expect(desk.locator("#w-autosave-indicator")).to_contain_text("已保存", timeout=15_000)
    desk.get_by_role("button", name="打开或关闭预览").click()
    preview = desk.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_contain_text(project.title)
    picture(desk, "editor", full=False)
    assert [fault for fault in desk.errors if "Content Security" in fault] == []
    desk.get_by_role("button", name="更多操作").click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="提交至").click()
    page = ProjectPage.objects.get(project=project)
    assert page.workflow_in_progress
    assert phone.goto(f"{address}{page.url}").status == 404

    checker = sign_in(open_page(1280, 900), address, "publisher")
    checker.locator(".party-desk").get_by_role("link", name="待审核发布").click()
    checker.get_by_role("link", name=f"审核 {project.title}").click()
    checker.wait_for_url("**/edit/")
    checker.wait_for_load_state("networkidle")
    picture(checker, "review", full=False)
    checker.get_by_role("button", name="通过并发布", exact=True).click()
    expect(checker.get_by_text("已审核通过并发布")).to_be_visible()
    assert ProjectPage.objects.get(project=project).live

    phone.goto(f"{address}/projects/")
    phone.get_by_role("link", name=project.title).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(project.title)
    expect(phone.get_by_text(SUMMARY)).to_be_visible()
    expect(phone.get_by_alt_text(ALT)).to_be_visible()
    phone.wait_for_function("() => document.querySelector('.figure__image').naturalWidth > 0")
    expect(phone.get_by_text("牵头书记")).to_be_visible()
    picture(phone, "reader")
    assert phone.context.cookies() == []
