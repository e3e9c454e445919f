"""Read bulletins: the quarters of all years with where their bulletins stand, and what residents may read."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from partybuilding.cycles.states import CycleState
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.models import Activity
from partybuilding.supervision.selectors.figures import Round, rounds_of
from partybuilding.supervision.states import COUNTED

#: What the desk counts of them, by the name in an address: to be begun, and begun but never published.
TO_WRITE, UNPUBLISHED = "waiting", "drafts"

#: A quarter in which visits were due, with its bulletin if it was begun.
QuarterRow = tuple[Round, BulletinPage | None]


def quarters_with_bulletins(**narrowed: Any) -> list[QuarterRow]:
    """Return the quarters of all programme years that have begun, the newest first; two queries.

    One of which a correction was begun stands there again with that.
    """
    visits = Activity.objects.begun().visits().filter(project__state__in=COUNTED, **narrowed)
    pages = defaultdict(list)
    for page in BulletinPage.objects.order_by("pk"):
        pages[page.cycle_id, page.period].append(page)
    return [
        (one, page)
        for one in rounds_of(visits)
        for page in pages.get((one.cycle, one.quarter), [None])
    ]


def awaiting_bulletin(today: date) -> list[QuarterRow]:
    """Return the quarters of years that are not closed which are over and have no bulletin yet."""
    running = {"project__cycle__state__in": set(CycleState.values) - {CycleState.CLOSED.value}}
    rows = quarters_with_bulletins(**running)
    return [row for row in rows if row[1] is None and row[0].quarter.last < today]


def unpublished(rows: Iterable[QuarterRow]) -> list[QuarterRow]:
    """Keep the bulletins that were begun and never published."""
    return [row for row in rows if row[1] is not None and row[1].first_published_at is None]


def readable_bulletins() -> QuerySet[BulletinPage]:
    """Return the bulletins that residents may read, the newest quarter first."""
    return (
        BulletinPage.objects.readable()
        .select_related("cycle")
        .defer("opening", "body")
        .order_by("-year", "-quarter", "-cycle__year")
    )
