"""Read case studies: what residents may read, a user's register, one file."""

from django.db.models import QuerySet

from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import readable_cases
from partybuilding.core.types import AnyUser

__all__ = ["case_of", "readable_cases", "register_of"]


def register_of(user: AnyUser) -> QuerySet[CaseStudy]:
    """Return what a user's register lists, with what its columns show."""
    return CaseStudy.objects.visible_to(user).select_related(
        "project__cycle", "project__organization__unit", "project__grade_class", "page"
    )


def case_of(user: AnyUser, pk: int) -> CaseStudy:
    """Return one case study with what its screens show.

    Raises:
        CaseStudy.DoesNotExist: there is none, or it is not the user's to see.
    """
    found = CaseStudy.objects.visible_to(user).prefetch_related("project__partners")
    return found.select_related(
        "project__cycle", "project__organization__unit", "project__grade_class"
    ).get(pk=pk)
