"""An expert scores three projects on a phone while the network comes and goes; nothing typed is lost or altered."""

import os
import random
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from home.tree import plant
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.services import give_statement
from partybuilding.evaluation.states import SheetState
from tests.factories.evaluation import Judged, hold_draw, make_year
from tests.journeys.test_applicant_applies import OVERFLOW, sign_in

#: How many random sequences are played, by hand alone: SEQUENCES=200 pytest tests/journeys/test_expert_scores.py
#: With windows coming and going the browser now and then never answers a call again, and then nothing ends it.
SEQUENCES = int(os.environ.get("SEQUENCES", "0"))
FIRST = int(os.environ.get("FIRST", "0"))
STEPS, TOGETHER = 25, 10  # of a sequence; sequences of one test
#: The network of a window. It is cut in the window itself: with windows coming and going neither the
#: browser's own switch nor a road through every request always answers.
CUT = """
const reach = window.fetch;
let isCut = false;
window.fetch = (...asked) => isCut ? Promise.reject(new TypeError("Failed to fetch")) : reach(...asked);
window.cut = (off) => { isCut = off; dispatchEvent(new Event(off ? "offline" : "online")); };
"""
QUIET = (
    "() => Object.keys(localStorage).filter((key) => key.startsWith('score:'))"
    ".every((key) => !JSON.parse(localStorage.getItem(key)).values)"
)
STATUS = "[data-status]"
#: What browsers write into the console when the network or the session is away on purpose.
EXPECTED = ("ERR_INTERNET_DISCONNECTED", "401", "409", "422", "ERR_FAILED")


@pytest.fixture
def year(transactional_db: None) -> Judged:
    """Lay the sheets of one group out; one expert has three."""
    plant()
    made = make_year(projects=3, groups=1, experts=2)
    made.cycle.evaluation.cross_sheets = 0
    made.cycle.evaluation.save()
    hold_draw(made)
    return made


def fields(page: Page) -> Any:
    return page.locator("[data-points]")


def complaints(page: Page) -> list[str]:
    return [said for said in page.errors if not any(word in said for word in EXPECTED)]


def stored(sheet: ScoreSheet) -> list[str]:
    sheet.refresh_from_db()
    return [sheet.points.get(one.code, "") for one in sheet.criteria]


def test_an_expert_scores_three_projects_with_the_network_cut_in_between(
    live_server: Any, phone: Page, picture: Any, axe: Any, year: Judged
) -> None:
    page, judge = phone, year.experts[0]
    sign_in(page, live_server.url, judge)
    expect(page.get_by_role("heading", name="回避承诺")).to_be_visible()
    picture(page, "statement")
    assert axe(page) == []
    page.get_by_role("button", name="作出承诺").click()
    expect(page.get_by_text("回避承诺已记录")).to_be_visible()
    picture(page, "list")
    assert axe(page) == []
    first, second, third = ScoreSheet.objects.filter(judge=judge).order_by("project__code")

    taps = 0

    def tap(target: Any) -> None:
        nonlocal taps
        taps += 1
        target.tap()

    tap(page.get_by_role("link", name=str(first.project)))
    expect(fields(page)).to_have_count(3)
    picture(page, "sheet")
    assert axe(page) == []
    assert page.evaluate(OVERFLOW) == 0
    for at, points in enumerate(("27", "26.5", "35")):
        tap(fields(page).nth(at))
        page.keyboard.type(points)
    expect(page.locator("[data-sum]")).to_have_text("88.5")
    tap(page.get_by_role("button", name="提交评分"))
    expect(page.get_by_text("88.5分（满分100分）")).to_be_visible()
    picture(page, "check")
    tap(page.get_by_role("button", name="确认提交"))
    assert taps <= 6 + 1, "six beside opening the sheet"
    expect(page.get_by_text("您的评分与封存一致")).to_be_visible()
    picture(page, "receipt")
    assert axe(page) == []
    first.refresh_from_db()
    assert (first.state, str(first.total)) == (SheetState.LOCKED, "88.5")
    expect(page.get_by_text(first.seal)).to_be_visible()

    page.get_by_role("link", name="下一张").click()
    expect(fields(page)).to_have_count(3)
    page.context.set_offline(True)
    for at, points in enumerate(("２０", "21,5", "30")):
        fields(page).nth(at).fill(points)
    page.get_by_label("评语").fill("台账扎实")
    expect(page.get_by_text("待发送1项")).to_be_visible()
    page.get_by_role("button", name="提交评分").click()
    expect(page.locator(STATUS)).to_contain_text("提交评分需要网络")
    picture(page, "offline")
    assert axe(page) == []
    assert stored(second) == ["", "", ""]
    page.context.set_offline(False)
    expect(page.locator(STATUS)).to_contain_text("合计71.5分")
    assert stored(second) == ["20", "21.5", "30"]
    assert [fields(page).nth(at).input_value() for at in range(3)] == ["20", "21.5", "30"]
    expect(page.get_by_text("待发送1项")).to_be_hidden()

    page.get_by_role("link", name="下一张").click()
    page.get_by_role("button", name="加0.5分").first.click()
    page.get_by_role("button", name="加0.5分").first.click()
    page.context.set_offline(True)
    fields(page).nth(1).fill("19")
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.reload()
    expect(fields(page).nth(1)).to_have_value("19")
    expect(fields(page).nth(0)).to_have_value("1")
    Session.objects.all().delete()
    fields(page).nth(2).fill("33.5")
    expect(page.locator("[data-queue]")).to_contain_text("请登录后自动发送")
    picture(page, "expired")
    other = page.context.new_page()
    sign_in(other, live_server.url, judge)
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.wait_for_function(QUIET)
    other.close()
    assert stored(third) == ["1", "19", "33.5"]
    assert complaints(page) == []


def test_a_sheet_that_was_handed_in_elsewhere_keeps_what_was_typed_in_sight(
    live_server: Any, phone: Page, picture: Any, year: Judged
) -> None:
    page, judge = phone, year.experts[0]
    give_statement(year.cycle, by=judge)
    sheet = ScoreSheet.objects.filter(judge=judge).order_by("pk").first()
    assert sheet is not None
    sign_in(page, live_server.url, judge)
    page.get_by_role("link", name=str(sheet.project)).click()
    fields(page).nth(0).fill("12.5")
    page.wait_for_function(QUIET)
    page.context.set_offline(True)
    fields(page).nth(0).fill("13")
    ScoreSheet.objects.filter(pk=sheet.pk).update(state=SheetState.EXCUSED)
    page.context.set_offline(False)
    expect(page.locator("[data-queue]")).to_contain_text("不再")
    page.reload()
    expect(page.get_by_text("待发送1项")).to_be_visible()
    page.locator(".queue__kept summary").click()
    expect(page.locator(".queue__kept")).to_contain_text("13")
    picture(page, "locked")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="放弃").click()
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert complaints(page) == []


def test_another_device_is_never_overwritten_unasked(
    live_server: Any, phone: Page, picture: Any, year: Judged
) -> None:
    page, judge = phone, year.experts[0]
    give_statement(year.cycle, by=judge)
    sheet = ScoreSheet.objects.filter(judge=judge).order_by("pk").first()
    assert sheet is not None
    sign_in(page, live_server.url, judge)
    page.get_by_role("link", name=str(sheet.project)).click()
    page.context.set_offline(True)
    fields(page).nth(0).fill("12")
    code = sheet.criteria[0].code
    ScoreSheet.objects.filter(pk=sheet.pk).update(points={code: "20"}, revision=1, last_key="other")
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="采用已保存的")).to_be_visible()
    picture(page, "overtaken")
    assert stored(sheet)[0] == "20"
    page.get_by_role("button", name="保留本机填写的").click()
    expect(page.locator(STATUS)).to_contain_text("12分")
    assert stored(sheet)[0] == "12"
    assert complaints(page) == []


def test_who_signs_in_next_finds_nothing_on_the_device(
    live_server: Any, phone: Page, year: Judged
) -> None:
    page, judge, other = phone, *year.experts
    give_statement(year.cycle, by=judge)
    sign_in(page, live_server.url, judge)
    page.get_by_role("link", name="示例项目").first.click()
    page.context.set_offline(True)
    fields(page).nth(0).fill("12")
    page.context.set_offline(False)
    Session.objects.all().delete()
    sign_in(page, live_server.url, other)
    expect(page.get_by_role("heading", name="回避承诺")).to_be_visible()
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('score:'))") == []
    )


@pytest.mark.parametrize("width", [320, 390])
def test_a_sheet_fits_narrow_phones_and_large_text(
    width: int, live_server: Any, open_page: Any, picture: Any, year: Judged
) -> None:
    judge = year.experts[0]
    give_statement(year.cycle, by=judge)
    page = open_page(width, 740, has_touch=True, is_mobile=True)
    sign_in(page, live_server.url, judge)
    page.get_by_role("link", name="示例项目").first.click()
    page.evaluate("document.documentElement.style.setProperty('--t-root', '157.5%')")
    assert page.evaluate(OVERFLOW) == 0
    small = page.locator("button:visible, .form-link:visible, summary:visible").evaluate_all(
        "all => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"
    )
    assert small == []
    picture(page, f"large-{width}")


def test_without_a_script_the_form_does_it_all(
    live_server: Any, open_page: Any, year: Judged
) -> None:
    judge = year.experts[0]
    page = open_page(390, 844, java_script_enabled=False)
    sign_in(page, live_server.url, judge)
    page.get_by_role("button", name="作出承诺").click()
    page.get_by_role("link", name="示例项目").first.click()
    for at, points in enumerate(("27", "99", "35")):
        fields(page).nth(at).fill(points)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".field__error")).to_have_count(1)
    fields(page).nth(1).fill("20")
    page.get_by_role("button", name="提交评分").click()
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("您的评分与封存一致")).to_be_visible()
    assert ScoreSheet.objects.get(state=SheetState.LOCKED).total == 82


class Player:
    """One person at one sheet, who types, loses the network, reloads, kills windows and opens others."""

    def __init__(
        self, context: BrowserContext, address: str, sheet: ScoreSheet, luck: random.Random
    ) -> None:
        self.context, self.address, self.sheet, self.luck = context, address, sheet, luck
        self.place = address + reverse("portal:sheet", args=[sheet.pk])
        self.is_out = False
        self.is_offline = False
        self.last: dict[int, str] = {}
        self.told: list[str] = []
        context.add_init_script(CUT)
        self.pages = [self.opened()]
        self.before = self.pages[0]

    def opened(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.goto(self.place)
        return page

    def play(self, steps: int) -> None:
        acts = (
            self.type,
            self.type,
            self.type,
            self.press,
            self.network,
            self.reload,
            self.kill,
            self.second,
            self.out,
            self.wait,
        )
        for _step in range(steps):
            self.luck.choice(acts)()

    @property
    def page(self) -> Page:
        """Turn to one of the windows; a person takes longer for it than the browser to tell it of the other."""
        page = self.luck.choice(self.pages)
        self.turn_to(page)
        if page is not self.before and self.before in self.pages:
            self.told_of(page, self.before)
        self.before = page
        return page

    def turn_to(self, page: Page) -> None:
        """Tell a window that it is looked at; the browser's own call sometimes never answers."""
        page.evaluate("dispatchEvent(new Event('focus'))")

    def told_of(self, page: Page, other: Page) -> None:
        """Wait until the browser has told one window of what was written in another."""
        for _moment in range(100):
            if self.kept(page) == self.kept(other):
                break
            page.wait_for_timeout(50)
        page.wait_for_timeout(50)

    def kept(self, page: Page) -> str:
        return str(page.evaluate("JSON.stringify(localStorage)"))

    def type(self) -> None:
        """Type points that can be stored, now and then as a Chinese keyboard writes them."""
        page, at = self.page, self.luck.randrange(3)
        value = self.luck.randrange(0, 61) / 2
        text = f"{value:g}"
        fields(page).nth(at).fill(text if self.luck.random() < 0.7 else text.replace(".", "，"))
        self.last[at] = text

    def press(self) -> None:
        page, at = self.page, self.luck.randrange(3)
        page.locator("[data-by='1']").nth(at).click()
        self.last[at] = fields(page).nth(at).input_value()

    def network(self) -> None:
        self.switch(is_offline=not self.is_offline)

    def switch(self, *, is_offline: bool) -> None:
        self.is_offline = is_offline
        for page in self.pages:
            page.evaluate("cut", is_offline)

    def reload(self) -> None:
        if not self.is_offline and not self.is_out:
            self.page.reload()

    def kill(self) -> None:
        """Close a window as a phone does, without a word to it; open another where the network lets one."""
        if self.is_offline or self.is_out:
            return
        page = self.pages.pop(self.luck.randrange(len(self.pages)))
        for other in self.pages:
            self.told_of(other, page)
        page.close(run_before_unload=False)
        if not self.pages:
            self.pages.append(self.opened())

    def second(self) -> None:
        if not self.is_offline and not self.is_out and len(self.pages) < 2:
            self.pages.append(self.opened())

    def out(self) -> None:
        Session.objects.all().delete()
        self.is_out = True

    def wait(self) -> None:
        self.page.wait_for_timeout(self.luck.choice((5, 50, 900)))

    def end(self, sign_in_again: Any) -> None:
        """Bring the network and the session back, and wait until nothing is left on the device."""
        self.switch(is_offline=False)
        if self.is_out:
            page = self.context.new_page()
            sign_in_again(page)
            page.close()
        for page in self.pages:
            self.turn_to(page)
        try:
            self.pages[0].wait_for_function(QUIET)
        except TooLate as error:
            raise AssertionError(self.pages[0].evaluate("JSON.stringify(localStorage)")) from error

    def shown(self) -> list[list[str]]:
        return [[fields(page).nth(at).input_value() for at in range(3)] for page in self.pages]


@pytest.mark.parametrize("first", range(FIRST, SEQUENCES, TOGETHER))
def test_no_sequence_of_mishaps_loses_doubles_or_alters_points(
    first: int, live_server: Any, browser: Any, year: Judged
) -> None:
    judge = year.experts[0]
    give_statement(year.cycle, by=judge)
    sheet = ScoreSheet.objects.filter(judge=judge).order_by("pk").first()
    assert sheet is not None
    for seed in range(first, min(first + TOGETHER, SEQUENCES)):
        ScoreSheet.objects.filter(pk=sheet.pk).update(points={}, revision=0, last_key="")
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
        page = context.new_page()
        sign_in(page, live_server.url, judge)
        page.close()
        player = Player(context, live_server.url, sheet, random.Random(seed))
        player.play(STEPS)
        player.end(lambda page: sign_in(page, live_server.url, judge))
        held = stored(sheet)
        expected = [player.last.get(at, "") for at in range(3)]
        assert held == expected, f"{seed}: lost or altered"
        shown = [held] * len(player.pages)
        assert player.shown() == shown, f"{seed}: shown otherwise than stored"
        assert player.told == [], f"{seed}: a fault of the script"
        same = ScoreSheet.objects.filter(judge=judge, project=sheet.project)
        assert same.count() == 1, f"{seed}: doubled"
        context.close()
