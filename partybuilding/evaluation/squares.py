"""A year's graded projects as squares, grade by grade: a square for each, in it the end of its number."""

from collections.abc import Container, Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.cycles.models import GradeClass
from partybuilding.cycles.sheet import in_wan
from partybuilding.projects.pages import ProjectPage

#: Shades of the sepia ramp; a further grade has that of the last.
SHADES = 4


def squares_of(
    graded: Iterable[tuple[GradeClass, ProjectPage]],
    unkept: Container[int],
    request: HttpRequest | None = None,
) -> list[dict[str, Any]]:
    """Return the grades as `components/squares.html` shows them, the best first.

    Args:
        graded: the readable pages with their grades, in the order of their numbers.
        unkept: the keys of the projects that left a promise undone.
    """
    found: dict[GradeClass, list[dict[str, Any]]] = {}
    for grade, page in graded:
        project = page.project
        square = {
            "number": (project.code or "").rpartition("-")[2],
            "title": page.title,
            "organization": project.told.organization,
            "href": page.get_url(request) or "",
            "is_missed": page.project_id in unkept,
        }
        found.setdefault(grade, []).append(square)
    ordered = sorted(found, key=lambda grade: (grade.sort_order, grade.pk))
    return [
        {
            "title": str(grade),
            "count": _projects(len(found[grade])),
            "each": _("%(wan)s ten thousand yuan each") % {"wan": in_wan(grade.award_yuan)},
            "shade": min(at, SHADES),
            "squares": found[grade],
        }
        for at, grade in enumerate(ordered, start=1)
    ]


def _projects(count: int) -> str:
    return ngettext("%(count)s project", "%(count)s projects", count) % {"count": count}
