"""An editor takes an item to the official account: previewed, copied with its looks, marked when the site changes."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from home.news.pages import NewsPage
from partybuilding.core.states import Role
from partybuilding.wechat.models import WechatExport
from tests.factories import make_person
from tests.factories.column import make_image
from tests.factories.news import publish_news
from tests.journeys.test_editor_publishes import sign_in

READ = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async (type) => (await item.getType(type)).text();
  return [await read("text/html"), await read("text/plain")];
}"""


@pytest.fixture
def item(transactional_db: None) -> NewsPage:
    """Publish an item with a heading, a link and a picture."""
    make_person(Role.EDITOR, username="editor")
    figure = {"image": make_image().pk, "alt": "议事厅", "caption": "五楼的议事厅"}
    link = '<p>见<a href="https://www.gov.cn/">规定</a>，党员<b>认领</b>楼栋。</p>'
    body = [
        {"type": "heading", "value": "怎么议"},
        {"type": "text", "value": link},
        {"type": "figure", "value": figure},
    ]
    return publish_news(body=body)


def open_article(page: Page, address: str, item: NewsPage) -> None:
    """Go from the page's editor to its article."""
    page.goto(f"{address}/admin/pages/{item.pk}/edit/")
    page.get_by_role("button", name="操作").first.click()
    page.get_by_role("link", name="公众号").last.click()
    page.wait_for_url("**/party/wechat/pages/**")


def test_an_editor_copies_an_article_and_reads_it_back(
    live_server: Any, open_page: Any, picture: Any, item: NewsPage
) -> None:
    desk = open_page(1280, 900, permissions=["clipboard-read", "clipboard-write"])
    address = live_server.url
    sign_in(desk, address, "editor")
    open_article(desk, address, item)
    frame = desk.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="怎么议")).to_be_visible()
    expect(frame.get_by_role("img")).to_have_js_property("complete", True)
    title = desk.get_by_label("标题")
    title.fill("字" * 33)
    expect(desk.locator("[data-count=title]")).to_contain_text("33 / 32")
    expect(desk.locator("[data-count=title]")).to_contain_text("太长")
    title.fill("议事厅开到楼栋")
    expect(desk.locator("[data-count=title]")).to_have_text("7 / 32")
    desk.get_by_role("button", name="复制到公众号").click()
    expect(desk.locator("[data-said]")).to_contain_text("保存后再看一遍")
    picture(desk, "copied")
    html, plain = desk.evaluate(READ)
    assert "怎么议" in html
    assert "border-left" in html
    assert "规定[1]" in html
    assert "https://www.gov.cn/" in html
    assert "<a " not in html
    assert "/media/images/" in html
    assert plain.splitlines()[:2] == ["怎么议", "见规定[1]，党员认领楼栋。"]
    export = WechatExport.objects.get()
    assert (export.way, export.title) == ("copy", "议事厅开到楼栋")
    expect(desk.locator("[data-exports] li")).to_have_count(1)
    assert [fault for fault in desk.errors if "Content Security" in fault] == []
    NewsPage.objects.filter(pk=item.pk).update(summary="改了。")
    desk.reload()
    expect(desk.get_by_text("微信版与网站版不一致")).to_be_visible()


def test_a_browser_that_lets_nothing_be_copied_selects_the_preview(
    live_server: Any, open_page: Any, item: NewsPage
) -> None:
    desk = open_page(390, 844)
    desk.add_init_script(
        "delete window.ClipboardItem; Document.prototype.execCommand = () => false"
    )
    sign_in(desk, live_server.url, "editor")
    desk.goto(f"{live_server.url}/admin/party/wechat/pages/{item.pk}/")
    desk.get_by_role("button", name="复制到公众号").click()
    expect(desk.locator("[data-said]")).to_contain_text("按 Ctrl+C")
    frame = desk.frames[1]
    assert "怎么议" in frame.evaluate("getSelection().toString()")
