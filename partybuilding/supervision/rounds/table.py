"""The rounds by quarter: what was planned and held, what was found and put right."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.pages.lists import Listing
from partybuilding.core.pages.tables import heads, number
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity
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
    held = activity_figures(
        _narrowed(public_activities().begun(today), listing), "year", "quarter", "kind", today=today
    )
    found = rectification_figures(
        _narrowed(public_rectifications().counted(), listing),
        "activity__year",
        "activity__quarter",
        today=today,
    )
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
    return {"columns": columns, "rows": rows, "day": today}


def held_rounds() -> QuerySet[Activity]:
    """Return the visits that were held on projects whose page residents may read."""
    return public_activities().visits().filter(done_on__isnull=False)


def _narrowed(rows: Any, listing: Listing) -> Any:
    """Keep what is of the projects that the list asks for."""
    for name, lookup in NARROWING.items():
        if values := listing.chosen(name):
            rows = rows.filter(**{f"{lookup}__in": values})
    return rows
