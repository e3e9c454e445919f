"""First and last days of posts: yesterday, today, tomorrow for every rule."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.states import Role
from partybuilding.organizations import services
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.organizations.rules import can_begin_on, can_end_on
from tests.factories import make_organization, make_person, make_unit, make_user

TODAY = timezone.localdate()
DAY, YEAR = timedelta(days=1), timedelta(days=366)


@pytest.mark.parametrize(
    ("day", "ok"),
    [
        (TODAY - 50 * YEAR - DAY, False),
        (TODAY - 50 * YEAR, True),
        (TODAY + YEAR, True),
        (TODAY + YEAR + DAY, False),
    ],
)
def test_a_post_begins_at_most_fifty_years_ago_and_a_year_ahead(day: object, ok: bool) -> None:
    assert bool(can_begin_on(day, TODAY)) is ok


@pytest.mark.parametrize(("past", "ok"), [(-1, True), (0, True), (1, False)])
def test_a_post_ends_at_most_ten_years_ahead(past: int, ok: bool) -> None:
    assert bool(can_end_on(TODAY + 10 * YEAR + past * DAY, TODAY)) is ok


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (-9, -1, False),
        (-9, 0, True),
        (-9, 1, True),
        (-1, None, True),
        (0, None, True),
        (0, 0, True),
        (1, None, False),
        (1, 9, False),
    ],
)
def test_a_role_is_held_from_its_first_day_to_its_last(
    since: int, until: int | None, holds: bool
) -> None:
    person = make_user()
    ends = None if until is None else TODAY + until * DAY
    facts = {"organization": make_unit(), "role": Role.UNIT, "post": "书记"}
    held = person.memberships.create(since=TODAY + since * DAY, until=ends, **facts)
    assert roles_of_user(person).has(Role.UNIT) is holds
    assert held.is_current is holds


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("until", "given", "ok"),
    [
        # What ended yesterday has ended; what ends today can still be changed.
        (-1, 5, False),
        (0, 5, True),
        (1, 5, True),
        (None, 5, True),
        # It ends on the day on which it began at the earliest.
        (None, -9, True),
        (None, -10, False),
    ],
)
def test_what_has_not_ended_yet_is_given_another_end(
    until: int | None, given: int, ok: bool
) -> None:
    officer, person = make_person(Role.DEPARTMENT), make_person(Role.UNIT)
    ends = None if until is None else TODAY + until * DAY
    person.memberships.update(since=TODAY - 9 * DAY, until=ends)
    end = TODAY + given * DAY
    try:
        services.end_membership(person.memberships.get(), by=officer, until=end)
    except ConditionUnmet:
        assert not ok
    assert (person.memberships.get().until == end) is ok


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "ends"), [(-1, None), (0, 0), (1, 0), (2, 1)])
def test_a_new_post_begins_on_the_day_of_the_present_one_at_the_earliest(
    days: int, ends: int | None
) -> None:
    officer, place = make_person(Role.DEPARTMENT), make_organization()
    person = make_person(Role.APPLICANT, place)
    before = person.memberships.get()
    since = before.since + days * DAY
    try:
        services.appoint(person, Role.APPLICANT, place, by=officer, post="副书记", since=since)
    except ConditionUnmet:
        assert ends is None
    before.refresh_from_db()
    assert before.until == (None if ends is None else before.since + ends * DAY)
