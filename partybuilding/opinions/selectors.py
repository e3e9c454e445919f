"""Read opinions for staff: a user's register, one file, the counts of a desk, what is open of a project."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.core.rules import Sentence
from partybuilding.core.types import AnyUser
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.models.queries import OpinionQuerySet
from partybuilding.opinions.states import OPEN

if TYPE_CHECKING:
    from partybuilding.projects.models import Project


def register_of(user: AnyUser) -> QuerySet[Opinion]:
    """Return what a user's register lists, with what its columns show."""
    return Opinion.objects.visible_to(user).select_related("unit", "project__organization")


def opinion_file(user: AnyUser, pk: int) -> Opinion:
    """Return one opinion with what its screens show.

    Raises:
        Opinion.DoesNotExist: there is none, or it is not the user's to see.
    """
    found = Opinion.objects.visible_to(user).select_related(
        "unit", "cycle", "project__organization__unit", "project__cycle", "commitment", "drafted_by"
    )
    return found.prefetch_related("project__partners").get(pk=pk)


def for_bulk(user: AnyUser, keys: list[int]) -> list[Opinion]:
    """Return the chosen ones among those a user may see, in the order of the keys."""
    seen = Opinion.objects.visible_to(user).select_related("unit", "project__organization", "cycle")
    found = seen.prefetch_related("project__partners").in_bulk(keys)
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def alike(opinion: Opinion, user: AnyUser) -> int:
    """Count the others that say the same, as far as a user may see them."""
    same = Opinion.objects.visible_to(user).filter(fingerprint=opinion.fingerprint)
    return same.exclude(pk=opinion.pk).count()


def desk_counts(user: AnyUser, today: date) -> list[dict[str, Any]]:
    """Count what waits for a user by state, those alike apart: all, and overdue."""
    late = Count("due_on", filter=Q(due_on__lt=today))
    waiting = Opinion.objects.waiting_for(user).order_by()
    counted = waiting.values("state", "is_similar").annotate(n=Count("*"), late=late)
    return [dict(row) for row in counted.order_by("is_similar", "state")]


def open_opinions_of(project: "Project") -> Iterator[Sentence]:
    """Say how many opinions on a project are unanswered; nothing when none is."""
    count = Opinion.objects.filter(project=project).still_open().count()
    if count:
        yield ngettext(
            "%(count)s opinion of a resident is not answered yet.",
            "%(count)s opinions of residents are not answered yet.",
            count,
        ) % {"count": count}


def answers_due(until: date, today: date) -> tuple[int, int]:
    """Count the unanswered ones: to be answered up to a day, and late already."""
    # Named by the states that are open, not by those that are not: so the index of both is asked.
    unanswered = Opinion.objects.filter(state__in=OPEN, answer_by__lte=max(until, today)).order_by()
    near, late = Q(answer_by__lte=until), Q(answer_by__lt=today)
    counted = unanswered.aggregate(
        near=Count("answer_by", filter=near), late=Count("answer_by", filter=late)
    )
    return counted["near"], counted["late"]


def counts_of_project(seen: OpinionQuerySet) -> dict[str, int]:
    """Count some opinions: all, and those that are unanswered."""
    return {"count": seen.count(), "open": seen.still_open().count()}


def undecided_count(user: AnyUser) -> int:
    """Count the answered ones that this user is to publish or to withhold."""
    return Opinion.objects.to_decide_for(user).count()


def heading_of(opinion: Opinion) -> str:
    """Name what an opinion is about in a line."""
    if opinion.project is None:
        return _("The programme as a whole")
    return f"{opinion.project.code} {opinion.project}"
