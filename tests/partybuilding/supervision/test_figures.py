"""The figures, the board and the reminders of supervision: right, and constant in their queries."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partybuilding.core.desk.deadlines import deadlines_on
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from partybuilding.supervision.bulletins.figures import figures_of
from partybuilding.supervision.bulletins.selectors import quarters_with_bulletins
from partybuilding.supervision.deadlines import activity_deadlines
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.rounds.listing import notice_list
from partybuilding.supervision.rounds.table import held_rounds, rounds_of
from partybuilding.supervision.selectors.board import board_of, current_year, years_with_plan
from partybuilding.supervision.selectors.figures import (
    Activities,
    Rectifications,
    activities_among,
    activity_figures,
    public_activities,
    public_rectifications,
    rectification_figures,
    rectifications_among,
    total_of_activities,
    total_of_rectifications,
)
from partybuilding.supervision.selectors.files import supervision_of
from partybuilding.supervision.wording import quarter_words
from tests.factories import Cast, make_cast, make_organization, make_person, make_project
from tests.factories.column import make_page
from tests.factories.supervision import (
    finding,
    make_activity,
    make_rectification,
    make_visit,
    take_rectification,
)

pytestmark = pytest.mark.django_db
UNIT = "project__organization__unit"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    """A project with one activity held late, one overdue, two open in this quarter."""
    project = make_project("implementing", cast)
    make_activity(project, due_on=date(2025, 5, 9))
    make_visit(project, cast, finding("甲项不清", days=1), finding("乙项不清"))
    make_activity(project, "dispatch", due_on=date(2025, 5, 9))
    return project


def scatter(cast: Cast, number: int) -> None:
    """Add projects of other units, each with its calendar and a finding."""
    for _at in range(number):
        lead = make_organization()
        other = make_cast(cast.cycle, lead)
        one = make_project("implementing", other)
        make_rectification("reported", other, one)


def queries(function: Any) -> int:
    with CaptureQueriesContext(connection) as found:
        function()
    return len(found)


def test_activities_are_counted_by_unit_quarter_and_kind(cast: Cast, project: Project) -> None:
    now, by = Activity.objects.filter(year=2025, quarter=2), (UNIT, "quarter", "kind")
    unit = cast.organization.unit_id
    assert activity_figures(now, *by) == {
        (unit, 2, "dispatch"): Activities(planned=1, due=1, overdue=1),
        (unit, 2, "notice"): Activities(planned=1),
        (unit, 2, "observation"): Activities(planned=1),
        (unit, 2, "site"): Activities(planned=1, due=1, done=1, late=1),
    }
    total = total_of_activities(activity_figures(now, *by))
    assert total == Activities(planned=4, due=2, done=1, late=1, overdue=1)
    assert total == activities_among(now.select_related("project"), timezone.localdate())
    move(project, "terminate", by=cast["department"], reason="场地被征用。")
    every = Activity.objects.all()
    total = total_of_activities(activity_figures(every, *by))
    assert total.not_held == 3
    assert total == activities_among(every.select_related("project"), timezone.localdate())


def test_findings_are_counted_by_unit_and_quarter(cast: Cast, project: Project) -> None:
    first = Rectification.objects.get(finding="甲项不清")
    make_rectification("reported", cast, project, kind="observation", text="丙项不清", days=2)
    today = timezone.localdate()
    every, by = Rectification.objects.all(), (UNIT, "activity__year", "activity__quarter")
    place, later = (cast.organization.unit_id, 2025, 2), today + timedelta(days=5)
    counted = rectification_figures(every, *by)
    assert counted == {place: Rectifications(found=3, open=3)}
    figures = rectification_figures(every, *by, today=later)
    assert figures == {place: Rectifications(found=3, open=3, overdue=1, late=1)}
    assert rectifications_among(every, later) == figures[place]
    for step in ("report_done", "verify"):
        first = take_rectification(first, step, cast)
    closed = total_of_rectifications(rectification_figures(every.all(), *by, today=later))
    assert closed == Rectifications(found=3, open=2, closed=1)
    assert rectifications_among(every.all(), later) == closed


def test_only_what_residents_may_read_is_public(cast: Cast, project: Project) -> None:
    assert not public_activities().exists()
    assert not public_rectifications().exists()
    page = make_page("implementing", cast)
    make_rectification("issued", cast, page.project)
    assert set(public_activities().values_list("project", flat=True)) == {page.project_id}
    assert public_rectifications().count() == 1


def test_each_figure_is_one_query_however_many_rows(cast: Cast, project: Project) -> None:
    asked = (
        lambda: activity_figures(Activity.objects.all(), UNIT, "kind"),
        lambda: rectification_figures(Rectification.objects.all(), UNIT),
        lambda: list(activity_deadlines(date(2025, 6, 25))),
        lambda: board_of(Activity.objects.all(), rows="unit", columns="month"),
    )
    few = [queries(one) for one in asked]
    assert few[:2] == [1, 1]
    scatter(cast, 4)
    assert [queries(one) for one in asked] == few


def test_the_board_counts_each_activity_once(cast: Cast, project: Project) -> None:
    make_activity(project, "observation", planned_on=date(2025, 5, 20), officer=cast["taskforce"])
    now = Activity.objects.filter(year=2025)
    by_unit = board_of(now, rows="unit", columns="quarter")
    assert by_unit.columns == ("2025-2", "2025-3", "2025-4")
    assert [line.name for line in by_unit.lines] == [cast.organization.unit.name]
    cell = by_unit.lines[0].cells["2025-2"]
    assert (cell.planned, cell.done, cell.late, cell.overdue, cell.tone) == (4, 1, 1, 1, "negative")
    by_officer = board_of(now, rows="officer", columns="month")
    assert [line.name for line in by_officer.lines] == [cast["taskforce"].first_name, ""]
    assert {month: cell.planned for month, cell in by_officer.lines[0].cells.items()} == {
        "2025-05": 2
    }
    for board in (by_unit, by_officer):
        assert board.total.planned == now.count()
        assert sum(line.total.planned for line in board.lines) == now.count()
        assert sum(cell.planned for cell in board.sums.values()) == now.count()


def test_a_board_of_nothing_is_empty(cast: Cast) -> None:
    board = board_of(Activity.objects.all(), rows="unit", columns="quarter")
    assert (board.lines, board.columns, board.total.tone) == ((), (), "neutral")
    assert current_year(years_with_plan(cast["taskforce"]), cast["taskforce"]) is None


def test_all_held_looks_done(cast: Cast, project: Project) -> None:
    site = Activity.objects.filter(kind="site", year=2025, quarter=2)
    assert board_of(site, rows="unit", columns="quarter").total.tone == "positive"


def test_the_board_begins_with_the_year_that_is_due_next(cast: Cast, project: Project) -> None:
    years = years_with_plan(cast["taskforce"])
    assert current_year(years, cast["taskforce"]) == cast.cycle
    Activity.objects.update(done_on=date(2025, 5, 13))
    assert current_year(years, cast["taskforce"]) == cast.cycle


def test_reminders_are_one_a_quarter_kind_and_officer(cast: Cast, project: Project) -> None:
    other = make_person(Role.TASK_FORCE)
    make_activity(project, "observation", officer=other)
    make_project("implementing", cast, title="第二个项目")
    found = {one.item: one for one in activity_deadlines(date(2025, 6, 20))}
    assert set(found) == {
        "activities:2025-2-dispatch-0-2025-05-09",
        "activities:2025-2-dispatch-0-2025-06-30",
        "activities:2025-2-notice-0-2025-06-30",
        f"activities:2025-2-observation-{other.pk}-2025-06-30",
        "activities:2025-2-observation-0-2025-06-30",
        "activities:2025-2-site-0-2025-06-30",
    }
    notice = found["activities:2025-2-notice-0-2025-06-30"]
    assert notice.title == "2025年第二季度反馈通报，尚有2个项目未开展"
    assert set(notice.holders) == {cast["taskforce"], other}
    assert [cast["department"] in group for group in notice.above] == [True]
    mine = found[f"activities:2025-2-observation-{other.pk}-2025-06-30"]
    assert mine.holders == (other,)
    assert f"officer={other.pk}" in mine.url
    assert "officer" not in mine.url_above
    assert str(mine.kind) == "督导待开展"
    assert found["activities:2025-2-dispatch-0-2025-05-09"].due_on == date(2025, 5, 9)


def test_nothing_is_told_of_what_is_far_or_ended(cast: Cast, project: Project) -> None:
    make_activity(project, "dispatch", due_on=date(2025, 6, 30))
    assert list(activity_deadlines(date(2025, 6, 13))) == []
    assert [one.item for one in deadlines_on(date(2025, 6, 16)) if "activities" in one.item]
    move(project, "terminate", by=cast["department"], reason="场地被征用。")
    assert list(activity_deadlines(date(2025, 6, 30))) == []


def test_a_projects_supervision_is_two_queries_and_reads_as_its_rows(
    cast: Cast, project: Project, django_assert_num_queries: Any
) -> None:
    make_rectification("reported", cast, project, kind="observation")
    with django_assert_num_queries(2):
        read = supervision_of(project)
        told = [(one, list(one.rectifications.all()), getattr(one, "visit", None)) for one in read]
    rows = Activity.objects.filter(project=project).order_by("due_on", "kind", "number")
    assert told == [
        (one, list(one.rectifications.order_by("pk")), getattr(one, "visit", None)) for one in rows
    ]
    for finding_read in (one for _a, findings, _v in told for one in findings):
        kept = Rectification.objects.get(pk=finding_read.pk)
        for field in Rectification._meta.concrete_fields:
            assert getattr(finding_read, field.attname) == getattr(kept, field.attname)


def test_a_notice_is_no_visit_wherever_supervision_is_counted(cast: Cast) -> None:
    page = make_page("implementing", cast)
    project, today = page.project, timezone.localdate()
    make_visit(project, cast, finding("甲项不全"), finding("误记一条"))
    withdrawn = Rectification.objects.get(finding="误记一条")
    move(withdrawn, "withdraw", by=cast["taskforce"], reason="没有此事")
    notice = make_activity(project, "notice", done_on=today)
    quarter = notice.period
    total = figures_of(cast.cycle, quarter, today)["total"]
    assert (total["activities_done"], total["rectifications_opened"]) == (1, 1)
    rounds = rounds_of(notice_list({}))
    assert rounds["day"] == today
    row = next(row for row in rounds["rows"] if row[0] == quarter_words(quarter))
    assert row[-3]["text"] == total["rectifications_opened"]
    assert "已接受督导1次。发现问题1个，已整改销号0个。" in Client().get(page.url).text
    found = next(one for one, _page in quarters_with_bulletins() if one.quarter == quarter)
    assert (found.figures.done, found.figures.planned) == (1, total["activities_due"])
    board = board_of(Activity.objects.visits(), rows="unit", columns="quarter")
    assert board.total.done == 1
    assert held_rounds().count() == 1
