"""A year in numbers, computed from its rows: its projects, and the steps of their promises."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.answers.wording import worded
from partybuilding.core.pages.facets import Choice
from partybuilding.core.pages.lists import heads, number
from partybuilding.cycles.states import CycleState
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.models import CommitmentStep, Project
from partybuilding.projects.models.commitment import CLOSED
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import Counted, readable_promises
from partybuilding.projects.states import CHOSEN, Mark

#: The stages of a year in which it is still being decided which projects there will be.
CHOOSING = (CycleState.PREPARING, CycleState.APPLYING, CycleState.SELECTING)


@dataclass(frozen=True)
class YearFigures:
    """A year in numbers, computed from its rows; the first three only once choosing is over."""

    published: int
    sectors: list[Choice]
    applications: int | None = None
    approved: int | None = None
    units: int | None = None
    #: What became of the promises of each field, by its code.
    marks: Mapping[str, Counter[Mark]] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """The number of projects of the field that has most, at least one."""
        return max((sector.count for sector in self.sectors), default=0) or 1

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """The figures with their words, as the year in numbers shows them."""
        projects, units = (
            pgettext("measure word", "projects"),
            pgettext("measure word", "units"),
        )
        figures = [
            (_("Applications handed in"), self.applications, projects),
            (_("Projects approved"), self.approved, projects),
            (_("Reporting units taking part"), self.units, units),
            (_("Projects to read here"), self.published, projects),
        ]
        return [
            {"label": label, "value": value, "unit": unit}
            for label, value, unit in figures
            if value is not None
        ]

    @property
    def sector_columns(self) -> list[dict[str, Any]]:
        """The heads of the table of projects by field."""
        words = [pgettext("column", "Projects"), pgettext("column", "Share")]
        if self.marks:
            words += [pgettext("column", "Commitments"), pgettext("column", "Kept")]
        return heads(pgettext("column", "Field"), *words)

    @property
    def sector_rows(self) -> list[list[Any]]:
        """The projects by field as rows of a table, with the share of all in percent, and what was kept of how much."""
        return [
            [
                sector.label,
                *(number(sector.count), number(f"{sector.count / self.published:.0%}")),
                *self._kept(sector.value),
            ]
            for sector in self.sectors
        ]

    def _kept(self, sector: str) -> list[Any]:
        if not self.marks:
            return []
        marks = self.marks.get(sector, Counter())
        return [number(marks.total()), number(marks[Mark.DONE] + marks[Mark.DONE_LATE])]

    @property
    def finding(self) -> str:
        """What the projects by field show, in one sentence."""
        leading = [sector.label for sector in self.sectors if sector.count == self.most]
        present = sum(1 for sector in self.sectors if sector.count)
        facts = {
            "total": self.published,
            "present": present,
            "most": self.most,
            "leading": "、".join(leading),
        }
        if present == 1:
            return _("All %(total)s published projects are in one field: %(leading)s.") % facts
        if len(leading) > 1:
            return (
                _(
                    "%(total)s published projects in %(present)s fields; %(leading)s have most, "
                    "%(most)s each."
                )
                % facts
            )
        return (
            _("%(total)s published projects in %(present)s fields; %(leading)s has most, %(most)s.")
            % facts
        )


def by_sector(pages: QuerySet[ProjectPage], year: int | None = None) -> list[Choice]:
    """Count pages by the field of their projects, in the order of the fields."""
    numbers = dict(pages.order_by().values_list("project__sector").annotate(n=Count("pk")))
    return _every_sector(numbers, year)


def every_sector(choices: Iterable[Choice], year: int | None = None) -> list[Choice]:
    """Complete the choices of a list's filter by the fields that no project has."""
    return _every_sector({choice.value: choice.count for choice in choices}, year)


def _every_sector(numbers: Mapping[str, int], year: int | None) -> list[Choice]:
    """Return the fields of a year, or today's; a retired one as long as a project has it."""
    offered = SECTORS.offered([code for code, count in numbers.items() if count], year)
    return [Choice(code, label, numbers.get(code, 0)) for code, label in offered]


def marks_by_sector(promises: Iterable[Counted]) -> Mapping[str, Counter[Mark]]:
    """Count promises by the field of their project and by how they are told to residents."""
    found = defaultdict[str, Counter[Mark]](Counter)
    for promise in promises:
        found[promise.sector][promise.mark] += 1
    return found


def year_figures(cycle_id: int, sectors: list[Choice] | None = None) -> YearFigures | None:
    """Count a year: applications handed in, projects approved, units taking part, pages to read.

    Args:
        cycle_id: the year.
        sectors: its readable projects by field, when they are counted already.

    The number of applications is an announced figure of the programme; which they were is not. Before
    a first project is published a year has no figures, and while projects are still being chosen only
    that of its pages: the others would tell what is undecided.
    """
    if sectors is None:
        pages = ProjectPage.objects.readable().filter(project__cycle=cycle_id)
        sectors = by_sector(pages, cycle_id)
    published = sum(sector.count for sector in sectors)
    if not published:
        return None
    ((stage, *numbers),) = _numbers_of(cycle_id)
    if stage in CHOOSING:
        return YearFigures(published, sectors)
    return YearFigures(published, sectors, *numbers)


@worded
def _numbers_of(cycle_id: int) -> QuerySet[Project, Any]:
    """Count applications, approved projects and units of a year; one row, with its state."""
    handed_in = Q(submitted_at__isnull=False)
    of_year = Project.objects.filter(cycle=cycle_id).order_by().values_list("cycle__state")
    return of_year.annotate(
        applications=Count("pk", filter=handed_in),
        approved=Count("pk", filter=Q(state__in=CHOSEN)),
        units=Count("organization__unit", distinct=True, filter=handed_in),
    )


def graded_count(cycle_id: int) -> int:
    """Count the graded projects of a year that residents read."""
    graded = ProjectPage.objects.readable().filter(project__grade_class__isnull=False)
    return graded.filter(project__cycle=cycle_id).count()


@dataclass(frozen=True)
class Month:
    """The steps of one month.

    Args:
        due, done: how many fell due in it, and how many were done in it.
        due_so_far: how many had fallen due by its end.
        behind: how many of those were not done by its end; None for a month that is not over.
    """

    first: date
    due: int
    done: int
    due_so_far: int
    behind: int | None

    def label(self, *, with_year: bool) -> str:
        """Return the month in words; its calendar year need not be said where all are the programme year's."""
        if with_year:
            return date_format(self.first, "YEAR_MONTH_FORMAT")
        return self.name

    @property
    def name(self) -> str:
        """The month without its year."""
        return _("Month %(number)s") % {"number": self.first.month}


@dataclass
class Steps:
    """A year's steps by the months in which they fell due and were done.

    `due` and `kept` count what has fallen due by today.
    """

    by_month: Counter[tuple[date | None, date | None]] = field(default_factory=Counter)
    year: int = 0
    due: int = 0
    kept: int = 0
    done: int = 0

    def months(self, today: date) -> list[Month]:
        """Return the months from the first to the last in which anything fell due or was done."""
        named = [month for pair in self.by_month for month in pair if month]
        if not named:
            return []
        return [self._month(first, today) for first in _from_to(min(named), max(named))]

    def _month(self, first: date, today: date) -> Month:
        due = done = so_far = behind = 0
        for (due_in, done_in), n in self.by_month.items():
            due += n * (due_in == first)
            done += n * (done_in == first)
            if due_in is not None and due_in <= first:
                so_far += n
                behind += n * (done_in is None or done_in > first)
        return Month(first, due, done, so_far, behind if _next(first) <= today else None)


def _next(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _from_to(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = _next(first)


def steps_of(cycle_id: int, today: date) -> Steps:
    """Count a year's steps by the month in which they fell due and the one in which they were done."""
    steps = Steps()
    for steps.year, due_in, done_in, n, is_due, kept in _steps_by_month(cycle_id, today):
        steps.by_month[due_in, done_in] += n
        steps.done += n if done_in else 0
        steps.due += is_due
        steps.kept += kept
    return steps


@worded
def _steps_by_month(cycle_id: int, today: date) -> QuerySet[CommitmentStep, Any]:
    return (
        CommitmentStep.objects.filter(
            commitment__in=readable_promises().filter(project__cycle=cycle_id)
        )
        .order_by()
        .annotate(due_in=TruncMonth("deadline"), done_in=TruncMonth("closed_on"))
        .values_list("commitment__project__cycle__year", "due_in", "done_in")
        .annotate(
            n=Count("pk"),
            is_due=Count("pk", filter=Q(deadline__lt=today)),
            kept=Count("pk", filter=Q(CLOSED, deadline__lt=today)),
        )
    )
