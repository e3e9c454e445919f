"""The tree: every organisation once, each superior before those below it, levels opened and closed."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.organizations import services
from partybuilding.organizations.selectors import branches
from tests.factories import make_organization, make_person, make_unit
from tests.factories.screens import client_of


def place(pk: int, parent: int | None = None) -> Any:
    return SimpleNamespace(pk=pk, parent_id=parent)


def shape(*places: Any) -> list[tuple[int, int, int, int]]:
    return [(b.organization.pk, b.depth, b.below, len(b.closes)) for b in branches(places)]


def test_superiors_stand_before_those_below_them() -> None:
    assert shape(place(3, 2), place(2, 1), place(1), place(4, 1)) == [
        (1, 0, 3, 0),
        (2, 1, 1, 0),
        (3, 2, 0, 1),
        (4, 1, 0, 1),
    ]


def test_what_stands_below_something_out_of_sight_stands_at_the_top() -> None:
    assert shape(place(2, 1), place(3, 9)) == [(2, 0, 0, 0), (3, 0, 0, 0)]


def test_nothing_grows_from_nothing() -> None:
    assert branches([]) == []


@pytest.mark.django_db
def test_the_page_opens_and_closes_every_level_and_hides_what_is_out_of_use() -> None:
    officer = make_person(Role.DEPARTMENT)
    unit = make_unit()
    for _number in range(3):
        middle = make_organization(unit)
        leaf = make_organization(unit, parent=middle)
    services.deactivate_organization(leaf, by=officer)
    address = reverse("partybuilding:organization_tree")
    page = client_of(officer).get(address).text
    tree = page[page.index("party-tree") :]
    tree = tree[: tree.index("</main>")]
    for tag in ("ul", "li", "details"):
        opened, closed = (len(re.findall(rf"<{slash}{tag}\b", tree)) for slash in ("", "/"))
        assert closed - opened == (tag == "ul"), tag
    assert leaf.name not in page
    assert leaf.name in client_of(officer).get(address, {"use": "all"}).text


@pytest.mark.django_db
def test_without_anything_in_sight_the_page_says_so() -> None:
    unit = make_unit()
    reviewer = make_person(Role.UNIT, unit)
    services.save_organization(unit, by=None)
    type(unit).objects.filter(pk=unit.pk).update(is_active=False)
    answer = client_of(reviewer).get(reverse("partybuilding:organization_tree"))
    assert "暂无。" in answer.text
