"""What lists show of a project: a card, or one line."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from partybuilding.organizations.states import SECTORS
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import Tally
from partybuilding.projects.stages import stage_of
from partybuilding.projects.states import Mark

#: How many cards of a list show their picture: one row on a desk. A first view keeps to 15 requests.
PICTURED = 3


def cards_of(
    pages: Iterable[ProjectPage], promises: Mapping[int, Tally], request: HttpRequest
) -> dict[str, list[dict[str, Any]]]:
    """Return the cards of a list: the first ones with their picture, the others without."""
    cards = [
        {
            **card_of(page, request, pictured=at < PICTURED),
            **promise_facts(promises.get(page.project_id), is_over=page.project.is_over),
        }
        for at, page in enumerate(pages)
    ]
    return {"pictured": cards[:PICTURED], "plain": cards[PICTURED:]}


def card_of(page: ProjectPage, request: HttpRequest, *, pictured: bool = True) -> dict[str, Any]:
    """Return what a project's card shows."""
    project = page.project
    stage = stage_of(project.state)
    told = project.told
    return {
        "href": page.get_url(request),
        "title": page.title,
        "organization": told.organization,
        "unit": told.unit,
        "sector": told.sector,
        "year": project.cycle.year,
        "state": stage.public,
        "tone": stage.tone,
        "grade": announced_grade(project),
        "summary": page.summary,
        "image": page.card_picture if pictured else None,
        "sign": SECTORS.sign(project.sector),
        "is_plain": not pictured,
    }


def promise_facts(tally: Tally | None, *, is_over: bool = False) -> dict[str, Any]:
    """Return what a card says of the promises: how far they are, how many are late or were not kept."""
    if tally is None:
        return {"done": 0, "total": 0, "late": ""}
    told = {"done": tally.closed, "total": tally.steps, "late": ""}
    if not tally.overdue:
        return told
    words = _("%(count)s commitments not kept") if is_over else _("%(count)s commitments overdue")
    mark = Mark.MISSED if is_over else Mark.LATE
    return {**told, "late": words % {"count": tally.overdue}, "late_mark": mark.value}


def line_of(page: ProjectPage, request: HttpRequest) -> dict[str, Any]:
    """Return what one line of a list of links shows."""
    project = page.project
    stage = stage_of(project.state)
    return {
        "href": page.get_url(request),
        "title": page.title,
        "meta": project.told.organization,
        "date": page.first_published_at,
        "state": stage.public,
        "tone": stage.tone,
    }
