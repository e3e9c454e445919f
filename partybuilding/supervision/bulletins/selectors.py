"""Read bulletins: the quarters of all years with where their bulletins stand, and what residents may read."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from partybuilding.cycles.states import CycleState
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.models import Activity
from partybuilding.supervision.selectors.figures import Round, rounds_of
from partybuilding.supervision.states import COUNTED

#: A quarter in which visits were due, with its bulletin if it was begun.
QuarterRow = tuple[Round, BulletinPage | None]


def quarters_with_bulletins(**narrowed: Any) -> list[QuarterRow]:
    """Return the quarters of all programme years that have begun, the newest first; two queries."""
    visits = Activity.objects.begun().visits().filter(project__state__in=COUNTED, **narrowed)
    pages = {(page.cycle_id, page.period): page for page in BulletinPage.objects.order_by("pk")}
    return [(one, pages.get((one.cycle, one.quarter))) for one in rounds_of(visits)]


def awaiting_bulletin(today: date) -> list[Round]:
    """Return the quarters of years that are not closed which are over and have no bulletin yet."""
    running = {"project__cycle__state__in": set(CycleState.values) - {CycleState.CLOSED.value}}
    rows = quarters_with_bulletins(**running)
    return [one for one, page in rows if page is None and one.quarter.last < today]


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
