"""The pages of the places: all townships with what lies near me, and one township."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partybuilding.column.cards import line_of
from partybuilding.column.listing import condition, readable_projects
from partybuilding.column.places.selectors import (
    ORGANIZATION,
    organizations_named,
    place_of,
    places_of,
    told_at,
    townships,
)
from partybuilding.column.places.tiles import Tiles, tiles_of
from partybuilding.column.places.township import opinions_at, township_parts
from partybuilding.column.selectors import on_show
from partybuilding.core.answers.memory import remembered
from partybuilding.core.pages import FRESH_SECONDS, PageMeta, front_page_entry, own_address
from partybuilding.core.pages.lists import PER_PAGE
from partybuilding.core.pages.words import clean_words
from partybuilding.opinions.pages import OpinionIndexPage
from partybuilding.organizations.models import Organization
from partybuilding.projects.promises.selectors import counted_promises, told_promises


def _shown(
    request: HttpRequest, template: str, way_back: list[dict[str, str]], said: str, **context: Any
) -> HttpResponse:
    meta = PageMeta(
        title=way_back[-1]["text"],
        address=own_address(request.path, request),
        description=said,
        way_back=tuple(way_back),
    )
    context |= {"title": meta.title, "lead": said, "way_back": way_back, "page_meta": meta}
    response = render(request, f"partybuilding/column/places/{template}", context)
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
    return response


def _way_back(request: HttpRequest, *texts: str) -> list[dict[str, str]]:
    """Return the way: front page, the index of projects where there is one, the places, this page."""
    rows = [front_page_entry()]
    if index := on_show(request).index:
        rows.append({"text": index.title, "href": index.get_url(request) or ""})
    rows.append({"text": _("By township or street"), "href": reverse("townships")})
    rows += [{"text": text, "href": ""} for text in texts]
    rows[-1] = {**rows[-1], "href": ""}
    return rows


def map_of(request: HttpRequest, current: int | None = None) -> Tiles | None:
    """Return the map of the newest year that has chosen its projects; nothing before the first one."""
    year = on_show(request).settled
    if year is None:
        return None
    key = year.cycle_id
    places = remembered(("places", key), lambda: places_of(key, counted_promises(years=[key])))
    return tiles_of(places, year.year, current)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every township, and what a name finds: places, and the projects of organisations so called."""
    typed = clean_words(request.GET.get("place", ""))
    said = _(
        "Find the projects of your village, community, township or street, and what was promised there."
    )
    return _shown(
        request,
        "townships.html",
        _way_back(request),
        said,
        map=map_of(request),
        place=typed,
        found=found_by(typed, request) if typed else None,
    )


def found_by(typed: str, request: HttpRequest) -> dict[str, Any]:
    """Return the townships that a name means, and the projects of the organisations so called; four queries."""
    named = organizations_named(typed.lower().split())
    known = {one.pk: one.township for one in townships()}
    keys = dict.fromkeys(key for one in named if (key := place_of(one, known)) in known)
    chosen = [one.pk for one in named]
    pages = readable_projects().filter(condition(typed))
    if chosen:
        pages = pages | readable_projects().filter(**{f"{ORGANIZATION}__in": chosen})
    newest = Paginator(pages.order_by("-first_published_at", "-pk"), PER_PAGE)
    page = newest.get_page(request.GET.get("page"))
    places = [{"text": known[key], "href": reverse("township", args=[key])} for key in keys]
    return {
        "places": places if page.number == 1 else [],
        "projects": [line_of(one, request) for one in page],
        "page": page,
    }


@require_safe
def township(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a township: its sentence, its projects with every promise, opinions, the other places."""
    place = get_object_or_404(Organization.objects.active().townships(), pk=pk)
    today, pages = timezone.localdate(), told_at(pk)
    promises = told_promises(projects=[page.project_id for page in pages])
    parts = township_parts(pages, promises, pk, request, today)
    said = _("What was promised in %(place)s, who answers for it, and what became of it.")
    letterbox = OpinionIndexPage.objects.live().first()
    return _shown(
        request,
        "township.html",
        _way_back(request, place.township),
        said % {"place": place.township},
        place=place,
        map=map_of(request, pk),
        opinions=opinions_at(pages, pk, request),
        letterbox=letterbox.get_url(request) if letterbox else "",
        feed=f"{reverse('projects_feed')}?unit={pk}",
        **parts,
    )
