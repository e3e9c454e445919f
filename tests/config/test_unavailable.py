"""A database or store that cannot answer now is said to be so, and what was typed comes back."""

import errno
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from botocore.exceptions import ConnectTimeoutError
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client, RequestFactory

from config.environment import database_from_url
from config.unavailable import RETRY_AFTER, fault, is_unavailable

TEXT = "村口的路灯坏了两个多月，晚上老人出门很不方便。"


def locked(path: Path) -> None:
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        sqlite3.connect(path, timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
    finally:
        holder.close()


def read_only(path: Path) -> None:
    sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("CREATE TABLE b (x)")


def full(path: Path) -> None:
    small = sqlite3.connect(path)
    small.execute("PRAGMA max_page_count = 3")
    small.execute("INSERT INTO a VALUES (zeroblob(100000))")


def damaged(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    sqlite3.connect(path).execute("SELECT * FROM a")


def away(path: Path) -> None:
    sqlite3.connect(path / "nowhere" / "data.sqlite3").execute("SELECT 1")


def mistaken(path: Path) -> None:
    sqlite3.connect(path).execute("SELECT * FROM no_such_table")


def raised_by(act: Callable[[Path], None], folder: Path) -> Exception:
    """Return what Django makes of the error of a real file."""
    path = folder / "data.sqlite3"
    sqlite3.connect(path).execute("CREATE TABLE a (x)")
    sqlite = {**connection.settings_dict, **database_from_url("sqlite:///:memory:")}
    with pytest.raises(DatabaseError) as caught, DatabaseWrapper(sqlite).wrap_database_errors:
        act(path)
    return caught.value


@pytest.mark.parametrize("act", [locked, read_only, full, damaged, away])
def test_a_file_that_cannot_be_used_now_is_unavailable(act, tmp_path: Path) -> None:
    assert is_unavailable(raised_by(act, tmp_path))


def test_a_wrong_query_is_a_fault_of_the_program(tmp_path: Path) -> None:
    assert not is_unavailable(raised_by(mistaken, tmp_path))


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
        TimeoutError(),
        ConnectionRefusedError(),
        ConnectTimeoutError(endpoint_url="https://store.example"),
        OperationalError("connection failed"),
    ],
)
def test_so_are_disk_store_and_server(error: Exception) -> None:
    assert is_unavailable(error)
    wrapped = RuntimeError()
    wrapped.__cause__ = error
    assert is_unavailable(wrapped)


@pytest.mark.parametrize("error", [None, ValueError(), FileNotFoundError(errno.ENOENT, "gone")])
def test_everything_else_is_a_fault(error: Exception | None) -> None:
    assert not is_unavailable(error)


@transaction.atomic
def hit(limit: str) -> None:
    """Run into one limit of PostgreSQL."""
    with connection.cursor() as cursor:
        if limit == "read only":
            cursor.execute("SET TRANSACTION READ ONLY")
            cursor.execute("DELETE FROM django_session")
        cursor.execute(f"SET LOCAL {limit} = 50")  # milliseconds
        if limit == "statement_timeout":
            cursor.execute("SELECT pg_sleep(0.3)")
        time.sleep(0.3)
        cursor.execute("SELECT 1")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize(
    "limit", ["statement_timeout", "idle_in_transaction_session_timeout", "read only"]
)
def test_the_limits_of_the_server_are_told_apart(limit: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        hit(limit)
    assert is_unavailable(caught.value)
    connection.close()


def test_postgres_is_asked_with_limits_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_STATEMENT_SECONDS", "7")
    options = database_from_url("postgres://a@b/c")["OPTIONS"]
    assert options["connect_timeout"] == 5
    idle = "idle_in_transaction_session_timeout"
    for limit in (
        "statement_timeout=7s",
        "lock_timeout=10s",
        f"{idle}=60s",
        "jit=off",
        "random_page_cost=1.1",
    ):
        assert limit in options["options"]
    ours = database_from_url("postgres://a@b/c?options=-c%20lock_timeout%3D1s")["OPTIONS"]
    assert ours["options"] == "-c lock_timeout=1s"
    # A command may think as long as it wants to between two statements, e.g. in a migration.
    monkeypatch.setenv("DATABASE_STATEMENT_SECONDS", "0")
    assert f"{idle}=0 " in database_from_url("postgres://a@b/c")["OPTIONS"]["options"] + " "


def answered(request, error: Exception):
    try:
        raise error
    except Exception:
        return fault(request)


@pytest.fixture
def factory() -> RequestFactory:
    return RequestFactory()


def test_what_was_typed_comes_back_ready_to_be_sent_again(
    factory: RequestFactory, django_assert_num_queries
) -> None:
    said = {"text": TEXT, "about": "p7", "csrfmiddlewaretoken": "mask"}
    request = factory.post("/opinions/new/?about=p7", said, headers={"Accept": "text/html"})
    answer = answered(request, OperationalError())
    text = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, str(RETRY_AFTER))
    assert answer["Cache-Control"] == "no-store"
    assert f'name="text" rows="4">{TEXT}</textarea>' in text
    assert '<input type="hidden" name="about" value="p7">' in text
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="mask">' in text
    assert 'action="/opinions/new/?about=p7"' in text
    assert "再次提交" in text


def test_files_are_named_that_have_to_be_chosen_again(factory: RequestFactory, tmp_path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"1")
    with (tmp_path / "照片.jpg").open("rb") as file:
        request = factory.post("/x/", {"text": TEXT, "file": file}, headers={"Accept": "text/html"})
    text = answered(request, OSError(errno.ENOSPC, "full")).content.decode()
    assert "照片.jpg" in text
    assert TEXT in text
    assert "再次提交" not in text


@pytest.mark.parametrize("name", ["password", "old_password", "new_password1"])
def test_a_password_is_never_shown(factory: RequestFactory, name: str) -> None:
    request = factory.post("/x/", {name: "right-horse-battery"}, headers={"Accept": "text/html"})
    answer = answered(request, OperationalError())
    assert answer.status_code == 503
    assert "right-horse" not in answer.content.decode()


def test_a_reader_is_told_when_to_come_back(factory: RequestFactory) -> None:
    answer = answered(factory.get("/", headers={"Accept": "text/html"}), OperationalError())
    assert "半分钟" in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_a_script_gets_json(factory: RequestFactory) -> None:
    request = factory.post("/x/", {"text": TEXT}, headers={"Accept": "application/json"})
    answer = answered(request, OperationalError())
    assert (answer.status_code, answer["Retry-After"]) == (503, str(RETRY_AFTER))
    assert b'"error_code": "unavailable"' in answer.content


def test_any_other_fault_stays_one(factory: RequestFactory) -> None:
    answer = answered(factory.get("/"), ValueError())
    assert answer.status_code == 500
    assert "Retry-After" not in answer


@pytest.mark.django_db
def test_a_page_of_a_database_that_is_away_is_answered_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: object, **kwargs: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("wagtail.models.Site.find_for_request", gone)
    answer = Client(raise_request_exception=False).get("/", headers={"Accept": "text/html"})
    assert answer.status_code == 503
