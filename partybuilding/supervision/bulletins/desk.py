"""The bulletins that the task force has to write, on the first screen and among the deadlines."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.calendar import add_working_days
from partybuilding.core.desk.deadlines import Deadline, Fault, make_each
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.desk.showing import part_of
from partybuilding.core.states import Role, Tone
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.organizations.selectors import people_with
from partybuilding.supervision.bulletins.selectors import (
    TO_WRITE,
    UNPUBLISHED,
    awaiting_bulletin,
    quarters_with_bulletins,
    unpublished,
)
from partybuilding.supervision.selectors.figures import Round
from partybuilding.supervision.wording import quarter_words

#: A bulletin is begun within so many working days of the end of its quarter.
DAYS = 10


def due_on(row: Round) -> date:
    """Return the day by which the bulletin of a quarter is to be begun."""
    return add_working_days(row.quarter.last, DAYS)


def bulletin_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return the quarters that are over without a bulletin, and the drafts that were begun."""
    if not roles_of_user(user).has(Role.TASK_FORCE):
        return
    today, screen = timezone.localdate(), reverse("partybuilding:bulletins")
    waiting = [row for row, _page in awaiting_bulletin(today)]
    late, url = sum(due_on(row) < today for row in waiting), part_of(screen, TO_WRITE)
    yield DeskLine(_("Bulletins to write"), len(waiting), late, url, Tone.WAITING)
    drafts, url = len(unpublished(quarters_with_bulletins())), part_of(screen, UNPUBLISHED)
    yield DeskLine(_("Bulletins not published yet"), drafts, 0, url, Tone.NEUTRAL)


def bulletin_deadlines(today: date) -> Iterator[Deadline | Fault]:
    """Yield the bulletins that are to be written, for the reminders."""
    waiting = [row for row, _page in awaiting_bulletin(today)]
    holders = tuple(people_with(Role.TASK_FORCE)) if waiting else ()
    above = (tuple(people_with(Role.DEPARTMENT)),) if waiting else ()
    yield from make_each(waiting, _item, partial(_deadline, holders, above))


def _item(row: Round) -> str:
    return f"bulletin:{row.cycle}-{row.quarter.year}-{row.quarter.number}"


def _deadline(holders: tuple[Any, ...], above: tuple[Any, ...], row: Round) -> Deadline:
    url = part_of(reverse("partybuilding:bulletins"), TO_WRITE)
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
