"""Read bulletins: the quarters of all years with where their bulletins stand, and what residents may read."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.calendar import add_working_days
from partybuilding.core.desk.deadlines import Deadline, Fault, make_each
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.states import Role, Tone
from partybuilding.cycles.states import CycleState
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.organizations.selectors import people_with
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.corrections import quarter_words
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


#: A bulletin is begun within so many working days of the end of its quarter.
DAYS = 10


def due_on(row: Round) -> date:
    """Return the day by which the bulletin of a quarter is to be begun."""
    return add_working_days(row.quarter.last, DAYS)


def bulletin_lines(user: Any) -> Iterator[DeskLine]:
    """Return the quarters that are over without a bulletin, and the drafts that were begun."""
    if not roles_of_user(user).has(Role.TASK_FORCE):
        return
    today, url = timezone.localdate(), reverse("partybuilding:bulletins")
    waiting = awaiting_bulletin(today)
    late = sum(due_on(row) < today for row in waiting)
    yield DeskLine(_("Bulletins to write"), len(waiting), late, url, Tone.WAITING)
    drafts = len(unpublished_bulletins())
    yield DeskLine(_("Bulletins not published yet"), drafts, 0, url, Tone.NEUTRAL)


def bulletin_deadlines(today: date) -> Iterator[Deadline | Fault]:
    """Yield the bulletins that are to be written, for the reminders."""
    waiting = awaiting_bulletin(today)
    holders = tuple(people_with(Role.TASK_FORCE)) if waiting else ()
    above = (tuple(people_with(Role.DEPARTMENT)),) if waiting else ()
    yield from make_each(waiting, _item, partial(_deadline, holders, above))


def _item(row: Round) -> str:
    return f"bulletin:{row.cycle}-{row.quarter.year}-{row.quarter.number}"


def _deadline(holders: tuple[Any, ...], above: tuple[Any, ...], row: Round) -> Deadline:
    url = reverse("partybuilding:bulletins")
    return Deadline(
        item=_item(row),
        kind=gettext_lazy("Bulletin of the quarter"),
        title=quarter_words(row.quarter),
        due_on=due_on(row),
        holders=holders,
        above=((), *above),
        url=url,
        url_above=url,
    )
