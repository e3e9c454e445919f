"""The ways in: navigation from the page tree, and the plain pages that the foot of every page leads to."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home.branches import readable
from partybuilding.column.doing.pages import OverdueIndexPage, ProgressIndexPage
from partybuilding.column.pages import ProjectIndexPage
from partybuilding.column.selectors import read_on_show
from partybuilding.core.answers.memory import remembered
from partybuilding.core.pages import front_page_entry
from partybuilding.supervision.index import SupervisionIndexPage

Entry = dict[str, Any]
#: How many of the newest years stand in the navigation, behind the index of all projects.
YEARS = 2
#: The parts that list rows, whether or not they hold pages beside them.
LISTING = (ProgressIndexPage, OverdueIndexPage, SupervisionIndexPage)


@dataclass(frozen=True)
class Way:
    """A way in: its words, its address, and the kind of page that it leads to."""

    text: str
    href: str
    kind: type[Page]


@dataclass(frozen=True)
class Ways:
    """The pages that every page leads to.

    Args:
        parts: those right below the front page with something to read, in the order of the tree.
        years: the newest years of projects.
        plain: those right below the front page that stand in the foot.
    """

    parts: tuple[Way, ...] = ()
    years: tuple[Way, ...] = ()
    plain: tuple[Way, ...] = ()


def ways_of(request: HttpRequest) -> Ways:
    """Return the ways in, read once for a request, and only when something of them has changed."""
    known = getattr(request, "_ways", None)
    if known is None:
        site = Site.find_for_request(request)
        key = ("ways", site and site.pk, get_script_prefix())
        known = request._ways = remembered(key, lambda: _read_ways(site, request))
    return known


def _read_ways(site: Site | None, request: HttpRequest) -> Ways:
    """Read the pages below the front page; a part that holds pages and holds none is left out."""
    if site is None:
        return Ways()
    pages = list(_pages_below(site.root_page))
    parts = [page for page in pages if page.show_in_menus and _has_something(page)]
    plain = [page for page in pages if not page.show_in_menus and _is_leaf(page)]
    years = read_on_show().years if any(map(_holds_projects, parts)) else ()
    return Ways(
        tuple(_way(part, request) for part in parts if years or not _holds_projects(part)),
        tuple(
            replace(_way(year, request), text=_("Year %(year)s") % {"year": year.year})
            for year in years[:YEARS]
        ),
        tuple(_way(page, request) for page in plain),
    )


def _pages_below(top: Page) -> QuerySet[Page]:
    """Return the pages right below one, each with whether anything is in it."""
    children = readable(top.get_children())
    below = readable(
        Page.objects.filter(path__startswith=OuterRef("path"), depth=OuterRef("lower"))
    )
    listed = {_lists(model): Exists(model.listed()) for model in LISTING}
    filled = children.annotate(lower=F("depth") + 1).annotate(is_filled=Exists(below), **listed)
    return filled.order_by("path")


def navigation(request: HttpRequest) -> list[Entry]:
    """Return the entries of the navigation, the one that the reader stands in marked."""
    entries: list[Entry] = [front_page_entry()]
    ways = ways_of(request)
    for part in ways.parts:
        entries.append(_entry(part))
        if issubclass(part.kind, ProjectIndexPage):
            entries += map(_entry, ways.years)
    within = [entry for entry in entries[1:] if request.path.startswith(entry["href"])]
    if within:
        max(within, key=lambda entry: len(entry["href"]))["current"] = True
    return entries


def footer_links(request: HttpRequest) -> list[Entry]:
    """Return the plain pages: about the site, its accessibility, readers' privacy, its map."""
    return [_entry(page) for page in ways_of(request).plain]


def _entry(way: Way) -> Entry:
    return {"text": way.text, "href": way.href}


def _way(page: Page, request: HttpRequest) -> Way:
    return Way(page.title, page.get_url(request) or "", page.specific_class or Page)


def _has_something(page: Page) -> bool:
    """Tell whether a part holds a page to read, or lists something else that there is to read."""
    model = page.specific_class or Page
    if page.is_filled:
        return True
    return getattr(page, _lists(model)) if model in LISTING else _is_leaf(page)


def _lists(model: type[Page]) -> str:
    return f"lists_{model._meta.model_name}"


def _is_leaf(page: Page) -> bool:
    return not (page.specific_class or Page).allowed_subpage_models()


def _holds_projects(page: Page) -> bool:
    return issubclass(page.specific_class or Page, ProjectIndexPage)
