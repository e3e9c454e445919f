"""What every public list is narrowed by: one engine, units in the order of their codes."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.http import QueryDict

from partybuilding.column.doing.listing import facets_of
from partybuilding.column.listing import project_facets, project_list
from partybuilding.core.pages.facets import Facet, narrow
from partybuilding.core.registers.sorting import sort_key
from partybuilding.opinions.replies import FACETS as REPLIES
from partybuilding.organizations.models import Organization
from partybuilding.supervision.rounds.listing import FACETS as NOTICES
from tests.factories import make_cast, make_organization
from tests.factories.column import make_page

COLOURS = Facet("colour", "颜色", "colour", fixed=frozenset({"blue"}))
SIZES = Facet("size", "大小", "size")
ROWS = [(("red", "s"), 3), (("red", "l"), 2), (("green", "s"), 1), (("", "l"), 5)]
KNOWN: dict[str, Any] = {
    "colour": {"red": ("red",), "green": ("green",)},
    "size": {"s": ("s",), "l": ("l",)},
}


@pytest.mark.parametrize(
    ("query", "colours", "sizes", "count"),
    [
        ("", {"green": 1, "red": 5}, {"l": 7, "s": 4}, 11),
        ("colour=red", {"green": 1, "red": 5}, {"l": 2, "s": 3}, 5),
        ("colour=red&size=l", {"green": 0, "red": 2}, {"l": 2, "s": 3}, 2),
        ("colour=red&colour=green", {"green": 1, "red": 5}, {"l": 2, "s": 4}, 6),
        ("colour=unknown&size=", {"green": 1, "red": 5}, {"l": 7, "s": 4}, 11),
        ("colour=blue", {"blue": 0, "green": 1, "red": 5}, {"l": 0, "s": 0}, 0),
    ],
)
def test_a_number_is_what_the_list_would_have(
    query: str, colours: dict[str, int], sizes: dict[str, int], count: int
) -> None:
    choices, fits = narrow((COLOURS, SIZES), ROWS, KNOWN, QueryDict(query))
    assert {one.value: one.count for one in choices["colour"]} == colours
    assert {one.value: one.count for one in choices["size"]} == sizes
    assert sum(number for codes, number in ROWS if fits(codes)) == count


@pytest.mark.parametrize(
    "facets",
    [project_facets, partial(facets_of, "project"), lambda: NOTICES, lambda: REPLIES],
    ids=["projects", "doing", "supervision", "answers"],
)
def test_units_stand_in_the_order_of_their_codes(facets: Callable[[], tuple[Facet, ...]]) -> None:
    [unit] = [facet for facet in facets() if facet.name == "unit"]
    read = [("1", "第十支部", "10"), ("2", "第二支部", "9"), ("10", "第一支部", "2")]
    told = [(pk, sort_key(code), name) for pk, name, code in read]
    ordered = sorted(told, key=lambda one: unit.order(*one))
    assert [unit.words(*one) for one in ordered] == ["第一支部", "第二支部", "第十支部"]


@pytest.mark.django_db
def test_a_list_offers_unit_2_before_unit_10() -> None:
    for code in ("10", "9", "2"):
        unit = make_organization().unit
        unit.code = code
        unit.save()
        make_page("approved", make_cast(organization=make_organization(unit)))
    offered = project_list(QueryDict("")).choices["unit"]
    codes = dict(Organization.objects.values_list("pk", "code"))
    assert [codes[int(choice.value)] for choice in offered] == ["2", "9", "10"]
