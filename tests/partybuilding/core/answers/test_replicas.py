"""Public pages are read from a replica that is as new as the primary, and from whichever database answers."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connections
from django.http import HttpResponse
from django.test import Client

from config.operations.probes import Level, ask, ready_probes
from partybuilding.core.answers import replicas
from partybuilding.core.answers.versions import read_total
from partybuilding.core.answers.wsgi import WholeAnswers
from tests.database import PostgreSQL
from tests.factories import make_cast, make_user
from tests.factories.column import make_page
from tests.factories.server import MEGABYTE, Asked, Counted

pytestmark = pytest.mark.django_db(transaction=True)
ALIAS = "replica1"
#: What stands in every title at the replica, so that a page tells where it was read.
MARK = "（副本）"
_READ_ONLY = {
    "postgresql": "SET default_transaction_read_only = on",
    "sqlite": "PRAGMA query_only = 1",
}
_WRITABLE = {
    "postgresql": "SET default_transaction_read_only = off",
    "sqlite": "PRAGMA query_only = 0",
}


class Replica:
    """A copy of the database, which hears of nothing until it catches up."""

    def __init__(self) -> None:
        connections[ALIAS] = connections["default"].copy(alias=ALIAS)
        self.name = f"{connections['default'].settings_dict['NAME']}_replica"
        connections[ALIAS].settings_dict["NAME"] = self.name

    def catch_up(self) -> None:
        primary = connections["default"]
        if primary.vendor == "postgresql":
            self.close()
            PostgreSQL(primary).create(self.name, primary.settings_dict["NAME"])
        else:
            with primary.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.close()
            shutil.copyfile(primary.settings_dict["NAME"], self.name)
        connections[ALIAS].ensure_connection()
        connections[ALIAS].connection.execute(
            f"UPDATE wagtailcore_page SET title = title || '{MARK}'"
        )
        connections[ALIAS].connection.execute(_READ_ONLY[primary.vendor])

    def close(self) -> None:
        connections[ALIAS].close()
        connections.close_all()

    def remove(self) -> None:
        self.close()
        if connections["default"].vendor == "postgresql":
            PostgreSQL(connections["default"]).drop(self.name)
        for ending in ("", "-wal", "-shm"):
            Path(self.name + ending).unlink(missing_ok=True)


@pytest.fixture
def replica(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    monkeypatch.setattr(replicas, "_away", {})
    settings.PARTYBUILDING_REPLICAS = [ALIAS]
    found = Replica()
    yield found
    found.remove()
    del connections[ALIAS]


@pytest.fixture
def address(replica: Replica) -> str:
    """A page that everybody may read, at the replica too."""
    url = make_page(cast=make_cast()).url
    for _turn in range(2):  # its pictures are cut
        Asked(WSGIHandler(), url)
    replica.catch_up()
    return url


def test_a_page_is_read_at_a_replica_that_has_every_commit(
    address: str, answers: WholeAnswers, site: Counted
) -> None:
    assert MARK in Asked(answers, address).text
    assert MARK in Asked(answers, address).text
    assert site.times == 1


def test_after_a_publication_nobody_reads_the_replica_until_it_has_it(
    address: str, answers: WholeAnswers, replica: Replica
) -> None:
    """Neither from memory nor drawn anew."""
    assert MARK in Asked(answers, address).text
    news = make_page(cast=make_cast())
    for path in (address, news.url, "/projects/"):
        assert MARK not in Asked(answers, path).text, path
    replica.catch_up()
    for path in ("/projects/?sector=urban", "/brands/"):
        assert MARK in Asked(answers, path).text, path


def test_what_was_read_at_a_lagging_replica_is_never_kept_as_new(
    address: str, answers: WholeAnswers, replica: Replica
) -> None:
    """A part whose commit is missing is not made good by one that the primary has not counted."""
    for alias, part in (("default", "records"), (ALIAS, "work")):
        connections[alias].ensure_connection()
        driver = connections[alias].connection
        driver.execute(_WRITABLE[connections[alias].vendor])
        driver.execute(
            f"UPDATE partybuilding_contentversion SET count = count + 1 WHERE part = '{part}'"
        )
    totals = {read_total(connections[alias]) for alias in ("default", ALIAS)}
    assert len(totals) == 1
    assert MARK not in Asked(answers, address).text


def test_staff_and_forms_are_never_led_to_a_replica(address: str, replica: Replica) -> None:
    applicant = Client()
    applicant.force_login(make_user(), "django.contrib.auth.backends.ModelBackend")
    key = applicant.cookies["sessionid"].value
    replica.catch_up()
    seen: list[Any] = []

    def look(environ: Any, start: Any) -> Any:
        seen.append(connections["default"].alias)
        return WSGIHandler()(environ, start)

    answers = WholeAnswers(look, MEGABYTE)
    Asked(answers, address, HTTP_COOKIE=f"sessionid={key}")
    Asked(answers, address, HTTP_COOKIE="csrftoken=abc")
    Asked(answers, address, REQUEST_METHOD="POST", CONTENT_LENGTH="0")
    assert seen == ["default"] * 3
    Asked(answers, address)
    assert seen[3:] == [ALIAS]
    assert connections["default"].alias == "default"


def test_a_page_that_writes_is_asked_at_the_primary(address: str) -> None:
    """Whatever it does with errors, nothing of what the replica refused reaches anybody."""
    told: list[str] = []

    def writing(environ: Any, start: Any) -> Any:
        told.append(connections["default"].alias)
        try:
            with connections["default"].cursor() as cursor:
                cursor.execute("UPDATE partybuilding_commandrun SET error = ''")
        except Exception:
            told.append("caught")
        start("200 OK", [])
        return HttpResponse("written", headers={"Cache-Control": "public"})

    assert Asked(WholeAnswers(writing, MEGABYTE), "/").body == b"written"
    assert told == [ALIAS, "default"]


def test_what_no_version_tells_of_is_read_at_the_primary(address: str) -> None:
    """Private tables raise no version, so that equal ones say nothing of them."""
    told: list[str] = []

    def private(environ: Any, start: Any) -> Any:
        told.append(connections["default"].alias)
        Session.objects.count()
        start("200 OK", [])
        return HttpResponse("")

    Asked(WholeAnswers(private, MEGABYTE), "/")
    assert told == [ALIAS, "default"]


def test_a_replica_that_is_away_is_left_alone_for_a_while(
    address: str, answers: WholeAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def away(connection: Any = None) -> None:
        tried.append(1)
        raise OperationalError

    monkeypatch.setattr(connections[ALIAS], "ensure_connection", away)
    for path in (address, "/news/"):
        assert MARK not in Asked(answers, path).text
    assert tried == [1]
    monkeypatch.undo()
    replicas._away.clear()
    assert MARK in Asked(answers, "/projects/").text


def test_while_the_primary_is_away_residents_read_the_replica(
    address: str, answers: WholeAnswers, monkeypatch: pytest.MonkeyPatch, replica: Replica
) -> None:
    def away() -> None:
        raise OperationalError

    primary = connections["default"]
    primary.close()
    monkeypatch.setattr(primary, "connect", away)
    for said in ({}, {"HTTP_COOKIE": "csrftoken=abc"}):
        shown = Asked(answers, address, **said)
        assert (shown.status, MARK in shown.text) == ("200 OK", True)
    sent = Asked(answers, "/opinions/", REQUEST_METHOD="POST", CONTENT_LENGTH="0")
    assert sent.status.startswith("503")
    assert Client().get("/healthz").status_code == 200
    probes = {one.probe.name: one for one in ask(ready_probes())}
    assert probes["database"].finding.level is Level.FAULT
    assert not any(one.stops for one in probes.values() if one.probe.name != "storage")


def test_without_any_database_django_answers_and_the_server_is_taken_out(
    address: str, answers: WholeAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError

    for alias in ("default", ALIAS):
        connections[alias].close()
        monkeypatch.setattr(connections[alias], "connect", away)
    assert Asked(answers, address).status.startswith("503")
    assert Client().get("/healthz").status_code == 503
    assert any(one.stops for one in ask(ready_probes()) if one.probe.name == "replicas")


def test_a_copy_that_follows_no_primary_is_told(address: str) -> None:
    if connections["default"].vendor != "postgresql":
        pytest.skip("only PostgreSQL has replicas")
    found = next(one for one in ask(ready_probes()) if one.probe.name == "replicas")
    assert found.finding.level is Level.WARNING
    assert ALIAS in found.finding.said
