"""Read case studies: what residents may read, a user's register, one file."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseStudyPage, card_of, readable_cases
from partybuilding.core.answers.wording import worded
from partybuilding.core.types import AnyUser
from partybuilding.projects.page.parts import Reading

__all__ = ["case_of", "learnt", "readable_cases", "register_of"]


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


def learnt(reading: Reading) -> Mapping[str, Any] | None:
    """Return the case from which a project learnt, as a section of the project's page shows it."""
    cards = [card_of(page, reading.request) for page in _learnt_from(reading.project.pk)]
    return {"cards": cards} if cards else None


@worded
def _learnt_from(project: int) -> QuerySet[CaseStudyPage]:
    return readable_cases().filter(case__adoptions__project=project)
