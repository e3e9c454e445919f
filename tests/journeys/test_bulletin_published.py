"""The task force issues a quarter's notices and writes its bulletin, a publisher lets it out, a resident reads it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from partybuilding.core.states import Role
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Visit
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.wording import quarter_words
from tests.factories import make_cast, make_organization, make_person, open_cycle
from tests.factories.column import make_page
from tests.factories.feedback import make_activity, make_rectification, set_office
from tests.factories.projects import Cast
from tests.journeys.test_editor_publishes import sign_in
from tests.journeys.test_public_pages import TOO_WIDE

SCROLLING = """[...document.querySelectorAll('.table-box')]
    .filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"""


@pytest.fixture
def quarter() -> Quarter:
    """Return the quarter that was over last."""
    today = timezone.localdate()
    return Quarter.of(date(today.year, 3 * Quarter.of(today).number - 2, 1) - timedelta(days=1))


@pytest.fixture
def cast(transactional_db: None, quarter: Quarter) -> Cast:
    """Make two projects that were supervised in it, one with a finding, and those who tell of it."""
    set_office()
    cast = make_cast(open_cycle(year=quarter.year))
    for role in (Role.TASK_FORCE, Role.PUBLISHER):
        make_person(role, username=role.value)
    for at, one in enumerate((cast, make_cast(cast.cycle, make_organization()))):
        supervise(make_page("implementing", one).project, quarter, finding=not at)
    return cast


def supervise(project: Any, quarter: Quarter, *, finding: bool) -> None:
    """Leave the record of one visit in a quarter, and what the rhythm still asks for."""
    day = quarter.first + timedelta(days=40)
    activity = make_activity(project, "site", quarter, done_on=day)
    make_activity(project, "notice", quarter)
    Visit.objects.create(
        activity=activity,
        held_on=day,
        participants="专班周查看",
        summary="实地查看议事厅，查阅台账。",
        good_practice="" if finding else "问题认领到人，办结当面回访。",
    )
    if finding:
        make_rectification(activity, deadline=timezone.localdate() - timedelta(days=3))


def test_from_the_visits_of_a_quarter_to_the_telephone_of_a_resident(
    live_server: Any,
    desk: Page,
    open_page: Any,
    phone: Page,
    picture: Any,
    axe: Any,
    cast: Cast,
    quarter: Quarter,
) -> None:
    address = live_server.url
    sign_in(desk, address, "taskforce")
    picture(desk, "desk", full=False)
    to_issue = f"待印发反馈通报：{quarter_words(quarter)}"
    desk.locator(".party-desk").get_by_role("link", name=to_issue).click()
    desk.get_by_label("全选").check()
    picture(desk, "quarter")
    desk.get_by_role("button", name="印发所选通报").click()
    expect(desk.get_by_text("印发2份，未印发0份")).to_be_visible()
    picture(desk, "issued")
    assert FeedbackNotice.objects.filter(state="issued").count() == 2

    desk.goto(f"{address}/admin/")
    desk.locator(".party-desk").get_by_role("link", name="待撰写全区通报").click()
    desk.get_by_role("button", name=f"起草{quarter_words(quarter)}通报").click()
    desk.wait_for_url("**/edit/")
    desk.get_by_role("checkbox", name="问题认领到人").check()
    picture(desk, "editor")
    desk.get_by_role("button", name="按最新数据重新汇总").click()
    expect(desk.get_by_text("已按最新数据重新汇总")).to_be_visible()
    desk.get_by_role("button", name="更多操作").click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="提交至").click()
    page = BulletinPage.objects.get()
    assert page.workflow_in_progress
    assert phone.request.get(f"{address}{page.get_url()}").status == 404

    checker = sign_in(open_page(1280, 900), address, "publisher")
    checker.locator(".party-desk").get_by_role("link", name="待审核发布").click()
    checker.get_by_role("link", name=f"审核 {page.title}").click()
    checker.wait_for_url("**/edit/")
    checker.wait_for_load_state("networkidle")
    checker.get_by_role("button", name="通过并发布", exact=True).click()
    expect(checker.get_by_text("已审核通过并发布")).to_be_visible()
    assert BulletinPage.objects.get().live

    phone.goto(address)
    phone.locator(".menu__button").click()
    phone.locator(".menu").get_by_role("link", name="落实进展").click()
    expect(phone.get_by_text("议事记录不全")).to_be_visible()
    expect(phone.get_by_text("超过首次时限3天")).to_be_visible()
    picture(phone, "supervision")
    assert axe(phone) == []
    assert phone.evaluate(SCROLLING) == []
    phone.get_by_role("link", name=page.title).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(page.title)
    expect(phone.get_by_text("问题认领到人，办结当面回访。")).to_be_visible()
    picture(phone, "bulletin")
    assert axe(phone) == []
    assert phone.evaluate(SCROLLING) == []
    phone.get_by_role("link", name="关怀版").click()
    assert phone.evaluate(TOO_WIDE) <= 0
    assert phone.evaluate(SCROLLING) == []
    expect(phone.locator("td[data-label='项目数']").first).to_be_visible()
    picture(phone, "bulletin-large")
    phone.emulate_media(media="print")
    expect(phone.get_by_role("button", name="打印本通报")).to_be_hidden()
    picture(phone, "paper")
    assert phone.context.cookies() == []
    assert phone.errors == []
