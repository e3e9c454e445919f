"""What became of the promises behind what spreads: a sentence and a bar for a page, a line for a card."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partybuilding.core.pages.lists import ListIndexPage, Listing
from partybuilding.core.states import Text
from partybuilding.organizations.filters import fields_of
from partybuilding.projects.models import Project
from partybuilding.projects.promises.bar import bar_of
from partybuilding.projects.promises.saying import mark_of_all, said, summed
from partybuilding.projects.promises.selectors import counted_promises
from partybuilding.projects.states import Mark

Marks = Counter[Mark]
#: The facet by which an account is told.
YEAR = "year"
BEHIND = _("%(promises)s commitments of the projects behind it")


def marks_by_project(projects: Iterable[int]) -> defaultdict[int, Marks]:
    """Count the published promises of some projects by how they are told to residents; one query."""
    found = defaultdict[int, Marks](Counter)
    for promise in counted_promises(projects=projects):
        found[promise.project][promise.mark] += 1
    return found


def account_of(marks: Marks, *openings: str, href: str = "") -> dict[str, Any]:
    """Return what a page opens with: `say` and `bar`; both empty without promises.

    Args:
        openings: the clauses before what became of them.
        href: where what is late or was not kept is told of.
    """
    leads = dict.fromkeys((Mark.LATE, Mark.MISSED), href)
    say = said(marks, *openings, tells_lateness=True, leads=leads) if marks else []
    return {"say": say, "bar": bar_of(marks)}


def story_account(projects: Sequence[Project], ways: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the page of a case or a brand opens with: what the projects behind it had promised.

    Args:
        ways: those to the pages of the projects that residents may read.
    """
    marks = _sum(marks_by_project(project.pk for project in projects).values())
    opening = BEHIND % {"promises": marks.total()}
    return account_of(marks, opening, href=ways[0]["href"] if len(ways) == 1 else "")


class SpreadIndexPage(ListIndexPage):
    """An index of what spread from projects: it opens with what became of their promises.

    Attributes:
        projects: the way from a page to the projects behind it.
        opening: how many of them a year has.
    """

    projects: str
    opening: Text

    class Meta:
        abstract = True

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Add the account of the newest year, or of the one chosen, the fields, and to each card its line."""
        shown = super().shown(listing, request)
        year = year_told(listing)
        pages = [page.pk for page in listing.page]
        rows = self._behind(pages, year)
        marks = marks_by_project({project for _pk, _year, project in rows})
        for pk, card in zip(pages, shown["cards"], strict=True):
            own = _sum(marks[project] for page, _year, project in rows if page == pk)
            card |= {"late": summed(own), "late_mark": mark_of_all(own).value}
        told = [row for row in rows if row[1] == year]
        whole = _sum(marks[project] for project in {row[2] for row in told})
        facts = {"year": year, "count": len({row[0] for row in told}), "promises": whole.total()}
        account = account_of(whole, self.opening % facts, BEHIND % facts)
        return {**shown, **account, "fields": fields_of(listing)}

    def _behind(self, pages: list[int], year: int | None) -> list[tuple[int, int, int]]:
        """Return page, year and project of all that is shown or of that year; one query."""
        by_year = next(facet.column for facet in self.facets if facet.name == YEAR)
        asked = Q(pk__in=pages) | (Q(**{by_year: year}) if year else Q())
        found = self.listed().order_by().filter(asked)
        return list(found.values_list("pk", by_year, self.projects))


def year_told(listing: Listing) -> int | None:
    """Return the year that the list opens with; None where it is narrowed by anything else."""
    others = [facet.name for facet in listing.facets if facet.name != YEAR]
    if listing.q or any(map(listing.chosen, others)):
        return None
    years = listing.chosen(YEAR) or [choice.value for choice in listing.choices[YEAR]]
    return int(years[0]) if years else None


def _sum(counted: Iterable[Marks]) -> Marks:
    return sum(counted, Counter())
