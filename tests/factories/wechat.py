"""Articles for the official account: set from elements alone, and a platform that takes them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from partybuilding.core.pages.manuscript import Element, Manuscript
from partybuilding.wechat.layout import set_article

IMAGE = SimpleNamespace(name="picture.jpg")
LOST = SimpleNamespace(name="")


def set_body(*body: Element) -> str:
    """Set an article of these elements."""
    manuscript = Manuscript("标题", "作者", "摘要", "/a/", body=body)
    return set_article(
        manuscript,
        base="https://dj.example.org",
        source=lambda image: f"/media/{image.name}" if image.name else "",
    )


#: What sends an article to readers: never to be called.
SENDING = ("/cgi-bin/freepublish/", "/cgi-bin/message/mass/")
MEGABYTE = 1024 * 1024


@dataclass
class Platform:
    """A stand-in for the official account, built from its published description.

    Args:
        refuses: by path, the number with which the next call there is refused.
    """

    url: str = ""
    calls: list[str] = field(default_factory=list)
    drafts: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    covers: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    tokens: int = 0
    refuses: dict[str, int] = field(default_factory=dict)

    def answer(
        self, path: str, query: dict[str, list[str]], kind: str, body: bytes
    ) -> dict[str, Any]:
        """Answer a call as the platform does."""
        self.calls.append(path)
        if path.startswith(SENDING):
            self.sent.append(path)
        if code := self.refuses.pop(path, 0):
            return fault(code)
        if path == "/cgi-bin/token":
            return self._token(query)
        if query.get("access_token") != [f"token-{self.tokens}"]:
            return fault(40001)
        known = {
            "/cgi-bin/media/uploadimg": self._picture,
            "/cgi-bin/material/add_material": self._cover,
            "/cgi-bin/draft/add": self._draft,
        }
        return known[path](query, kind, body) if path in known else fault(40066)

    def _token(self, query: dict[str, list[str]]) -> dict[str, Any]:
        if query.get("appid") != ["wx-test"] or query.get("secret") != ["secret"]:
            return fault(40001)
        self.tokens += 1
        return {"access_token": f"token-{self.tokens}", "expires_in": 7200}

    def _picture(self, query: Any, kind: str, body: bytes) -> dict[str, Any]:
        content = uploaded(kind, body)
        if content is None or Image.open(BytesIO(content)).format not in {"JPEG", "PNG"}:
            return fault(40005)
        if len(content) >= MEGABYTE:
            return fault(40009)
        self.pictures.append(content)
        return {"url": f"http://mmbiz.qpic.cn/{len(self.pictures)}"}

    def _cover(self, query: Any, kind: str, body: bytes) -> dict[str, Any]:
        content = uploaded(kind, body)
        most = {"image": 10 * MEGABYTE, "thumb": 64 * 1024}.get(query.get("type", [""])[0], 0)
        if content is None or len(content) > most:
            return fault(40009)
        self.covers.append(f"cover-{len(self.covers) + 1}")
        return {"media_id": self.covers[-1], "url": "http://mmbiz.qpic.cn/cover"}

    def _draft(self, query: Any, kind: str, body: bytes) -> dict[str, Any]:
        self.bodies.append(body)
        try:
            articles = json.loads(body)["articles"]
        except (ValueError, KeyError):
            return fault(47001)
        if not 1 <= len(articles) <= 8:
            return fault(44003)
        for article in articles:
            if code := self._fault_of(article):
                return fault(code)
        self.drafts += articles
        return {"media_id": f"draft-{len(self.drafts)}"}

    def _fault_of(self, article: dict[str, Any]) -> int:
        content = article.get("content", "")
        checks = (
            (44003, not content),
            (45003, len(article.get("title", "")) > 32),
            (45110, len(article.get("author", "")) > 16),
            (45004, len(article.get("digest", "")) > 128),
            (45002, len(content) >= 20_000 or len(content.encode()) >= MEGABYTE),
            (45002, len(article.get("content_source_url", "").encode()) > 1024),
            (40007, article.get("thumb_media_id") not in self.covers),
        )
        return next((code for code, is_so in checks if is_so), 0)


def fault(code: int) -> dict[str, Any]:
    """Return an answer that refuses."""
    return {"errcode": code, "errmsg": f"refused {code}"}


def uploaded(kind: str, body: bytes) -> bytes | None:
    """Return the file of the field `media`; nothing when there is none."""
    parsed = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    for part in parsed.iter_parts():
        if part.get_param("name", header="content-disposition") == "media":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else None
    return None


@contextmanager
def platform() -> Iterator[Platform]:
    """Let a platform answer on this machine, and fail when something was sent to readers."""
    stands = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kind = self.headers.get("Content-Type", "")
            answer = stands.answer(parts.path, parse_qs(parts.query), kind, body)
            said = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST  # noqa: N815, the server asks for these names

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stands.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stands
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert stands.sent == [], "something was sent to readers"
