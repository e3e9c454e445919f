"""What of supervision keeps a project's file open."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import ngettext

from partybuilding.core.rules import Sentence
from partybuilding.supervision.models import Rectification


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
