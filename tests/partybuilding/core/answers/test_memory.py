"""When an answer is forgotten: with a change, with the day, for want of room; and what a fault does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection, connections, transaction
from django.http import HttpResponse
from django.utils import timezone

from config.wsgi import below_prefix
from partybuilding.core.answers import wsgi
from partybuilding.core.answers.store import OVERHEAD, Answer, Store, is_known
from partybuilding.core.answers.versions import read_versions
from partybuilding.core.answers.wsgi import WholeAnswers, keep_answers, next_midnight
from partybuilding.core.models import ContentVersion
from partybuilding.organizations.models import Organization
from tests.factories import make_cast
from tests.factories.column import make_page
from tests.factories.news import publish_news
from tests.factories.opinions import make_opinion
from tests.factories.server import MEGABYTE, Asked, Counted

pytestmark = pytest.mark.django_db


def commit() -> None:
    """Let what follows count as a transaction of its own."""
    transaction.savepoint_rollback(transaction.savepoint())


def test_a_publication_is_read_at_once(answers: WholeAnswers) -> None:
    page = publish_news()
    Asked(answers, page.url)
    before = Asked(answers, page.url)
    commit()
    page.title = "议事厅搬到楼下"
    page.save_revision().publish()
    after = Asked(answers, page.url)
    assert page.title in after.text
    assert after.headers["etag"] != before.headers["etag"]
    assert page.title in Asked(answers, "/news/").text
    commit()
    page.unpublish()
    assert Asked(answers, page.url).status.startswith("410")


def test_a_flood_of_opinions_empties_no_memory_of_news(
    answers: WholeAnswers, site: Counted
) -> None:
    cast = make_cast()
    project, news = make_page(cast=cast), publish_news()
    for address in (project.url, news.url) * 2:
        Asked(answers, address)
    site.times = 0
    for _opinion in range(3):
        commit()
        make_opinion("received", cast, project.project)
        Asked(answers, news.url)
    assert site.times == 0
    Asked(answers, project.url)
    assert site.times == 1


def test_what_is_written_while_a_page_is_drawn_is_read_the_next_time() -> None:
    drawn: list[str] = []

    def application(environ: Any, start: Any) -> Any:
        name = str(Organization.objects.filter(code="slow").values_list("name", flat=True).first())
        if not drawn:
            commit()
            Organization.objects.create(name="晚到", kind="branch", code="slow")
        drawn.append(name)
        response = HttpResponse(name, headers={"Cache-Control": "public"})
        start("200 OK", list(response.items()))
        return response

    answers = WholeAnswers(application, MEGABYTE)
    assert [Asked(answers, "/").text for _time in range(3)] == ["None", "晚到", "晚到"]
    assert len(drawn) == 2


def test_every_answer_is_forgotten_at_midnight_in_shanghai(
    answers: WholeAnswers, site: Counted
) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-07-01T23:59:30+08:00"), tick=False):
        Asked(answers, "/")
        site.times = 0
        Asked(answers, "/")
        assert site.times == 0
        assert next_midnight() == datetime.fromisoformat("2026-07-02T00:00:00+08:00").timestamp()
    with time_machine.travel(datetime.fromisoformat("2026-07-02T00:00:00+08:00"), tick=False):
        Asked(answers, "/")
        assert site.times == 1
        assert next_midnight() == (timezone.now() + timedelta(days=1)).timestamp()


def test_a_database_that_does_not_answer_leaves_it_to_django(
    answers: WholeAnswers, site: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    Asked(answers, "/")
    site.times = 0

    def away(_connection: Any) -> int:
        raise OperationalError("server closed the connection unexpectedly")

    closed: list[bool] = []
    monkeypatch.setattr(wsgi, "read_total", away)
    monkeypatch.setattr(connections["default"], "close", lambda: closed.append(True))
    assert Asked(answers, "/").status == "200 OK"
    assert (site.times, set(closed)) == (1, {True})


def test_without_counters_nothing_is_found_again_and_all_is_answered(
    answers: WholeAnswers, site: Counted
) -> None:
    ContentVersion.objects.all().delete()
    assert Asked(answers, "/").status == "200 OK"
    assert read_versions(connection) == {}


def test_a_host_that_django_refuses_is_never_kept(answers: WholeAnswers, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    before = len(answers.store)
    assert Asked(answers, "/", HTTP_HOST="evil.example").status.startswith("400")
    assert len(answers.store) == before


def test_a_host_that_a_trusted_proxy_names_is_part_of_the_key(site: Counted, settings: Any) -> None:
    settings.USE_X_FORWARDED_HOST = True
    answers = WholeAnswers(site, MEGABYTE)
    texts = {
        Asked(answers, "/robots.txt", HTTP_X_FORWARDED_HOST=host).text
        for host in ("one.example", "two.example")
        for _time in range(2)
    }
    assert len(texts) == 2


def test_the_scheme_is_what_the_trusted_proxy_says(site: Counted, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answers = WholeAnswers(site, MEGABYTE)
    for said, scheme in (("https", "https"), ("http", "http"), ("https, http", "https")) * 2:
        text = Asked(answers, "/robots.txt", HTTP_X_FORWARDED_PROTO=said).text
        assert f"{scheme}://localhost/sitemap.xml" in text


def test_below_a_prefix_the_answers_are_those_of_the_prefix(
    answers: WholeAnswers, settings: Any
) -> None:
    settings.FORCE_SCRIPT_NAME = "/column"
    root, below = Asked(answers, "/robots.txt"), None
    settings.FORCE_SCRIPT_NAME = None
    prefixed = below_prefix(answers, "/column")
    for _time in range(2):
        below = Asked(prefixed, "/column/robots.txt")
        assert "http://localhost/column/sitemap.xml" in below.text
    assert root.status == "200 OK"
    assert "/column/" not in Asked(answers, "/robots.txt").text or root.text == below.text


def test_files_are_nobodys_memory(answers: WholeAnswers) -> None:
    before = len(answers.store)
    Asked(answers, "/static/css/base.css")
    Asked(answers, "/media/images/none.jpg")
    assert len(answers.store) == before


@pytest.mark.parametrize("megabytes", [0, -1])
def test_without_room_there_is_no_memory(megabytes: int) -> None:
    application = Counted(lambda environ, start: [])
    assert keep_answers(application, megabytes) is application
    assert isinstance(keep_answers(application, 1), WholeAnswers)


def answer(size: int) -> Answer:
    return Answer(b"x" * (size - OVERHEAD), False, [], '"x"', {}, 0.0, -1)


def test_the_memory_never_holds_more_than_its_bytes() -> None:
    store = Store(100_000)
    for number in range(1000):
        store.put((number,), answer(10_000))
        assert store.size <= 100_000
    assert len(store) == 10
    assert store.get((999,)) is not None
    assert store.get((0,)) is None


def test_what_was_asked_for_last_stays() -> None:
    store = Store(100_000)
    for number in range(30):
        store.put((number,), answer(10_000))
        store.get((0,))
    assert store.get((0,)) is not None
    assert store.get((1,)) is None


def test_the_same_request_has_one_place_and_what_is_too_large_none() -> None:
    store = Store(100_000)
    store.put((0,), answer(10_000))
    store.put((0,), answer(12_000))
    assert (len(store), store.size) == (1, 12_000)
    store.put((0,), answer(50_000))
    assert (len(store), store.size) == (0, 0)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ('"x"', True),
        ('W/"x"', True),
        ('"a", W/"x"', True),
        ("*", True),
        ('"y"', False),
        ("x", False),
        ("", False),
    ],
)
def test_which_etags_are_the_same(asked: str, known: bool) -> None:
    assert is_known('W/"x"', asked) is known
    assert is_known('"x"', asked) is known
