"""What a year's promises show as charts: where they stand, due against done by month, late by unit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.column.figures import Steps, steps_of
from partybuilding.core.pages.lists import heads, number
from partybuilding.projects.promises.cards import SUMMARY_ORDER
from partybuilding.projects.promises.selectors import Standing
from partybuilding.projects.states import CommitmentState

COMPONENT = "partybuilding/components/bar_chart.html"


BY_MONTH = "partybuilding/components/month_chart.html"


#: A reporting unit: by what it is sorted, its key, its name.
Place = tuple[str, int, str]


@dataclass(frozen=True)
class Chart:
    """Bars with the sentence that they show, and the table of the same numbers below them."""

    id: str
    title: str
    finding: str
    bars: list[dict[str, Any]]
    most: int
    columns: list[dict[str, Any]]
    rows: list[list[Any]]
    template: str = COMPONENT


def promise_charts(
    cycle_id: int, standings: Sequence[Standing], today: date | None = None
) -> list[Chart]:
    """Return the charts of a year's published promises that have something to show; one query.

    Args:
        cycle_id: the year.
        standings: where its promises stand.
        today: the day that is asked about.
    """
    if not standings:
        return []
    today = today or timezone.localdate()
    charts = (
        states_chart(standings),
        months_chart(steps_of(cycle_id, today), today),
        units_chart(standings),
    )
    return [chart for chart in charts if chart is not None]


def states_chart(standings: Sequence[Standing]) -> Chart:
    """Return where the promises stand."""
    counts: Counter[CommitmentState] = Counter()
    for row in standings:
        counts[row.state] += row.commitments
    total = counts.total()
    shown = [state for state in SUMMARY_ORDER if counts[state]]
    kept, late = counts[CommitmentState.DONE], counts[CommitmentState.OVERDUE]
    facts = {"total": total, "kept": kept, "share": f"{kept / total:.0%}", "late": late}
    finding = _("%(total)s published commitments: %(kept)s kept (%(share)s), %(late)s overdue.")
    return Chart(
        id="commitments-by-state",
        title=_("Where the commitments stand"),
        finding=finding % facts,
        bars=[{"label": state.label, "count": counts[state]} for state in shown],
        most=max(counts.values()),
        columns=heads(
            pgettext("column", "State of the commitments"),
            pgettext("column", "Number of commitments"),
            pgettext("column", "Share"),
        ),
        rows=[
            [str(state.label), number(counts[state]), number(f"{counts[state] / total:.0%}")]
            for state in shown
        ],
    )


def months_chart(steps: Steps, today: date) -> Chart | None:
    """Return what fell due in each month against what was done in it, and both added up."""
    months = [steps.months[first] for first in sorted(steps.months)]
    if not months:
        return None
    with_year = {month.first.year for month in months} != {steps.year}
    labels = [month.label(with_year=with_year) for month in months]
    rows, due, done = [], 0, 0
    for label, month in zip(labels, months, strict=True):
        due, done = due + month.due, done + month.done
        rows.append([label, *map(number, (month.due, month.done, due, done))])
    return Chart(
        id="steps-by-month",
        title=_("Steps due and done by month"),
        finding=_months_finding(steps, today),
        bars=[
            {"label": label, "due": month.due, "done": month.done}
            for label, month in zip(labels, months, strict=True)
        ],
        most=max(max(month.due, month.done) for month in months),
        columns=heads(
            pgettext("column", "Month"),
            pgettext("column", "Due in the month"),
            pgettext("column", "Done in the month"),
            pgettext("column", "Due so far"),
            pgettext("column", "Done so far"),
        ),
        rows=rows,
        template=BY_MONTH,
    )


def _months_finding(steps: Steps, today: date) -> str:
    facts = {"day": date_format(today, "DATE_FORMAT"), "due": steps.due, "kept": steps.kept}
    early = steps.done - steps.kept
    if not steps.due:
        return _("By %(day)s no step was due yet; %(early)s are done.") % {**facts, "early": early}
    share = f"{steps.kept / steps.due:.0%}"
    if early:
        return _(
            "By %(day)s %(due)s steps were due, and %(kept)s of them are done (%(share)s); "
            "%(early)s more were done ahead of time."
        ) % {**facts, "share": share, "early": early}
    return _("By %(day)s %(due)s steps were due, and %(kept)s of them are done (%(share)s).") % {
        **facts,
        "share": share,
    }


def units_chart(standings: Sequence[Standing]) -> Chart | None:
    """Return how many promises are overdue by reporting unit; nothing when none is."""
    late: Counter[Place] = Counter()
    every: Counter[Place] = Counter()
    for row in standings:
        place = (row.unit_key, row.unit or 0, row.unit_name or _("Without a reporting unit"))
        every[place] += row.commitments
        if row.state == CommitmentState.OVERDUE:
            late[place] += row.commitments
    if not late:
        return None
    units = sorted(late, key=lambda place: (-late[place], place))
    most = late[units[0]]
    leading = [place[-1] for place in units if late[place] == most]
    facts = {"total": late.total(), "units": len(units), "most": most, "unit": leading[0]}
    finding = (
        _("%(total)s commitments of %(units)s units are overdue; %(unit)s has most, %(most)s.")
        if len(leading) == 1
        else _("%(total)s commitments of %(units)s units are overdue, at most %(most)s in one.")
    )
    return Chart(
        id="overdue-by-unit",
        title=_("Overdue commitments by reporting unit"),
        finding=finding % facts,
        bars=[{"label": place[-1], "count": late[place]} for place in units],
        most=most,
        columns=heads(
            pgettext("column", "Reporting unit"),
            pgettext("column", "Overdue commitments"),
            pgettext("column", "All commitments"),
        ),
        rows=[[_unit_cell(place), number(late[place]), number(every[place])] for place in units],
    )


def _unit_cell(place: Place) -> Any:
    _key, unit, name = place
    return {"text": name, "href": f"?unit={unit}&overdue=1"} if unit else name
