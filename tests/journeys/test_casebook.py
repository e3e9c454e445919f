"""An editor puts the case book of the year together and builds it; a publisher publishes it; a resident opens it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from home.tree import plant
from partybuilding.core import background
from tests.factories import Cast, make_cast
from tests.factories.casebook import make_case_page
from tests.journeys.test_applicant_applies import OVERFLOW, sign_in


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    plant()
    cast = make_cast()
    for _ in range(3):
        make_case_page(cast)
    return cast


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Wait in the end for the threads that build, since the database goes with the test."""
    threads: list[Any] = []
    begin = background.threading.Thread

    def kept(*args: Any, **more: Any) -> Any:
        threads.append(begin(*args, **more))
        return threads[-1]

    monkeypatch.setattr(background.threading, "Thread", kept)
    return threads


def test_a_book_is_chosen_ordered_built_published_and_opened(
    live_server: Any,
    desk: Page,
    open_page: Any,
    picture: Any,
    cast: Cast,
    builds: list[Any],
    tmp_path: Any,
) -> None:
    year, address = cast.cycle.year, f"{live_server.url}/admin/party/casebooks/"
    page = desk
    sign_in(page, live_server.url, cast["editor"])
    page.goto(address)
    page.get_by_role("link", name=str(year), exact=True).click()
    page.get_by_role("button", name="建立案例集").click()
    places = page.locator(".party-book__place")
    expect(places).to_have_count(3)
    names = page.locator("[data-case]")
    last = names.nth(2).locator("input[type=checkbox]").get_attribute("value")
    names.nth(2).get_by_role("button", name="上移").press("Enter")
    names.nth(1).get_by_role("button", name="上移").press("Enter")
    first = names.nth(0).locator("input[type=checkbox]")
    expect(first).to_have_value(last or "")
    names.nth(2).locator("input[type=checkbox]").uncheck()
    expect(page.get_by_text("次序还没有保存。")).to_be_visible()
    page.get_by_role("button", name="保存次序").click()
    expect(page.get_by_text("共编入2篇案例")).to_be_visible()

    page.get_by_role("button", name="编制：网络版（PDF）").click()
    expect(page.locator("#edition-public").get_by_text("已编制")).to_be_visible(timeout=60_000)
    for thread in builds:
        thread.join(30)
    picture(page, "book")
    assert page.evaluate(OVERFLOW) == 0

    publisher = open_page(390, 844)
    sign_in(publisher, live_server.url, cast["publisher"])
    publisher.goto(f"{address}{year}/")
    assert publisher.evaluate(OVERFLOW) == 0
    publisher.get_by_role("button", name="发布：网络版（PDF）").click()
    expect(publisher.get_by_text("版本已发布")).to_be_visible()

    resident = open_page(390, 844)
    resident.goto(f"{live_server.url}/book/{year}/")
    picture(resident, "resident")
    assert resident.evaluate(OVERFLOW) == 0
    file = tmp_path / "book.pdf"
    file.write_bytes(resident.request.get(f"{live_server.url}/book/{year}/public.pdf").body())
    assert file.read_bytes().startswith(b"%PDF-")
    resident.get_by_role("link", name="核验手中的文件是否正式版本").click()
    resident.get_by_label("或者选择文件").set_input_files(str(file))
    resident.get_by_role("button", name="核验").click()
    expect(resident.get_by_text("核验通过，这是正式发布的版本。")).to_be_visible()
