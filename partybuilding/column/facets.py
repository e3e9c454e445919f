"""What a list of projects can be narrowed to, with the number of readable projects behind each value."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from partybuilding.organizations.states import Sector
from partybuilding.projects.stages import STAGE_OF, STAGES, stage_of

#: The filters, each with the field it looks at.
LOOKUPS = {
    "year": "project__cycle__year",
    "sector": "project__sector",
    "unit": "project__organization__unit",
    "state": "project__state",
}
#: The values that some readable projects share, and how many of them the words find.
Row = tuple[dict[str, str], int]


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
) -> dict[str, list[Choice]]:
    """Return the choices of every filter that was asked for, in one query.

    A choice is offered when a readable project has its value. Its number says how many the list
    would have with it: what the words and the other filters leave. A value that no readable project
    has is not chosen, so an address can never ask for what is hidden.
    """
    rows, labels = _rows(pages, words)
    offered = {name: {values[name] for values, _found in rows} - {""} for name in asked}
    chosen = {name: offered[name].intersection(values) for name, values in asked.items()}
    found = {}
    for name in asked:
        numbers = _numbers(rows, name, chosen)
        found[name] = [
            Choice(value, label, numbers[value], value in chosen[name])
            for value, label in labels[name].items()
            if value in offered[name]
        ]
    return found


def _rows(pages: QuerySet, words: Q) -> tuple[list[Row], dict[str, dict[str, str]]]:
    """Read the values with their numbers, and the words of every value in the order of the offer."""
    unit = LOOKUPS["unit"]
    counted = (
        pages.order_by(f"{unit}__code")
        .values_list(*LOOKUPS.values(), f"{unit}__name")
        .annotate(found=Count("pk", filter=words or Q(pk__isnull=False)))
    )
    rows: list[Row] = []
    labels: dict[str, dict[str, str]] = {
        "year": {},
        "sector": {code: str(label) for code, label in Sector.choices},
        "unit": {},
        "state": {name: str(stage_of(name).public) for name in STAGES},
    }
    for year, sector, unit_pk, state, unit_name, found in counted:
        of_unit = str(unit_pk or "")
        labels["year"][str(year)] = _("Year %(year)s") % {"year": year}
        labels["unit"][of_unit] = unit_name or ""
        values = {"year": str(year), "sector": sector, "unit": of_unit, "state": STAGE_OF[state]}
        rows.append((values, found))
    labels["year"] = dict(sorted(labels["year"].items(), reverse=True))
    return rows, labels


def _numbers(rows: list[Row], name: str, chosen: Mapping[str, set[str]]) -> Counter[str]:
    """Count what each value of one filter would add, under all the others."""
    others = {other: values for other, values in chosen.items() if other != name and values}
    numbers: Counter[str] = Counter()
    for values, found in rows:
        if all(values[other] in wanted for other, wanted in others.items()):
            numbers[values[name]] += found
    return numbers
