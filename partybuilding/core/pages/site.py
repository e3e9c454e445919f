"""The site that a request is for, with its front page: what the road to every page begins with."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.models import Site

from partybuilding.core.answers.memory import remembered
from partybuilding.core.answers.wording import worded
from partybuilding.core.words.actors import Actor, name_of

#: The name under which Wagtail answers for every page.
PAGE = "wagtail_serve"


def site_of(request: HttpRequest) -> Site | None:
    """Return the site that a request is for, from memory where there is one alone; its front page as its own kind."""
    if not hasattr(request, "_wagtail_site"):
        only = remembered("site", _only_site)
        if only is not None:
            request._wagtail_site = site = copy(only)  # type: ignore[attr-defined]
            site.root_page = copy(only.root_page)
    return Site.find_for_request(request)


def name_of_site() -> str:
    """Return what the site is called, where it is one alone; else what the programme is.

    It is asked for before the first migration, too, and by commands while the database is down.
    """
    try:
        names = remembered("site-names", lambda: list(_names()))
    except DatabaseError:
        names = []
    return (names[0] if len(names) == 1 else "") or name_of(Actor.PROGRAMME)


@worded
def _names() -> QuerySet[Site, str]:
    return Site.objects.values_list("site_name", flat=True)[:2]


def _only_site() -> Site | None:
    sites = _sites()
    if len(sites) != 1 or not sites[0].is_default_site:
        return None
    sites[0].root_page = sites[0].root_page.specific
    return sites[0]


@worded
def _sites() -> QuerySet[Site]:
    return Site.objects.select_related("root_page")[:2]


class KnownSiteMiddleware:
    """Lets the CMS find its site in memory before it looks for a page, instead of asking each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what is asked."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *args: Any) -> None:
        """Read the site of a page that is asked for."""
        found = request.resolver_match
        if found is not None and found.view_name == PAGE:
            site_of(request)
