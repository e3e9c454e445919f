"""A year in numbers, computed from its rows."""

from dataclasses import dataclass

from django.db.models import Count, Q

from partybuilding.column.listing import Choice, readable_projects
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.states import Sector


@dataclass(frozen=True)
class YearFigures:
    """A year in numbers, computed from its rows."""

    applications: int
    approved: int
    units: int
    published: int
    sectors: list[Choice]


def year_figures(cycle: Cycle) -> YearFigures:
    """Count a year: applications handed in, projects approved, units taking part, pages to read.

    The number of applications is an announced figure of the programme; which they were is not.
    """
    rows = cycle.projects.aggregate(
        applications=Count("pk", filter=Q(submitted_at__isnull=False)),
        approved=Count("pk", filter=Q(approved_at__isnull=False)),
        units=Count("organization__unit", distinct=True, filter=Q(submitted_at__isnull=False)),
    )
    pages = readable_projects().filter(project__cycle=cycle)
    sectors = dict(pages.order_by().values_list("project__sector").annotate(n=Count("pk")))
    return YearFigures(
        applications=rows["applications"],
        approved=rows["approved"],
        units=rows["units"],
        published=sum(sectors.values()),
        sectors=[Choice(code, str(label), sectors.get(code, 0)) for code, label in Sector.choices],
    )
