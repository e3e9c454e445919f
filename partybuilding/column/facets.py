"""What a list of projects can be narrowed to, with the number of readable projects behind each value."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from partybuilding.cycles.states import ANNOUNCED
from partybuilding.organizations.states import Sector
from partybuilding.projects.promises.selectors import late_projects
from partybuilding.projects.stages import STAGE_OF, STAGES, stage_of

#: The filters, in the order of the offer.
FILTERS = ("year", "sector", "unit", "state", "overdue", "grade")
LATE = "1"
#: The filters whose values are fixed words: one that no project has finds nothing, and is no error.
FIXED = {"sector": set(Sector.values), "state": set(STAGES), "overdue": {LATE}}
#: The values that some readable projects share, and how many of them the words find.
Row = tuple[dict[str, str], int]


def expressions() -> dict[str, Combinable]:
    """Return for every filter what it looks at in a project's page, as codes."""
    announced = When(
        project__cycle__state__in=ANNOUNCED,
        project__grade_class__isnull=False,
        then=F("project__grade_class__code"),
    )
    return {
        "year": F("project__cycle__year"),
        "sector": F("project__sector"),
        "unit": F("project__organization__unit"),
        "state": F("project__state"),
        "overdue": Case(
            When(late_projects("project"), then=Value(LATE)),
            default=Value(""),
            output_field=CharField(),
        ),
        "grade": Case(announced, default=Value(""), output_field=CharField()),
    }


@dataclass
class Choice:
    """One value that a filter offers, with the number of projects behind it."""

    value: str
    label: str
    count: int
    chosen: bool = False


def chosen_values(query: Any, name: str) -> list[str]:
    """Return every value that a query gives to a filter."""
    if hasattr(query, "getlist"):
        return query.getlist(name)
    value = query.get(name, [])
    return value if isinstance(value, list) else [str(value)]


def facets(
    pages: QuerySet, words: Q, asked: Mapping[str, Iterable[str]]
) -> tuple[dict[str, list[Choice]], int]:
    """Return the choices of every filter that was asked for, and how many projects are found, in one query.

    A choice is offered when a readable project has its value. Its number says how many the list
    would have with it: what the words and the other filters leave. A value that is neither a fixed
    word nor that of a readable project is not chosen, so an address cannot ask for what is hidden.
    """
    rows, labels = _rows(pages, words)
    offered = {name: {values[name] for values, _found in rows} - {""} for name in asked}
    chosen = {
        name: (offered[name] | FIXED.get(name, set())).intersection(values)
        for name, values in asked.items()
    }
    choices = {}
    for name in asked:
        numbers = _numbers(rows, name, chosen)
        choices[name] = [
            Choice(value, label, numbers[value], value in chosen[name])
            for value, label in labels[name].items()
            if value in offered[name] or value in chosen[name]
        ]
    return choices, sum(found for values, found in rows if _fits(values, chosen))


def _rows(pages: QuerySet, words: Q) -> tuple[list[Row], dict[str, dict[str, str]]]:
    """Read the values with their numbers, and the words of every value in the order of the offer."""
    names = {f"of_{name}": expression for name, expression in expressions().items()}
    grade = "project__grade_class"
    counted = (
        pages.annotate(**names)
        .order_by("project__organization__unit__code_key")
        .values_list(
            *names, "project__organization__unit__name", f"{grade}__sort_order", f"{grade}__name"
        )
        .annotate(found=Count("pk", filter=words or Q(pk__isnull=False)))
    )
    rows: list[Row] = []
    labels: dict[str, dict[str, str]] = {
        "year": {},
        "sector": {code: str(label) for code, label in Sector.choices},
        "unit": {},
        "state": {name: str(stage_of(name).public) for name in STAGES},
        "overdue": {LATE: _("With overdue commitments")},
        "grade": {},
    }
    grades: dict[str, tuple[int, str]] = {}
    for *values, unit_name, place, grade_name, found in counted:
        row = dict(zip(FILTERS, map(_code, values), strict=True))
        row["state"] = STAGE_OF[row["state"]]
        labels["year"][row["year"]] = _("Year %(year)s") % {"year": row["year"]}
        labels["unit"][row["unit"]] = unit_name or ""
        if row["grade"]:
            grades[row["grade"]] = (place, grade_name)
        rows.append((row, found))
    labels["year"] = dict(sorted(labels["year"].items(), reverse=True))
    labels["grade"] = {code: grades[code][1] for code in sorted(grades, key=grades.__getitem__)}
    return rows, labels


def _code(value: Any) -> str:
    return "" if value is None else str(value)


def _numbers(rows: list[Row], name: str, chosen: Mapping[str, set[str]]) -> Counter[str]:
    """Count what each value of one filter would add, under all the others."""
    others = {other: values for other, values in chosen.items() if other != name}
    numbers: Counter[str] = Counter()
    for values, found in rows:
        if _fits(values, others):
            numbers[values[name]] += found
    return numbers


def _fits(values: Mapping[str, str], chosen: Mapping[str, set[str]]) -> bool:
    return all(values[name] in wanted for name, wanted in chosen.items() if wanted)
