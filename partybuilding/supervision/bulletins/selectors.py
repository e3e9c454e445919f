"""Read bulletins: the quarters of all years with where their bulletins stand, and what residents may read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from partybuilding.cycles.states import CycleState
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity
from partybuilding.supervision.states import COUNTED


@dataclass(frozen=True)
class QuarterRow:
    """One quarter in which visits were due, with its bulletin if it was begun."""

    cycle: int
    name: str
    quarter: Quarter
    due: int
    done: int
    page: BulletinPage | None = None


def quarters_with_bulletins(**narrowed: Any) -> list[QuarterRow]:
    """Return the quarters of all programme years that have begun, the newest first; two queries."""
    rows = (
        Activity.objects.begun()
        .visits()
        .filter(project__state__in=COUNTED, **narrowed)
        .order_by("-year", "-quarter", "-project__cycle__year")
        .values("project__cycle", "project__cycle__name", "year", "quarter")
        .annotate(n=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)))
    )
    pages = {(page.cycle_id, page.period): page for page in BulletinPage.objects.order_by("pk")}
    return [
        QuarterRow(
            row["project__cycle"],
            row["project__cycle__name"],
            quarter,
            row["n"],
            row["done"],
            pages.get((row["project__cycle"], quarter)),
        )
        for row in rows
        for quarter in (Quarter(row["year"], row["quarter"]),)
    ]


def awaiting_bulletin(today: date) -> list[QuarterRow]:
    """Return the quarters of years that are not closed which are over and have no bulletin yet."""
    running = {"project__cycle__state__in": set(CycleState.values) - {CycleState.CLOSED.value}}
    rows = quarters_with_bulletins(**running)
    return [row for row in rows if row.page is None and row.quarter.last < today]


def unpublished_bulletins() -> QuerySet[BulletinPage]:
    """Return the bulletins that were begun and never published."""
    return BulletinPage.objects.filter(first_published_at=None)


def readable_bulletins() -> QuerySet[BulletinPage]:
    """Return the bulletins that residents may read, the newest quarter first."""
    return (
        BulletinPage.objects.readable()
        .select_related("cycle")
        .defer("opening", "body")
        .order_by("-year", "-quarter", "-cycle__year")
    )
