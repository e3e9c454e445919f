"""What an editor wrote in the CMS outlives the end of the session; a table from Word becomes a table."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from home.news.pages import NewsPage
from partybuilding.core.states import Role
from tests.factories import make_person
from tests.factories.news import write_news
from tests.journeys.test_editor_publishes import sign_in

WORD = (
    "<p>各支部完成情况如下。</p><table><tr><td>支部</td><td>办结件数</td></tr>"
    "<tr><td>第一党支部</td><td>12</td></tr><tr><td>第二党支部</td><td>7</td></tr></table>"
)
PASTE = """([selector, html, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(paste);
}"""


@pytest.fixture
def news(transactional_db: None) -> NewsPage:
    """Make an editor and a draft of a news item with one running text."""
    make_person(Role.EDITOR, username="editor")
    return write_news("邻里议事厅开到楼栋", body=[("text", "<p>党员认领楼栋。</p>")])


def open_editor(page: Page, address: str, news: NewsPage) -> Any:
    sign_in(page, address, "editor")
    page.goto(f"{address}/admin/pages/{news.pk}/edit/")
    expect(page.get_by_role("textbox", name="标题").first).to_be_visible()
    return page.locator("[data-editor-help]")


def test_a_session_that_ended_costs_no_text(live_server: Any, desk: Page, news: NewsPage) -> None:
    told = open_editor(desk, live_server.url, news)
    Session.objects.all().delete()
    title = desk.locator("[name=title]")
    title.fill("邻里议事厅开到了楼栋")
    expect(told).to_contain_text("登录已失效")
    desk.locator("[type=submit].action-save, button.action-save").first.click()
    expect(told).to_be_visible()
    assert desk.url.endswith(f"/admin/pages/{news.pk}/edit/")
    expect(title).to_have_value("邻里议事厅开到了楼栋")

    other = desk.context.new_page()
    sign_in(other, live_server.url, "editor")
    other.close()
    desk.get_by_role("button", name="我已登录，继续").click()
    expect(told).to_be_hidden()
    desk.wait_for_timeout(500)
    saved = NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object()
    assert saved.title == "邻里议事厅开到了楼栋"


def test_a_table_from_word_becomes_a_table(live_server: Any, desk: Page, news: NewsPage) -> None:
    told = open_editor(desk, live_server.url, news)
    editor = ".public-DraftEditor-content"
    desk.locator(editor).first.click()
    desk.evaluate(PASTE, [editor, WORD, "各支部完成情况如下。\n支部\t办结件数"])
    expect(told).to_contain_text("含有表格")
    told.get_by_role("button", name="在下方插入为表格").click()
    expect(desk.locator("[name$='-column-0-heading']")).to_have_value("支部")
    expect(desk.locator("[name$='-column-1-type']")).to_have_value("number")
    expect(desk.locator(editor).first).to_contain_text("各支部完成情况如下。")
    cells = desk.locator(
        "[data-typed-table-block] input[type=text], .typed-table-block input[type=text]"
    )
    assert "第二党支部" in [cell.input_value() for cell in cells.all()]


def test_a_page_that_is_too_large_says_so_and_stays(
    live_server: Any, desk: Page, news: NewsPage
) -> None:
    told = open_editor(desk, live_server.url, news)
    desk.evaluate("document.querySelector('[data-editor-help]').dataset.mostFields = '5'")
    desk.locator("[name=title]").fill("很长的一篇")
    expect(told).to_contain_text("内容过多")
    desk.locator("[type=submit].action-save, button.action-save").first.click()
    expect(told).to_be_visible()
    assert desk.url.endswith(f"/admin/pages/{news.pk}/edit/")
    expect(desk.locator("[name=title]")).to_have_value("很长的一篇")
