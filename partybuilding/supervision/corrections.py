"""What was corrected of a visit's record or of a finding (更正): what is kept, and how it reads. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from partybuilding.core.machine.wording import day_words
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.states import QUARTERS, Corrected, Standing


def quarter_name(number: int) -> str:
    """Name a quarter without its year: 第二季度."""
    return str(dict(QUARTERS)[number])


def quarter_words(quarter: Quarter) -> str:
    """Name a quarter with its year."""
    names = {"year": quarter.year, "quarter": quarter_name(quarter.number)}
    return pgettext("quarter", "%(year)s, %(quarter)s") % names


def month_words(year: int, month: int) -> str:
    """Name a month with its year."""
    return _("%(year)s-%(month)s") % {"year": year, "month": month}


def when_words(thing: Any) -> str:
    """Name the quarter that an activity belongs to, or that a notice or bulletin is about."""
    return quarter_words(thing.period)


def late_words(days: int) -> str:
    """Say by how many days something is late; nothing when it is not."""
    if days < 1:
        return ""
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def activity_late_words(activity: Any, today: date | None = None) -> str:
    """Say how late an activity was held, or is by now; nothing when its time is not over, or it ended."""
    today = today or timezone.localdate()
    stands = activity.stands(today)
    if stands not in (Standing.HELD_LATE, Standing.OVERDUE):
        return ""
    return late_words(((activity.done_on or today) - activity.due_on).days)


def deadline_words(rectification: Any) -> str:
    """Say by when it is to be rectified, and by when it first was."""
    now, first = rectification.rectify_by, rectification.first_deadline
    if now == first:
        return day_words(now)
    words = _("%(day)s, at first %(first)s")
    return words % {"day": day_words(now), "first": day_words(first)}


def closing_words(rectification: Any) -> str:
    """Say when a finding was closed; nothing while it is open."""
    if rectification.verified_on is None:
        return ""
    return pgettext("finding", "closed on %(day)s") % {"day": day_words(rectification.verified_on)}


def correction_words(told: Mapping[str, Any]) -> str:
    """Say what was corrected: the part, old and new words, and why."""
    words = _("Corrected %(day)s, %(label)s: %(before)s → %(after)s (%(reason)s)")
    return words % told


@dataclass(frozen=True)
class CheckNote:
    """What was found of one commitment.

    Args:
        commitment: its key.
        found: one of `states.Found`.
    """

    commitment: int
    found: str
    remark: str = ""


@dataclass(frozen=True)
class FindingNote:
    """One finding: what is wrong, what is asked for, by when, and which commitment it concerns."""

    finding: str
    requirement: str
    rectify_by: date
    commitment: int | None = None


@dataclass(frozen=True)
class VisitNote:
    """The record of one activity as it was written down."""

    held_on: date
    participants: str
    summary: str
    good_practice: str = ""
    checks: tuple[CheckNote, ...] = field(default=())
    findings: tuple[FindingNote, ...] = field(default=())


#: What never leaves the staff side.
FOR_STAFF = frozenset({Corrected.PARTICIPANTS.value})


@dataclass(frozen=True)
class Change:
    """One part with what it said and what it says now, in words."""

    part: Corrected
    before: str
    after: str


def changed(pairs: Iterable[tuple[Corrected, str, str]]) -> list[Change]:
    """Keep the parts that say something else now."""
    return [Change(part, before, after) for part, before, after in pairs if before != after]


def entry(change: Change, *, day: date, reason: str) -> dict[str, str]:
    """Return a change as the row keeps it, as JSON."""
    return {
        "on": day.isoformat(),
        "part": change.part.value,
        "from": change.before,
        "to": change.after,
        "reason": reason,
    }


def told(
    entries: Iterable[Mapping[str, str]], *, to_staff: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield the corrections as readers see them, the last one first."""
    for one in reversed(list(entries)):
        if to_staff or one["part"] not in FOR_STAFF:
            yield {
                "day": day_words(date.fromisoformat(one["on"])),
                "label": Corrected(one["part"]).label,
                "before": one["from"] or "—",
                "after": one["to"] or "—",
                "reason": one["reason"],
            }


ACTIVITIES = "party_activities_modeladmin_index"
RECTIFICATIONS = "party_rectifications_modeladmin_index"


def _narrowed(name: str, filters: dict[str, Any]) -> str:
    given = {key: value for key, value in filters.items() if value not in ("", None)}
    return f"{reverse(name)}?{urlencode(given, doseq=True)}" if given else reverse(name)


def activities_url(**filters: Any) -> str:
    """Return the address of the register of activities, narrowed."""
    return _narrowed(ACTIVITIES, filters)


def rectifications_url(**filters: Any) -> str:
    """Return the address of the register of rectifications, narrowed."""
    return _narrowed(RECTIFICATIONS, filters)


def activity_url(pk: int) -> str:
    """Return where staff see one activity with its record."""
    return reverse("partybuilding:activity", args=[pk])


def feedback_quarter_url(cycle: int, quarter: Quarter) -> str:
    """Return where the feedback notices of a programme year in a quarter are issued."""
    args = [cycle, quarter.year, quarter.number]
    return reverse("partybuilding:feedback_quarter", args=args)


def quarter_at(year: int, number: int) -> Quarter:
    """Return the quarter that an address names.

    Raises:
        Http404: no calendar has it.
    """
    if number not in dict(QUARTERS) or not MINYEAR <= year < MAXYEAR:
        raise Http404
    return Quarter(year, number)


def rectification_url(pk: int) -> str:
    """Return where staff see one rectification."""
    return reverse("partybuilding:rectification", args=[pk])
