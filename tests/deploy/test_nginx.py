"""The proxy in front: what it hands on, keeps, refuses and says itself, with nginx as it is installed."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.deploy.nginx import NGINX, OPENSSL, Proxy, proxied

pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="nginx or openssl is not installed")


#: What an answer says beside, by its address.
SAID = {
    "/varies/": ("Vary", "Accept-Encoding, Cookie"),
    "/packed/": ("Vary", "accept-encoding"),
    "/starts/": ("Set-Cookie", "sessionid=1"),
}


class Site(BaseHTTPRequestHandler):
    """A site that tells what it was asked, and how long its answer may be kept."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, dict[str, str]]] = []
    is_down = False

    def do_GET(self) -> None:
        if self.is_down:
            self.close_connection = True
            return
        self.seen.append((self.path, dict(self.headers)))
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        private = self.path.startswith("/portal/")
        body = f"answer {len(self.seen)}".encode()
        self.send_response(200)
        keeping = (
            "private, no-store" if private else "public, max-age=0, s-maxage=2, must-revalidate"
        )
        self.send_header("Cache-Control", keeping)
        if self.path in SAID:
            self.send_header(*SAID[self.path])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *args: Any) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "data" / "static").mkdir(parents=True)
    (folder / "data" / "static" / "site.0123.css").write_text("body {}")
    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    site.daemon_threads, site.block_on_close = True, False
    threading.Thread(target=site.serve_forever, daemon=True).start()
    with proxied(folder, site.server_address[1]) as proxy:
        yield proxy
    site.shutdown()
    site.server_close()


def test_the_site_hears_who_asks_and_how(proxy: Proxy) -> None:
    proxy.ask("/portal/", X_Forwarded_For="203.0.113.9")
    headers = Site.seen[-1][1]
    assert headers["Host"] == "dj.example.gov.cn"
    assert headers["X-Forwarded-For"] == "203.0.113.9, 127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "https"


def test_one_server_that_is_away_is_not_noticed(proxy: Proxy) -> None:
    assert {proxy.ask(f"/portal/{n}")[0].status for n in range(8)} == {200}


def test_public_pages_are_kept_and_what_is_private_or_has_a_session_is_not(proxy: Proxy) -> None:
    assert len({proxy.ask("/projects/")[1] for _turn in range(3)}) == 1
    assert len({proxy.ask("/portal/")[1] for _turn in range(3)}) == 3
    assert len({proxy.ask("/projects/", Cookie="sessionid=1")[1] for _turn in range(3)}) == 3


@pytest.mark.parametrize(("path", "kept"), [("/varies/", 3), ("/starts/", 3), ("/packed/", 1)])
def test_what_depends_on_more_than_the_key_is_not_kept(proxy: Proxy, path: str, kept: int) -> None:
    assert len({proxy.ask(path)[1] for _turn in range(3)}) == kept


def test_what_is_asked_with_a_token_is_not_kept_and_foreign_cookies_never_arrive(
    proxy: Proxy,
) -> None:
    assert len({proxy.ask("/form/", Cookie="a=1; csrftoken=x")[1] for _turn in range(3)}) == 3
    assert Site.seen[-1][1]["Cookie"] == "a=1; csrftoken=x"
    assert len({proxy.ask("/form/", Cookie=f"a={turn}")[1] for turn in range(3)}) == 1
    assert "Cookie" not in Site.seen[-1][1]


@pytest.mark.parametrize(
    ("said", "packs"),
    [
        ("gzip, deflate, br", True),
        ("br,gzip;q=0.5", True),
        ("*, gzip;q=0", False),
        ("gzip;q=0.0, br", False),
        ("x-gzip", False),
        ("", False),
    ],
)
def test_the_site_hears_of_two_forms_only(proxy: Proxy, said: str, packs: bool) -> None:
    proxy.ask(f"/portal/{said}".replace(" ", ""), Accept_Encoding=said)
    assert Site.seen[-1][1].get("Accept-Encoding", "") == ("gzip" if packs else "")


def test_static_files_never_reach_the_site(proxy: Proxy) -> None:
    before = len(Site.seen)
    answer, text = proxy.ask("/static/site.0123.css")
    assert (answer.status, text) == (200, "body {}")
    assert "immutable" in answer.headers["Cache-Control"]
    assert proxy.ask("/static/none.css")[0].status == 404
    assert len(Site.seen) == before


def test_a_body_that_is_too_large_is_refused_in_chinese(proxy: Proxy) -> None:
    answer, text = proxy.ask("/opinions/", "POST", bytes(1_200_000))
    assert answer.status == 413
    assert "提交的内容过大" in text
    assert proxy.ask("/portal/upload", "POST", bytes(1_200_000))[0].status == 200


def test_the_monitors_addresses_are_not_public(proxy: Proxy) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert proxy.ask(path)[0].status == 404


def test_the_log_tells_no_query(proxy: Proxy) -> None:
    proxy.ask("/search/?query=secret-words")
    log, turn = "", 0
    while '"path":"/search/"' not in log:  # it is written once the answer is on its way
        turn += 1
        assert turn < 100
        time.sleep(0.02)
        log = (proxy.folder / "partybuilding-access.log").read_text()
    assert "secret-words" not in log


def test_without_any_server_people_read_in_chinese_when_to_try_again(proxy: Proxy) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Site, "is_down", True)
        answer, text = proxy.ask("/portal/")
    assert (answer.status, answer.headers["Retry-After"]) == (502, "30")
    assert "网站正在恢复" in text
