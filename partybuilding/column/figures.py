"""A year in numbers, computed from its rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.column.facets import Choice
from partybuilding.organizations.states import Sector
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.states import CHOSEN


@dataclass(frozen=True)
class YearFigures:
    """A year in numbers, computed from its rows."""

    applications: int
    approved: int
    units: int
    published: int
    sectors: list[Choice]

    @property
    def most(self) -> int:
        """The number of projects of the field that has most, at least one."""
        return max((sector.count for sector in self.sectors), default=0) or 1

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """The figures with their words, as the year in numbers shows them."""
        projects = pgettext("measure word", "projects")
        return [
            {"label": _("Applications handed in"), "value": self.applications, "unit": projects},
            {"label": _("Projects approved"), "value": self.approved, "unit": projects},
            {
                "label": _("Reporting units taking part"),
                "value": self.units,
                "unit": pgettext("measure word", "units"),
            },
            {"label": _("Projects to read here"), "value": self.published, "unit": projects},
        ]

    @property
    def sector_columns(self) -> list[dict[str, Any]]:
        """The heads of the table of projects by field."""
        return [
            {"label": pgettext("column", "Field")},
            {"label": pgettext("column", "Projects"), "numeric": True},
            {"label": pgettext("column", "Share"), "numeric": True},
        ]

    @property
    def sector_rows(self) -> list[list[Any]]:
        """The projects by field as rows of a table, with the share of all in percent."""
        return [
            [
                sector.label,
                {"text": sector.count, "numeric": True},
                {"text": f"{sector.count / self.published:.0%}", "numeric": True},
            ]
            for sector in self.sectors
        ]

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


def year_figures(cycle_id: int) -> YearFigures | None:
    """Count a year: applications handed in, projects approved, units taking part, pages to read.

    The number of applications is an announced figure of the programme; which they were is not. Before
    a first project is published the year has no figures: they would tell what is still undecided.
    """
    pages = ProjectPage.objects.readable().filter(project__cycle=cycle_id)
    by_sector = dict(pages.order_by().values_list("project__sector").annotate(n=Count("pk")))
    if not by_sector:
        return None
    handed_in = Q(submitted_at__isnull=False)
    rows = Project.objects.filter(cycle=cycle_id).aggregate(
        applications=Count("pk", filter=handed_in),
        approved=Count("pk", filter=Q(state__in=CHOSEN)),
        units=Count("organization__unit", distinct=True, filter=handed_in),
    )
    return YearFigures(
        **rows,
        published=sum(by_sector.values()),
        sectors=[
            Choice(code, str(label), by_sector.get(code, 0)) for code, label in Sector.choices
        ],
    )
