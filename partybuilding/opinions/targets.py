"""What residents may write about: the programme, a running project, one of its published commitments."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from partybuilding.core.answers.wording import worded
from partybuilding.core.pages.words import clean_words, every_word_in
from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.states import ProjectState

#: What is over takes no more opinions: an archived project has none that is open.
CLOSED = (ProjectState.ARCHIVED, ProjectState.TERMINATED)
#: Projects that are offered in one list, at most; of more, so many that words find.
OFFERED, FOUND = 200, 20
#: What an address within the site looks like; it is shown and linked to, nothing more.
WITHIN = re.compile(r"/(?!/)[\w./-]{0,200}")
FOUND_BY = (
    "title",
    "project__code",
    "project__organization__name",
    "project__organization__unit__name",
)


@dataclass(frozen=True)
class Target:
    """What an opinion is about; empty for the programme as a whole.

    Args:
        page: the project's page.
        number: the commitment's number on that page.
        at: the address of any other page of the site, on which something is wrong.
    """

    project: Project | None = None
    page: ProjectPage | None = None
    commitment: Commitment | None = None
    number: int = 0
    at: str = ""


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
    if page:
        return Target(page.project, page)
    at = query.get("at") or ""
    return Target(at=at if WITHIN.fullmatch(at) else "")


@dataclass(frozen=True)
class Offer:
    """The projects to choose from, each with who carries it out.

    Args:
        rows: their numbers and words.
        is_whole: whether these are all; where there are too many to list, they are those that words find.
        is_cut: whether the words find more.
    """

    rows: list[tuple[str, str]]
    is_whole: bool = True
    is_cut: bool = False


def offered(words: str = "", chosen: str = "") -> Offer:
    """Return the projects to choose from, by number; where there are many, those that were asked for.

    Args:
        words: what somebody typed to find a project.
        chosen: the number of one that is chosen already.
    """
    if len(_several()) <= OFFERED:
        return Offer(_options(_every()))
    pages = writable_pages()
    asked = every_word_in(clean_words(words), FOUND_BY)
    found = _rows(pages.filter(asked), FOUND + 1) if asked else []
    kept = _rows(pages.filter(project__code=chosen)) if chosen else []
    rows = list(dict.fromkeys([*kept, *found[:FOUND]]))
    return Offer(rows, is_whole=False, is_cut=len(found) > FOUND)


@worded
def _several() -> QuerySet[ProjectPage, Any]:
    """Return as many as are offered in one list, and one more where there are more."""
    return writable_pages().order_by().values_list("pk")[: OFFERED + 1]


@worded
def _every() -> QuerySet[ProjectPage, Any]:
    return _named(writable_pages())


def _rows(pages: QuerySet[ProjectPage], most: int | None = None) -> list[tuple[str, str]]:
    return _options(_named(pages)[:most])


def _named(pages: QuerySet[ProjectPage]) -> QuerySet[ProjectPage, Any]:
    rows = pages.order_by("-project__cycle__year", "project__code")
    return rows.values_list("project__code", "title", "project__organization__name")


def _options(rows: Iterable[tuple[str | None, str, str]]) -> list[tuple[str, str]]:
    return [(code or "", f"{name}：{title}") for code, title, name in rows]
