"""Where the staff screens of supervision are, narrowed as a count says."""

from datetime import MAXYEAR, MINYEAR
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.states import QUARTERS

ACTIVITIES = "party_activities_modeladmin_index"


RECTIFICATIONS = "party_rectifications_modeladmin_index"


def _narrowed(name: str, filters: dict[str, Any]) -> str:
    given = {key: value for key, value in filters.items() if value not in ("", None)}
    return f"{reverse(name)}?{urlencode(given, doseq=True)}" if given else reverse(name)


def activities_url(**filters: Any) -> str:
    """Return the address of the register of activities, narrowed."""
    return _narrowed(ACTIVITIES, filters)


def rectifications_url(**filters: Any) -> str:
    """Return the address of the register of rectifications, narrowed."""
    return _narrowed(RECTIFICATIONS, filters)


def activity_url(pk: int) -> str:
    """Return where staff see one activity with its record."""
    return reverse("partybuilding:activity", args=[pk])


def feedback_quarter_url(cycle: int, quarter: Quarter) -> str:
    """Return where the feedback notices of a programme year in a quarter are issued."""
    args = [cycle, quarter.year, quarter.number]
    return reverse("partybuilding:feedback_quarter", args=args)


def quarter_at(year: int, number: int) -> Quarter:
    """Return the quarter that an address names.

    Raises:
        Http404: no calendar has it.
    """
    if number not in dict(QUARTERS) or not MINYEAR <= year < MAXYEAR:
        raise Http404
    return Quarter(year, number)


def rectification_url(pk: int) -> str:
    """Return where staff see one rectification."""
    return reverse("partybuilding:rectification", args=[pk])
