"""The figures of the front page: projects by year, field and grade, and the letterbox of this month."""

from dataclasses import dataclass

from django.db.models import Count

from partybuilding.opinions.figures import counts_of_month
from partybuilding.projects.pages import ProjectPage


@dataclass(frozen=True)
class Kin:
    """Some readable projects of one year, one field and one grade, counted.

    Args:
        place, grade, code, yuan: the grade, its place among the grades and its award; announced or not.
        received, answered, late: the opinions of this month, the same for all; read along.
    """

    year: int
    sector: str
    place: int | None
    code: str | None
    grade: str | None
    yuan: int | None
    count: int
    received: int | None
    answered: int | None
    late: int | None


def readable_kin() -> list[Kin]:
    """Count the readable projects by year, field and grade, in one query."""
    grade = "project__grade_class"
    names = ("sort_order", "code", "name", "award_yuan")
    rows = ProjectPage.objects.readable().order_by()
    rows = rows.values_list(
        "project__cycle", "project__sector", *(f"{grade}__{name}" for name in names)
    )
    return [Kin(*row) for row in rows.annotate(n=Count("pk"), **counts_of_month())]
