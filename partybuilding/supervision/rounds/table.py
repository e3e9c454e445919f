"""The rounds by quarter: what was planned and held, what was found and put right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.lists import FacetList
from partybuilding.projects.pages import ProjectPage
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity
from partybuilding.supervision.notices.models import NoticeFinding
from partybuilding.supervision.notices.selectors import SUPERVISED
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.rounds.listing import chosen
from partybuilding.supervision.states import ActivityKind, RectificationState
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


def rounds_of(listing: FacetList, today: date | None = None) -> dict[str, Any] | None:
    """Return the table of the programme years that a list asks for, or of the newest calendar years; one query.

    Only of projects whose page residents may read; findings once their notice was issued.
    """
    counted = _counted(listing, today or timezone.localdate())
    years = sorted({quarter.year for quarter in counted}, reverse=True)
    shown = years if chosen(listing, "year") else years[:YEARS]
    rounds = [counted[one] for one in sorted(counted, reverse=True) if one.year in shown]
    if not rounds:
        return None
    kinds = [code for code in ActivityKind.values if any(code in one.kinds for one in rounds)]
    return {"columns": _columns(kinds), "rows": [_row(one, kinds) for one in rounds]}


def held_rounds() -> QuerySet[Activity]:
    """Return the activities that were held on projects whose page residents may read."""
    pages = ProjectPage.objects.readable().order_by().values("project")
    held = Activity.objects.filter(done_on__isnull=False, project__state__in=SUPERVISED)
    return held.filter(project__in=pages)


def _counted(listing: FacetList, today: date) -> dict[Quarter, Round]:
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


def _activities(listing: FacetList, today: date) -> QuerySet:
    """Count activities of the quarters that have begun by quarter and kind: planned, held."""
    begun = Activity.objects.begun(today).filter(project__state__in=SUPERVISED)
    rows = _narrowed(begun, listing)
    return (
        rows.order_by()
        .values("year", of=F("quarter"), what=F("kind"))
        .annotate(
            n=Count("pk"),
            done=Count("pk", filter=Q(done_on__isnull=False)),
            late=Value(0, output_field=IntegerField()),
        )
        .values_list("year", "of", "what", "n", "done", "late")
    )


def _findings(listing: FacetList, today: date) -> QuerySet:
    """Count the findings of standing notices by quarter: all, closed, overdue."""
    told = NoticeFinding.objects.filter(notice__state=FeedbackState.ISSUED)
    late = Q(rectification__state=RectificationState.ISSUED, rectification__rectify_by__lt=today)
    closed = Q(rectification__state=RectificationState.VERIFIED)
    return (
        _narrowed(told, listing, "notice__")
        .order_by()
        .values(
            year=F("notice__activity__year"),
            of=F("notice__activity__quarter"),
            what=Value(FINDING, output_field=CharField()),
        )
        .annotate(n=Count("pk"), done=Count("pk", filter=closed), late=Count("pk", filter=late))
        .values_list("year", "of", "what", "n", "done", "late")
    )


def _narrowed(rows: QuerySet, listing: FacetList, to: str = "") -> QuerySet:
    """Keep what is of projects that residents may read and that the list asks for."""
    pages = ProjectPage.objects.readable().order_by().values("project")
    rows = rows.filter(**{f"{to}project__in": pages})
    for name, lookup in NARROWING.items():
        if values := chosen(listing, name):
            rows = rows.filter(**{f"{to}{lookup}__in": values})
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
