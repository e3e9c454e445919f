"""The year in numbers as the book shows it, and the promises of the projects that its cases tell of."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.column.figures import year_figures
from partybuilding.cycles.models import Cycle, GradeClass
from partybuilding.cycles.sheet import in_wan
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.projects.models import Commitment
from partybuilding.projects.promises.cards import deadline_words, lateness_words, state_words
from partybuilding.projects.promises.selectors import readable_promises


def year_in_numbers(cycle: Cycle) -> dict[str, Any]:
    """Return a year's figures with the fields of its projects, and its grades once they are announced."""
    figures = year_figures(cycle.pk)
    numbers: dict[str, Any] = {"kind": "numbers", "rows": []}
    if figures is None:
        return {"said": "", "numbers": numbers, "bars": [], "tables": []}
    numbers["rows"] = [
        {"number": str(one["value"]), "unit": str(one["unit"]), "label": str(one["label"])}
        for one in figures.numbers
    ]
    heads = [str(column["label"]) for column in figures.sector_columns]
    sectors = [{"label": one.label, "count": one.count} for one in figures.sectors if one.count]
    bars = {
        "caption": _("Projects by field"),
        "heads": heads,
        "most": figures.most,
        "rows": sectors,
    }
    return {
        "said": figures.finding,
        "numbers": numbers,
        "bars": [bars],
        "tables": _grades_of(cycle),
    }


def _grades_of(cycle: Cycle) -> list[dict[str, Any]]:
    """Return the table of grades; nothing before they are announced."""
    if cycle.state not in ANNOUNCED:
        return []
    grades = GradeClass.objects.filter(cycle=cycle).order_by("sort_order")
    counted = [grade for grade in grades.annotate(n=Count("projects")) if grade.n]
    rows = [
        [
            str(grade),
            str(grade.n),
            f"{grade.bonus_points.normalize():f}",
            str(in_wan(grade.award_yuan)),
        ]
        for grade in counted
    ]
    if not rows:
        return []
    return [
        {
            "kind": "table",
            "caption": _("Grades and awards of the year"),
            "heads": [
                pgettext("column", "Grade"),
                pgettext("column", "Projects"),
                pgettext("column", "Bonus points each"),
                _("Award each (ten thousand yuan)"),
            ],
            "rows": rows,
            "numeric": [False, True, True, True],
            "row_header": True,
        }
    ]


def promises_of(projects: Iterable[int], today: date) -> dict[int, list[dict[str, Any]]]:
    """Return by project what was promised in public, and what became of it."""
    rows = readable_promises().filter(project__in=projects).select_related("project")
    found: dict[int, list[dict[str, Any]]] = {}
    for commitment in rows.prefetch_related("steps").order_by("project", "order", "pk"):
        found.setdefault(commitment.project_id, []).append(_promise(commitment, today))
    return found


def _promise(commitment: Commitment, today: date) -> dict[str, Any]:
    promise = commitment.promise
    late = lateness_words(promise, today)
    state = state_words(promise, today)
    return {
        "goal": commitment.goal,
        "deadline": deadline_words(promise),
        "state": f"{state}（{late}）" if late else state,
        "is_kept": promise.is_kept,
    }


def promises_said(promises: dict[int, list[dict[str, Any]]]) -> str:
    """Return in a sentence how many promises there were and how many were kept."""
    rows = [row for own in promises.values() for row in own]
    kept = sum(row["is_kept"] for row in rows)
    facts = {"projects": len(promises), "all": len(rows), "kept": kept, "rest": len(rows) - kept}
    if kept == len(rows):
        return (
            _("%(projects)s projects made %(all)s promises in public and kept all of them.") % facts
        )
    return (
        _(
            "%(projects)s projects made %(all)s promises in public: %(kept)s were kept, "
            "%(rest)s were not, and stand here as well."
        )
        % facts
    )
