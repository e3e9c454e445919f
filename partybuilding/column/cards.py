"""What lists show of a project: a card, or one line."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.stages import stage_of

#: How many cards of a list show their picture: one row on a desk. A first view keeps to 15 requests.
PICTURED = 3


def cards_of(pages: Iterable[ProjectPage], request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """Return the cards of a list: the first ones with their picture, the others without."""
    cards = [card_of(page, request, pictured=at < PICTURED) for at, page in enumerate(pages)]
    return {"pictured": cards[:PICTURED], "plain": cards[PICTURED:]}


def card_of(page: ProjectPage, request: HttpRequest, *, pictured: bool = True) -> dict[str, Any]:
    """Return what a project's card shows."""
    project = page.project
    stage = stage_of(project.state)
    return {
        "href": page.get_url(request),
        "title": page.title,
        "organization": project.organization.name,
        "sector": project.get_sector_display(),
        "year": project.cycle.year,
        "state": stage.public,
        "tone": stage.tone,
        "summary": page.summary,
        "image": page.card_picture if pictured else None,
    }


def line_of(page: ProjectPage, request: HttpRequest) -> dict[str, Any]:
    """Return what one line of a list of links shows."""
    project = page.project
    stage = stage_of(project.state)
    return {
        "href": page.get_url(request),
        "title": page.title,
        "meta": project.organization.name,
        "date": page.first_published_at,
        "state": stage.public,
        "tone": stage.tone,
    }
