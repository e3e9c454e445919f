"""What public lists of projects, and of what tells of one, can be narrowed to."""

from typing import Any

from django.db.models import Case, CharField, F, Value, When
from django.utils.translation import pgettext_lazy

from partybuilding.core.pages.facets import Facet
from partybuilding.cycles.states import ANNOUNCED


def grade_facet(project: str, **more: Any) -> Facet:
    """Return the facet of the grade, once the results of its year are announced; the best first.

    Args:
        project: the way from a listed row to its project.
    """
    grade = f"{project}__grade_class"
    announced = When(
        **{f"{project}__cycle__state__in": ANNOUNCED, f"{grade}__isnull": False},
        then=F(f"{grade}__code"),
    )
    return Facet(
        "grade",
        pgettext_lazy("column", "Grade"),
        Case(announced, default=Value(""), output_field=CharField()),
        words=lambda _code, _place, name: name,
        order=lambda _code, place, name: (place, name),
        along=(f"{grade}__sort_order", f"{grade}__name"),
        **more,
    )
