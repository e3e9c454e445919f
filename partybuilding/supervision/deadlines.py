"""The activities that are due soon or late, for reminders: one line a quarter, kind and officer.

A hundred projects have the same last day: whoever goes to them is reminded of all at once.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partybuilding.core.calendar import add_working_days
from partybuilding.core.desk.deadlines import Deadline, Fault, make_each
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with
from partybuilding.supervision.addresses import activities_url
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity
from partybuilding.supervision.selectors.figures import activity_figures
from partybuilding.supervision.states import ActivityKind
from partybuilding.supervision.wording import quarter_words

#: Working days before the last day from which on an activity is told of.
AHEAD = 10


def activity_deadlines(today: date) -> Iterator[Deadline | Fault]:
    """Return what is to be held, grouped; the department is told when it stays undone."""
    rows = list(_groups(today))
    if not rows:
        return
    everybody = {one.pk: one for one in people_with(Role.TASK_FORCE)}
    above = tuple(people_with(Role.DEPARTMENT))

    def made(row: dict[str, Any]) -> Deadline:
        officer = everybody.get(row["officer"])
        return _deadline(row, (officer,) if officer else tuple(everybody.values()), above)

    yield from make_each(rows, _item, made)


def _groups(today: date) -> Iterator[dict[str, Any]]:
    soon = Activity.objects.open().filter(due_on__lte=add_working_days(today, AHEAD))
    names = ("year", "quarter", "kind", "officer", "due_on")
    counted = activity_figures(soon, *names, today=today)
    for key in sorted(counted, key=lambda key: tuple(part or 0 for part in key)):
        yield {**dict(zip(names, key, strict=True)), "n": counted[key].planned}


def _item(row: dict[str, Any]) -> str:
    names = (row["year"], row["quarter"], row["kind"], row["officer"] or 0, row["due_on"])
    return f"activities:{'-'.join(map(str, names))}"


def _deadline(row: dict[str, Any], holders: tuple[Any, ...], above: tuple[Any, ...]) -> Deadline:
    kind, quarter = ActivityKind(row["kind"]), Quarter(row["year"], row["quarter"])
    words = ngettext(
        "%(quarter)s, %(kind)s: %(count)s project left",
        "%(quarter)s, %(kind)s: %(count)s projects left",
        row["n"],
    )
    told = {"quarter": quarter_words(quarter), "kind": kind.label}
    narrowed = {
        "quarter": quarter.code,
        "kind": kind.value,
        "standing": ("open", "overdue"),
    }
    return Deadline(
        item=_item(row),
        kind=_("Supervision to be held"),
        title=words % {**told, "count": row["n"]},
        due_on=row["due_on"],
        holders=holders,
        above=(above,),
        url=activities_url(**narrowed, officer=row["officer"]),
        url_above=activities_url(**narrowed),
    )
