"""Read case studies: what residents may read, a user's register, one file, the counts of a desk."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from partybuilding.cases.index import readable_cases
from partybuilding.cases.models import CaseStudy

__all__ = ["case_of", "cases_of_project", "desk_counts", "readable_cases", "register_of"]


def register_of(user: Any) -> QuerySet[CaseStudy]:
    """Return what a user's register lists, with what its columns show."""
    return CaseStudy.objects.visible_to(user).select_related(
        "project__cycle", "project__organization__unit", "project__grade_class", "page"
    )


def case_of(user: Any, pk: int) -> CaseStudy:
    """Return one case study with what its screens show.

    Raises:
        CaseStudy.DoesNotExist: there is none, or it is not the user's to see.
    """
    found = CaseStudy.objects.visible_to(user).prefetch_related("project__partners")
    return found.select_related(
        "project__cycle", "project__organization__unit", "project__grade_class"
    ).get(pk=pk)


def cases_of_project(project: Any, user: Any) -> QuerySet[CaseStudy]:
    """Return the case studies of a project, as far as a user may see them."""
    return CaseStudy.objects.visible_to(user).filter(project=project).order_by("pk")


def desk_counts(user: Any, today: Any) -> list[dict[str, Any]]:
    """Count what waits for a user by state: all, and overdue."""
    late = Count("pk", filter=Q(due_on__lt=today))
    waiting = CaseStudy.objects.waiting_for(user).order_by()
    return list(waiting.values("state").annotate(n=Count("pk"), late=late).order_by("state"))
