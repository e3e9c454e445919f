"""First and last days and moments of opinions and appraisals: before, at, and after for every rule."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.opinions.guards import WITHIN
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.models.appraisal import AppraisalPeriod
from partybuilding.opinions.services import clear_contacts, receive, set_period
from tests.factories import Cast, make_cast
from tests.factories.opinions import TEXT, make_opinion, nonce

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize(("days", "ok"), [(-1, False), (0, True), (1, True)])
def test_an_appraisal_lasts_a_day_at_least(cast: Cast, days: int, ok: bool) -> None:
    opens = timezone.localdate()
    closes = opens + timedelta(days=days)
    try:
        set_period(cast.cycle, by=cast["department"], opens_on=opens, closes_on=closes)
    except ConditionUnmet:
        assert not ok
    assert AppraisalPeriod.objects.filter(cycle=cast.cycle).exists() is ok


@pytest.mark.parametrize(("ago", "contact"), [(29, "023-79220000"), (30, ""), (31, "")])
def test_how_to_reach_a_sender_is_forgotten_when_the_days_are_over(
    cast: Cast, ago: int, contact: str
) -> None:
    opinion = make_opinion("answered", cast, contact="023-79220000")
    day = timezone.localdate() - timedelta(days=ago)
    Opinion.objects.filter(pk=opinion.pk).update(closed_on=day)
    assert clear_contacts(30) == (not contact)
    cleared = Opinion.objects.get()
    assert (cleared.contact, cleared.contact_cleared_at is None) == (contact, bool(contact))


@pytest.mark.parametrize(
    ("before", "after", "is_similar"),
    [(1, 0 * SECOND, False), (4, 0 * SECOND, True), (4, -SECOND, True), (4, SECOND, False)],
)
def test_what_was_sent_within_a_day_is_alike(
    cast: Cast, before: int, after: timedelta, is_similar: bool, time_machine: Any
) -> None:
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    for _time in range(before):
        receive(text=TEXT, nonce=nonce())
    time_machine.move_to(now + WITHIN + after, tick=False)
    assert receive(text=TEXT, nonce=nonce()).opinion.is_similar is is_similar
