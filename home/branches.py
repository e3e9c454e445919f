"""The parts of the site as its map shows them, each with the newest of what is in it, in two queries."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber, Substr
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from partybuilding.column.doing.pages import DoingIndexPage, ProgressIndexPage
from partybuilding.column.pages import ProjectIndexPage
from partybuilding.column.places.selectors import has_townships
from partybuilding.column.selectors import on_show
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.pages import front_page_entry, open_to_all, record_page_models
from partybuilding.core.pages.site import site_of
from partybuilding.evaluation.selectors.public import public_runs
from partybuilding.opendata.pages import OpenDataPage
from partybuilding.opinions.pages import OpinionIndexPage
from partybuilding.opinions.replies import readable_replies, title_of
from partybuilding.projects.page.changed import changed_at
from partybuilding.projects.pages import ProjectPage

#: How much of a part is shown.
NEWEST = 5
Group = dict[str, Any]


def branches_of(request: HttpRequest, itself: Page) -> list[Group]:
    """Return the front page with the search, every part with something to read, and the plain pages."""
    site = site_of(request)
    if site is None:
        return []
    parts = readable(site.root_page.get_children()).exclude(pk=itself.pk).order_by("path")
    below = newest_below(site.root_page)
    groups = [_front_page(), *(_part(page, below, request) for page in parts), _results()]
    return _gathered([group for group in groups if group])


def readable(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Keep what residents may read: live, without restriction, allowed by its record."""
    hidden = Q()
    for model in record_page_models():
        record = model._meta.get_field(model.record_name).related_model
        states = machine_of(record).table.public_states()
        kept_back = model._base_manager.exclude(**{f"{model.record_name}__state__in": states})
        hidden |= Q(pk__in=kept_back.values("pk"))
    return open_to_all(pages).exclude(hidden)


def newest_below(top: Page) -> dict[str, list[Page]]:
    """Return the newest pages two levels below the top, by the path of the part that they stand in.

    Each has `many`: how many stand in its part.
    """
    length = len(top.path) + Page.steplen
    part = Substr("path", 1, length, output_field=CharField())
    newest = [F("first_published_at").desc(nulls_last=True), F("pk").desc()]
    pages = (
        readable(Page.objects.filter(path__startswith=top.path, depth=top.depth + 2))
        .annotate(
            part=part,
            many=Window(Count("*"), partition_by=part),
            place=Window(RowNumber(), partition_by=part, order_by=newest),
        )
        .filter(place__lte=NEWEST)
    )
    below: dict[str, list[Page]] = {}
    for page in sorted(pages, key=lambda page: page.place):
        below.setdefault(page.part, []).append(page)
    return below


def _front_page() -> Group:
    ways = [
        {"text": _("Search the site"), "href": reverse("search")},
        {"text": _("Terms explained"), "href": reverse("glossary")},
        {"text": _("Follow what is new"), "href": reverse("follow")},
    ]
    return {**front_page_entry(), "children": ways}


def _ways_of_letterbox() -> list[dict[str, str]]:
    newest = readable_replies().order_by("-published_at", "-pk")[:NEWEST]
    return [
        {"text": _("Look up my opinion"), "href": reverse("opinion_lookup")},
        {"text": _("Published answers"), "href": reverse("opinion_replies")},
        *(
            {"text": title_of(one), "href": reverse("opinion_reply", args=[one.pk])}
            for one in newest
        ),
    ]


def _ways_of_projects(years: Iterable[Any], request: HttpRequest) -> list[dict[str, str]]:
    ways = [{"text": year.title, "href": year.get_url(request) or ""} for year in years]
    if ways and has_townships():
        ways.append({"text": _("By township or street"), "href": reverse("townships")})
    return ways


def _histories() -> list[dict[str, str]]:
    """Return the histories of the projects that changed last."""
    pages = ProjectPage.objects.readable().annotate(last_change=changed_at())
    rows = pages.order_by("-last_change", "-pk").values_list(
        "title", "project__cycle__year", "project__code"
    )
    return [
        {
            "text": _("%(title)s: history") % {"title": title},
            "href": reverse("project_history", args=[year, code]),
        }
        for title, year, code in rows[:NEWEST]
    ]


def _results() -> Group | None:
    """Return the results by year; nothing while none are public."""
    years = [
        {
            "text": _("Results of %(year)s") % {"year": run.cycle.year},
            "href": reverse("results_year", args=[run.cycle.year]),
        }
        for run in public_runs()
    ]
    if not years:
        return None
    return {"text": _("Results of grading"), "href": reverse("results"), "children": years}


def _part(page: Page, below: dict[str, list[Page]], request: HttpRequest) -> Group | None:
    """Return a part with its newest pages; nothing when a part that holds pages holds none."""
    model = page.specific_class or Page
    group = {"text": page.title, "href": page.get_url(request)}
    if issubclass(model, DoingIndexPage):
        if not model.has_something_to_read():
            return None
        return {**group, "children": _histories() if issubclass(model, ProgressIndexPage) else []}
    if issubclass(model, OpinionIndexPage):
        return {**group, "children": _ways_of_letterbox()}
    if issubclass(model, OpenDataPage):
        dictionary = {"text": _("Data dictionary"), "href": reverse("open_data_dictionary")}
        return {**group, "children": [dictionary]}
    if not model.allowed_subpage_models():
        return {**group, "plain": True}
    if issubclass(model, ProjectIndexPage):
        children = _ways_of_projects(on_show(request).years, request)
        return {**group, "children": children} if children else None
    found = below.get(page.path, [])
    if not found:
        return None
    words = ngettext("%(n)s page", "%(n)s pages", found[0].many) % {"n": found[0].many}
    children = [{"text": one.title, "href": one.get_url(request)} for one in found]
    return {**group, "note": words, "children": children}


def _gathered(groups: list[Group]) -> list[Group]:
    """Put the plain pages together, the first one leading."""
    plain = [group for group in groups if group.get("plain")]
    parts = [group for group in groups if not group.get("plain")]
    return [*parts, {**plain[0], "children": plain[1:]}] if plain else parts
