"""The one-page notice of a project: what stands on the village's board, and that it is one page."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from partybuilding.column.sheet import code_of
from partybuilding.column.sheet_size import SIZES, fitting
from partybuilding.core.services import move
from partybuilding.progress.services import propose_change
from partybuilding.projects.models import Commitment
from partybuilding.projects.pages import ProjectPage
from tests.factories import Cast, make_cast, open_cycle
from tests.factories.column import forge, make_page
from tests.factories.promises import make_promise

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
LONG = "因年底印刷费未能列支，六百册未能付印，拟于次年一季度印发到户。" * 3


@pytest.fixture
def cast() -> Cast:
    """Make everybody whom a page meets."""
    return make_cast(open_cycle(year=2026))


@pytest.fixture
def page(cast: Cast) -> ProjectPage:
    """Publish a project without promises of its own."""
    made = make_page("implementing", cast)
    made.project.commitments.all().delete()
    return made


def sheet_of(page: ProjectPage) -> str:
    """Return the address of a sheet."""
    return reverse("project_sheet", args=[page.project.cycle.year, page.project.code])


def shown(page: ProjectPage) -> str:
    """Return what a resident reads of a sheet."""
    answer = Client().get(sheet_of(page))
    assert answer.status_code == 200
    assert "must-revalidate" in answer["Cache-Control"]
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_sheet_says_what_was_promised_by_whom_and_what_became_of_it(page: ProjectPage) -> None:
    day = TODAY - timedelta(days=20)
    make_promise(page.project, day, day + timedelta(days=2), short_name="召开议事会60场")
    make_promise(page.project, TODAY, None)
    with time_machine.travel(TODAY, tick=False):
        text = shown(page)
    for said in (
        *("项目承诺公示", page.title, "公开2项承诺，1项做到了（1项迟了）", "召开议事会60场"),
        *("李示例", "党委书记", "5月26日", "5月28日", "（迟2天）", "未开始", page.project.code),
        *("截至2026年6月15日的公开内容", "7个工作日内答复", 'class="sheet__code"'),
    ):
        assert said in text
    assert "style=" not in text.partition('class="sheet"')[2]
    assert "sheet--dense" not in text


def test_why_a_promise_was_moved_or_not_kept_is_said_in_short(
    cast: Cast, page: ProjectPage
) -> None:
    with time_machine.travel(TODAY, tick=False):
        moved = make_promise(page.project, TODAY + timedelta(days=5), None)
        change = propose_change(
            moved, "deadline", by=cast["applicant"], reason=LONG, day=TODAY + timedelta(days=9)
        )
        move(change, "approve", by=cast["department"])
        text = shown(page)
        assert "改期1次，改为6月24日：因年底印刷费" in text
        assert "……" in text
        assert LONG not in text
        Commitment.objects.filter(pk=moved.pk).update(
            explanation="没有印成。", deadline=TODAY - timedelta(days=1)
        )
        forge(page.project, "graded")
        text = shown(page)
    assert "没有做到" in text
    assert "没有印成。" in text
    assert max(map(len, re.findall(r"(改期1次[^<]*?……)", text))) <= SIZES[0].reason


def test_the_text_becomes_smaller_before_the_summary_goes() -> None:
    def row(what: int, reason: int = 0) -> dict[str, Any]:
        reasons = ["字" * reason] if reason else []
        return {"what": "字" * what, "reasons": reasons, "person": "李示例", "post": "书记"}

    sizes = [fitting([row(12)] * number, "标题", "一句话。") for number in (0, 4, 6, 9, 12, 20)]
    codes = [SIZES.index(size) for size, _summary in sizes]
    assert codes == sorted(codes)
    assert codes[0] == codes[1] == 0
    assert codes[-1] == len(SIZES) - 1
    assert [summary for _size, summary in sizes[:3]] == [True] * 3
    assert sizes[-1][1] is False
    long, _summary = fitting([row(20, 60)] * 4, "标题", "")
    assert SIZES.index(long) > 0


def test_the_code_to_scan_tells_the_address_alone() -> None:
    code = code_of("https://column.example/projects/2026/2026-001/")
    assert code == code_of("https://column.example/projects/2026/2026-001/")
    assert code != code_of("https://column.example/projects/2026/2026-002/")
    assert "style" not in code


def test_a_sheet_is_of_a_readable_page_and_asks_no_more_for_more_promises(
    page: ProjectPage,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(page)
        return len(captured)

    make_promise(page.project, TODAY, None)
    queries()
    few = queries()
    for _at in range(5):
        make_promise(page.project, TODAY, TODAY)
    assert queries() == few
    assert Client().get("/projects/2026/2026-999/sheet/").status_code == 404
    page.unpublish()
    assert Client().get(sheet_of(page)).status_code in (404, 410)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("promises", "pages"), [(1, 1), (4, 1), (6, 1), (8, 1), (20, 2)])
def test_a_sheet_is_one_page(
    live_server: Any, desk: Page, cast: Cast, promises: int, pages: int
) -> None:
    """Six promises with reasons are one page; only a long list goes on to a second one."""
    made = make_page("graded", cast)
    made.project.commitments.all().delete()
    today = timezone.localdate()
    for at in range(promises):
        make_promise(
            *(made.project, today - timedelta(days=9), today if at % 2 else None),
            goal="承接劳务和农机作业订单六十单，校舍民宿开业，户户有分红，账目全公开",
            short_name="印发方言政策口袋书六百册并且发到每户",
            post="党支部书记、村委会主任、合作社理事长",
            explanation="" if at % 2 or promises > 8 else LONG,
        )
    desk.goto(live_server.url + sheet_of(made))
    paper = PdfReader(BytesIO(desk.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == pages
    box = paper.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    words = "".join(one.extract_text() for one in paper.pages)
    assert "您觉得做得怎么样" in words
    assert "打印公示单" not in words


def test_a_phone_reads_a_sheet_without_scrolling_sideways(
    live_server: Any, open_page: Callable[..., Page], page: ProjectPage
) -> None:
    make_promise(page.project, TODAY, TODAY)
    phone = open_page(390, 844)
    phone.goto(live_server.url + sheet_of(page))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
