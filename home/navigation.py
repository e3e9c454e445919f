"""The ways in: seven entries from the page tree, what belongs together under one of them, and the foot's pages."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Site

from home.branches import readable
from home.news.index import NewsIndexPage
from partybuilding.brands.pages import BrandIndexPage
from partybuilding.casebook.models import Edition
from partybuilding.cases.pages import CaseIndexPage
from partybuilding.column.doing.pages import OverdueIndexPage, ProgressIndexPage
from partybuilding.column.notices.index import NoticeIndexPage
from partybuilding.column.pages import ProjectIndexPage
from partybuilding.column.places.selectors import townships
from partybuilding.column.selectors import on_show
from partybuilding.core.answers.memory import remembered
from partybuilding.core.answers.wording import worded
from partybuilding.core.pages.site import site_of
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.selectors.public import public_runs
from partybuilding.opinions.pages import OpinionIndexPage
from partybuilding.supervision.index import SupervisionIndexPage

Entry = dict[str, Any]
#: The parts that list rows, whether or not they hold pages beside them.
LISTING = (ProgressIndexPage, OverdueIndexPage, SupervisionIndexPage)
#: What has pages of its own beside the tree once there is any.
BESIDE = {"townships": townships, "books": Edition.objects.published}
#: How many of the newest years stand beside each other in a line.
YEARS = 4


@dataclass(frozen=True)
class Group:
    """An entry of the navigation: its words, and the parts of the tree that it brings together.

    The words are fixed, so that seven of them stand in one line at 1280 px whatever the titles of the
    parts are; the titles stand in the line below the way back, where there is more than one part.
    """

    code: str
    text: str | Promise
    kinds: tuple[type[Page], ...] = ()


GROUPS = (
    Group("projects", gettext_lazy("Find projects"), (ProjectIndexPage,)),
    Group("progress", gettext_lazy("How it goes"), (ProgressIndexPage, SupervisionIndexPage)),
    Group("overdue", gettext_lazy("Overdue and not kept"), (OverdueIndexPage,)),
    Group("results", gettext_lazy("Results of grading")),
    Group("spread", gettext_lazy("Cases and brands"), (CaseIndexPage, BrandIndexPage)),
    Group("news", gettext_lazy("News and notices"), (NewsIndexPage, NoticeIndexPage)),
    Group("opinions", gettext_lazy("Residents' opinions"), (OpinionIndexPage,)),
)


@dataclass(frozen=True)
class Way:
    """A way in: its words, its address, and the kind of page that it leads to."""

    text: str
    href: str
    kind: type[Page] = Page


@dataclass(frozen=True)
class Part:
    """One entry of the navigation with the ways that it brings together, the first one its own."""

    code: str
    text: str
    ways: tuple[Way, ...]

    def within(self, path: str) -> int:
        """Return how much of an address is the part's; 0 when it lies elsewhere."""
        return max((len(way.href) for way in self.ways if path.startswith(way.href)), default=0)


@dataclass(frozen=True)
class Ways:
    """The pages that every page leads to.

    Args:
        parts: the entries with something to read, in their order.
        plain: the pages right below the front page that stand in the foot.
    """

    parts: tuple[Part, ...] = ()
    plain: tuple[Way, ...] = ()


def ways_of(request: HttpRequest) -> Ways:
    """Return the ways in, read once for a request, and only when something of them has changed."""
    known = getattr(request, "_ways", None)
    if known is None:
        site = site_of(request)
        key = ("ways", site and site.pk, get_script_prefix())
        known = request._ways = remembered(key, lambda: _read_ways(site, request))
    return known


def _read_ways(site: Site | None, request: HttpRequest) -> Ways:
    """Read the pages below the front page; a part that holds pages and holds none is left out."""
    if site is None:
        return Ways()
    pages = _pages_between(*_below(site.root_page))
    there = frozenset(name for name in BESIDE if pages and getattr(pages[0], f"has_{name}"))
    found = [_way(page, request) for page in pages if page.show_in_menus and _has_something(page)]
    plain = [page for page in pages if not page.show_in_menus and _is_leaf(page)]
    parts = [part for group in GROUPS if (part := _part_of(group, found, there, request))]
    known = {way.href for part in parts for way in part.ways}
    years = bool(on_show(request).years)
    others = [way for way in found if way.href not in known and (years or not _of_projects(way))]
    parts += [Part("", way.text, (way,)) for way in others]
    return Ways(tuple(parts), tuple(_way(page, request) for page in plain))


def _part_of(
    group: Group, found: list[Way], there: Container[str], request: HttpRequest
) -> Part | None:
    """Return an entry with its ways; nothing when there is nothing to read.

    Args:
        there: what there is of `BESIDE`.
    """
    ways = [way for kind in group.kinds for way in found if issubclass(way.kind, kind)]
    more = _MORE.get(group.code)
    if more and (ways or not group.kinds):
        ways += more(request, there)
    if group.code == "projects" and len(ways) < 2:
        return None
    return Part(group.code, str(group.text), tuple(ways)) if ways else None


def _of_projects(way: Way) -> bool:
    return issubclass(way.kind, ProjectIndexPage)


def _more_of_projects(request: HttpRequest, there: Container[str]) -> Iterator[Way]:
    """Yield the newest years, and the townships; nothing while there is no project to read."""
    years = on_show(request).years
    for year in years[:YEARS]:
        words = _("Year %(year)s") % {"year": year.year}
        yield replace(_way(year, request), text=words)
    if years and "townships" in there:
        yield Way(_("By township or street"), reverse("townships"))


def _more_of_results(request: HttpRequest, there: Container[str]) -> Iterator[Way]:
    """Yield the years whose results are public, newest first, and the list of all."""
    runs = sorted(_runs(), key=lambda run: -run.cycle.year)
    for run in runs[:YEARS]:
        words = _("Results of %(year)s") % {"year": run.cycle.year}
        yield Way(words, reverse("results_year", args=[run.cycle.year]))
    if len(runs) > 1:
        yield Way(_("All years"), reverse("results"))


@worded
def _runs() -> QuerySet[Run]:
    return public_runs()


def _more_of_cases(request: HttpRequest, there: Container[str]) -> Iterator[Way]:
    if "books" in there:
        yield Way(_("Case books"), reverse("books"))


def _more_of_opinions(request: HttpRequest, there: Container[str]) -> Iterator[Way]:
    yield Way(_("Look up my opinion"), reverse("opinion_lookup"))
    yield Way(_("Published answers"), reverse("opinion_replies"))


_MORE = {
    "projects": _more_of_projects,
    "results": _more_of_results,
    "spread": _more_of_cases,
    "opinions": _more_of_opinions,
}


@worded
def _pages_between(first: str, last: str, depth: int) -> QuerySet[Page]:
    """Return the pages right below one, each with whether anything is in it, and what there is beside them all.

    Args:
        first, last: between which the paths of what is below it lie.
    """
    children = readable(Page.objects.filter(path__range=(first, last), depth=depth))
    below = readable(
        Page.objects.filter(path__startswith=OuterRef("path"), depth=OuterRef("lower"))
    )
    listed = {_lists(model): Exists(model.stands_for()) for model in LISTING}
    listed |= {f"has_{name}": Exists(rows()) for name, rows in BESIDE.items()}
    filled = children.annotate(lower=F("depth") + 1).annotate(is_filled=Exists(below), **listed)
    return filled.order_by("path")


def _below(top: Page) -> tuple[str, str, int]:
    first, last = (top.path + Page.steplen * Page.alphabet[at] for at in (0, -1))
    return first, last, top.depth + 1


def navigation(request: HttpRequest) -> list[Entry]:
    """Return the entries of the navigation, the one that the reader stands in marked."""
    current = _current(request)
    return [
        {"text": part.text, "href": part.ways[0].href, "current": part is current}
        for part in ways_of(request).parts
    ]


def beside(request: HttpRequest) -> list[Entry]:
    """Return what belongs to the same entry as the page, the way that it stands in marked; one alone is none."""
    part = _current(request)
    if part is None or len(part.ways) < 2:
        return []
    entries = [_entry(way) for way in part.ways]
    within = [entry for entry in entries if request.path.startswith(entry["href"])]
    max(within, key=lambda entry: len(entry["href"]))["current"] = True
    return entries


def doors(request: HttpRequest) -> list[Entry]:
    """Return the five large ways of 关怀版: mine, what was not kept, what was done, write, look up."""
    letterbox = _first("opinions", request)
    found = [
        (_("Find projects near me"), "#find" if _first("projects", request) else ""),
        (_("What was not kept"), _first("overdue", request)),
        (_("What was done lately"), _first("progress", request)),
        (_("Write an opinion"), letterbox),
        (_("Look up my opinion"), reverse("opinion_lookup") if letterbox else ""),
    ]
    return [{"text": text, "href": href} for text, href in found if href]


def _first(code: str, request: HttpRequest) -> str:
    ways = (part.ways for part in ways_of(request).parts if part.code == code)
    return next((each[0].href for each in ways), "")


def _current(request: HttpRequest) -> Part | None:
    """Return the entry that the reader stands in."""
    parts = ways_of(request).parts
    best = max(parts, key=lambda part: part.within(request.path), default=None)
    return best if best and best.within(request.path) else None


def footer_links(request: HttpRequest) -> list[Entry]:
    """Return the plain pages: about the site, its accessibility, readers' privacy, its map; terms, follow, mistakes."""
    plain = [_entry(page) for page in ways_of(request).plain]
    follow = {"text": _("Follow what is new"), "href": reverse("follow")}
    terms = {"text": _("Terms explained"), "href": reverse("glossary")}
    return [*plain, terms, follow, *_mistakes(request)]


def _mistakes(request: HttpRequest) -> list[Entry]:
    """Return the way to say that something on this very page is wrong; none from the letterbox itself."""
    letterbox = _first("opinions", request)
    if not letterbox or request.path.startswith(letterbox):
        return []
    query = urlencode({"at": request.path}, safe="/")
    return [{"text": _("Something is wrong on this page"), "href": f"{letterbox}?{query}"}]


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
