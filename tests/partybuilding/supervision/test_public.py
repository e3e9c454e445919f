"""The public page of supervision: what of notices residents read, filters, files, few queries."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.index import SupervisionIndexPage
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.presentation import days_late, is_overdue, told_state
from partybuilding.supervision.rounds.listing import notice_list
from partybuilding.supervision.rounds.table import rounds_of
from partybuilding.supervision.wording import quarter_words, when_words
from tests.factories import make_cast
from tests.factories.column import make_page
from tests.factories.feedback import make_activity, make_draft, make_issued, make_visit
from tests.factories.projects import Cast

pytestmark = pytest.mark.django_db
FINDINGS = (("议事记录不全", "补齐记录"), ("公示栏未更新", "七日内更新"))
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


def read(address: str = "/supervision/") -> str:
    """Return a public page."""
    answer = Client().get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def told(text: str) -> str:
    """Return the sentence that a page opens with."""
    sentence = re.search(r'class="say[^>]*>(.*?)</p>', text, re.S)
    return re.sub(r"<[^>]+>|\s", "", sentence[1]) if sentence else ""


def forge_rectification(one: Rectification, state: str, **fields: Any) -> None:
    """Bring a rectification to a state, past its machine."""
    Rectification.objects.filter(pk=one.pk).update(state=state, **fields)


def issued(cast: Cast, *findings: tuple[str, str], quarter: int | None = None) -> FeedbackNotice:
    """Issue a notice on a project whose page residents may read."""
    page = make_page("implementing", cast)
    return make_issued(page.project, cast, quarter, *findings)


def test_an_empty_page_says_so_and_stands_in_no_navigation() -> None:
    assert "尚未印发反馈通报" in read()
    assert 'href="/supervision/"' not in read("/")
    assert not SupervisionIndexPage.objects.get().has_something_to_read()


def test_with_the_first_round_it_stands_in_the_navigation(cast: Cast) -> None:
    issued(cast, *FINDINGS)
    assert 'href="/supervision/"' in read("/")
    assert SupervisionIndexPage.objects.get().has_something_to_read()


def test_residents_read_findings_with_their_state_and_never_who_went_there(cast: Cast) -> None:
    notice = issued(cast, *FINDINGS)
    text = read()
    for words in (notice.number, "议事记录不全", "补齐记录", "待整改", "党员认领楼栋"):
        assert words in text
    for words in ("查看", "实地查看议事厅", "专班周查看"):
        assert words not in text
    assert SupervisionIndexPage.objects.get().has_something_to_read()


def test_the_projects_page_shows_the_same(cast: Cast) -> None:
    notice = issued(cast, *FINDINGS)
    text = read(notice.project.page.url)
    assert notice.number in text
    assert "议事记录不全" in text
    assert "专班周查看" not in text


def test_drafts_and_projects_without_a_page_are_left_out(cast: Cast) -> None:
    make_draft(make_page("implementing", cast).project, cast, None, *FINDINGS)
    hidden = make_page("implementing", cast, live=False)
    make_issued(hidden.project, cast, None, ("没有公开页面的问题", "改"))
    text = read()
    assert "议事记录不全" not in text
    assert "没有公开页面的问题" not in text


def test_a_revoked_notice_keeps_number_and_reason_alone(cast: Cast) -> None:
    notice = issued(cast, *FINDINGS)
    move(notice, "revoke", by=cast["taskforce"], reason="整改期限写错。")
    for text in (read(), read(notice.project.page.url)):
        assert notice.number in text
        assert "整改期限写错。" in text
    assert "议事记录不全" not in read()
    assert json.loads(Client().get("/supervision/list.json").content)["findings"] == []


def test_the_state_follows_the_rectification(cast: Cast) -> None:
    issued(cast, FINDINGS[0])
    today = timezone.localdate()
    Rectification.objects.update(first_deadline=today - 3 * DAY, rectify_by=today - 3 * DAY)
    assert "超过首次时限3天" in read()
    Rectification.objects.update(rectify_by=today + DAY)
    text = read()
    assert "超过首次时限3天" in text
    assert "原定" in text
    facts = {"reported_on": today - DAY, "verified_on": today}
    forge("verified", **facts)
    text = read()
    assert "已销号" in text
    assert "逾期2天完成整改" in text


def forge(state: str, **facts: Any) -> None:
    """Write the state of all rectifications past the door, and some days."""
    Rectification.objects.update(**facts)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partybuilding_rectification SET state = %s", [state])


@pytest.mark.parametrize(
    ("state", "first", "current", "reported", "late", "overdue"),
    [
        ("issued", 1, 1, None, 0, False),
        ("issued", 0, 0, None, 0, False),
        ("issued", -1, -1, None, 1, True),
        ("issued", -5, 2, None, 5, False),
        ("issued", -5, 2, -4, 5, False),
        ("reported", -1, -1, -1, 0, False),
        ("reported", -5, -5, -2, 3, False),
        ("verified", -9, -9, -9, 0, False),
        ("verified", -9, -2, -3, 6, False),
    ],
)
def test_lateness_is_counted_against_the_first_deadline(
    state: str, first: int, current: int, reported: int | None, late: int, overdue: bool
) -> None:
    today = timezone.localdate()
    row = Rectification(
        state=state,
        first_deadline=today + first * DAY,
        rectify_by=today + current * DAY,
        reported_on=None if reported is None else today + reported * DAY,
    )
    assert days_late(row, today) == late
    assert is_overdue(row, today) is overdue
    assert bool(told_state(row, today)["late"]) == bool(late)


def test_filters_narrow_and_unknown_values_are_ignored(cast: Cast) -> None:
    issued(cast, *FINDINGS)
    other = make_cast(cast.cycle)
    quiet = issued(other)
    year, unit = cast.cycle.year, cast.organization.unit_id
    for query, count in (
        ("", 2),
        (f"year={year}", 2),
        ("year=1999", 2),
        (f"unit={unit}", 1),
        ("unit=x", 2),
        ("sector=urban", 2),
        ("standing=open", 1),
        ("standing=none", 1),
        ("standing=overdue", 2),
        (f"standing=none&unit={unit}", 0),
        (f"quarter={quiet.activity.quarter}", 2),
        ("page=99", 2),
    ):
        found = notice_list(RequestFactory().get(f"/supervision/?{query}").GET)
        expected = count
        assert found.count == expected, query
    text = read(f"/supervision/?standing=none&unit={unit}")
    assert "没有符合条件的反馈通报" in text
    assert 'content="noindex' in text
    assert cast.organization.unit.name in text


def test_rounds_tell_what_was_planned_and_held(cast: Cast) -> None:
    notice = issued(cast, *FINDINGS)
    make_activity(notice.project, "dispatch", notice.activity.quarter)
    text = read()
    assert f"{notice.activity.year}年第" in text
    assert "0/1" in text
    assert "1/1" in text


def test_the_page_opens_with_what_became_of_the_findings(cast: Cast) -> None:
    assert "督导共发现" not in read()
    notice = issued(cast, *FINDINGS)
    assert "督导共发现问题2个，正在整改2个。" in told(read())
    one = Rectification.objects.order_by("pk")[0]
    forge_rectification(one, "verified", reported_on=one.first_deadline + 3 * DAY)
    other = Rectification.objects.order_by("pk")[1]
    forge_rectification(other, "issued", rectify_by=timezone.localdate() - DAY)
    text = read()
    assert "督导共发现问题2个，超期销号1个，整改逾期1个。" in told(text)
    assert "state--done_late" in text.split(notice.number)[1]


def test_findings_that_stand_in_no_notice_yet_are_told_beside_the_number(cast: Cast) -> None:
    notice = issued(cast, *FINDINGS)
    assert "还没有写进" not in read()
    project = Project.objects.get(pk=make_page("implementing", cast).project_id)
    make_visit(project, notice.activity.quarter, ("台账缺页", "补齐台账"))
    text = read()
    assert "督导共发现问题3个" in told(text)
    assert "其中1个还没有写进已发出的反馈通报" in text
    assert len(json.loads(read("/supervision/list.json"))["findings"]) == 2
    assert "还没有写进" in read(f"/supervision/?year={project.cycle.year}")
    forge_rectification(Rectification.objects.latest("pk"), "withdrawn")
    assert "还没有写进" not in read()


def test_a_quarter_outside_of_its_programme_year_names_both(cast: Cast) -> None:
    notice = issued(cast, *FINDINGS)
    when, year = when_words(notice.told), notice.told.period.year
    cycles = Cycle.objects.filter(pk=cast.cycle.pk)
    cycles.update(year=year)
    assert f"{when} ·" in read()
    cycles.update(year=year - 1)
    assert f"{when}对{year - 1}年度项目的督导 ·" in read()


def test_a_programme_year_has_its_rounds_of_every_calendar_year(cast: Cast) -> None:
    notice = issued(cast, *FINDINGS)
    other = issued(make_cast(), *FINDINGS)
    found = notice_list(RequestFactory().get(f"/supervision/?year={cast.cycle.year}").GET)
    mine = notice.project.activities.order_by("-year", "-quarter").values_list("year", "quarter")
    assert len({year for year, _quarter in mine}) > 1
    rows = {row[0]: row[1:] for row in rounds_of(found)["rows"]}
    assert list(rows) == [when_words(notice.activity)]
    over = {row[0] for row in rounds_of(found, cast.cycle.ends_on)["rows"]}
    assert over == {quarter_words(Quarter(*pair)) for pair in mine.distinct()}
    assert rows[when_words(notice.activity)][-3]["text"] == 2
    everything = {row[0]: row[1:] for row in rounds_of(notice_list({}))["rows"]}
    assert everything[when_words(other.activity)][-3]["text"] == 4


def test_files_hold_what_the_query_finds(cast: Cast) -> None:
    notice = issued(cast, *FINDINGS)
    issued(make_cast(cast.cycle), ("别处的问题", "=改"))
    query = f"?unit={cast.organization.unit_id}"
    found = json.loads(Client().get(f"/supervision/list.json{query}").content)
    assert [row["finding"] for row in found["findings"]] == ["议事记录不全", "公示栏未更新"]
    assert found["findings"][0]["number"] == notice.number
    assert found["findings"][0]["state_code"] == "issued"
    whole = Client().get("/supervision/list.csv").content.decode("utf-8-sig")
    assert whole.count("\r\n") == 4
    assert "'=改" in whole
    assert "查看" not in whole
    feed = Client().get(f"/supervision/feed.atom{query}").content.decode()
    assert notice.number in feed
    assert feed.count("<entry>") == 1


def test_words_of_visits_are_shown_as_words(cast: Cast) -> None:
    issued(cast, ("<script>alert(1)</script>", "<b>改</b>"))
    text = read()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_page_takes_the_same_few_queries_for_any_number(cast: Cast) -> None:
    def queries(address: str) -> int:
        Client().get(address)
        with CaptureQueriesContext(connection) as taken:
            assert Client().get(address).status_code == 200
        return len(taken)

    first = issued(cast, *FINDINGS)
    addresses = ("/supervision/", first.project.page.url, "/supervision/feed.atom")
    few = [queries(address) for address in addresses]
    for other in range(4):
        issued(cast, *FINDINGS[: other % 3])
    again = make_issued(first.project, cast, 1 if first.activity.quarter > 1 else 2, *FINDINGS)
    move(again, "revoke", by=cast["taskforce"], reason="日期写错。")
    assert [queries(address) for address in addresses] == few
    assert max(few) <= 25


def test_a_finding_stands_with_its_project_at_once_and_in_the_list_once_its_notice_is_issued(
    cast: Cast,
) -> None:
    page = make_page("implementing", cast)
    make_visit(Project.objects.get(pk=page.project_id), None, *FINDINGS)
    assert "议事记录不全" in read(page.url)
    assert "议事记录不全" not in read()
