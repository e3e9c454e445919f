"""What the front page gathers from the rooms of the column; an empty part is left out.

Its order is that of an account book: what was promised and kept, what was not, by name, what is late
now; then the reader's own place; then what is new (docs/look.md).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.front_parts import address_of_part, news_part, opinions_part
from home.navigation import doors
from home.site_settings import DELIVERED_ORDER, ColumnSettings
from partybuilding.column.doing.evidence import latest_evidence
from partybuilding.column.doing.lateness import address_of
from partybuilding.column.doing.pages import OverdueIndexPage, ProgressIndexPage
from partybuilding.column.figures import graded_count, year_figures
from partybuilding.column.places.selectors import places_of
from partybuilding.column.places.tiles import tiles_of
from partybuilding.column.selectors import OnShow, on_show, year_links
from partybuilding.core.answers.memory import remembered
from partybuilding.core.pages.site import site_of
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.projects.models import Commitment
from partybuilding.projects.promises.bar import bar_of
from partybuilding.projects.promises.cards import explanation_of, marked
from partybuilding.projects.promises.saying import said
from partybuilding.projects.promises.selectors import (
    Counted,
    counted_promises,
    marks_of,
    named_promises,
)
from partybuilding.projects.states import Mark

#: Promises that are named before the page leads on to all of them.
NAMED = 3
EVIDENCE = 3
#: Parts of half the width.
HALVES = ("news", "opinions")
#: Characters of a reason that stand below the name.
REASON = 32

Part = dict[str, Any]


def front_page(request: HttpRequest) -> Part:
    """Return every part of the front page, of the year that its address asks for."""
    shown, today = on_show(request), timezone.localdate()
    asked = request.GET.get("year", "")
    year = next((one for one in shown.years if str(one.year) == asked), shown.settled)
    last = next((one for one in shown.years if one.stage in ANNOUNCED), None)
    promises = promises_of(year, last)
    of_year = [one for one in promises if year and one.cycle == year.cycle_id]
    late = furthest(one for one in promises if one.mark == Mark.LATE)
    missed = furthest(one for one in of_year if one.mark == Mark.MISSED)
    named = named_promises(one.pk for one in (*late[:NAMED], *missed[:NAMED]))
    overdue_href = address_of_part(OverdueIndexPage, request)
    parts = {
        "evidence": latest_evidence(EVIDENCE, request),
        "news": news_part(request),
        "opinions": opinions_part(request),
    }
    return {
        **parts,
        "groups": groups_of(order_of(request), parts),
        "year": year,
        "years": year_links(shown.years, year, request.path),
        **account_part(year, of_year, overdue_href),
        "missed": named_part(missed, named, request, today),
        "doors": doors(request),
        "late": named_part(late, named, request, today),
        "overdue_href": overdue_href,
        "others": others_part(shown, year, promises, request),
        "map": tiles_of(places_of(year.cycle_id, of_year), year.year) if year else None,
        "places_href": reverse("townships"),
        "path": path_part(year, of_year, request),
        "progress_href": address_of_part(ProgressIndexPage, request),
    }


def order_of(request: HttpRequest) -> Iterable[str]:
    """Return what stands below the account, in the order that the settings name."""
    site = site_of(request)
    if site is None:
        return DELIVERED_ORDER
    return remembered(("front", site.pk), lambda: ColumnSettings.for_site(site).front_order)


def groups_of(order: Iterable[str], parts: Part) -> list[list[str]]:
    """Return what stands below the account in its order; news and letterbox share a row where they meet."""
    shown = [name for name in order if parts[name]]
    return [list(names) for _half, names in groupby(shown, key=lambda name: name in HALVES)]


def promises_of(year: Any, last: Any) -> list[Counted]:
    """Return the promises of a year and of the last that is over, and those of any still to be kept; one query."""
    if year is None:
        return []
    return counted_promises(years=[one.cycle_id for one in (year, last) if one], keeping=True)


def account_part(year: Any, promises: Sequence[Counted], overdue_href: str) -> Part:
    """Return the sentence of a year with its bar."""
    marks = marks_of(promises)
    parts = ((Mark.LATE, "list"), (Mark.MISSED, "missed"), (Mark.DONE_LATE, "late"))
    leads = {mark: f"{overdue_href}?year={year.year}#{part}" for mark, part in parts if year}
    return {
        "say": said(marks) if promises else [],
        "bar": bar_of(marks, leads if overdue_href else None),
    }


def furthest(promises: Iterable[Counted]) -> list[Counted]:
    """Put in order what lies furthest behind first."""
    return sorted(promises, key=lambda one: (-one.late, one.pk))


def named_part(
    rows: Sequence[Counted], named: Mapping[int, Commitment], request: HttpRequest, today: date
) -> Part:
    """Return the first of some promises by name, each with whose it is and its reason.

    Args:
        named: them as records, by their keys.
    """
    return {
        "count": len(rows),
        "more": max(0, len(rows) - NAMED),
        "entries": [
            {
                "href": address_of(one, request),
                "title": one.name,
                "organization": one.project.told.organization,
                "why": in_short(explanation_of(one)),
                **marked(one.promise, today),
            }
            for one in (named[row.pk] for row in rows[:NAMED])
        ],
    }


def in_short(reason: str) -> str:
    """Return the beginning of a reason: its first sentence, cut at a comma where that is long."""
    first = re.split(r"[。；;\n]", reason.strip(), maxsplit=1)[0]
    if len(first) <= REASON:
        return first
    cut = first[:REASON]
    return f"{cut[: cut.rfind('，')] if '，' in cut else cut}……"


def others_part(
    shown: OnShow, chosen: Any, promises: Iterable[Counted], request: HttpRequest
) -> list[Part]:
    """Return the other years with promises that were read, each in a sentence by the worst that stands in it."""
    parts = []
    for year in shown.years:
        these = [one for one in promises if one.cycle == year.cycle_id]
        if year.cycle_id == chosen.cycle_id or not these:
            continue
        marks = marks_of(these)
        is_over = year.stage in ANNOUNCED
        parts.append(
            {
                "label": (_("%(year)s is over") if is_over else _("%(year)s under way"))
                % {"year": year.year},
                "mark": next(mark for mark in _WORST if marks[mark]).value,
                "href": f"{request.path}?year={year.year}",
                "words": "".join(part["text"] for part in said(marks)),
            }
        )
    return parts


#: By which mark a year is told in a line: the worst that stands in it.
_WORST = (Mark.LATE, Mark.MISSED, Mark.UNDER_WAY, Mark.NOT_STARTED, *Mark)


def path_part(year: Any, promises: Sequence[Counted], request: HttpRequest) -> list[Part]:
    """Return the way of a year in figures: handed in, approved, promised, kept, graded; each once it is told."""
    figures = year_figures(year.cycle_id) if year else None
    if figures is None:
        return []
    marks, href = marks_of(promises), year.get_url(request)
    steps = [
        (figures.applications, _("handed in")),
        (figures.approved if figures.approved is not None else figures.published, _("approved")),
        (len(promises) or None, _("commitments made")),
        (marks[Mark.DONE] + marks[Mark.DONE_LATE] if promises else None, _("kept")),
        (_graded(year), _("graded")),
    ]
    told = [(value, words) for value, words in steps if value is not None]
    return [{"value": value, "label": words, "href": href} for value, words in told]


def _graded(year: Any) -> int | None:
    """Count the graded projects of a year that residents read; None before they are announced."""
    if year.stage not in ANNOUNCED:
        return None
    return graded_count(year.cycle_id)
