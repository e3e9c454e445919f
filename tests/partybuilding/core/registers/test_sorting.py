"""The order of names: figures by value, 第一 before 第十, Chinese by its reading."""

import random

import pytest

from partybuilding.core.registers.sorting import LENGTH, sort_key
from partybuilding.organizations.models import Organization, Person
from partybuilding.organizations.selectors import experts
from partybuilding.organizations.services import add_person, appoint, rename_person
from tests.factories import make_organization, make_unit

ORDERED = (
    ("1", "2", "10", "100"),
    ("U2", "U10", "U0011"),
    ("第一专家组", "第二专家组", "第三专家组", "第十专家组", "第十一专家组", "第二十专家组"),
    ("第1社区党委", "第2社区党委", "第10社区党委"),
    ("安定社区", "白塔村", "长江社区", "李家村", "两河社区", "张家湾"),
    ("李一", "梁一", "刘一"),
)


@pytest.mark.parametrize("names", ORDERED)
def test_names_stand_in_their_order(names: tuple[str, ...]) -> None:
    shuffled = list(names)
    random.Random(7).shuffle(shuffled)
    assert tuple(sorted(shuffled, key=sort_key)) == names


def test_a_surname_is_read_as_one_and_the_same_character_elsewhere_is_not() -> None:
    people = ["单一", "陈一", "施一", "曾一", "仇一"]
    assert sorted(people, key=lambda name: sort_key(name, person=True)) == [
        "陈一",
        "仇一",
        "单一",
        "施一",
        "曾一",
    ]
    assert sort_key("单位").startswith("dan")


def test_a_key_never_outgrows_its_column() -> None:
    assert len(sort_key("装" * 100)) == LENGTH


@pytest.mark.django_db
def test_lists_of_organizations_and_people_have_that_order() -> None:
    for code, name in (("10", "甲街道党工委"), ("9", "乙街道党工委"), ("101", "丙街道党工委")):
        make_unit(code=code, name=name)
    assert [unit.code for unit in Organization.objects.reporting_units()] == ["9", "10", "101"]
    place = make_organization()
    for username, name in (("a", "赵一"), ("b", "曾一"), ("c", "安一")):
        appoint(add_person(username=username, name=name, by=None), "expert", place, by=None)
    assert [one.first_name for one in experts()] == ["安一", "曾一", "赵一"]
    rename_person(Person.objects.get(user__username="c").user, name="左一", email="", by=None)
    assert [one.first_name for one in experts()] == ["曾一", "赵一", "左一"]


@pytest.mark.django_db
def test_many_rows_written_at_once_get_their_keys() -> None:
    unit = make_unit()
    rows = [
        Organization(name=f"第{n}党支部", code=f"Z{n}", kind="branch", parent=unit, unit=unit)
        for n in (10, 9)
    ]
    Organization.objects.bulk_create(rows)
    found = Organization.objects.filter(code__startswith="Z").order_by("name_key")
    assert [one.name for one in found] == ["第9党支部", "第10党支部"]
