"""The rounds by quarter: what was planned and held, what was found and put right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.pages.lists import Listing
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity
from partybuilding.supervision.selectors.figures import (
    activity_counts,
    finding_counts,
    public_activities,
    public_rectifications,
)
from partybuilding.supervision.states import ActivityKind
from partybuilding.supervision.wording import quarter_words

#: The filters of the list that narrow the rounds too, with the fields of a project.
NARROWING = {
    "year": "project__cycle__year",
    "unit": "project__organization__unit",
    "sector": "project__sector",
}


#: Stands in the place of a kind of activity for what was found.
FINDING = "finding"
#: How many of the newest calendar years are shown until a programme year is asked for.
YEARS = 2


@dataclass
class Round:
    """One quarter: by kind how many activities were planned and held, and its public findings."""

    quarter: Quarter
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)
    found: int = 0
    closed: int = 0
    overdue: int = 0


def rounds_of(listing: Listing, today: date | None = None) -> dict[str, Any] | None:
    """Return the table of the programme years that a list asks for, or of the newest calendar years; one query.

    Of the same rows as the bulletins: of projects whose page residents may read, on the day `day`.
    """
    today = today or timezone.localdate()
    counted = _counted(listing, today)
    years = sorted({quarter.year for quarter in counted}, reverse=True)
    shown = years if listing.chosen("year") else years[:YEARS]
    rounds = [counted[one] for one in sorted(counted, reverse=True) if one.year in shown]
    if not rounds:
        return None
    kinds = [code for code in ActivityKind.values if any(code in one.kinds for one in rounds)]
    return {"columns": _columns(kinds), "rows": [_row(one, kinds) for one in rounds], "day": today}


def held_rounds() -> QuerySet[Activity]:
    """Return the visits that were held on projects whose page residents may read."""
    return public_activities().visits().filter(done_on__isnull=False)


def _counted(listing: Listing, today: date) -> dict[Quarter, Round]:
    """Count the rounds by their quarters, activities and findings in one query."""
    rounds: dict[Quarter, Round] = {}
    for year, quarter, kind, number, done, late in _activities(listing, today).union(
        _findings(listing, today), all=True
    ):
        period = Quarter(year, quarter)
        one = rounds.setdefault(period, Round(period))
        if kind == FINDING:
            one.found, one.closed, one.overdue = number, done, late
        else:
            one.kinds[kind] = (number, done)
    return rounds


def _activities(listing: Listing, today: date) -> QuerySet:
    """Count activities of the quarters that have begun by quarter and kind: planned, held."""
    rows = _narrowed(public_activities().begun(today), listing)
    counts = activity_counts(today)
    return (
        rows.with_standing(today)
        .order_by()
        .values("year", of=F("quarter"), what=F("kind"))
        .annotate(
            n=counts["n_planned"],
            done=counts["n_done"],
            late=Value(0, output_field=IntegerField()),
        )
        .values_list("year", "of", "what", "n", "done", "late")
    )


def _findings(listing: Listing, today: date) -> QuerySet:
    """Count the findings by the quarter of the visit: all, closed, overdue."""
    counts = finding_counts(today)
    return (
        _narrowed(public_rectifications().counted(), listing)
        .order_by()
        .values(
            year=F("activity__year"),
            of=F("activity__quarter"),
            what=Value(FINDING, output_field=CharField()),
        )
        .annotate(n=counts["n_found"], done=counts["n_closed"], late=counts["n_overdue"])
        .values_list("year", "of", "what", "n", "done", "late")
    )


def _narrowed(rows: Any, listing: Listing) -> Any:
    """Keep what is of the projects that the list asks for."""
    for name, lookup in NARROWING.items():
        if values := listing.chosen(name):
            rows = rows.filter(**{f"{lookup}__in": values})
    return rows


def _columns(kinds: Iterable[str]) -> list[dict[str, Any]]:
    numbers = (
        *(str(ActivityKind(code).label) for code in kinds),
        pgettext("rounds", "Findings"),
        pgettext("rounds", "Closed"),
        pgettext("rounds", "Overdue"),
    )
    first = {"label": pgettext("column", "Quarter")}
    return [first, *({"label": label, "numeric": True} for label in numbers)]


def _row(one: Round, kinds: Iterable[str]) -> list[Any]:
    held = (one.kinds.get(code, (0, 0)) for code in kinds)
    return [
        quarter_words(one.quarter),
        *(
            _number(_("%(held)s/%(planned)s") % {"held": done, "planned": planned})
            for planned, done in held
        ),
        _number(one.found),
        _number(one.closed),
        _number(one.overdue),
    ]


def _number(value: Any) -> dict[str, Any]:
    return {"text": value, "numeric": True}
