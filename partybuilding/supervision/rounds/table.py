"""The table of the rounds of supervision: what was to be held and was, what was found and what became of it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from partybuilding.core.answers.memory import remembered
from partybuilding.core.pages.lists import Listing, heads, number
from partybuilding.projects.promises.bar import bar_of
from partybuilding.projects.promises.saying import told
from partybuilding.projects.states import Mark
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity
from partybuilding.supervision.notices.selectors import is_told
from partybuilding.supervision.selectors.figures import (
    Activities,
    Rectifications,
    activity_figures,
    public_activities,
    public_rectifications,
    rectification_figures,
)
from partybuilding.supervision.states import ActivityKind
from partybuilding.supervision.wording import quarter_words

#: The filters of the list that narrow the rounds too, with the fields of a project.
NARROWING = {
    "year": "project__cycle__year",
    "unit": "project__organization__unit",
    "sector": "project__sector",
}
#: How many of the newest calendar years are shown until a programme year is asked for.
YEARS = 2


def rounds_of(listing: Listing, today: date | None = None) -> dict[str, Any] | None:
    """Return the table of the programme years that a list asks for, or of the newest calendar years.

    Of the same rows as the bulletins: of projects whose page residents may read, on the day `day`.
    """
    today = today or timezone.localdate()
    read = partial(_figures, listing, today)
    is_shared = not any(listing.chosen(name) for name in NARROWING)
    held, found, untold = remembered(("rounds", today), read) if is_shared else read()
    quarters = sorted({Quarter(*key[:2]) for key in (*held, *found)}, reverse=True)
    if not listing.chosen("year"):
        years = sorted({quarter.year for quarter in quarters}, reverse=True)[:YEARS]
        quarters = [quarter for quarter in quarters if quarter.year in years]
    if not quarters:
        return None
    there = {kind for *quarter, kind in held if Quarter(*quarter) in quarters}
    kinds = [code for code in ActivityKind.values if code in there]
    rows = []
    for one in quarters:
        of_kinds = [held.get((one.year, one.number, code), Activities()) for code in kinds]
        findings = found.get((one.year, one.number), Rectifications())
        rows.append(
            [
                quarter_words(one),
                *(
                    number(_("%(held)s/%(planned)s") % {"held": n.done, "planned": n.planned})
                    for n in of_kinds
                ),
                *map(number, (findings.found, findings.closed, findings.overdue)),
            ]
        )
    columns = heads(
        pgettext("column", "Quarter"),
        *(str(ActivityKind(code).label) for code in kinds),
        pgettext("rounds", "Findings"),
        pgettext("rounds", "Closed"),
        pgettext("rounds", "Overdue"),
    )
    shown = [numbers for key, numbers in found.items() if Quarter(*key[:2]) in quarters]
    left = sum(n.found for key, n in untold.items() if Quarter(*key[:2]) in quarters)
    return {
        "columns": columns,
        "rows": rows,
        "day": today,
        "untold": untold_words(left),
        **_summary(shown),
    }


def _figures(
    listing: Listing, today: date
) -> tuple[dict[Any, Activities], dict[Any, Rectifications], dict[Any, Rectifications]]:
    """Count what was to be held, by quarter and kind, what was found, and what of it no notice tells, by quarter."""
    activities = _narrowed(public_activities().begun(today), listing)
    findings = _narrowed(public_rectifications().counted(), listing)
    of_quarter = ("activity__year", "activity__quarter")
    return (
        activity_figures(activities, "year", "quarter", "kind", today=today),
        rectification_figures(findings, *of_quarter, today=today),
        rectification_figures(findings.filter(~is_told()), *of_quarter, today=today),
    )


def untold_words(count: int) -> str:
    """Say why the list and the open data have fewer findings than were counted; nothing where they have all."""
    if not count:
        return ""
    return ngettext(
        "%(count)s of them stands in no issued feedback notice yet: its project's page shows it, the list below"
        " and the open data will once the notice is out.",
        "%(count)s of them stand in no issued feedback notice yet: their projects' pages show them, the list below"
        " and the open data will once the notices are out.",
        count,
    ) % {"count": count}


#: What the marks are called of findings, and how a sentence counts them.
LABELS = {
    Mark.DONE: pgettext_lazy("findings", "Closed in time"),
    Mark.DONE_LATE: pgettext_lazy("findings", "Closed late"),
    Mark.UNDER_WAY: gettext_lazy("Being rectified"),
    Mark.LATE: gettext_lazy("Rectification overdue"),
}
COUNTED = {
    Mark.DONE: pgettext_lazy("findings", "%(count)s closed in time"),
    Mark.DONE_LATE: pgettext_lazy("findings", "%(count)s closed late"),
    Mark.UNDER_WAY: pgettext_lazy("findings", "%(count)s being rectified"),
    Mark.LATE: pgettext_lazy("findings", "%(count)s overdue"),
}


def _summary(found: Sequence[Rectifications]) -> dict[str, Any]:
    """Say what the rounds found and what became of it, in a sentence and as a bar."""
    counts = {
        Mark.DONE: sum(one.closed - one.closed_late for one in found),
        Mark.DONE_LATE: sum(one.closed_late for one in found),
        Mark.UNDER_WAY: sum(one.open - one.overdue for one in found),
        Mark.LATE: sum(one.overdue for one in found),
    }
    total = sum(counts.values())
    opening = _("%(count)s problems found in these quarters") if total else _("No problem found")
    clauses: list[tuple[Mark | None, str]] = [(None, opening % {"count": total})]
    clauses += [
        (mark, words % {"count": counts[mark]}) for mark, words in COUNTED.items() if counts[mark]
    ]
    return {"say": told(clauses), "bar": bar_of(counts, labels=LABELS)}


def held_rounds() -> QuerySet[Activity]:
    """Return the visits that were held on projects whose page residents may read."""
    return public_activities().visits().filter(done_on__isnull=False)


def _narrowed(rows: Any, listing: Listing) -> Any:
    """Keep what is of the projects that the list asks for."""
    for name, lookup in NARROWING.items():
        if values := listing.chosen(name):
            rows = rows.filter(**{f"{lookup}__in": values})
    return rows
