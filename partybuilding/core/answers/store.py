"""Answers in the memory of a process, and its memory: what was asked for last, up to a number of bytes."""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar

from django.utils import timezone
from django.utils.http import parse_etags

Versions = Mapping[str, int | None]
Headers = list[tuple[str, str]]
Key = tuple[Any, ...]
MEGABYTE = 1024 * 1024
#: Shorter bodies gain nothing by compression.
WORTH_PACKING = 500
#: What an entry costs beside its body and headers, in bytes, about.
OVERHEAD = 2000
#: What "not modified" leaves out.
_OF_BODY = {"content-disposition", "content-encoding", "content-length", "content-type"}


@dataclass(slots=True)
class Answer:
    """One whole answer, with what it depends on."""

    body: bytes
    is_packed: bool
    headers: Headers
    etag: str
    #: The versions of the parts that it depends on.
    versions: Versions
    #: The moment after which it is another day, in seconds since 1970.
    until: float
    #: The total at which it was last found to hold; None before.
    total: int | None

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        said = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.body) + 2 * said + OVERHEAD

    def holds(self, versions: Versions, total: int | None) -> bool:
        """Tell whether nothing that it depends on has changed; what it does not depend on may have."""
        if any(versions.get(part) != version for part, version in self.versions.items()):
            return False
        self.total = total
        return True

    def give(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request: in full, or that the reader has it already."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and is_known(self.etag, known):
            start("304 Not Modified", unchanged(self.headers))
            return []
        headers, body = self.headers, self.body
        if self.is_packed and not takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            body = gzip.decompress(body)
            headers = [
                *(
                    pair
                    for pair in headers
                    if pair[0] not in ("Content-Encoding", "Content-Length")
                ),
                ("Content-Length", str(len(body))),
            ]
        start("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def unchanged(headers: Headers) -> Headers:
    """Return the headers of an answer that its reader has already."""
    return [pair for pair in headers if pair[0].lower() not in _OF_BODY]


def is_known(etag: str, asked: str) -> bool:
    """Tell whether an ETag is among those of `If-None-Match`; weak ones are as good as strong ones."""
    if asked == etag:
        return True
    known = parse_etags(asked)
    return known == ["*"] or etag.removeprefix("W/") in {one.removeprefix("W/") for one in known}


def takes_gzip(accepted: str) -> bool:
    """Tell whether `Accept-Encoding` names gzip without a doubt."""
    return "gzip" in accepted and "q=0" not in accepted


def packed(content: bytes) -> bytes | None:
    """Return a body compressed; None when that gains nothing."""
    if len(content) < WORTH_PACKING:
        return None
    body = gzip.compress(content, compresslevel=6, mtime=0)
    return body if len(body) < len(content) * 0.9 else None


def next_midnight() -> float:
    """Return when the local day ends, in seconds since 1970."""
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    return midnight.timestamp()


class Kept(Protocol):
    """What a memory holds."""

    @property
    def size(self) -> int:
        """About how many bytes it takes."""


Thing = TypeVar("Thing", bound=Kept)


class Store(Generic[Thing]):
    """What this process keeps of one kind; what nobody asked for longest goes first."""

    def __init__(self, size: int) -> None:
        self._most, self._size = size, 0
        self._things: OrderedDict[Key, Thing] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Thing | None:
        """Return what was kept under a key."""
        with self._lock:
            thing = self._things.get(key)
            if thing is not None:
                self._things.move_to_end(key)
            return thing

    def put(self, key: Key, thing: Thing) -> None:
        """Keep something in the place of what was there before; what is too large is not kept."""
        with self._lock:
            self._drop(key)
            if thing.size > self._most // 8:
                return
            self._things[key] = thing
            self._size += thing.size
            while self._size > self._most:
                self._drop(next(iter(self._things)))

    def _drop(self, key: Key) -> None:
        before = self._things.pop(key, None)
        if before is not None:
            self._size -= before.size

    def __len__(self) -> int:
        return len(self._things)

    @property
    def size(self) -> int:
        """How many bytes are kept, about."""
        return self._size
