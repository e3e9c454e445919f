"""Ask the site for every address that a reader can reach, and write the answers into a folder."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from home.export import rewriting
from home.export.addresses import Inner, Site, relative

HTML, CSS, XML, FILE = "text/html", "text/css", "xml", ""
_ENTRY = re.compile(r"<url>.*?<loc>(?P<address>.*?)</loc>.*?</url>\s*", re.DOTALL)
GONE = 410
#: Where the site leads readers once more than this.
MOST_REDIRECTS = 5


class ExportFault(Exception):
    """The site itself leads somewhere where nothing is, or failed."""


@dataclass
class Answer:
    """What the site said at an address.

    Args:
        inner: the address, after all redirects.
        kind: how its links are found; empty for what has none.
        policy: its content security policy.
    """

    inner: Inner
    kind: str
    content: bytes
    policy: str = ""


@dataclass
class Crawl:
    """A walk through the site.

    Args:
        site: where it is found.
        is_left_out: tells which addresses stay online alone.
        tell: is told how far it has come: addresses asked for, addresses found so far.
        closed: the addresses that only work online: forms, sign-ins, what is left out.
        faults: links that lead nowhere, with the page that they stand on.
    """

    site: Site
    is_left_out: Callable[[str], bool]
    tell: Callable[[int, int], object] = lambda _asked, _found: None
    answers: dict[str, Answer] = field(default_factory=dict)
    led: dict[str, Inner] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    _queue: deque[tuple[Inner, str]] = field(default_factory=deque)
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        scheme, _colon, host = self.site.origin.partition("://")
        self._secure = scheme == "https"
        self._client = Client(headers={"host": host, "x-forwarded-proto": scheme})

    def walk(self, *first: str) -> None:
        """Ask for some addresses, and for all that can be reached from them."""
        for address in first:
            self._find(address, "/")
        while self._queue:
            inner, source = self._queue.popleft()
            self._ask(inner, source)
            self.tell(len(self._seen) - len(self._queue), len(self._seen))

    def _find(self, href: str, base: str) -> str:
        """Note where a link leads; the link itself stays what it is."""
        inner = self.site.inner(href, base)
        if inner is not None and not inner.is_narrowed and inner.address not in self._seen:
            self._seen.add(inner.address)
            if self.is_left_out(inner.path):
                self.closed.add(inner.address)
            else:
                self._queue.append((inner, base))
        return href

    def _ask(self, inner: Inner, source: str) -> None:
        answer = self._answer(inner, source)
        if answer is None:
            return
        if answer.inner.address != inner.address:
            self.led[inner.address] = answer.inner
        if answer.inner.address in self.answers:
            return
        self._seen.add(answer.inner.address)
        self.answers[answer.inner.address] = answer
        for href in links_of(answer):
            self._find(href, answer.inner.address)

    def _answer(self, inner: Inner, source: str) -> Answer | None:
        static = _static_name(inner.path)
        if static is not None:
            return self._static(inner, static, source)
        asked, response = self._redirected(inner)
        if asked is None:
            self.closed.add(inner.address)
            return None
        if response.status_code not in (200, GONE):
            self.faults.append(f"{source} -> {inner.address}: {response.status_code}")
            return None
        if response.cookies or "public" not in response.get("Cache-Control", ""):
            self.closed.add(inner.address)
            return None
        content = b"".join(response) if response.streaming else response.content
        policy = response.get("Content-Security-Policy", "")
        return Answer(asked, _kind(response["Content-Type"]), content, policy)

    def _redirected(self, inner: Inner) -> tuple[Inner | None, Any]:
        """Ask for an address; return where it led, None where only the site leads on, and the answer."""
        asked: Inner = inner
        response: Any = self._client.get(asked.address, secure=self._secure)
        for _again in range(MOST_REDIRECTS):
            if response.status_code not in (301, 302):
                break
            found = self.site.inner(response["Location"], asked.address)
            if found is None or self.is_left_out(found.path):
                return None, response
            asked, response = found, self._client.get(found.address, secure=self._secure)
        return asked, response

    def _static(self, inner: Inner, name: str, source: str) -> Answer | None:
        """Read a static file where `collectstatic` put it, or where it comes from."""
        found = None if staticfiles_storage.exists(name) else finders.find(name)
        try:
            if found:
                content = Path(str(found)).read_bytes()
            else:
                with staticfiles_storage.open(name) as file:
                    content = file.read()
        except OSError:
            self.faults.append(f"{source} -> {inner.address}: no such static file")
            return None
        return Answer(inner, CSS if name.endswith(".css") else FILE, content)

    def target(self, href: str, base: str) -> Inner | None:
        """Return the address in the folder that a link leads to; None when it is not there."""
        inner = self.site.inner(href, base)
        if inner is None or inner.is_narrowed:
            return None
        led = self.led.get(inner.address)
        found = inner if led is None else replace(led, look=inner.look, fragment=inner.fragment)
        return found if found.address in self.answers else None


def _static_name(path: str) -> str | None:
    prefix = settings.FORCE_SCRIPT_NAME or ""
    static = str(settings.STATIC_URL).removeprefix(prefix)
    return path.removeprefix(static) if path.startswith(static) else None


def _kind(content_type: str) -> str:
    for kind in (HTML, CSS):
        if content_type.startswith(kind):
            return kind
    return XML if "xml" in content_type and "svg" not in content_type else FILE


def links_of(answer: Answer) -> Iterator[str]:
    """Yield the links of an answer; of a feed none, since its page has them too."""
    found: list[str] = []

    def note(href: str) -> str:
        found.append(href)
        return href

    if answer.kind == HTML:
        rewriting.Page.rewritten(answer.content.decode(), note, lambda _action, _method: "")
    elif answer.kind == CSS:
        rewriting.css(answer.content.decode(), note)
    elif answer.inner.path.endswith("sitemap.xml"):
        found += map(unescape, re.findall("<loc>(.*?)</loc>", answer.content.decode()))
    yield from found


class Folder:
    """The answers of a walk as files.

    Args:
        note: HTML that stands first in every page: of which day it is.
        form: what stands in the place of a form, given its action online and whether it searches what stays online.
    """

    def __init__(self, crawl: Crawl, note: str, form: Callable[..., str]) -> None:
        self.crawl, self.note, self.form = crawl, note, form
        #: Links that lead from the folder to the site online, with how often.
        self.online: dict[str, int] = {}

    def write(self, folder: Path) -> list[str]:
        """Write all files and return their names.

        Raises:
            ExportFault: two addresses would be one file.
        """
        names: set[str] = set()
        for answer in self.crawl.answers.values():
            name = answer.inner.file
            if name in names:
                raise ExportFault(f"Two addresses are one file: {name}")
            names.add(name)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.content(answer))
        return sorted(names)

    def content(self, answer: Answer) -> bytes:
        """Return an answer with its links made relative."""
        base, source = answer.inner.address, answer.inner.file

        def link(href: str) -> str:
            return self._link(href, base, source)

        if answer.kind == HTML:
            text = answer.content.decode()
            policy = _in_meta(answer.policy)

            def form(action: str, method: str) -> str:
                return self._form(action, base)

            return rewriting.Page.rewritten(text, link, form, policy, self.note).encode()
        if answer.kind == CSS:
            return rewriting.css(answer.content.decode(), link).encode()
        if answer.inner.path.endswith("sitemap.xml"):
            return _ENTRY.sub(self._in_map, answer.content.decode()).encode()
        return answer.content

    def _link(self, href: str, base: str, source: str) -> str:
        if href.startswith("#") or not href:
            return href
        target = self.crawl.target(href, base)
        if target is not None:
            return relative(source, target)
        inner = self.crawl.site.inner(href, base)
        if inner is None:
            return href
        online = self.crawl.site.online(inner)
        self.online[online] = self.online.get(online, 0) + 1
        return online

    def _form(self, action: str, base: str) -> str:
        inner = self.crawl.site.inner(action, base)
        if inner is None:
            return ""
        online = self.crawl.site.online(Inner(inner.path))
        return self.form(online, is_search=self.crawl.is_left_out(inner.path))

    def _in_map(self, found: re.Match[str]) -> str:
        """Leave out of the map what is not in the folder."""
        known = self.crawl.target(unescape(found["address"]), "/")
        return found[0] if known else ""


def _in_meta(policy: str) -> str:
    """Return a policy as a meta element may say it: in one order, without what only a header can."""
    directives = sorted(one.strip() for one in policy.split(";"))
    return "; ".join(one for one in directives if one and not one.startswith("frame-ancestors"))
