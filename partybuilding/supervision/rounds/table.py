"""The rounds of a year by quarter: what was planned and held, what was found and put right."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.lists import FacetList
from partybuilding.projects.pages import ProjectPage
from partybuilding.supervision.models import Activity
from partybuilding.supervision.notices.models import NoticeFinding
from partybuilding.supervision.notices.selectors import SUPERVISED
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.quarters import quarter_words
from partybuilding.supervision.rounds.listing import chosen
from partybuilding.supervision.states import ActivityKind, RectificationState

#: The filters of the list that narrow the rounds too, with the fields of a project.
NARROWING = {"unit": "project__organization__unit", "sector": "project__sector"}


@dataclass
class Round:
    """One quarter: by kind how many activities were planned and held, and its public findings."""

    quarter: int
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)
    found: int = 0
    closed: int = 0
    overdue: int = 0


def rounds_of(listing: FacetList, today: date | None = None) -> dict[str, Any] | None:
    """Return the table of the year that a list asks for, or of the newest one; three queries.

    Only of projects whose page residents may read; findings once their notice was issued.
    """
    today = today or timezone.localdate()
    activities = _narrowed(Activity.objects.filter(project__state__in=SUPERVISED), listing)
    years = [int(value) for value in chosen(listing, "year")]
    year = max(years) if years else activities.aggregate(y=Max("project__cycle__year"))["y"]
    if year is None:
        return None
    counted = _counted(activities.filter(project__cycle__year=year), listing, year, today)
    if not counted:
        return None
    kinds = [code for code in ActivityKind.values if any(code in one.kinds for one in counted)]
    return {
        "year": year,
        "columns": _columns(kinds),
        "rows": [_row(one, kinds) for one in counted],
    }


def _narrowed(rows: QuerySet, listing: FacetList, to: str = "") -> QuerySet:
    pages = ProjectPage.objects.readable().order_by().values("project")
    rows = rows.filter(**{f"{to}project__in": pages})
    for name, lookup in NARROWING.items():
        if values := chosen(listing, name):
            rows = rows.filter(**{f"{to}{lookup}__in": values})
    return rows


def _counted(activities: QuerySet, listing: FacetList, year: int, today: date) -> list[Round]:
    rounds: dict[int, Round] = defaultdict(lambda: Round(0))
    rows = (
        activities.order_by()
        .values_list("quarter", "kind")
        .annotate(n=Count("pk"), held=Count("pk", filter=Q(done_on__isnull=False)))
    )
    for quarter, kind, planned, held in rows:
        rounds[quarter].kinds[kind] = (planned, held)
    late = Q(rectification__state=RectificationState.ISSUED, rectification__rectify_by__lt=today)
    closed = Q(rectification__state=RectificationState.VERIFIED)
    told = NoticeFinding.objects.filter(
        notice__state=FeedbackState.ISSUED, notice__project__cycle__year=year
    )
    found = (
        _narrowed(told, listing, "notice__")
        .order_by()
        .values_list("notice__activity__quarter")
        .annotate(n=Count("pk"), closed=Count("pk", filter=closed), late=Count("pk", filter=late))
    )
    for quarter, number, done, overdue in found:
        one = rounds[quarter]
        one.found, one.closed, one.overdue = number, done, overdue
    for quarter, one in rounds.items():
        one.quarter = quarter
    return [rounds[quarter] for quarter in sorted(rounds)]


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
