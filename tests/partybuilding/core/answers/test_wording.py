"""A question is put into words once, and asked again with other values: never with other words."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partybuilding.core.answers.wording import Worded, built_once, in_order, worded
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Commitment
from tests.factories import make_organization, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_in_use() -> Iterator[None]:
    """Ask as the site does; other tests hold each question against new words."""
    Worded.is_checked = False
    yield
    Worded.is_checked = True


class Asked:
    """A question that counts how often it was put into words."""

    def __init__(self) -> None:
        self.worded = 0

    def __call__(self, *values: Any) -> QuerySet[Organization]:
        self.worded += 1
        (value,) = values
        found = Organization.objects.order_by("pk")
        return found.filter(pk__in=value) if isinstance(value, tuple) else found.filter(pk=value)


def asked() -> tuple[Asked, Any]:
    """Return a question by keys, and the same worded once."""
    say = Asked()
    return say, Worded(say)  # type: ignore[arg-type]


def test_other_values_need_no_other_words() -> None:
    units, (say, ask) = [make_unit(), make_unit()], asked()
    assert [[one.pk for one in ask(unit.pk)] for unit in units] == [[one.pk] for one in units]
    assert say.worded == 1


def test_it_asks_the_database_each_time() -> None:
    unit, (_say, ask) = make_unit(), asked()
    assert ask(unit.pk)[0].name == unit.name
    Organization.objects.filter(pk=unit.pk).update(name="改了名")
    with CaptureQueriesContext(connection) as queries:
        assert ask(unit.pk)[0].name == "改了名"
    assert len(queries) == 1


def test_many_values_are_worded_for_powers_of_two() -> None:
    units, (say, ask) = [make_unit() for _ in range(7)], asked()
    keys = tuple(one.pk for one in units)
    assert [len(ask(keys[:count])) for count in (5, 6, 7, 1, 0)] == [5, 6, 7, 1, 0]
    assert say.worded == 3  # eight, one, none


def test_texts_are_values_and_what_is_none_belongs_to_the_words() -> None:
    ask = Worded(lambda name: Organization.objects.filter(name=name))
    unit = make_unit()
    make_organization(unit=unit)
    assert [one.pk for one in ask(unit.name)] == [unit.pk]
    assert ask("没有这个") == []

    under = Worded(lambda is_top: Organization.objects.filter(unit__isnull=is_top))
    assert {one.unit_id for one in under(False)} == {unit.pk}
    assert {one.unit_id for one in under(True)} == {None}


def test_what_is_fetched_along_is_fetched_each_time() -> None:
    @worded
    def with_unit(key: int) -> QuerySet[Organization]:
        return Organization.objects.filter(pk=key).prefetch_related("unit")

    first, second = make_organization(), make_organization()
    with_unit(first.pk)
    found = with_unit(second.pk)[0]
    with CaptureQueriesContext(connection) as queries:
        assert found.unit == second.unit
    assert len(queries) == 0


def test_days_and_moments_are_values() -> None:
    joined = Worded(lambda since: get_user_model().objects.filter(date_joined__gte=since))
    user, now = make_user(), timezone.now()
    assert user in joined(now - timedelta(1))
    assert joined(now + timedelta(1)) == []


def test_what_is_not_handed_on_is_refused() -> None:
    with pytest.raises(TypeError, match="does not hand on"):
        Worded(lambda key: Organization.objects.filter(pk=key + 1))(1)


def test_a_day_that_was_not_told_is_refused() -> None:
    """Frozen into the words it would be shown for ever; on SQLite a day is a text."""

    @worded
    def overdue() -> QuerySet[Commitment]:
        return Commitment.objects.overdue()

    @worded
    def overdue_on(day: date) -> QuerySet[Commitment]:
        return Commitment.objects.filter(deadline__lt=day)

    with pytest.raises(TypeError, match="a day that it is not told"):
        overdue()
    today = timezone.localdate()
    assert overdue_on(today) == overdue_on(today - timedelta(1)) == []


def test_other_words_for_the_same_values_are_found_out() -> None:
    names = ["name"]
    ask = Worded(lambda key: Organization.objects.filter(pk=key).order_by(*names))
    unit = make_unit()
    ask(unit.pk)
    names.append("pk")
    Worded.is_checked = True
    with pytest.raises(TypeError, match="more than it is told"):
        ask(unit.pk)


def test_a_queryset_is_built_once_and_asked_each_time() -> None:
    built: list[str] = []

    @built_once
    def named(part: str) -> QuerySet[Organization]:
        built.append(part)
        return Organization.objects.filter(name__contains=part)

    assert list(named("照料站")) == []
    there = make_organization(make_unit(), name="南桥照料站")
    assert list(named("照料站")) == [there]
    assert list(named("议事站")) == []
    assert built == ["照料站", "议事站"]


def test_rows_are_told_in_the_order_in_which_they_were_found() -> None:
    units = [make_unit() for _ in range(3)]
    _say, ask = asked()
    keys = Organization.objects.filter(unit=None).order_by("-pk").values_list("pk", flat=True)
    found = in_order(tuple(keys), ask)
    assert [one.pk for one in found][:3] == [one.pk for one in reversed(units)]
