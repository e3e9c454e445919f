"""The quarter's bulletin: figures that equal independent counts, frozen, counted again, published by four eyes."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.pages import PublicationRefused
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.promises.progress import state_of
from partybuilding.supervision.bulletins import desk
from partybuilding.supervision.bulletins.documents import EDITIONS
from partybuilding.supervision.bulletins.figures import figures_of
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.bulletins.selectors import quarters_with_bulletins
from partybuilding.supervision.bulletins.services import (
    recount_bulletin,
    start_bulletin,
    start_correction,
)
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.index import SupervisionIndexPage
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.wording import quarter_words
from tests.factories import make_cast, make_organization, make_project, open_cycle
from tests.factories.column import make_page
from tests.factories.feedback import (
    make_activity,
    make_issued,
    make_rectification,
    make_visit,
    scatter_supervision,
    set_office,
)
from tests.factories.projects import Cast
from tests.factories.promises import make_promise
from tests.factories.screens import client_of, misled
from tests.partybuilding.supervision.test_notices import words_of_docx, words_of_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody, with a year of today's own number so that quarters fit its days."""
    set_office()
    year = timezone.localdate().year
    return make_cast(Cycle.objects.filter(year=year).first() or open_cycle(year=year))


def over(cast: Cast) -> Quarter:
    """Return a quarter of the year, and travel nowhere: tests that publish travel themselves."""
    return Quarter(cast.cycle.year, Quarter.of(timezone.localdate()).number)


def a_year_after(quarter: Quarter) -> Quarter:
    """Return the quarter of the same number in the next year; a programme year may have both."""
    return Quarter(quarter.year + 1, quarter.number)


def after(quarter: Quarter) -> Any:
    """Travel to the morning after a quarter's last working day."""
    day = quarter.last_working_day + timedelta(days=1)
    return time_machine.travel(f"{day.isoformat()} 09:00:00+08:00", tick=False)


def begun(cast: Cast) -> BulletinPage:
    """Let the task force begin the bulletin of this quarter, when it is over."""
    project = make_project("implementing", cast)
    make_visit(project, good_practice="党员认领楼栋，问题不过夜。")
    return start_bulletin(cast.cycle, over(cast), by=cast["taskforce"])


def approve(page: BulletinPage, cast: Cast) -> BulletinPage:
    """Let the task force hand a bulletin in and the publisher approve it."""
    flow = page.get_workflow().start(page, cast["taskforce"])
    flow.current_task_state.approve(user=cast["publisher"])
    return BulletinPage.objects.get(pk=page.pk)


# Figures


@pytest.mark.parametrize("seed", range(3))
def test_figures_equal_independent_counts_of_scattered_rows(cast: Cast, seed: int) -> None:
    chance, quarter = Random(seed), over(cast)
    casts = [cast, make_cast(cast.cycle, make_organization(cast.organization.unit))]
    casts.append(make_cast(cast.cycle, make_organization()))
    projects = [make_project("implementing", one) for one in casts for _ in range(2)]
    gone = make_project("terminated", cast)
    make_activity(gone)
    for project in projects:
        for period in (quarter, a_year_after(quarter)):
            scatter_supervision(project, period, chance)
        for _at in range(chance.randrange(4)):
            deadline = quarter.first + timedelta(days=chance.randrange(-20, 110))
            closed = [deadline if chance.random() < 0.5 else None for _ in range(2)]
            make_promise(project, deadline, *closed)
    day = quarter.last_working_day + timedelta(days=chance.randrange(-5, 6))
    figures = figures_of(cast.cycle, quarter, day)
    assert figures["total"] == dict(count_by_hand(projects, quarter, day))
    assert figures["projects"] == len(projects)
    by_unit = {row["unit"]: row for row in figures["units"]}
    for key in {one.organization.unit_id for one in casts}:
        mine = [project for project in projects if project.organization.unit_id == key]
        row = by_unit.pop(key)
        assert row.pop("projects") == len(mine)
        numbers = {name: row[name] for name in figures["total"]}
        assert numbers == dict(count_by_hand(mine, quarter, day))
    assert by_unit == {}
    kinds = {row["kind"]: (row["due"], row["done"]) for row in figures["kinds"]}
    for kind in ("dispatch", "site", "notice", "observation"):
        held_then = {"kind": kind, "year": quarter.year, "quarter": quarter.number}
        rows = [a for p in projects for a in p.activities.filter(**held_then)]
        done = sum(row.done_on is not None for row in rows)
        assert kinds.get(kind, (0, 0)) == (len(rows), done)


def count_by_hand(projects: list[Project], quarter: Quarter, day: date) -> Counter[str]:
    """Count row by row, in plain Python."""
    names = [
        *("activities_due", "activities_done", "activities_late", "activities_overdue"),
        *("commitments_due", "commitments_done", "commitments_overdue"),
        *("rectifications_opened", "rectifications_closed", "rectifications_overdue"),
    ]
    found = Counter(dict.fromkeys(names, 0))
    keys = {project.pk for project in projects}
    for row in Activity.objects.all():
        if row.project_id in keys and row.period == quarter and row.kind != "notice":
            found["activities_due"] += 1
            found["activities_done"] += row.done_on is not None
            found["activities_late"] += row.done_on is not None and row.done_on > row.due_on
            found["activities_overdue"] += row.done_on is None and row.due_on < day
    for row in Commitment.objects.all():
        held = row.deadline and quarter.first <= row.deadline <= quarter.last
        if row.project_id in keys and held:
            state = state_of(row.promise, day)
            found["commitments_due"] += 1
            found["commitments_done"] += state == "done"
            found["commitments_overdue"] += state == "overdue"
    for row in Rectification.objects.all():
        if row.project_id in keys and row.activity.period == quarter:
            found["rectifications_opened"] += 1
            found["rectifications_closed"] += row.state == "verified"
            found["rectifications_overdue"] += row.state == "issued" and row.rectify_by < day
    return found


def test_those_with_most_overdue_come_first(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    quarter = Quarter.of(yesterday)
    if quarter != over(cast):
        pytest.skip("the first day of a quarter")
    projects = [make_project("implementing", cast) for _ in range(3)]
    for at, project in enumerate(projects):
        activity = make_activity(project, "site")
        for _ in range(at):
            make_rectification(activity, deadline=yesterday)
    figures = figures_of(cast.cycle, quarter, timezone.localdate())
    assert [row["project"] for row in figures["laggards"]] == [projects[2].pk, projects[1].pk]
    assert figures["laggards"][0]["rectifications"] == 2


def test_counting_takes_the_same_queries_for_any_number_of_projects(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            figures_of(cast.cycle, over(cast), timezone.localdate())
        return len(taken)

    make_visit(make_project("implementing", cast), good_practice="做法")
    few = queries()
    for _ in range(3):
        make_visit(make_project("implementing", cast), good_practice="做法")
    assert queries() == few <= 10


# Beginning and counting again


def test_a_bulletin_assembles_itself(cast: Cast) -> None:
    page = begun(cast)
    assert page.period == over(cast)
    assert page.slug == f"{cast.cycle.year}-q{over(cast).number}"
    assert page.title.startswith(f"关于{cast.cycle.name}第")
    assert page.figures["total"]["activities_done"] == 1
    assert page.issuer == "区委组织部"
    assert page.chosen == [page.figures["practices"][0]["visit"]]
    assert not page.live
    assert start_bulletin(cast.cycle, over(cast), by=cast["taskforce"]).pk == page.pk


def test_a_quarter_of_the_year_after_has_a_bulletin_of_its_own(cast: Cast) -> None:
    first, later = begun(cast), a_year_after(over(cast))
    make_visit(make_project("implementing", cast), later, good_practice="下一年的做法")
    page = start_bulletin(cast.cycle, later, by=cast["taskforce"])
    assert page.pk != first.pk
    assert page.period == later
    assert page.slug == f"{later.year}-q{later.number}-{cast.cycle.year}"
    assert page.title == f"关于{cast.cycle.name}{quarter_words(later)}督导情况的通报"
    assert [row["text"] for row in page.figures["practices"]] == ["下一年的做法"]
    assert later not in {one.quarter for one, _page in quarters_with_bulletins()}
    before = over(cast)
    with time_machine.travel(f"{later.last} 09:00+08:00", tick=False):
        rows = {one.quarter: page for one, page in quarters_with_bulletins()}
    assert (rows[before], rows[later]) == (first, page)


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.TASK_FORCE])
def test_nobody_else_begins_or_counts(cast: Cast, role: str) -> None:
    page = begun(cast)
    with pytest.raises(NotYours):
        start_bulletin(cast.cycle, over(cast), by=cast[role])
    with pytest.raises(NotYours):
        recount_bulletin(page, by=cast[role])


def test_a_quarter_without_supervision_has_no_bulletin(cast: Cast) -> None:
    with pytest.raises(ConditionUnmet, match="没有督导安排"):
        start_bulletin(cast.cycle, over(cast), by=cast["taskforce"])


def test_the_column_must_have_its_part(cast: Cast) -> None:
    make_visit(make_project("implementing", cast))
    SupervisionIndexPage.objects.get().delete()
    with pytest.raises(ConditionUnmet, match="督导整改栏目"):
        start_bulletin(cast.cycle, over(cast), by=cast["taskforce"])


def test_figures_stay_until_somebody_counts_again(cast: Cast) -> None:
    page = begun(cast)
    make_visit(make_project("implementing", cast), good_practice="第二个做法")
    assert BulletinPage.objects.get().figures == page.figures
    draft = page.get_latest_revision_as_object()
    draft.opening = [{"type": "text", "value": "<p>总体平稳。</p>"}]
    draft.save_revision(user=cast["taskforce"])
    again = recount_bulletin(page, by=cast["taskforce"])
    assert again.figures["total"]["activities_done"] == 2
    assert again.chosen == page.chosen
    newest = again.get_latest_revision_as_object()
    assert newest.figures == again.figures
    assert "总体平稳" in str(newest.opening)
    assert not again.live


def test_a_bulletin_under_review_or_published_is_not_counted_again(cast: Cast) -> None:
    page = begun(cast)
    with after(over(cast)):
        page = recount_bulletin(page, by=cast["taskforce"])
        flow = page.get_workflow().start(page, cast["taskforce"])
        with pytest.raises(Frozen, match="正在审核"):
            recount_bulletin(page, by=cast["taskforce"])
        flow.current_task_state.approve(user=cast["publisher"])
        with pytest.raises(Frozen, match="已发布"):
            recount_bulletin(page, by=cast["taskforce"])


def test_it_goes_out_only_with_the_figures_of_the_whole_quarter(cast: Cast) -> None:
    page, quarter = begun(cast), over(cast)
    early = quarter.last_working_day - timedelta(days=1)
    with time_machine.travel(f"{early} 09:00+08:00", tick=False):
        page = recount_bulletin(page, by=cast["taskforce"])
    with after(quarter), pytest.raises(PublicationRefused, match="才结束"):
        approve(page, cast)
    assert not BulletinPage.objects.get().live


def published(cast: Cast) -> BulletinPage:
    """Publish the bulletin of this quarter on the morning after it."""
    page = begun(cast)
    with after(over(cast)):
        return approve(recount_bulletin(page, by=cast["taskforce"]), cast)


def test_published_figures_outlive_an_older_revision(cast: Cast) -> None:
    first = begun(cast)
    make_visit(make_project("implementing", cast))
    with after(over(cast)):
        page = approve(recount_bulletin(first, by=cast["taskforce"]), cast)
        assert page.live
        BulletinPage.objects.get().revisions.order_by("pk").first().publish()
    assert BulletinPage.objects.get().figures == page.figures
    assert page.figures["total"]["activities_done"] == 2


def test_the_gate_reads_good_practice_too(cast: Cast) -> None:
    project = make_project("implementing", cast)
    make_visit(project, good_practice="联系13800138000")
    page = start_bulletin(cast.cycle, over(cast), by=cast["taskforce"])
    with after(over(cast)):
        page = recount_bulletin(page, by=cast["taskforce"])
        with pytest.raises(PublicationRefused, match="手机号码"):
            approve(page, cast)


def test_a_bulletin_is_neither_copied_nor_deleted_once_it_was_read(cast: Cast) -> None:
    page = published(cast)
    tester = page.permissions_for_user(cast["publisher"])
    assert not tester.can_delete()
    assert not tester.can_copy()


def test_the_task_force_writes_here_and_nowhere_else(cast: Cast) -> None:
    page = begun(cast)
    user = cast["taskforce"]
    assert page.permissions_for_user(user).can_edit()
    assert not page.permissions_for_user(user).can_publish()
    other = make_page("implementing", cast)
    assert not other.permissions_for_user(user).can_edit()
    assert client_of(user).get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    home = Page.objects.get(depth=2)
    assert client_of(user).get(f"/admin/pages/{home.pk}/edit/").status_code == 302


# What residents read


def test_residents_read_figures_chart_table_and_papers(cast: Cast) -> None:
    page = published(cast)
    answer = Client().get(page.url)
    text = answer.content.decode()
    for words in (
        "本季度数据",
        "各归口单位情况",
        cast.organization.unit.name,
        "党员认领楼栋",
        "全区合计",
    ):
        assert words in text
    assert not answer.cookies
    for edition, read in (("docx", words_of_docx), ("pdf", words_of_pdf)):
        paper = Client().get(f"{page.url}bulletin.{edition}")
        assert paper.status_code == 200
        said = read(paper.content)
        for words in ("督导情况的通报", cast.organization.unit.name, "全区合计", "特此通报。"):
            assert words in said, words
    assert Client().get(f"{page.url}bulletin.exe").status_code == 404


def test_a_paper_is_typeset_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    page = published(cast)
    first = Client().get(f"{page.url}bulletin.docx").content
    monkeypatch.setitem(EDITIONS, "docx", lambda page: pytest.fail("typeset again"))
    assert Client().get(f"{page.url}bulletin.docx").content == first


def test_a_draft_is_nobodys_to_read(cast: Cast) -> None:
    page = begun(cast)
    assert Client().get(page.url).status_code == 404
    assert Client().get(f"{page.url}bulletin.pdf").status_code == 404
    draft = f"/admin/party/supervision/bulletins/{page.pk}/draft.docx"
    assert client_of(cast["taskforce"]).get(draft).status_code == 200
    assert client_of(cast["auditor"]).get(draft).status_code == 404


def test_the_page_takes_few_queries_however_many_it_names(cast: Cast) -> None:
    make_page("implementing", cast)
    for _ in range(2):
        project = make_project("implementing", cast)
        activity = make_visit(project, good_practice="做法").activity
        make_rectification(activity, deadline=timezone.localdate() - timedelta(days=1))
    page = published(cast)
    Client().get(page.url)
    with CaptureQueriesContext(connection) as taken:
        assert Client().get(page.url).status_code == 200
    assert len(taken) <= 25


# The task force's desk


def test_the_desk_says_which_bulletins_are_to_be_written(cast: Cast) -> None:
    make_visit(make_project("implementing", cast))
    quarter = over(cast)
    assert [line.count for line in desk.bulletin_lines(cast["taskforce"])] == [0, 0]
    with time_machine.travel(f"{quarter.last + timedelta(days=1)} 09:00+08:00", tick=False):
        lines = list(desk.bulletin_lines(cast["taskforce"]))
        assert [(line.count, line.overdue) for line in lines] == [(1, 0), (0, 0)]
        found = list(desk.bulletin_deadlines(timezone.localdate()))
        assert [one.item for one in found] == [
            f"bulletin:{cast.cycle.pk}-{quarter.year}-{quarter.number}"
        ]
        assert cast["taskforce"] in found[0].holders
        assert list(desk.bulletin_lines(cast["editor"])) == []
    with time_machine.travel(f"{quarter.last + timedelta(days=40)} 09:00+08:00", tick=False):
        lines = list(desk.bulletin_lines(cast["taskforce"]))
        assert (lines[0].overdue, misled(cast["taskforce"], lines)) == (1, [])
        start_bulletin(cast.cycle, quarter, by=cast["taskforce"])
        lines = list(desk.bulletin_lines(cast["taskforce"]))
        assert [(line.count, line.overdue) for line in lines] == [(0, 0), (1, 0)]
        assert misled(cast["taskforce"], lines) == []


def test_of_two_years_each_number_leads_to_its_own_quarters(cast: Cast) -> None:
    make_visit(make_project("implementing", cast))
    later, quarter = a_year_after(over(cast)), over(cast)
    make_visit(make_project("implementing", cast), later)
    start_bulletin(cast.cycle, quarter, by=cast["taskforce"])
    with time_machine.travel(f"{later.last + timedelta(days=1)} 09:00+08:00", tick=False):
        lines = list(desk.bulletin_lines(cast["taskforce"]))
        assert (lines[0].count > 1, lines[1].count) == (True, 1)
        assert misled(cast["taskforce"], lines) == []
        text = client_of(cast["taskforce"]).get(lines[0].url).text
    assert quarter_words(later) in text
    assert quarter_words(quarter) not in text


def test_a_correction_that_is_drafted_hides_no_published_bulletin(cast: Cast) -> None:
    page = begun(cast)
    with after(over(cast)):
        recount_bulletin(page, by=cast["taskforce"])
        published = approve(BulletinPage.objects.get(pk=page.pk), cast)
        draft = start_correction(published, by=cast["taskforce"])
        client = client_of(cast["taskforce"])
        rows = client.get("/admin/party/supervision/bulletins/").context["rows"]
        assert [row["page"] for row in rows if row["page"]] == [published, draft]
        lines = list(desk.bulletin_lines(cast["taskforce"]))
        assert ([line.count for line in lines], misled(cast["taskforce"], lines)) == ([0, 1], [])


def test_the_screens_of_bulletins(cast: Cast) -> None:
    project = make_project("implementing", cast)
    make_visit(project)
    quarter = over(cast)
    client = client_of(cast["taskforce"])
    address = "/admin/party/supervision/bulletins/"
    assert "起草通报" in client.get(address).content.decode()
    assert client_of(cast["publisher"]).get(address).status_code == 200
    assert client_of(cast["unit"]).get(address).status_code in (302, 403)
    begin = f"{address}start/{cast.cycle.pk}/{quarter.year}/{quarter.number}/"
    assert client_of(cast["publisher"]).post(begin).status_code == 404
    answer = client.post(begin)
    page = BulletinPage.objects.get()
    assert answer.url == f"/admin/pages/{page.pk}/edit/"
    editor = client.get(answer.url).content.decode()
    assert "按最新数据重新汇总" in editor
    assert client.post(f"{address}{page.pk}/recount/").status_code == 302
    assert client_of(cast["publisher"]).post(f"{address}{page.pk}/recount/").status_code == 404
    for nothing in (f"{quarter.year}/9", "0/1", "9999/1"):
        assert client.post(f"{address}start/{cast.cycle.pk}/{nothing}/").status_code == 404
    assert issued_elsewhere(cast) == 1


def issued_elsewhere(cast: Cast) -> int:
    """Issue one notice and return how many of them a new count finds."""
    make_issued(make_project("implementing", cast), cast)
    return figures_of(cast.cycle, over(cast), timezone.localdate())["notices"]
