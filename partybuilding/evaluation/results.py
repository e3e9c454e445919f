"""What a year's evaluation came to, once it is announced: grades, money, and by what it was judged."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.answers.wording import worded
from partybuilding.core.pages.lists import heads, number
from partybuilding.cycles.models import Cycle, GradeClass
from partybuilding.cycles.sheet import in_wan
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.selectors.public import PUBLIC
from partybuilding.evaluation.squares import squares_of
from partybuilding.evaluation.states import RunState
from partybuilding.projects.pages import ProjectPage

#: What the squares show of a page, its project and the grade of that.
SHOWN = (
    *("title", "path", "depth", "url_path", "project__code", "project__facts", "project__state"),
    *("project__organization__name", "project__grade_class"),
    *(f"project__grade_class__{name}" for name in ("cycle", "name", "code", "sort_order")),
    *(f"project__grade_class__{name}" for name in ("bonus_points", "award_yuan")),
)


@dataclass(frozen=True)
class Results:
    """The grades of a year's published projects as squares and table, and the rules they followed."""

    finding: str
    grades: list[dict[str, Any]]
    columns: list[dict[str, Any]]
    rows: list[list[Any]]
    weights: list[list[Any]]
    weight_columns: list[dict[str, Any]]
    criteria: list[list[Any]]
    criteria_columns: list[dict[str, Any]]


@dataclass(frozen=True)
class Graded:
    """A grade with the number of projects that have it."""

    grade: GradeClass
    count: int

    @property
    def yuan(self) -> int:
        """The award money of all of them."""
        return self.count * self.grade.award_yuan


def results_link(cycle: Cycle) -> dict[str, str] | None:
    """Return the way to the results of a year, announced or open to comment; nothing before."""
    run = Run.objects.filter(cycle=cycle, state__in=PUBLIC).only("state").first()
    if run is None:
        return None
    is_open = run.state == RunState.NOTICED
    words = _("Grades open to comment") if is_open else _("Grades and awards project by project")
    return {"text": words, "href": reverse("results_year", args=[cycle.year])}


def year_results(
    cycle: Cycle, unkept: Container[int] = (), request: HttpRequest | None = None
) -> Results | None:
    """Return what was announced; nothing before, and nothing when no published project was graded.

    Args:
        cycle: the year.
        unkept: the keys of the projects that left a promise undone.
    """
    if cycle.state not in ANNOUNCED:
        return None
    graded = [
        (grade, page)
        for page in _graded_pages(cycle.pk)
        if (grade := page.project.grade_class) is not None
    ]
    if not graded:
        return None
    counts = Counter(grade for grade, _page in graded)
    grades = [Graded(grade, counts[grade]) for grade in sorted(counts, key=_order)]
    total = sum(grade.count for grade in grades)
    money = sum(grade.yuan for grade in grades)
    numbers = (
        _("%(grade)s %(count)s") % {"grade": one.grade, "count": one.count} for one in grades
    )
    facts = {"total": total, "grades": "、".join(numbers), "money": in_wan(money)}
    finding = _("%(total)s projects were graded: %(grades)s; award money %(money)s ten thousand.")
    return Results(
        finding=finding % facts,
        grades=squares_of(graded, unkept, request),
        columns=heads(
            pgettext("column", "Grade"),
            pgettext("column", "Projects"),
            pgettext("column", "Bonus points each"),
            pgettext("column", "Award each"),
            pgettext("column", "Award in all"),
        ),
        rows=[_grade_row(one) for one in grades],
        weights=_weights(cycle),
        weight_columns=heads(
            pgettext("column", "Part of the evaluation"), pgettext("column", "Weight")
        ),
        criteria=[[item.name, number(item.points)] for item in cycle.criteria.all()],
        criteria_columns=heads(
            pgettext("column", "Criterion of the initial rating"), pgettext("column", "Points")
        ),
    )


@worded
def _graded_pages(cycle_id: int) -> QuerySet[ProjectPage]:
    pages = ProjectPage.objects.readable().filter(project__cycle=cycle_id)
    pages = pages.exclude(project__grade_class=None).order_by("project__code").only(*SHOWN)
    return pages.select_related("project__grade_class", "project__organization")


def _order(grade: GradeClass) -> tuple[int, int]:
    return grade.sort_order, grade.pk


def _grade_row(one: Graded) -> list[Any]:
    grade = one.grade
    return [
        {"text": str(grade), "href": f"?grade={grade.code}"},
        number(one.count),
        number(f"{grade.bonus_points.normalize():f}"),
        number(_wan(grade.award_yuan)),
        number(_wan(one.yuan)),
    ]


def _weights(cycle: Cycle) -> list[list[Any]]:
    parts = (
        (_("On-site scores of the expert groups"), cycle.weight_expert),
        (_("Day-to-day knowledge"), cycle.weight_daily),
        (_("Initial rating at approval"), cycle.weight_initial),
        (_("Mid-term peer review"), cycle.weight_peer),
    )
    return [[label, number(f"{weight}%")] for label, weight in parts if weight]


def _wan(yuan: int) -> str:
    return _("%(wan)s ten thousand yuan") % {"wan": in_wan(yuan)}
