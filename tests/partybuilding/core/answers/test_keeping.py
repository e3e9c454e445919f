"""What is kept of the answers, for whom, and what is asked of Django again."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse

from home.models import ColumnSettings
from partybuilding.core.answers.store import takes_gzip
from partybuilding.core.answers.wsgi import WholeAnswers
from partybuilding.core.states import Role
from partybuilding.core.words.actors import ACTORS
from partybuilding.cycles.words.services import rows_of, save_words
from tests.factories import make_cast, make_person
from tests.factories.column import make_page
from tests.factories.news import publish_news
from tests.factories.opinions import make_opinion
from tests.factories.server import MEGABYTE, Asked, Counted

pytestmark = pytest.mark.django_db


def test_a_page_is_made_once_and_given_again_whole(answers: WholeAnswers, site: Counted) -> None:
    page = make_page(cast=make_cast())
    first, again = Asked(answers, page.url), Asked(answers, page.url)
    assert site.times == 1
    assert (again.status, again.headers, again.body) == (first.status, first.headers, first.body)
    plain = Asked(WSGIHandler(), page.url)
    assert first.text == plain.text
    own = {"content-encoding", "content-length", "etag", "vary"}
    assert {k: v for k, v in first.headers.items() if k not in own} == {
        k: v for k, v in plain.headers.items() if k not in own
    }
    assert first.headers["content-length"] == str(len(first.body))


def test_every_public_kind_of_answer_is_kept(answers: WholeAnswers, site: Counted) -> None:
    """No private table is read for any of them."""
    cast = make_cast()
    page, news = make_page(cast=cast), publish_news()
    make_opinion("answered", cast, page.project)
    year = page.get_parent().url
    kinds = [
        *("/", "/projects/", "/projects/?sector=urban", year, page.url, f"{page.url}history/"),
        *("/news/", news.url, "/notices/", "/opinions/replies/", "/supervision/", "/progress/"),
        *("/search/", "/search/suggest?q=%E9%82%BB", "/sitemap.xml", "/robots.txt", "/feed.atom"),
        *("/projects/list.csv", "/projects/list.json", "/projects/feed.atom", "/news/feed.atom"),
        *("/brands/", "/cases/", "/overdue/", "/?view=large"),
    ]
    for address in kinds:
        site.times = 0
        shown = [Asked(answers, address) for _ in range(3)]  # the first may cut its pictures
        assert {one.status for one in shown} == {"200 OK"}, address
        assert shown[0].body == shown[-1].body, address
        assert site.times < 3, address


@pytest.mark.parametrize(
    ("other", "times"),
    [
        ({"REQUEST_METHOD": "HEAD"}, 0),
        ({"HTTP_CACHE_CONTROL": "no-cache"}, 0),
        ({"HTTP_RANGE": "bytes=0-10"}, 0),
        ({"HTTP_ACCEPT_ENCODING": ""}, 0),
        ({"HTTP_COOKIE": "csrftoken=abc"}, 0),
        ({"HTTP_COOKIE": "sessionid=abc"}, 1),
        ({"HTTP_COOKIE": "csrftoken=abc; sessionid=abc"}, 1),
        ({"HTTP_COOKIE": "messages=abc"}, 1),
        ({"HTTP_AUTHORIZATION": "Basic abc"}, 1),
        ({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "0"}, 1),
        ({"CONTENT_LENGTH": "3"}, 1),
        ({"QUERY_STRING": "view=large"}, 1),
        ({"QUERY_STRING": "q=" + "a" * 600}, 1),
        ({"HTTP_HOST": "127.0.0.1"}, 1),
        ({"wsgi.url_scheme": "https"}, 1),
        ({"SCRIPT_NAME": "/column"}, 1),
        ({"PATH_INFO": "/news/"}, 1),
    ],
    ids=str,
)
def test_who_is_answered_from_memory(
    answers: WholeAnswers, site: Counted, other: dict[str, str], times: int
) -> None:
    Asked(answers, "/")
    Asked(answers, "/")
    site.times = 0
    Asked(answers, "/", **other)
    assert site.times == times


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_COOKIE": "csrftoken=abc"},
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"REQUEST_METHOD": "HEAD"},
        {"QUERY_STRING": "q=" + "a" * 600},
    ],
    ids=str,
)
def test_who_fills_no_memory(answers: WholeAnswers, said: dict[str, str]) -> None:
    before = len(answers.store)
    Asked(answers, "/", **said)
    assert len(answers.store) == before


def _said(**headers: str) -> HttpResponse:
    return HttpResponse("x" * 2000, headers={"Cache-Control": "public, max-age=0", **headers})


def _with_cookie() -> HttpResponse:
    response = _said()
    response.set_cookie("seen", "1")
    return response


def _afterwards() -> HttpResponse:
    response = _said()
    response.is_for_keeping = False  # type: ignore[attr-defined]
    return response


@pytest.mark.parametrize(
    ("response", "kept"),
    [
        (lambda: _said(), 1),
        (lambda: _said(Vary="Accept-Encoding"), 1),
        (lambda: _said(Vary="Cookie"), 0),
        (lambda: _said(Vary="Accept-Encoding, Accept"), 0),
        (lambda: _said(**{"Cache-Control": "private"}), 0),
        (lambda: _said(**{"Cache-Control": "public, no-store"}), 0),
        (lambda: HttpResponse("x"), 0),
        (lambda: _said(**{"Content-Encoding": "br"}), 0),
        (_with_cookie, 0),
        (_afterwards, 0),
        (lambda: HttpResponse("x", status=404, headers={"Cache-Control": "public"}), 0),
        (lambda: HttpResponse("x", status=410, headers={"Cache-Control": "public"}), 0),
        (lambda: HttpResponse("x", status=301, headers={"Cache-Control": "public"}), 0),
        (lambda: StreamingHttpResponse([b"x"], headers={"Cache-Control": "public"}), 0),
    ],
)
def test_what_is_kept(response: Callable[[], Any], kept: int) -> None:
    def application(environ: Any, start: Any) -> Any:
        made = response()
        start(f"{made.status_code} {made.reason_phrase}", list(made.items()))
        return made

    answers = WholeAnswers(application, MEGABYTE)
    shown = Asked(answers, "/")
    assert len(answers.store) == kept
    assert shown.status.startswith(str(response().status_code))
    assert shown.text.startswith("x")


def test_what_was_read_from_a_private_table_is_not_kept() -> None:
    def application(environ: Any, start: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM partybuilding_notice")
        start("200 OK", [("Cache-Control", "public")])
        return _said()

    answers = WholeAnswers(application, MEGABYTE)
    Asked(answers, "/")
    assert len(answers.store) == 0


def test_the_form_of_opinions_is_new_each_time(answers: WholeAnswers, site: Counted) -> None:
    one, other = Asked(answers, "/opinions/"), Asked(answers, "/opinions/")
    assert site.times == 2
    assert one.body != other.body


def test_a_search_without_an_answer_is_counted_each_time(
    answers: WholeAnswers, site: Counted
) -> None:
    address = "/search/?q=nothing-has-this"
    for _time in range(3):
        assert Asked(answers, address).status == "200 OK"
    assert site.times == 3


def test_a_reader_who_has_it_is_told_so_without_a_rendering(
    answers: WholeAnswers, site: Counted
) -> None:
    whole = Asked(answers, "/")
    etag = whole.headers["etag"]
    site.times = 0
    for asked in (etag, f'"other", {etag}', etag.removeprefix("W/"), "*"):
        known = Asked(answers, "/", HTTP_IF_NONE_MATCH=asked)
        assert (known.status, known.body) == ("304 Not Modified", b""), asked
        assert known.headers["etag"] == etag
        assert known.headers["cache-control"] == whole.headers["cache-control"]
        assert "content-security-policy" in known.headers
        assert not {"content-type", "content-length", "content-encoding"} & known.headers.keys()
    assert Asked(answers, "/", HTTP_IF_NONE_MATCH='"other"').status == "200 OK"
    assert site.times == 0


def test_asking_whether_it_changed_fills_the_memory_too(answers: WholeAnswers) -> None:
    etag = Asked(answers, "/").headers["etag"]
    settings_of_site = ColumnSettings.objects.get()
    settings_of_site.save()
    before = len(answers.store)
    assert Asked(answers, "/", HTTP_IF_NONE_MATCH=etag).status == "304 Not Modified"
    assert len(answers.store) == before
    assert Asked(answers, "/").headers["etag"] == etag


def test_each_reader_gets_the_form_that_it_takes(answers: WholeAnswers) -> None:
    packed = Asked(answers, "/")
    plain = Asked(answers, "/", HTTP_ACCEPT_ENCODING="identity")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers
    assert plain.body == gzip.decompress(packed.body)
    assert plain.headers["content-length"] == str(len(plain.body))
    assert plain.headers["etag"] == packed.headers["etag"]
    head = Asked(answers, "/", REQUEST_METHOD="HEAD")
    assert (head.body, head.headers) == (b"", packed.headers)


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("deflate, gzip;q=1.0", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
    ],
)
def test_what_a_reader_takes(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


def test_another_name_of_an_actor_makes_another_answer(answers: WholeAnswers) -> None:
    officer, page = make_person(Role.DEPARTMENT), make_page(cast=make_cast())
    connection.run_on_commit = []  # as after a commit: what is written next counts anew
    before, again = (Asked(answers, page.url) for _ in range(2))
    assert "归口单位" in before.text
    assert again.headers["etag"] == before.headers["etag"]
    rows = [replace(row, label="学区") if row.code == "unit" else row for row in rows_of(ACTORS)]
    save_words(ACTORS, rows, by=officer)
    after = Asked(answers, page.url)
    assert ("归口单位" in after.text, "学区" in after.text) == (False, True)
    assert after.headers["etag"] != before.headers["etag"]
