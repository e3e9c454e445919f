"""Limits count over all workers, in windows of time, and forget."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from partybuilding.opinions.guards import Limit
from partybuilding.opinions.models import Tally

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 5, 16, 4, 0, tzinfo=UTC)
LIMIT = Limit("test", 3, 600)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_the_fourth_is_too_many_and_is_told_when_to_come_back(at_noon) -> None:
    at_noon.move_to(NOON + timedelta(seconds=90))
    assert [LIMIT.spend("a") for _time in range(5)] == [0, 0, 0, 510, 510]
    assert LIMIT.spend("b") == 0


def test_a_process_that_knows_nothing_counts_on() -> None:
    for _worker in range(3):
        assert LIMIT.spend("a") == 0
        cache.clear()
    assert LIMIT.is_spent("a")
    assert LIMIT.spend("a")


def test_the_next_window_begins_anew_and_the_old_one_is_forgotten(at_noon) -> None:
    for _time in range(4):
        LIMIT.spend("a")
    at_noon.move_to(NOON + timedelta(seconds=601))
    assert not LIMIT.is_spent("a")
    assert LIMIT.spend("a") == 0
    assert Tally.objects.count() == 1


@pytest.mark.parametrize(("count", "is_spent"), [(0, False), (2, False), (3, True)])
def test_it_is_spent_when_one_more_would_be_too_many(count: int, is_spent: bool) -> None:
    for _time in range(count):
        LIMIT.spend("a")
    assert LIMIT.is_spent("a") == is_spent


def test_a_limit_of_none_lets_nothing_through() -> None:
    assert Limit("none", 0, 600).spend("a")


def test_the_database_does_not_know_whose_it_is() -> None:
    LIMIT.spend("203.0.113.7")
    assert "203" not in Tally.objects.get().place.removeprefix("opinions:test:")


@pytest.mark.django_db(transaction=True)
def test_of_ten_at_once_three_pass() -> None:
    answers = []

    def one() -> None:
        try:
            answers.append(LIMIT.spend("a"))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _worker in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers)[:4] == [0, 0, 0, 600]
    assert len(answers) == 10
