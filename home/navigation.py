"""The ways in: navigation from the page tree, and the plain pages that the foot of every page leads to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home.branches import readable
from partybuilding.column.doing.pages import OverdueIndexPage, ProgressIndexPage
from partybuilding.column.pages import ProjectIndexPage
from partybuilding.column.selectors import on_show
from partybuilding.core.pages import front_page_entry
from partybuilding.supervision.index import SupervisionIndexPage

Entry = dict[str, Any]
#: How many of the newest years stand in the navigation, behind the index of all projects.
YEARS = 2
#: The parts that list rows, whether or not they hold pages beside them.
LISTING = (ProgressIndexPage, OverdueIndexPage, SupervisionIndexPage)


@dataclass(frozen=True)
class Ways:
    """The pages right below the front page that residents may read, in the order of the tree."""

    parts: list[Page]
    plain: list[Page]


def ways_of(request: HttpRequest) -> Ways:
    """Return what stands below the front page, read once for a request."""
    known = getattr(request, "_ways", None)
    if known is None:
        known = request._ways = _read_ways(Site.find_for_request(request))
    return known


def _read_ways(site: Site | None) -> Ways:
    """Read the pages below the front page; a part that holds pages and holds none is left out."""
    if site is None:
        return Ways([], [])
    top = site.root_page
    pages = _pages_below(top)
    parts = [page for page in pages if page.show_in_menus and _has_something(page)]
    return Ways(parts, [page for page in pages if not page.show_in_menus and _is_leaf(page)])


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
    for part in ways_of(request).parts:
        years = on_show(request).years if _holds_projects(part) else ()
        if _holds_projects(part) and not years:
            continue
        entries.append(_entry(part, request))
        for year in years[:YEARS]:
            words = _("Year %(year)s") % {"year": year.year}
            entries.append({"text": words, "href": year.get_url(request)})
    within = [entry for entry in entries[1:] if request.path.startswith(entry["href"])]
    if within:
        max(within, key=lambda entry: len(entry["href"]))["current"] = True
    return entries


def footer_links(request: HttpRequest) -> list[Entry]:
    """Return the plain pages: about the site, its accessibility, readers' privacy, its map."""
    return [_entry(page, request) for page in ways_of(request).plain]


def _entry(page: Page, request: HttpRequest) -> Entry:
    return {"text": page.title, "href": page.get_url(request) or ""}


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
