"""What the front page gathers from the rooms of the column, each part a few rows; an empty part is left out.

public.md, "Pages and addresses": the year in numbers, what is overdue, latest progress, open notices,
results, news, where to give an opinion, the newest projects, the ways in by field.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page

from home.figures import Kin, readable_kin
from home.navigation import ways_of
from home.news.index import NewsIndexPage, readable_news
from home.news.index import card_of as news_card
from home.news.pages import NewsPage
from home.news.pages import line_of as news_line
from partybuilding.column.cards import card_of, line_of
from partybuilding.column.doing.pages import OverdueIndexPage, ProgressIndexPage
from partybuilding.column.figures import year_figures
from partybuilding.column.listing import readable_projects
from partybuilding.column.notices.document import banner_of
from partybuilding.column.notices.index import NoticeIndexPage
from partybuilding.column.notices.selectors import open_notices
from partybuilding.column.selectors import OnShow, on_show
from partybuilding.core.pages.facets import Choice
from partybuilding.core.pages.pictures import CARD, fetch_cuts
from partybuilding.cycles.sheet import in_wan
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.opinions.pages import OpinionIndexPage
from partybuilding.organizations.states import Sector
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import latest_progress, overdue
from partybuilding.projects.states import CommitmentState

OVERDUE, PROGRESS, NEWS, NOTICES = 5, 8, 5, 3
#: The newest projects: some with their picture, the others as lines.
PICTURED, NEWEST = 3, 7

Part = dict[str, Any]


def front_page(request: HttpRequest) -> Part:
    """Return every part of the front page."""
    shown, kin = on_show(request), readable_kin()
    index = shown.index.get_url(request) if shown.index else ""
    news, of_news = newest_of(readable_news(), NEWS, pictured=1)
    projects, of_projects = newest_of(readable_projects(), NEWEST, pictured=PICTURED)
    fetch_cuts([*of_news, *of_projects], CARD)
    return {
        "year": year_part(shown, kin, request),
        "overdue": overdue_part(request),
        "progress": progress_part(request),
        "progress_href": address_of_part(ProgressIndexPage, request),
        "notices": notices_part(request),
        "results": results_part(shown, kin, request),
        "news": news_part(news, request),
        "opinions": opinions_part(request, kin),
        "projects": projects_part(projects, request, index),
        "sectors": sectors_part(kin, index),
        "feed_url": reverse("site_feed"),
    }


def year_part(shown: OnShow, kin: list[Kin], request: HttpRequest) -> Part | None:
    """Return the numbers of the newest year that has chosen its projects."""
    year = shown.settled
    if year is None:
        return None
    figures = year_figures(year.cycle_id, by_sector(k for k in kin if k.year == year.cycle_id))
    if figures is None:
        return None
    return {"year": year.year, "href": year.get_url(request), "figures": figures.numbers}


def overdue_part(request: HttpRequest) -> Part | None:
    """Return the promises that are overdue longest, each with how late it is."""
    entries = overdue(OVERDUE, request)
    if not entries:
        return None
    for entry in entries:
        entry["meta"] = f"{entry['organization']} · {entry['late']}"
    return {"entries": entries, "href": address_of_part(OverdueIndexPage, request)}


def progress_part(request: HttpRequest) -> list[Part]:
    """Return the steps closed last, each under its project; the state is said where it was late."""
    entries = latest_progress(PROGRESS, request)
    for entry in entries:
        words = {"project": entry["project"], "step": entry["title"]}
        entry["title"] = _("%(project)s: %(step)s") % words
        if entry["state"] == CommitmentState.DONE.label:
            entry["state"] = ""
    return entries


def notices_part(request: HttpRequest) -> Part | None:
    """Return the notices that are open to comment."""
    banners = [banner_of(notice, request) for notice in open_notices(most=NOTICES)]
    href = address_of_part(NoticeIndexPage, request)
    return {"banners": banners, "href": href} if banners else None


def results_part(shown: OnShow, kin: list[Kin], request: HttpRequest) -> Part | None:
    """Return how many projects have each grade in the newest year whose results are announced."""
    year = next((year for year in shown.years if year.stage in ANNOUNCED), None)
    if year is None:
        return None
    graded = [k for k in kin if k.year == year.cycle_id and k.code]
    if not graded:
        return None
    href, numbers = year.get_url(request), Counter[tuple[int, str, str]]()
    for each in graded:
        numbers[each.place or 0, each.code or "", each.grade or ""] += each.count
    money = sum(each.count * (each.yuan or 0) for each in graded)
    words = _("Award money of %(wan)s ten thousand yuan in all.") % {"wan": in_wan(money)}
    projects = pgettext("measure word", "projects")
    figures = [
        {"label": grade, "value": count, "unit": projects, "href": f"{href}?grade={code}"}
        for (_place, code, grade), count in sorted(numbers.items())
    ]
    return {"year": year.year, "href": href, "figures": figures, "words": words if money else ""}


def opinions_part(request: HttpRequest, kin: list[Kin]) -> Part | None:
    """Return the way to the letterbox, and what arrived and was answered this month; nothing without one."""
    href = address_of_part(OpinionIndexPage, request)
    if not href:
        return None
    one = next(iter(kin), None)
    facts = {name: getattr(one, name, None) or 0 for name in ("received", "answered", "late")}
    words = _("This month %(received)s opinions arrived: %(answered)s answered, %(late)s late.")
    return {
        "words": words % facts if facts["received"] else "",
        "buttons": [
            {"text": _("Write an opinion"), "href": href},
            {
                "text": _("Look up my opinion"),
                "href": reverse("opinion_lookup"),
                "tone": "secondary",
            },
        ],
        "href": reverse("opinion_replies"),
    }


def news_part(newest: list[NewsPage], request: HttpRequest) -> Part | None:
    """Return the newest news: the first item with its picture, the others as lines."""
    if not newest:
        return None
    return {
        "lead": news_card(newest[0], request),
        "entries": [news_line(item, request) for item in newest[1:]],
        "href": address_of_part(NewsIndexPage, request),
    }


def projects_part(newest: list[ProjectPage], request: HttpRequest, index: str) -> Part | None:
    """Return the newest projects: some as cards with their picture, the others as lines."""
    if not newest:
        return None
    return {
        "cards": [card_of(page, request) for page in newest[:PICTURED]],
        "lines": [line_of(page, request) for page in newest[PICTURED:]],
        "href": index,
    }


def newest_of(pages: QuerySet, most: int, pictured: int) -> tuple[list[Any], list[Any]]:
    """Return the newest pages, and the pictures of the first ones; their cuts are fetched later."""
    newest = pages.prefetch_related(None).select_related("lead_image")
    found = list(newest.order_by("-first_published_at", "-pk")[:most])
    return found, [page.lead_image for page in found[:pictured]]


def sectors_part(kin: list[Kin], index: str) -> list[Part]:
    """Return the ways into the list of projects by field, with the number behind each."""
    if not index:
        return []
    return [
        {
            "text": _("%(label)s (%(count)s)") % {"label": sector.label, "count": sector.count},
            "href": f"{index}?sector={sector.value}",
            "tone": "secondary",
        }
        for sector in by_sector(kin)
        if sector.count
    ]


def by_sector(kin: Iterable[Kin]) -> list[Choice]:
    """Add up projects by field, in the order of the fields."""
    numbers = Counter[str]()
    for each in kin:
        numbers[each.sector] += each.count
    return [Choice(code, str(label), numbers[code]) for code, label in Sector.choices]


def address_of_part(model: type[Page], request: HttpRequest) -> str:
    """Return the address of a part of the site, by its type; empty when it is not shown."""
    found = (part.href for part in ways_of(request).parts if issubclass(part.kind, model))
    return next(found, "")
