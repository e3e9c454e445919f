"""What a year shows as charts: how many were chosen, what became of the promises, month by month, place by place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.column.figures import Month, Steps, YearFigures, steps_of
from partybuilding.column.geometry import (
    Cells,
    Stair,
    cells_of,
    funnel_of,
    staircase_of,
)
from partybuilding.core.pages.lists import heads, number
from partybuilding.organizations.models import Organization
from partybuilding.projects.promises.bar import bar_of
from partybuilding.projects.promises.selectors import Counted, marks_of
from partybuilding.projects.states import Mark

COMPONENTS = "partybuilding/components"
#: Up to so many places are named in a sentence.
NAMED = 4


@dataclass(frozen=True)
class Chart:
    """A drawing with the sentence that it shows, and the table of the same numbers behind it.

    Args:
        id: names it on its page.
        drawing: what its template draws.
        is_wide: whether it takes the whole width of a desk.
        is_side: whether its table stands beside it there.
    """

    id: str
    title: str
    finding: str
    template: str
    drawing: Any
    columns: list[dict[str, Any]]
    rows: list[list[Any]]
    is_wide: bool = False
    is_side: bool = False


def year_charts(
    cycle_id: int,
    figures: YearFigures | None,
    promises: Sequence[Counted],
    today: date | None = None,
) -> list[Chart]:
    """Return the charts of a year that have something to show; one query.

    Args:
        cycle_id: the year.
        figures: its numbers.
        promises: its published promises, as of the day.
        today: the day that is asked about.
    """
    today = today or timezone.localdate()
    charts = [funnel_chart(figures)]
    if promises:
        charts += [
            marks_chart(marks_of(promises)),
            months_chart(steps_of(cycle_id, today), today),
            places_chart(promises),
        ]
    return [chart for chart in charts if chart is not None]


def funnel_chart(figures: YearFigures | None) -> Chart | None:
    """Return how many of the applications were approved; nothing before it is decided."""
    if figures is None or not figures.applications or not figures.approved:
        return None
    facts = {"all": figures.applications, "chosen": figures.approved, "units": figures.units}
    share = round(100 * figures.approved / figures.applications)
    finding = _(
        "%(all)s applications through %(units)s reporting units; %(chosen)s projects approved."
    )
    return Chart(
        id="from-application-to-project",
        title=_("From application to approval"),
        finding=finding % facts,
        template=f"{COMPONENTS}/funnel.html",
        drawing={
            "shape": funnel_of(figures.applications, figures.approved),
            "all": _("Handed in: %(all)s") % facts,
            "chosen": _("Approved: %(chosen)s") % facts,
            "share": _("%(share)s of 100 applications were approved") % {"share": share},
        },
        columns=heads(pgettext("column", "Stage"), pgettext("column", "Projects")),
        rows=[
            [_("Applications handed in"), number(figures.applications)],
            [_("Projects approved"), number(figures.approved)],
        ],
    )


def marks_chart(counts: Mapping[Mark, int]) -> Chart:
    """Return where the promises stand."""
    total = sum(counts.values())
    shown = [mark for mark in Mark if counts.get(mark)]
    parts = [
        _("%(state)s %(count)s (%(share)s)")
        % {"state": mark.label, "count": counts[mark], "share": share_words(counts[mark], total)}
        for mark in shown
    ]
    words = {"total": total, "parts": pgettext("between states", ", ").join(parts)}
    return Chart(
        id="commitments-by-state",
        title=_("Were the promises kept"),
        finding=_("%(total)s published commitments: %(parts)s.") % words,
        template=f"{COMPONENTS}/bar.html",
        drawing=bar_of(counts),
        columns=heads(
            pgettext("column", "How they stand"),
            pgettext("column", "Number of commitments"),
            pgettext("column", "Share"),
        ),
        rows=[
            [str(mark.label), number(counts[mark]), number(share_words(counts[mark], total))]
            for mark in shown
        ],
    )


def share_words(count: int, total: int) -> str:
    """Write a share in whole percent; what is there is never told as nothing, and not all never as all."""
    share = 100 * count / total
    if 0 < share < 1:
        return _("below one percent")
    if 99 < share < 100:
        return _("above 99 percent")
    return f"{share:.0f}%"


def months_chart(steps: Steps, today: date) -> Chart | None:
    """Return what had fallen due by the end of each month, and how much of it was done by then."""
    months = steps.months(today)
    if not months or not months[-1].due_so_far:
        return None
    with_year = {month.first.year for month in months} != {steps.year}
    stairs = [Stair(month.name, month.due_so_far, month.behind) for month in months]
    return Chart(
        id="steps-by-month",
        title=_("Month by month: what was due, and was it done"),
        finding=_months_finding(steps, months, today),
        template=f"{COMPONENTS}/staircase.html",
        drawing=staircase_of(stairs),
        columns=heads(
            pgettext("column", "Month"),
            pgettext("column", "Due in the month"),
            pgettext("column", "Done in the month"),
            pgettext("column", "Due so far"),
            pgettext("column", "Of these not done"),
        ),
        rows=[_month_row(month, with_year=with_year) for month in months],
        is_wide=True,
        is_side=True,
    )


def _month_row(month: Month, *, with_year: bool) -> list[Any]:
    behind = "—" if month.behind is None else month.behind
    numbers = map(number, (month.due, month.done, month.due_so_far, behind))
    return [month.label(with_year=with_year), *numbers]


def _months_finding(steps: Steps, months: list[Month], today: date) -> str:
    facts = {"day": date_format(today, "DATE_FORMAT"), "due": steps.due, "kept": steps.kept}
    early = steps.done - steps.kept
    if not steps.due and not early:
        return _("By %(day)s no step was due yet.") % facts
    if not steps.due:
        return _("By %(day)s no step was due yet; %(early)s are done.") % {**facts, "early": early}
    told = {**facts, "share": f"{steps.kept / steps.due:.0%}", "early": early}
    words = _("By %(day)s %(due)s steps were due, and %(kept)s of them are done (%(share)s).")
    if early:
        words = _(
            "By %(day)s %(due)s steps were due, and %(kept)s of them are done (%(share)s); "
            "%(early)s more were done ahead of time."
        )
    return words % told + _worst_words(months)


def _worst_words(months: list[Month]) -> str:
    """Say at the end of which month most was behind."""
    worst = max(months, key=lambda month: month.behind or 0)
    if not worst.behind:
        return ""
    return _("Most were behind at the end of %(month)s: %(count)s.") % {
        "month": worst.name,
        "count": worst.behind,
    }


@dataclass(frozen=True)
class PlaceRow:
    """The promises of one place, a cell for each."""

    name: str
    href: str
    is_township: bool
    marks: list[Mark]

    @property
    def kept(self) -> int:
        """How many were kept, in time or late."""
        return sum(mark in (Mark.DONE, Mark.DONE_LATE) for mark in self.marks)

    @cached_property
    def drawing(self) -> Cells:
        """The promises as cells."""
        return cells_of([mark.value for mark in self.marks])

    @property
    def is_bad(self) -> bool:
        """Whether one was not kept, or is overdue."""
        return bool(self.count(Mark.MISSED) or self.count(Mark.LATE))

    @property
    def words(self) -> str:
        """What the cells show beside how many were kept."""
        told = [mark for mark in Mark if mark != Mark.DONE and self.count(mark)]
        parts = [
            _("%(state)s %(count)s") % {"state": mark.label, "count": self.count(mark)}
            for mark in told
        ]
        return pgettext("between states", ", ").join(parts)

    def count(self, mark: Mark) -> int:
        """Count the cells of a mark."""
        return self.marks.count(mark)

    @property
    def rank(self) -> tuple[int, ...]:
        """By what it is sorted: what was not kept first, then what is overdue, then what was late."""
        return tuple(-self.count(mark) for mark in (Mark.MISSED, Mark.LATE, Mark.DONE_LATE))


def places_chart(promises: Sequence[Counted]) -> Chart:
    """Return the promises of each township and each other unit, a cell for each, the worst first; one query."""
    rows = sorted(_places(promises), key=lambda row: row.rank)
    townships = [row for row in rows if row.is_township]
    others = [row for row in rows if not row.is_township]
    counts = marks_of(promises)
    shown = [mark for mark in Mark if counts.get(mark)]
    return Chart(
        id="promises-by-place",
        title=_("Place by place"),
        finding=_places_finding(rows),
        template=f"{COMPONENTS}/multiples.html",
        drawing={
            "groups": [
                {"title": title, "rows": found}
                for title, found in (
                    (_("Townships and streets"), townships),
                    (_("Units of the district"), others),
                )
                if found
            ],
            "key": bar_of(counts),
        },
        columns=heads(
            pgettext("column", "Place"),
            pgettext("column", "All commitments"),
            *(str(mark.label) for mark in shown),
        ),
        rows=[
            [row.name, number(len(row.marks)), *(number(row.count(mark)) for mark in shown)]
            for row in rows
        ],
        is_wide=True,
    )


def _places_finding(rows: list[PlaceRow]) -> str:
    bad = [row.name for row in rows if row.is_bad]
    facts = {"all": len(rows), "bad": len(bad), "names": "、".join(bad[:NAMED])}
    if not bad:
        return _("In none of %(all)s places a promise was left undone or is overdue.") % facts
    if len(bad) <= NAMED:
        return _("Of %(all)s places these left one undone or overdue: %(names)s.") % facts
    return _("Of %(all)s places %(bad)s left one undone or overdue.") % facts


def _places(promises: Iterable[Counted]) -> Iterator[PlaceRow]:
    """Yield the places by their codes: where an organisation works, else the unit that it reports through."""
    found: dict[int, list[Mark]] = {}
    for one in promises:
        key = one.place_id or one.unit_id or one.organization
        found.setdefault(key, []).append(one.mark)
    units = Organization.objects.filter(pk__in=found).order_by("code_key", "name_key")
    for unit in units.only("name", "township"):
        name = unit.township or unit.name
        yield PlaceRow(name, f"?unit={unit.pk}", bool(unit.township), found[unit.pk])
