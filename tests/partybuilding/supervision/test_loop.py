"""Where activities and findings stand, in Python and in SQL alike; lateness never becomes smaller."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from partybuilding.supervision.lateness import days_late, is_closed, standing
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.states import RectificationState, Standing
from tests.factories import make_cast, make_project
from tests.factories.supervision import finding, make_activity, make_visit

DUE, TODAY = date(2022, 6, 30), date(2022, 7, 5)
BEFORE, AFTER = date(2022, 6, 20), date(2022, 7, 2)


@pytest.mark.parametrize(
    ("due", "done", "goes_on", "expected"),
    [
        (DUE, DUE, True, "held"),
        (DUE, BEFORE, False, "held"),
        (DUE, AFTER, True, "held_late"),
        (DUE, AFTER, False, "held_late"),
        (DUE, None, True, "overdue"),
        (TODAY, None, True, "open"),
        (DUE, None, False, "not_held"),
        (TODAY, None, False, "not_held"),
    ],
)
def test_an_activity_stands_where_its_days_say(
    due: date, done: date | None, goes_on: bool, expected: str
) -> None:
    assert standing(due, done, goes_on=goes_on, today=TODAY) == expected


@pytest.mark.parametrize(
    ("state", "reported", "expected"),
    [
        ("issued", None, 5),
        ("issued", BEFORE, 5),  # a report that was sent back does not count
        ("reported", BEFORE, 0),
        ("reported", AFTER, 2),
        ("verified", DUE, 0),
        ("verified", AFTER, 2),
    ],
)
def test_a_finding_is_late_against_its_first_deadline(
    state: str, reported: date | None, expected: int
) -> None:
    assert days_late(DUE, reported, state, TODAY) == expected


@pytest.mark.parametrize(
    ("done", "states", "closed"),
    [
        (None, [], False),
        (BEFORE, [], True),
        (BEFORE, ["verified", "verified"], True),
        (BEFORE, ["verified", "reported"], False),
        (BEFORE, ["issued"], False),
    ],
)
def test_a_loop_is_closed_when_everything_is_verified(
    done: date | None, states: list[str], closed: bool
) -> None:
    assert is_closed(done, states) == closed


@pytest.mark.django_db
def test_the_database_says_the_same_of_activities() -> None:
    cast = make_cast()
    projects = {
        "implementing": make_project("implementing", cast),
        "terminated": make_project("terminated", cast),
    }
    today = timezone.localdate()
    quarter = 0
    for project in projects.values():
        for due in (-1, 0, 1):
            for done in (None, -2, 0, 2):
                quarter += 1
                Activity.objects.create(
                    project=project,
                    kind="site",
                    year=2030 + quarter,
                    quarter=1,
                    due_on=today + timedelta(days=due),
                    done_on=None if done is None else today + timedelta(days=done),
                )
    rows = list(Activity.objects.select_related("project").with_standing(today))
    assert {row.standing for row in rows} == set(Standing.values)
    assert [row.standing for row in rows] == [row.stands(today) for row in rows]


@pytest.mark.django_db
def test_the_database_says_the_same_of_findings() -> None:
    cast = make_cast()
    visit = make_visit(make_project("implementing", cast), cast)
    today = timezone.localdate()
    days = (-2, 0, 2)
    Rectification.objects.bulk_create(
        Rectification(
            project=visit.activity.project,
            activity=visit.activity,
            state=state,
            finding=f"{state}{first}{reported}",
            first_deadline=today + timedelta(days=first),
            rectify_by=today + timedelta(days=9),
            reported_on=None if reported is None else today + timedelta(days=reported),
        )
        for state in RectificationState.values
        for first in days
        for reported in (None, *days)
    )
    late = set(Rectification.objects.late(today).values_list("pk", flat=True))
    every = Rectification.objects.all()
    assert late == {one.pk for one in every if one.days_late(today)}
    assert 0 < len(late) < every.count()


@pytest.mark.django_db
def test_the_loop_of_an_activity_reads_its_findings() -> None:
    cast = make_cast()
    project = make_project("implementing", cast)
    assert not make_activity(project).is_closed
    assert not make_visit(project, cast, finding()).activity.is_closed
    assert make_visit(project, cast, kind="dispatch").activity.is_closed
