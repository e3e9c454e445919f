"""What is read once for a connection: until something of it is written, and never out of a transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from home.models import HomePage
from home.navigation import navigation
from partybuilding.core.answers.memory import remembered
from partybuilding.core.answers.versions import noting_reads
from partybuilding.core.answers.wsgi import WholeAnswers
from partybuilding.core.models import ContentVersion, Notice
from partybuilding.organizations.models import Organization
from tests.factories.news import publish_news
from tests.factories.server import MEGABYTE, Asked

pytestmark = pytest.mark.django_db(transaction=True)


class Lead:
    """The lead of the front page, and how often it was read."""

    def __init__(self) -> None:
        self.times = 0

    def read(self) -> str:
        self.times += 1
        return str(HomePage.objects.values_list("lead", flat=True).get())

    def __call__(self) -> str:
        return remembered("lead", self.read)


@pytest.fixture
def lead() -> Lead:
    return Lead()


def write(text: str) -> None:
    HomePage.objects.update(lead=text)


def test_it_is_read_again_only_when_something_of_it_was_written(lead: Lead) -> None:
    write("一")
    assert [lead(), lead(), lead()] == ["一"] * 3
    Organization.objects.create(name="街道", kind="branch", code="s1")
    assert (lead(), lead.times) == ("一", 1)
    write("二")
    assert [lead(), lead()] == ["二"] * 2
    assert lead.times == 2


def test_what_is_written_while_it_is_read_is_read_the_next_time() -> None:
    write("一")
    read = Lead()

    def slowly() -> str:
        found = read.read()
        if read.times == 1:
            write("二")
        return found

    assert [remembered("slow", slowly) for _time in range(3)] == ["一", "二", "二"]


def test_a_transaction_reads_what_it_wrote_and_leaves_nothing_behind(lead: Lead) -> None:
    write("一")
    lead()
    with transaction.atomic():
        write("二")
        assert lead() == "二"
        transaction.set_rollback(True)
    assert lead() == "一"
    # As many commits as were rolled back: the numbers are the same, what was read is not.
    write("三")
    assert lead() == "三"


def test_an_answer_depends_on_all_that_it_shows_from_memory(lead: Lead) -> None:
    def read() -> str:
        return f"{lead.read()} {Organization.objects.filter(code='s2').count()}"

    def application(environ: Any, start: Callable[..., Any]) -> Any:
        response = HttpResponse(remembered("both", read), headers={"Cache-Control": "public"})
        start("200 OK", list(response.items()))
        return response

    write("一")
    answers = WholeAnswers(application, MEGABYTE)
    assert Asked(answers, "/one/").text == "一 0"
    assert Asked(answers, "/other/").text == "一 0"
    assert lead.times == 1, "the second page found it in memory"
    Organization.objects.create(name="街道", kind="branch", code="s2")
    assert Asked(answers, "/other/").text == "一 1"


def test_reads_within_reads_count_for_both() -> None:
    with noting_reads(connection) as around:
        with noting_reads(connection) as within:
            Organization.objects.count()
        HomePage.objects.count()
    assert within == {"records"}
    assert around == {"pages", "records"}


def test_it_is_forgotten_at_midnight_in_shanghai(lead: Lead) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-07-01T23:59:30+08:00"), tick=False):
        lead()
        lead()
        assert lead.times == 1
    with time_machine.travel(datetime.fromisoformat("2026-07-02T00:00:00+08:00"), tick=False):
        lead()
        assert lead.times == 2


def test_a_connection_that_was_opened_again_remembers_nothing(lead: Lead) -> None:
    lead()
    connection.close()
    lead()
    assert lead.times == 2


def test_what_was_read_of_a_private_table_is_not_kept() -> None:
    read: list[int] = []

    def count() -> int:
        read.append(Notice.objects.count())
        return read[-1]

    assert [remembered("notices", count) for _time in range(2)] == [0, 0]
    assert len(read) == 2


def test_a_database_that_does_not_answer_is_met_by_django(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead()
    lead()
    statement = "SELECT {} FROM partybuilding_nothing"
    monkeypatch.setattr("partybuilding.core.answers.versions._OTHER", statement)
    lead()
    assert lead.times == 2


def test_without_counters_it_is_asked_each_time_and_still_right(lead: Lead) -> None:
    ContentVersion.objects.all().delete()
    write("一")
    assert [lead(), lead()] == ["一"] * 2
    ContentVersion.objects.all().delete()
    write("二")
    assert lead() == "二"


def test_the_navigation_from_memory_says_what_it_depends_on_and_changes_at_once() -> None:
    def texts() -> tuple[list[str], set[str | None]]:
        with noting_reads(connection) as parts:
            entries = navigation(RequestFactory().get("/"))
        return [entry["text"] for entry in entries], parts

    page = publish_news()
    first, again = texts(), texts()
    assert first == again
    assert {"pages", "records"} <= again[1]
    assert "动态与公告" in first[0]
    page.unpublish()
    assert "动态与公告" not in texts()[0]
