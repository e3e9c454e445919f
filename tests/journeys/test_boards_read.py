"""The department opens a board and a number of it; a leader reads the projects in charge on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from partybuilding.core.states import Role
from partybuilding.projects.models import FourOnesPost, Project
from partybuilding.projects.services import appoint_four_ones
from tests.factories.boards import Board
from tests.factories.promises import make_promise

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def board(transactional_db: None) -> Board:
    """A district in which much is under way and some of it late."""
    return Board()


def sign_in(page: Page, address: str, user: Any) -> None:
    page.goto(f"{address}/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", "demo")
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/admin/")


def test_the_department_opens_a_number_and_finds_as_many_rows(
    board: Board, live_server: Any, desk: Page, picture: Callable[..., Any], axe: Any
) -> None:
    sign_in(desk, live_server.url, board["department"])
    desk.get_by_role("link", name="逾期事项").click()
    expect(desk.locator("h1")).to_contain_text("逾期与卡点")
    blocking = desk.locator(".party-blocking__item").first
    expect(blocking).to_contain_text("已逾期9天")
    expect(blocking).to_contain_text(board.reviewer.get_full_name())
    assert axe(desk) == []
    picture(desk, "overdue")
    desk.get_by_role("link", name="环节分布").click()
    desk.select_option("[name=unit]", str(board.other.unit_id))
    desk.get_by_role("button", name="筛选").click()
    row = desk.locator(".party-board__table tbody tr", has_text="待初审")
    number = row.locator("a.party-count").first
    count = int(number.get_attribute("data-count") or 0)
    assert count == 3
    assert desk.evaluate(OVERFLOW) <= 0
    picture(desk, "pipeline")
    number.click()
    expect(desk.locator(".party-register tbody tr")).to_have_count(count)
    narrowed = f"归口单位： {board.other.unit.name}"
    expect(desk.get_by_role("button", name=narrowed)).to_be_visible()
    assert desk.errors == []


def test_a_leader_reads_the_projects_in_charge_on_a_phone(
    board: Board, live_server: Any, phone: Page, picture: Callable[..., Any], axe: Any
) -> None:
    leader, today = board[Role.LEADER], timezone.localdate()
    late = Project.objects.get(state="implementing")
    calm = Project.objects.filter(state="first_passed").first()
    Project.objects.filter(pk=calm.pk).update(due_on=None)
    Project.objects.filter(pk=late.pk).update(commitments_published_at=timezone.now())
    make_promise(late, today, today, None, None)
    appoint_four_ones(late, {"leader": ("王示例", "主任", leader)}, by=board["department"])
    appoint_four_ones(calm, {"leader": ("王示例", "主任", leader)}, by=board["department"])
    sign_in(phone, live_server.url, leader)
    phone.get_by_role("link", name="我包抓的项目").first.click()
    expect(phone.get_by_text("您包抓2个项目。")).to_be_visible()
    first = phone.locator(".party-charge").first
    expect(first).to_contain_text(late.title)
    expect(first).to_contain_text("已逾期2天")
    expect(first).to_contain_text("3个步骤已完成1个")
    assert phone.evaluate(OVERFLOW) <= 0
    assert axe(phone) == []
    picture(phone, "charges")
    first.get_by_role("link", name=late.title).click()
    expect(phone.get_by_role("heading", name=late.title).first).to_be_visible()
    assert FourOnesPost.objects.on().filter(person=leader).count() == 2
    other = Project.objects.filter(state="draft").first()
    answer = phone.goto(f"{live_server.url}/admin/party/projects/{other.pk}/")
    assert answer is not None
    assert answer.status == 404
