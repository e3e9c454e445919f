"""Questions that every page asks are worded once and asked each time."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from partybuilding.core.pages.prepared import prepared
from partybuilding.organizations.models import Organization
from partybuilding.organizations.states import OrganizationKind
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def asked() -> tuple[Callable[..., list[Any]], list[date]]:
    """Return a question that names its days, and the days for which it was worded."""
    worded: list[date] = []

    @prepared
    def units(day: date) -> QuerySet[Organization]:
        worded.append(day)
        return Organization.objects.filter(kind=OrganizationKind.WORKING_COMMITTEE).order_by("pk")

    return units, worded


def test_rows_are_read_anew_each_time() -> None:
    units, _worded = asked()
    today = timezone.localdate()
    before = units(today)
    unit = make_unit()
    assert units(today) == [*before, unit]


def test_the_same_question_is_worded_once() -> None:
    units, worded = asked()
    today = timezone.localdate()
    units(today)
    units(today)
    assert worded == [today]


def test_another_day_is_another_question() -> None:
    units, worded = asked()
    today = timezone.localdate()
    units(today)
    units(today + timedelta(days=1))
    assert len(worded) == 2
