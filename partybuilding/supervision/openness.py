"""What of supervision keeps a project's file open."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import ngettext

from partybuilding.core.rules import Sentence
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.states import RectificationState


def findings_to_rectify(project: Any) -> Iterator[Sentence]:
    """Say how many findings the project has still to rectify, before its results are handed in."""
    count = Rectification.objects.filter(project=project, state=RectificationState.ISSUED).count()
    if count:
        words = ngettext(
            "%(count)s finding is still to be rectified; report it rectified first.",
            "%(count)s findings are still to be rectified; report them rectified first.",
            count,
        )
        yield words % {"count": count}


def open_rectifications(project: Any) -> Iterator[Sentence]:
    """Say how many findings are not verified yet."""
    count = Rectification.objects.filter(project=project).unresolved().count()
    if count:
        words = ngettext(
            "%(count)s finding is not rectified and verified yet.",
            "%(count)s findings are not rectified and verified yet.",
            count,
        )
        yield words % {"count": count}
