"""The numbers of the boards as rows of a table, each number with the address of its list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.boards.desk import board_url
from partybuilding.boards.selectors.holders import Holder
from partybuilding.boards.selectors.load import Load, days_between
from partybuilding.boards.selectors.pipeline import Station
from partybuilding.boards.states import Waited
from partybuilding.boards.watched import Narrowing, Watched
from partybuilding.core.desk.figures import how_many
from partybuilding.core.models import TransitionRecord


@dataclass(frozen=True)
class Number:
    """A number with the address of exactly the rows that it counts; without one there is nothing to open."""

    count: int
    url: str = ""


def number(count: int, url: str) -> Number:
    """Return a number that opens its list; nought opens nothing."""
    return Number(count, url if count else "")


def days_words(days: float | None) -> str:
    """Write a number of days, halves with one decimal; a dash when there is none."""
    return "–" if days is None else f"{days:g}"


def pipeline_rows(watched: Watched, stations: list[Station]) -> dict[str, Any]:
    """Return the rows of the pipeline: states in which it waits for somebody, then the others."""
    waiting = [one for one in stations if one.state.holders]
    late = sum(one.overdue for one in waiting)
    open_count = sum(one.count for one in waiting)
    slowest = max((one for one in waiting if one.count), key=_pace, default=None)
    return {
        "finding": _finding(watched, open_count, late, slowest),
        "most": max((one.count for one in waiting), default=0) or 1,
        "spans": [span.label for span in Waited],
        "stations": [_station_row(watched, one) for one in waiting],
        "settled": [_station_row(watched, one) for one in stations if not one.state.holders],
    }


def _pace(station: Station) -> float:
    return station.median or 0


def _finding(watched: Watched, count: int, late: int, slowest: Station | None) -> str:
    facts = {"kind": watched.label, "n": count, "late": late}
    said = _("%(kind)s: %(n)s under way, %(late)s of them overdue.") % facts
    if slowest is None or not slowest.median:
        return said
    where = {"state": slowest.state.label, "days": days_words(slowest.median)}
    return said + _(
        "It takes longest in “%(state)s”: half of them have been there %(days)s days."
    ) % (where)


def _station_row(watched: Watched, station: Station) -> dict[str, Any]:
    code = station.state.code
    return {
        "state": station.state,
        "count": number(station.count, watched.url(state=code)),
        "overdue": number(station.overdue, watched.url(state=code, due="overdue")),
        "median": days_words(station.median),
        "longest": days_words(station.longest),
        "spans": [
            number(count, watched.url(state=code, waited=span.value))
            for span, count in station.spans
        ],
    }


def holder_rows(watched: list[Watched], listed: list[Holder], today: date) -> dict[str, Any]:
    """Return the holders with their overdue records by kind, and how many are overdue of each kind."""
    totals = [_total(one, today) for one in watched]
    kinds = [one for one, total in zip(watched, totals, strict=True) if total.count]
    late = sum(total.count for total in totals)
    words = ngettext("%(n)s record is overdue", "%(n)s records are overdue", late)
    return {
        "finding": words % {"n": late},
        "totals": [
            (one.label, total) for one, total in zip(watched, totals, strict=True) if total.count
        ],
        "kinds": [one.label for one in kinds],
        "most": max((holder.overdue for holder in listed), default=0),
        "holders": [
            {
                "holder": holder,
                "numbers": [
                    number(
                        holder.counts.get(one.code, (0, 0))[1],
                        one.url(holder=holder.code, due="overdue"),
                    )
                    for one in kinds
                ],
            }
            for holder in listed
        ],
    }


def _total(watched: Watched, today: date) -> Number:
    count = how_many(watched.records, today)["late"]
    return number(count, watched.url(due="overdue"))


def load_rows(watched: list[Watched], found: list[Load], narrowing: Narrowing) -> dict[str, Any]:
    """Return the reviewers with what they have by kind, and what they did lately."""
    kinds = [one for one in watched if any(one.code in load.holder.counts for load in found)]
    return {
        "kinds": [one.label for one in kinds],
        "most": max((load.holder.open for load in found), default=0),
        "loads": [
            {
                "name": load.user.get_full_name() or load.user.get_username(),
                "role": load.holder.role.label,
                "post": load.post,
                "open": load.holder.open,
                "numbers": [_open(one, load.holder) for one in kinds],
                "overdue": [_late(one, load.holder) for one in kinds],
                "handled": number(load.handled, handled_url(load.user.pk, narrowing)),
                "median": days_words(load.median),
            }
            for load in found
        ],
    }


def _open(watched: Watched, holder: Holder) -> Number:
    count, _overdue = holder.counts.get(watched.code, (0, 0))
    return number(count, watched.url(holder=holder.code))


def _late(watched: Watched, holder: Holder) -> Number:
    _count, overdue = holder.counts.get(watched.code, (0, 0))
    return number(overdue, watched.url(holder=holder.code, due="overdue"))


def handled_url(person: int, narrowing: Narrowing) -> str:
    """Return the address of what somebody did lately, narrowed likewise."""
    address = reverse("partybuilding:board_handled", args=[person])
    query = board_url("board_load", **narrowing.query).partition("?")[2]
    return f"{address}?{query}" if query else address


def trail_rows(rows: Iterable[TransitionRecord], watched: list[Watched]) -> list[dict[str, Any]]:
    """Return steps with what they were taken on, where it is opened, and the days it had waited."""
    labels = {one.code: one for one in watched}
    found = list(rows)
    records = {
        (one.code, record.pk): record
        for one in watched
        for record in one.records.filter(
            pk__in=[row.record_id for row in found if row.machine == one.code]
        )
    }
    return [
        {
            "kind": labels[row.machine].label,
            "title": row.record_label,
            "url": labels[row.machine].register.opened_at(records[row.machine, row.record_id]),
            "step": row.step_label,
            "at": timezone.localtime(row.at),
            "days": days_words(days_between(row.entered, row.at)),  # type: ignore[attr-defined]
        }
        for row in found
    ]
