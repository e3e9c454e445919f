"""The look in a real browser: nothing for axe to find, 关怀版 with and without scripts, forms that lose nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

GUIDE = [f"/styleguide/{page}" for page in ("", "reading/", "record/", "portal/", "404/")]
WIDTHS = [320, 768, 1280]
TYPED = "社区独居老人多，网格员人手不足。"
SMALLER = """least => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
    .filter(one => one.offsetParent && !one.matches('.skip, .card__link, [type=checkbox], [type=radio]'))
    .filter(one => one.getBoundingClientRect().height < least - 0.5)
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def form(live_server, desk: Page) -> Page:
    """Open the guide's form that saves itself."""
    desk.goto(f"{live_server.url}/styleguide/portal/")
    return desk


def problem(page: Page):
    return page.get_by_label("拟破解的党建难题").first


def status(page: Page):
    return page.locator("[data-save-text]")


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("view", ["", "?view=large"], ids=["standard", "large"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    live_server, open_page: Callable[..., Page], axe, width: int, view: str
) -> None:
    page = open_page(width, 900)
    for address in GUIDE:
        page.goto(f"{live_server.url}{address}{view}")
        assert axe(page) == [], address
        assert overflow(page) == 0, address
        assert page.evaluate(SMALLER, 60 if view else 44) == [], address
    assert page.errors == []


def test_axe_finds_nothing_in_the_dark(live_server, open_page: Callable[..., Page], axe) -> None:
    page = open_page(390, 844, color_scheme="dark")
    for address in GUIDE:
        page.goto(f"{live_server.url}{address}")
        assert axe(page) == [], address


def test_the_large_view_is_remembered_on_the_device(live_server, phone: Page) -> None:
    phone.goto(f"{live_server.url}/styleguide/")
    phone.get_by_role("link", name="关怀版").click()
    expect(phone.locator("html")).to_have_attribute("data-view", "large")
    phone.goto(f"{live_server.url}/styleguide/record/")
    assert phone.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    phone.get_by_role("link", name="标准版").click()
    phone.reload()
    assert phone.evaluate("getComputedStyle(document.body).fontSize") == "18px"
    assert phone.context.cookies() == []


def test_the_large_view_holds_without_scripts(live_server, open_page: Callable[..., Page]) -> None:
    page = open_page(390, 844, java_script_enabled=False)
    page.goto(f"{live_server.url}/styleguide/")
    page.get_by_role("link", name="关怀版").click()
    page.locator(".menu__button").click()
    page.locator(".menu").get_by_role("link", name="项目").click()
    expect(page).to_have_url(f"{live_server.url}/styleguide/record/?view=large")
    expect(page.locator("html")).to_have_attribute("data-view", "large")
    page.get_by_role("link", name="标准版").click()
    expect(page.locator("html")).not_to_have_attribute("data-view", "large")


def test_a_pause_in_typing_saves(form: Page) -> None:
    with form.expect_request("**/styleguide/portal/") as sent:
        problem(form).fill(TYPED)
    assert sent.value.headers["x-requested-with"] == "autosave"
    assert TYPED in sent.value.post_data_buffer.decode()
    assert "csrfmiddlewaretoken" in sent.value.post_data
    expect(status(form)).to_contain_text("已保存")
    assert form.evaluate("Object.keys(localStorage).length") == 0


def test_text_typed_without_a_network_waits_and_is_saved_later(form: Page) -> None:
    form.context.set_offline(True)
    problem(form).fill(TYPED)
    expect(status(form)).to_contain_text("暂存在本机")
    form.context.set_offline(False)
    expect(status(form)).to_contain_text("已保存")


def test_text_that_was_never_saved_is_offered_again(live_server, form: Page) -> None:
    form.route(
        "**/styleguide/portal/", refuse_posts(500, {"message": "服务器正在维护，请稍后再试。"})
    )
    problem(form).fill(TYPED)
    form.get_by_role("button", name="添加步骤").first.click()
    form.get_by_label("责任人").nth(1).fill("李某某")
    expect(status(form)).to_have_text("服务器正在维护，请稍后再试。")
    form.once("dialog", lambda dialog: dialog.accept())
    form.goto(f"{live_server.url}/styleguide/portal/")
    expect(problem(form)).to_have_value("")
    form.get_by_role("button", name="恢复内容").click()
    expect(problem(form)).to_have_value(TYPED)
    expect(form.get_by_label("责任人").nth(1)).to_have_value("李某某")


def test_leaving_with_unsaved_text_asks_first(form: Page) -> None:
    form.route("**/styleguide/portal/", refuse_posts(500, {}))
    problem(form).press_sequentially("字")
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    form.close(run_before_unload=True)
    form.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_an_expired_sign_in_is_told_and_the_text_kept(form: Page) -> None:
    form.route("**/styleguide/portal/", refuse_posts(403, {}))
    problem(form).fill(TYPED)
    expect(status(form)).to_contain_text("登录已失效")
    expect(form.get_by_role("link", name="重新登录")).to_be_visible()
    assert TYPED in form.evaluate("Object.values(localStorage).join()")


def test_a_removed_row_can_be_brought_back(form: Page) -> None:
    rows = form.locator("[data-formset]").first
    rows.get_by_role("button", name="添加步骤").click()
    assert rows.locator("[name='rows-TOTAL_FORMS']").input_value() == "2"
    rows.get_by_label("责任人").nth(1).fill("李某某")
    rows.get_by_role("button", name="删除").nth(1).click()
    expect(rows.locator("[name='rows-1-DELETE']")).to_be_checked()
    rows.get_by_role("button", name="撤销删除").click()
    expect(rows.locator("[name='rows-1-DELETE']")).not_to_be_checked()
    expect(rows.get_by_label("责任人").nth(1)).to_have_value("李某某")


def test_pasted_text_that_is_too_long_is_kept_and_counted(form: Page) -> None:
    problem(form).fill("字" * 70)
    expect(form.get_by_text("已超出10字")).to_be_visible()
    assert len(problem(form).input_value()) == 70


def test_without_scripts_the_form_is_whole(live_server, open_page: Callable[..., Page]) -> None:
    page = open_page(320, 844, java_script_enabled=False)
    page.goto(f"{live_server.url}/styleguide/portal/")
    expect(page.get_by_text("填写过程中请及时保存")).to_be_visible()
    expect(page.get_by_label("删除此步骤").first).to_be_visible()
    expect(page.get_by_role("button", name="添加步骤")).to_have_count(0)
    expect(page.get_by_text("最多60字").first).to_be_visible()


def refuse_posts(status_code: int, answer: dict[str, str]) -> Callable[[Route], None]:
    """Return a handler that answers what is sent, and lets pages through."""

    def handled(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=status_code, json=answer)
        else:
            route.continue_()

    return handled
