"""The exported folder stands on its own: read from a plain file server, no link is broken or leads out unasked."""

import functools
import json
import re
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar
from urllib.error import HTTPError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from home.export.addresses import Site
from home.export.crawling import Crawl
from partybuilding.core.pages import lists
from tests.factories.site import FullSite, make_site

pytestmark = pytest.mark.django_db
ONLINE = "https://dj.example.gov.cn"
ATTRIBUTES = ("href", "src", "poster", "action")


class Links(HTMLParser):
    """What a page leads to, and what can be led to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.forms = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = dict(attrs)
        self.forms += tag == "form"
        self.anchors.add(told.get("id") or "")
        if told.get("rel") != "canonical":
            self.links += [told[name] for name in ATTRIBUTES if told.get(name)]
        self.links += [part.split()[0] for part in (told.get("srcset") or "").split(",") if part]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> FullSite:
    """Make one of everything, with two pages of projects, found at a host of the state."""
    settings.WAGTAILADMIN_BASE_URL = ONLINE
    import_module(
        settings.ROOT_URLCONF
    )  # or a view would keep the number with which it is imported
    monkeypatch.setattr(lists, "PER_PAGE", 1)
    return make_site()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[str]:
    """Serve the folder as any file server does."""
    handler = functools.partial(Quiet, directory=tmp_path / "out")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def read(address: str) -> tuple[str, str]:
    """Return the kind and the text of an address; an empty kind when nothing is there."""
    try:
        with urlopen(address) as answer:  # of the server above
            return answer.headers["Content-Type"], answer.read().decode("utf-8", "replace")
    except HTTPError:
        return "", ""


def walk(root: str) -> tuple[dict[str, Links], set[str], set[str]]:
    """Return the pages that are found, what is broken, and what leads out."""
    waiting, seen = [root], {root}
    pages: dict[str, Links] = {}
    broken: set[str] = set()
    outside: set[str] = set()
    while waiting:
        here = waiting.pop()
        kind, text = read(here)
        if not kind:
            broken.add(here)
        if not kind.startswith("text/html"):
            continue
        pages[here] = Links(text)
        for link in pages[here].links:
            there = urljoin(here, link).partition("#")[0].partition("?")[0]
            if not there.startswith(root):
                outside.add(urljoin(here, link))
            elif there not in seen:
                seen.add(there)
                waiting.append(there)
    return pages, broken, outside


def test_nothing_is_broken_and_what_leads_out_is_meant_to(
    site: FullSite, tmp_path: Path, serve: str
) -> None:
    folder = tmp_path / "out"
    call_command("export_site", folder)
    pages, broken, outside = walk(serve)
    assert broken == set()
    assert len(pages) > 30
    assert {page for page, told in pages.items() if told.forms} == set()
    hosts = {urlsplit(one).netloc for one in outside}
    assert hosts <= {urlsplit(ONLINE).netloc, "creativecommons.org"}
    ours = {urlsplit(one) for one in outside if one.startswith(ONLINE)}
    plain = {one.path for one in ours if not one.query}
    assert {"/opinions/", "/opinions/lookup/", "/search/", "/"} <= plain
    assert not {
        path for path in plain if path.startswith(("/admin", "/portal", "/static", "/media"))
    }
    for address, told in pages.items():
        for link in told.links:
            there, _hash, anchor = urljoin(address, link).partition("#")
            known = pages.get(there.partition("?")[0])
            assert not anchor or known is None or unquote(anchor) in known.anchors, (address, link)
    first = contents(folder)
    names = set(first)
    for name in (
        "index.html",
        "feed.atom",
        "sitemap.xml",
        "data/projects.csv",
        "data/opendata.zip",
    ):
        assert name in names
    assert "projects/page/2/index.html" in names
    assert {
        name for name in names if name.startswith(("search", "opinions/index", "admin"))
    } == set()
    assert set(json.loads((folder / "export.json").read_text())["files"]) == names - {"export.json"}
    (folder / "old.html").write_text("of an earlier day")
    call_command("export_site", folder)
    assert contents(folder) == first


def test_a_page_says_of_which_day_it_is_and_keeps_its_one_address(
    site: FullSite, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    call_command("export_site", folder, prefix="/zt/djcx/")
    page = (folder / site.project.url.strip("/") / "index.html").read_text()
    canonical = f"{ONLINE}/zt/djcx{site.project.url}"
    assert f'<link rel="canonical" href="{canonical}">' in page
    assert f'"url": "{canonical}"' in page or f'"item": "{canonical}"' in page
    assert "本页内容截至" in page
    assert '<meta http-equiv="Content-Security-Policy"' in page
    assert "frame-ancestors" not in page
    assert "testserver" not in page
    assert re.search(r'href="(\.\./)+static/partybuilding/css/base[^"]*\.css"', page)
    listed = (folder / "projects" / "index.html").read_text()
    assert f'<a href="{ONLINE}/projects/">筛选请到在线版</a>' in listed
    assert f"<loc>{ONLINE}/zt/djcx/projects/</loc>" in (folder / "sitemap.xml").read_text()
    assert "/opinions/</loc>" not in (folder / "sitemap.xml").read_text()
    assert f"{ONLINE}/zt/djcx/" in (folder / "feed.atom").read_text()


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="other files"):
        call_command("export_site", tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def page(text: str, **headers: str) -> Any:
    """Return a view that answers with a page."""
    said = {"Cache-Control": "public", **headers}
    return lambda request: HttpResponse(text, headers=said)


def nothing(request: Any, exception: Any) -> HttpResponse:
    """Answer that nothing is there, without a page."""
    return HttpResponse(status=404)


class Addresses:
    """A small site: a redirect, a form that is nobody else's, a link that leads nowhere."""

    handler404 = staticmethod(nothing)
    urlpatterns: ClassVar = [
        path("", page('<a href="/old/">a</a><a href="/form/">b</a><a href="/nowhere/">c</a>')),
        path("old/", lambda request: HttpResponseRedirect("/new/")),
        path("new/", page('<a href="/">d</a>')),
        path("form/", page("e", **{"Cache-Control": "private"})),
    ]


def test_a_walk_tells_redirects_what_is_private_and_what_leads_nowhere(settings: Any) -> None:
    settings.ROOT_URLCONF, settings.MIDDLEWARE = Addresses, []
    crawl = Crawl(Site(ONLINE), lambda path: False)
    crawl.walk("/")
    assert set(crawl.answers) == {"/", "/new/"}
    assert crawl.closed == {"/form/"}
    assert crawl.faults == ["/ -> /nowhere/: 404"]
    led = crawl.target("/old/#a", "/")
    assert led is not None
    assert (led.address, led.fragment) == ("/new/", "a")
    assert crawl.target("/form/", "/") is None


def test_an_export_with_a_fault_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Crawl, "walk", lambda crawl, *first: crawl.faults.append("/ -> /x/: 404"))
    with pytest.raises(CommandError, match="/ -> /x/: 404"):
        call_command("export_site", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
