"""The grade of one project with what it brings, once the results of its year are announced."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from partybuilding.cycles.sheet import in_wan
from partybuilding.projects.models import Project
from partybuilding.projects.page.facts import is_announced
from partybuilding.projects.page.parts import GRADE, PageSection, Reading


def grade_facts(project: Project) -> list[dict[str, Any]]:
    """Return the announced grade with its bonus points and award in yuan; nothing before."""
    grade = project.grade_class if is_announced(project) else None
    if grade is None:
        return []
    points = f"{grade.bonus_points.normalize():f}"
    return [
        {"label": pgettext("column", "Grade"), "value": str(grade)},
        {"label": _("Bonus points in the assessment"), "value": _("%(n)s points") % {"n": points}},
        {
            "label": _("Award money"),
            "value": _("%(wan)s ten thousand yuan") % {"wan": in_wan(grade.award_yuan)},
        },
    ]


def grade_part(reading: Reading) -> Mapping[str, Any] | None:
    """Show the grade on the project's page."""
    facts = grade_facts(reading.project)
    if not facts:
        return None
    grade, _points, award = facts
    words = _("%(grade)s, award money %(money)s")
    told = words % {"grade": grade["value"], "money": award["value"]}
    return {"facts": facts, "sum": told}


SECTION = PageSection(
    "grade",
    gettext_lazy("Grade of the year"),
    "partybuilding/evaluation/grade.html",
    grade_part,
    GRADE,
)
