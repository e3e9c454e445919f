"""First and last days of what is decided in supervision: yesterday, today, tomorrow for every rule."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.core.calendar import add_working_days
from partybuilding.supervision.bulletins.rules import problems
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.corrections import FindingNote, VisitNote
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.open_things import overdue_findings
from partybuilding.supervision.rules import (
    can_be_planned_for,
    deadline_fits,
    fits_the_quarter,
    note_is_complete,
)
from partybuilding.supervision.selectors.files import (
    desk_of_activities,
    desk_of_rectifications,
    findings_below,
)
from tests.factories import make_cast, make_project
from tests.factories.supervision import finding, later_day, make_activity, make_visit

#: The second quarter of 2022, in the middle of which the commitments were published.
PUBLISHED, FIRST, DUE, YEAR_END = (
    date(2022, 5, 10),
    date(2022, 4, 1),
    date(2022, 6, 30),
    date(2022, 12, 31),
)
DAY = timedelta(days=1)


def activity(**facts: Any) -> SimpleNamespace:
    """Return a visit of the second quarter of 2022."""
    published = facts.pop("published", PUBLISHED)
    at = published and datetime(
        *published.timetuple()[:3], 9, tzinfo=timezone.get_default_timezone()
    )
    cycle = SimpleNamespace(ends_on=YEAR_END, rectification_days=10)
    project = SimpleNamespace(commitments_published_at=at, cycle=cycle)
    given = {"year": 2022, "quarter": 2, "due_on": DUE, "done_on": None, "kind": "site"}
    return SimpleNamespace(project=project, **{**given, **facts})


@pytest.mark.parametrize(
    ("published", "day", "ok"),
    [
        # Published within the quarter: from that day on.
        (PUBLISHED, PUBLISHED - DAY, False),
        (PUBLISHED, PUBLISHED, True),
        # Published before it: from its first day on.
        (date(2022, 2, 1), FIRST - DAY, False),
        (date(2022, 2, 1), FIRST, True),
        (None, FIRST, True),
        # Until today.
        (PUBLISHED, DUE - DAY, True),
        (PUBLISHED, DUE, True),
        (PUBLISHED, DUE + DAY, False),
    ],
)
def test_a_visit_was_held_from_the_first_day_for_it_until_today(
    published: date | None, day: date, ok: bool
) -> None:
    assert bool(fits_the_quarter(activity(published=published), day, today=DUE)) is ok


@pytest.mark.parametrize(
    ("today", "day", "ok"),
    [
        # Ahead of its time: from its first day to its last.
        (date(2022, 3, 1), PUBLISHED - DAY, False),
        (date(2022, 3, 1), PUBLISHED, True),
        (date(2022, 6, 1), date(2022, 5, 31), False),
        (date(2022, 6, 1), date(2022, 6, 1), True),
        (DUE - DAY, DUE, True),
        (DUE - DAY, DUE + DAY, False),
        # On its last day it is still in time.
        (DUE, DUE, True),
        (DUE, DUE + DAY, False),
        # Late: until the end of the year's work, and afterwards for the same day only.
        (DUE + DAY, DUE, False),
        (DUE + DAY, YEAR_END, True),
        (DUE + DAY, YEAR_END + DAY, False),
        (YEAR_END + DAY, YEAR_END + DAY, True),
        (YEAR_END + DAY, YEAR_END + 2 * DAY, False),
    ],
)
def test_a_visit_is_planned_for_a_day_in_its_time(today: date, day: date, ok: bool) -> None:
    assert bool(can_be_planned_for(activity(), day, today)) is ok


#: On an ordinary day the year's last day is the latest; at its very end the usual time is given.
LATE_IN_THE_YEAR = date(2022, 12, 26)
DEADLINES = [
    (DUE, DUE - DAY, False),
    (DUE, DUE, False),
    (DUE, DUE + DAY, True),
    (DUE, YEAR_END, True),
    (DUE, YEAR_END + DAY, False),
    (LATE_IN_THE_YEAR, add_working_days(LATE_IN_THE_YEAR, 10), True),
    (LATE_IN_THE_YEAR, add_working_days(LATE_IN_THE_YEAR, 10) + DAY, False),
]


@pytest.mark.parametrize(("today", "day", "ok"), DEADLINES)
def test_a_finding_is_to_be_put_right_after_today_and_inside_the_year(
    today: date, day: date, ok: bool
) -> None:
    found = FindingNote("台账更新不及时。", "补齐记录，每周更新。", day)
    note = VisitNote(held_on=today, participants="郝示例", summary="现场查看。", findings=(found,))
    assert bool(note_is_complete(note, activity(kind="dispatch"), set(), today)) is ok
    assert bool(deadline_fits(day, activity().project.cycle, today)) is ok


@pytest.mark.parametrize(("days", "ok"), [(-1, False), (0, True), (1, True)])
def test_the_figures_of_a_quarter_hold_from_its_last_working_day(days: int, ok: bool) -> None:
    quarter = Quarter(2022, 4)  # its last day is a Saturday
    computed = quarter.last_working_day + timedelta(days=days)
    at = datetime(*computed.timetuple()[:3], 18, tzinfo=timezone.get_default_timezone())
    bulletin = SimpleNamespace(issuer="区委组织部", computed_at=at, period=quarter)
    assert (list(problems(bulletin)) == []) is ok


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "late"), [(-1, 1), (0, 0), (1, 0)])
def test_a_finding_holds_up_the_results_from_the_day_after_its_deadline(
    days: int, late: int
) -> None:
    cast = make_cast()
    project = make_project("implementing", cast)
    make_visit(project, cast, finding())
    Rectification.objects.update(rectify_by=later_day(days), due_on=later_day(days))
    today = timezone.localdate()
    assert len(list(overdue_findings(project))) == late
    assert findings_below(cast["unit"], today) == {"n": 1, "late": late}
    waiting = desk_of_rectifications(cast["applicant"], today)
    assert waiting == [{"state": "issued", "n": 1, "late": late}]


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "late"), [(-1, 1), (0, 0), (1, 0)])
@pytest.mark.parametrize("named", [True, False])
def test_a_visit_is_late_on_the_desk_from_the_day_after_its_last(
    days: int, late: int, named: bool
) -> None:
    cast = make_cast()
    project = make_project("implementing", cast)
    project.activities.all().delete()
    officer = cast["taskforce"] if named else None
    make_activity(project, officer=officer, due_on=later_day(days))
    counts = desk_of_activities(cast["taskforce"], later_day(days))
    whose, other = ("mine", "nobody") if named else ("nobody", "mine")
    assert counts == {whose: 1, f"{whose}_late": late, other: 0, f"{other}_late": 0}
    assert not any(desk_of_activities(cast["taskforce"], later_day(days - 1)).values())
