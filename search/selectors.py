"""What the words of a query find, in groups; only what residents may read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from partybuilding.column.listing import clean_words, condition, readable_projects

PER_PAGE = 20


@dataclass
class Group:
    """What was found of one kind."""

    code: str
    title: str
    pages: Iterable[Any]
    count: int


@dataclass
class Results:
    """What a query found; the projects in pages."""

    q: str
    page: PaginatorPage | None = None
    groups: list[Group] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many were found of all kinds."""
        return sum(group.count for group in self.groups)


def search(words: Any, years: Iterable[Any], number: Any = 1) -> Results:
    """Find projects and years by words; without words nothing is looked for.

    Args:
        words: what somebody typed.
        years: the pages of the years on show.
        number: which page of the projects.
    """
    q = clean_words(words)
    if not q:
        return Results(q)
    found = readable_projects().filter(condition(q)).order_by("-first_published_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(number)
    named = [year for year in years if page.number == 1 and _names(q, year)]
    groups = [
        Group("projects", _("Projects of the column"), page, page.paginator.count),
        Group("years", _("Programme years on show"), named, len(named)),
    ]
    return Results(q, page, [group for group in groups if group.count])


def _names(q: str, year: Any) -> bool:
    """Tell whether the words name a year, by its title or its number."""
    said = f"{year.title} {year.year}".lower()
    return all(word.lower() in said for word in q.split())
