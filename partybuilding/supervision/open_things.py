"""What of supervision keeps a project's file open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from partybuilding.core.rules import Sentence
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.selectors.figures import (
    Rectifications,
    rectification_figures,
    total_of_rectifications,
)

if TYPE_CHECKING:
    from partybuilding.projects.models import Project


def overdue_findings(project: "Project") -> Iterator[Sentence]:
    """Say how many findings the project has not rectified in time: its results wait for them.

    Those within their days, and those that wait for the task force, hold nothing up.
    """
    count = _findings_of(project).overdue
    if count:
        words = ngettext(
            "%(count)s finding is overdue and not rectified; report it rectified first.",
            "%(count)s findings are overdue and not rectified; report them rectified first.",
            count,
        )
        yield words % {"count": count}


def open_rectifications(project: "Project") -> Iterator[Sentence]:
    """Say how many findings are not verified yet."""
    count = _findings_of(project).open
    if count:
        words = ngettext(
            "%(count)s finding is not rectified and verified yet.",
            "%(count)s findings are not rectified and verified yet.",
            count,
        )
        yield words % {"count": count}


def _findings_of(project: "Project") -> Rectifications:
    found = Rectification.objects.filter(project=project)
    return total_of_rectifications(rectification_figures(found, "project"))
