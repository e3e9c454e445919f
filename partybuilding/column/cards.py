"""What lists show of a project: a card, or one line."""

from typing import Any

from django.http import HttpRequest

from partybuilding.projects.pages import ProjectPage


def card_of(page: ProjectPage, request: HttpRequest) -> dict[str, Any]:
    """Return what a project's card shows."""
    project = page.project
    return {
        "href": page.get_url(request),
        "title": page.title,
        "organization": project.organization.name,
        "sector": project.get_sector_display(),
        "year": project.cycle.year,
        "state": project.state_row.public,
        "tone": project.state_row.tone,
        "summary": page.summary,
        "image": page.card_picture,
    }


def line_of(page: ProjectPage, request: HttpRequest) -> dict[str, Any]:
    """Return what one line of a list of links shows."""
    project = page.project
    return {
        "href": page.get_url(request),
        "title": page.title,
        "meta": project.organization.name,
        "date": page.first_published_at,
        "state": project.state_row.public,
        "tone": project.state_row.tone,
    }
