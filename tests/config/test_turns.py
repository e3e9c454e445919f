"""Writers of one SQLite file come in the order in which they asked, whoever dies or is slow meanwhile."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from config.environment import sqlite_database
from config.sqlite3.base import DatabaseWrapper
from config.sqlite3.turns import TurnNeverCame, Turns

#: Seconds that are not waited for anybody, on a busy machine.
AT_ONCE = 1.5
#: Enough that a writer who has no luck would stand out.
WRITERS, SECONDS = 12, 3.0
HOLDER = """
import sys; from pathlib import Path; sys.path[:0] = sys.argv[2:]
from config.sqlite3.turns import Turns
turns = Turns(Path(sys.argv[1]), 10, 10)
print(turns.take(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _on_a_database_of_its_own(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data.sqlite3"
    path.touch()
    path.chmod(0o640)
    return path


def connected(path: Path) -> DatabaseWrapper:
    defaults = {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False}
    settings = {**sqlite_database(path), **defaults, "TIME_ZONE": None, "TEST": {}}
    return DatabaseWrapper(settings, alias="other")


def begin(connection: DatabaseWrapper) -> None:
    connection.ensure_connection()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection: DatabaseWrapper) -> None:
    connection.commit()
    connection.set_autocommit(True)


@pytest.fixture
def table(path: Path) -> Iterator[DatabaseWrapper]:
    connection = connected(path)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE written (writer INTEGER)")
    yield connection
    connection.close()


def test_who_came_first_writes_first(path: Path) -> None:
    order: list[int] = []
    first = Turns(path, 10, 10)
    held = first.take()

    def one(place: int) -> None:
        own = Turns(path, 10, 10)
        number = own.take()
        order.append(place)
        own.give(number)
        own.close()

    threads = []
    for place in range(8):
        threads.append(threading.Thread(target=one, args=[place]))
        threads[-1].start()
        while path.with_name("data.sqlite3-turns").read_bytes()[0] < held + place + 2:
            time.sleep(0.001)
    first.give(held)
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    first.close()


def test_a_turn_whose_owner_was_killed_is_passed_over(path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(path), *sys.path]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "0\n"
        holder.kill()
    own = Turns(path, 10, 10)
    start = time.monotonic()
    assert own.take() == 1
    assert time.monotonic() - start < AT_ONCE
    own.close()


def test_nobody_waits_for_one_who_does_not_move_longer_than_may_be(path: Path) -> None:
    held, own, next_one = Turns(path, 10, 10), Turns(path, 0.2, 10), Turns(path, 10, 10)
    first = held.take()
    start = time.monotonic()
    with pytest.raises(TurnNeverCame):
        own.take()
    assert 0.2 < time.monotonic() - start < AT_ONCE
    held.give(first)
    assert next_one.take() == first + 2  # who left is waited for no more
    for one in (held, own, next_one):
        one.close()


def test_who_is_slow_is_waited_for_and_nobody_passes(path: Path) -> None:
    """However slow each is: nobody is refused while the queue moves, and two never write at once."""
    inside: list[int] = []
    most, refused = [0], []

    def one(place: int) -> None:
        own = Turns(path, 0.4, 10)
        try:
            number = own.take()
        except TurnNeverCame:
            refused.append(place)
            return
        inside.append(place)
        most[0] = max(most[0], len(inside))
        time.sleep(0.1)
        inside.remove(place)
        own.give(number)
        own.close()

    threads = [threading.Thread(target=one, args=[place]) for place in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (refused, most[0]) == ([], 1)


def test_a_queue_that_is_too_long_is_left(path: Path) -> None:
    held, second, own = Turns(path, 10, 10), Turns(path, 10, 10), Turns(path, 10, 0.2)
    first = held.take()
    other = threading.Thread(target=lambda: second.give(second.take()))
    other.start()
    with pytest.raises(TurnNeverCame):
        own.take()
    held.give(first)
    other.join()
    for one in (held, second, own):
        one.close()


def test_a_transaction_has_its_turn_until_it_ends(table: DatabaseWrapper, path: Path) -> None:
    def number() -> Any:
        return table._number

    other = connected(path)
    for finish in (table.commit, table.rollback):
        begin(table)
        assert number() is not None
        with table.cursor() as cursor:
            cursor.execute("INSERT INTO written VALUES (1)")
        assert number() is not None
        finish()
        assert number() is None
        table.set_autocommit(True)
    with other.cursor() as cursor:
        cursor.execute("INSERT INTO written VALUES (2)")
        cursor.executemany("INSERT INTO written VALUES (%s)", [(3,), (4,)])
        cursor.execute("SELECT count(*) FROM written")
        assert cursor.fetchone() == (4,)
    assert other._number is None
    begin(table)
    table.close()
    with other.cursor() as cursor:
        start = time.monotonic()
        cursor.execute("DELETE FROM written")
    assert time.monotonic() - start < AT_ONCE
    other.close()


def test_who_never_has_a_turn_hears_so_and_leaves_the_queue(
    table: DatabaseWrapper, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.sqlite3.base.LOCK_SECONDS", 0.1)
    other = connected(path)
    begin(table)
    with pytest.raises(OperationalError, match="locked"):
        begin(other)
    assert other._number is None
    end(table)
    other.close()


def test_who_cannot_have_the_lock_of_another_program_hears_so(
    table: DatabaseWrapper, path: Path
) -> None:
    other = connected(path)
    other.settings_dict["OPTIONS"]["timeout"] = 0.1
    alone = sqlite3.connect(path, isolation_level=None)
    alone.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        begin(other)
    assert other._number is None
    alone.close()
    other.close()


def test_a_system_without_such_locks_costs_the_order_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("fcntl.F_OFD_SETLK")
    connection = connected(path)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE a (x)")
    assert connection._turns is None
    connection.close()


def test_the_queue_belongs_to_whom_the_database_belongs(path: Path) -> None:
    Turns(path, 1, 1).close()
    facts = path.with_name("data.sqlite3-turns").stat()
    assert facts.st_mode & 0o777 == 0o640
    assert facts.st_uid == path.stat().st_uid


def test_a_folder_that_cannot_be_written_costs_the_order_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError

    monkeypatch.setattr("config.sqlite3.base.Turns", full)
    connection = connected(path)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE a (x)")
        cursor.execute("INSERT INTO a VALUES (1)")
    connection.close()


def test_every_writer_of_many_gets_the_same_share(table: DatabaseWrapper, path: Path) -> None:
    counts, slowest = [0] * WRITERS, [0.0] * WRITERS
    until = time.monotonic() + SECONDS

    def write(writer: int) -> None:
        connection = connected(path)
        while time.monotonic() < until:
            start = time.monotonic()
            begin(connection)
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO written VALUES (%s)", [writer])
            time.sleep(0.005)  # what a step does before it commits
            end(connection)
            counts[writer] += 1
            slowest[writer] = max(slowest[writer], time.monotonic() - start)
        connection.close()

    threads = [threading.Thread(target=write, args=[writer]) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(counts) - min(counts) <= max(4, max(counts) // 3), counts
    assert min(counts) >= 2
    with table.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM written")
        assert cursor.fetchone() == (sum(counts),)
