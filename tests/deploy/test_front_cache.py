"""The site behind the proxy as it is shipped: right within five seconds, never two pages in one, nothing personal."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler

from home.news.pages import NewsPage
from partybuilding.core.answers.wsgi import WholeAnswers
from partybuilding.core.services import withdraw_page
from tests.deploy.nginx import HOST, NGINX, OPENSSL, Proxy, proxied
from tests.factories import make_cast
from tests.factories.news import publish_news
from tests.factories.server import MEGABYTE, Asked

pytestmark = [
    pytest.mark.skipif(not (NGINX and OPENSSL), reason="nginx or openssl is not installed"),
    pytest.mark.django_db(transaction=True),
]
#: Seconds within which every reader sees what was published or withdrawn.
RIGHT = 5


@pytest.fixture
def proxy(settings: Any, tmp_path: Path) -> Iterator[Proxy]:
    settings.FRONT_CACHE_SECONDS = 2  # as deploy/environment says
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(WholeAnswers(WSGIHandler(), MEGABYTE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with proxied(tmp_path, server.server_port) as proxy:
        yield proxy
    server.shutdown()
    server.server_close()


def direct(path: str, **said: str) -> str:
    """Return what a stranger is told by the site itself."""
    return Asked(WSGIHandler(), path, HTTP_HOST=HOST, **said).text


def told(proxy: Proxy) -> list[dict[str, Any]]:
    """Return what the log says of every answer since it was asked last."""
    time.sleep(1.2)  # it is written each second
    log = proxy.folder / "partybuilding-access.log"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    log.write_text("")
    return lines


class Reader(threading.Thread):
    """Somebody who asks for a page again and again, and notes what was read when."""

    def __init__(self, proxy: Proxy, path: str) -> None:
        super().__init__(daemon=True)
        self.proxy, self.path, self.is_done = proxy, path, False
        self.read: list[tuple[float, int, str]] = []

    def run(self) -> None:
        while not self.is_done:
            asked = time.monotonic()
            answer, text = self.proxy.ask(self.path, Accept_Encoding="gzip")
            self.read.append((asked, answer.status, text))
            time.sleep(0.02)

    def since(self, moment: float) -> set[tuple[int, str]]:
        """Return status and text of whatever was asked for since a moment."""
        return {(status, text) for asked, status, text in self.read if asked >= moment}


def test_a_change_and_a_withdrawal_are_right_for_everybody_within_five_seconds(
    proxy: Proxy,
) -> None:
    cast = make_cast()
    news, quiet = publish_news("旧题目"), publish_news("无人再看的旧题目")
    assert "无人再看的旧题目" in proxy.ask(quiet.url)[1]
    readers = [Reader(proxy, path) for path in (news.url, news.url, "/news/")]
    for reader in readers:
        reader.start()
    time.sleep(1)
    for page in (news, quiet):
        page.title = "新题目"
        page.save_revision().publish()
    changed = time.monotonic()
    time.sleep(RIGHT + 1)
    withdraw_page(NewsPage.objects.get(pk=news.pk), by=cast["publisher"], reason="数据有误。")
    withdrawn = time.monotonic()
    time.sleep(RIGHT + 1)
    # What nobody asked for meanwhile is right for the first one and for who asks beside that one.
    late = [Reader(proxy, quiet.url) for _turn in range(4)]
    for reader in late:
        reader.start()
    time.sleep(0.5)
    for reader in [*readers, *late]:
        reader.is_done = True
        reader.join()
    for reader in readers[:2]:
        ((status, text),) = reader.since(withdrawn + RIGHT)
        assert status == 410
        assert "数据有误" in text
        between = {
            (status, "旧题目" in text, "新题目" in text)
            for asked, status, text in reader.read
            if changed + RIGHT <= asked < withdrawn
        }
        assert between == {(200, False, True)}
    listed = [text for _status, text in readers[2].since(changed + RIGHT)]
    assert listed
    assert all("旧题目" not in text for text in listed)
    assert all(news.url not in text for _status, text in readers[2].since(withdrawn + RIGHT))
    for reader in late:
        assert reader.read
        assert all("旧题目" not in text for _asked, _status, text in reader.read)
    kept = Counter(one["cache"] for one in told(proxy) if one["path"] == news.url)
    assert kept["HIT"] > 20 * (kept["MISS"] + kept["EXPIRED"])


def test_every_reader_gets_the_page_that_was_asked_for_and_all_share_what_is_kept(
    proxy: Proxy,
) -> None:
    news = publish_news()
    large = f"{news.url}?view=large"
    expected = {path: direct(path) for path in (news.url, large, "/news/", "/")}
    readers = [
        {"Accept_Encoding": "gzip, deflate, br, zstd"},
        {"Accept_Encoding": "br;q=1.0, gzip;q=0.8"},
        {"Accept_Encoding": "gzip", "Cookie": "csrftoken=abc"},
        {"Accept_Encoding": "gzip", "Cookie": "Hm_lvt_portal=1; view=large"},
        {"Accept_Encoding": "gzip;q=0"},
        {"Accept_Encoding": "br"},
        {},
    ]
    for path in expected:
        proxy.ask(path)  # cuts pictures, reads what stays in the process
        proxy.ask(path, Accept_Encoding="gzip")
    told(proxy)
    for path, page in expected.items():
        for said in readers:
            answer, text = proxy.ask(path, **said)
            assert text == page, (path, said)
            wish = said.get("Accept_Encoding", "")
            packs = "gzip" in wish and not wish.endswith("q=0")
            assert (answer.headers["Content-Encoding"] == "gzip") is packs, (path, said)
            tag = answer.headers["ETag"]
            assert proxy.ask(path, If_None_Match=tag, **said)[0].status == 304, (path, said)
    kept = Counter(one["cache"] for one in told(proxy))
    assert kept["HIT"] > kept.total() * 0.7


def test_what_is_personal_is_neither_kept_nor_answered_from_what_is_kept(proxy: Proxy) -> None:
    cast = make_cast()
    news = publish_news()
    staff = Client()
    staff.force_login(cast["editor"])
    session = f"sessionid={staff.cookies['sessionid'].value}"
    for _turn in range(3):
        assert proxy.ask("/admin/", Cookie=session)[0].status == 200
        assert proxy.ask(news.url, Cookie=session)[1] == direct(news.url)
        assert proxy.ask("/admin/")[0].status == 302
    form = [proxy.ask("/opinions/")[0] for _turn in range(3)]
    assert len({answer.headers["Set-Cookie"] for answer in form}) == 3
    assert all("s-maxage" not in answer.headers["Cache-Control"] for answer in form)
    for path in ("/portal/login/", "/admin/login/", "/opinions/"):
        # Who has a token already is given no new one: the page is still nobody else's.
        assert len({proxy.ask(path, Cookie="csrftoken=abc")[1] for _turn in range(2)}) <= 2
    lines = told(proxy)
    asked_by_staff = [one for one in lines if one["cache"] == "BYPASS"]
    assert [one["path"] for one in asked_by_staff] == [news.url] * 3
    for path in ("/portal/login/", "/admin/login/", "/opinions/"):
        assert {one["cache"] for one in lines if one["path"] == path} <= {"MISS", ""}, path
