"""The open score sheets, for reminders: whose they are first, then the department."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybuilding.core.calendar import add_working_days
from partybuilding.core.desk.deadlines import HORIZON, Deadline, Fault, make_each
from partybuilding.core.states import Role
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.states import SheetState
from partybuilding.organizations.selectors import people_with

People = Callable[[Role, int | None], tuple[Any, ...]]


def sheet_deadlines(today: date) -> Iterator[Deadline | Fault]:
    """Yield the sheets that are to be handed in soon or should have been; what came back counts anew."""
    sheets = ScoreSheet.objects.filter(
        state=SheetState.OPEN, due_on__lte=add_working_days(today, HORIZON)
    )
    rows = sheets.select_related("project", "judge", "reviewer").order_by("due_on", "pk")
    yield from make_each(rows, _item, partial(_deadline, _once()))


def _item(sheet: ScoreSheet) -> str:
    return f"score_sheet:{sheet.pk}:{sheet.version}"


def _deadline(people: People, sheet: ScoreSheet) -> Deadline:
    own = people(Role.APPLICANT, sheet.reviewer_id) if sheet.is_of_peer else _judge(sheet)
    above = people(Role.DEPARTMENT, None)
    assert sheet.due_on
    return Deadline(
        item=_item(sheet),
        kind=_("Peer sheet") if sheet.is_of_peer else _("Score sheet"),
        title=str(sheet.project),
        due_on=sheet.due_on,
        holders=own,
        above=(tuple(one for one in above if one not in own),),
        url=reverse("portal:sheet", args=[sheet.pk]),
    )


def _judge(sheet: ScoreSheet) -> tuple[Any, ...]:
    """Return the expert while the account is in use; otherwise the department alone is told."""
    return (sheet.expert,) if sheet.expert.is_active else ()


def _once() -> People:
    """Return a function that finds the people of a role in a place, each once only."""

    @cache
    def people(role: Role, place: int | None) -> tuple[Any, ...]:
        return tuple(people_with(role, None if place is None else [place]))

    return people
