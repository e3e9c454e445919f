"""What residents may write about: the programme, a running project, one of its published commitments."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.states import ProjectState

#: What is over takes no more opinions: an archived project has none that is open.
CLOSED = (ProjectState.ARCHIVED, ProjectState.TERMINATED)


@dataclass(frozen=True)
class Target:
    """What an opinion is about; empty for the programme as a whole.

    Args:
        page: the project's page.
        number: the commitment's number on that page.
    """

    project: Project | None = None
    page: ProjectPage | None = None
    commitment: Commitment | None = None
    number: int = 0


def takes_opinions(project: Project) -> bool:
    """Tell whether residents may write about a project that they can read of."""
    return project.state not in CLOSED


def writable_pages() -> QuerySet[ProjectPage]:
    """Return the pages of the projects that residents may write about."""
    pages = ProjectPage.objects.readable().exclude(project__state__in=CLOSED)
    return pages.select_related("project__cycle", "project__organization__unit").defer(
        "body", "attachments"
    )


def target_of(query: Any) -> Target:
    """Return what an address asks to write about; what is unknown or over is left out."""
    key, code = query.get("commitment") or "", query.get("project") or ""
    if key.isascii() and key.isdigit():
        found = Commitment.objects.published().filter(pk=int(key[:18])).first()
        page = writable_pages().filter(project=found.project_id).first() if found else None
        if found is not None and page is not None:
            keys = list(page.project.commitments.values_list("pk", flat=True))
            return Target(page.project, page, found, keys.index(found.pk) + 1)
    page = writable_pages().filter(project__code=code).first() if code else None
    return Target(page.project, page) if page else Target()


def choices() -> Iterator[tuple[str, str]]:
    """Return the projects to choose from, by number, each with who carries it out."""
    rows = writable_pages().order_by("-project__cycle__year", "project__code")
    for code, title, name in rows.values_list(
        "project__code", "title", "project__organization__name"
    ):
        yield code or "", f"{name}：{title}"
