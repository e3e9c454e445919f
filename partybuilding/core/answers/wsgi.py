"""Answer before Django is entered what was answered before and would be answered the same now."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.utils.cache import set_response_etag

from partybuilding.core.answers.replicas import (
    AskThePrimary,
    as_new_as,
    first_that_answers,
    is_away,
    reading_from,
)
from partybuilding.core.answers.store import (
    MEGABYTE,
    Answer,
    Headers,
    Key,
    Store,
    Versions,
    is_known,
    next_midnight,
    packed,
    unchanged,
)
from partybuilding.core.answers.versions import (
    PAGES,
    has_moved,
    noting_reads,
    read_total,
    read_versions,
)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
#: Longer queries are nobody's link.
LONGEST_QUERY = 512


class WholeAnswers:
    """Keeps the public answers of an application, for readers without an account.

    An answer is kept when it is a 200 to a GET without any cookie, says `public`, sets no cookie, varies
    with nothing that the key lacks, and no private table was read for it.
    """

    def __init__(self, application: Application, size: int) -> None:
        """Wrap an application.

        Args:
            size: bytes that may be kept in this process.
        """
        self._application = application
        self.store: Store[Answer] = Store(size)
        self._ssl = settings.SECURE_PROXY_SSL_HEADER
        self._token = f"{settings.CSRF_COOKIE_NAME}="
        self._files = (settings.STATIC_URL, settings.MEDIA_URL)
        self._names = ["HTTP_HOST"]
        self._names += ["HTTP_X_FORWARDED_HOST"] if settings.USE_X_FORWARDED_HOST else []
        self._names += ["HTTP_X_FORWARDED_PORT"] if settings.USE_X_FORWARDED_PORT else []

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer from memory, or ask the application and keep what it says."""
        key = self._key(environ)
        if key is None:
            return self._application(environ, start_response)
        kept = self.store.get(key)
        if kept is not None and time.time() >= kept.until:
            kept = None
        # The primary alone knows of every commit; while it is away nothing new can come.
        found = first_that_answers(lambda connection: _held(connection, kept))
        if found is None:
            return self._application(environ, start_response)
        source, (answer, versions) = found
        if answer is not None:
            return answer.give(environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD" or "HTTP_COOKIE" in environ:
            return self._pass(environ, start_response, source)
        return self._ask(environ, start_response, key, source, versions)

    def _pass(
        self, environ: dict[str, Any], start: Callable[..., Any], source: str
    ) -> Iterable[bytes]:
        """Ask the application for what is not kept, of the database that answers."""
        said: list[tuple[Any, ...]] = []
        try:
            with reading_from(source):
                response = self._application(environ, lambda *line: said.append(line))
        except AskThePrimary:
            return self._application(environ, start)
        start(*said[-1])
        return response

    def _drawn(
        self, asked: dict[str, Any], source: str
    ) -> tuple[list[tuple[str, Headers]], Iterable[bytes], set[str | None]]:
        """Let the application answer from a database; return what it said, and the parts that were read.

        Raises:
            AskThePrimary: a replica could not, or its versions say nothing of what was read.
        """
        said: list[tuple[str, Headers]] = []
        with reading_from(source), noting_reads(connections[DEFAULT_DB_ALIAS]) as read:
            response = self._application(asked, lambda *line: said.append((line[0], line[1])))
        is_lost = said[-1][0].startswith("5") or (None in read and not is_away(DEFAULT_DB_ALIAS))
        if source != DEFAULT_DB_ALIAS and is_lost:
            getattr(response, "close", lambda: None)()
            raise AskThePrimary
        return said, response, read

    def _key(self, environ: dict[str, Any]) -> Key | None:
        """Return all that a public answer may depend on; None for a request that is not looked up."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        cookie = environ.get("HTTP_COOKIE")
        if cookie and (";" in cookie or not cookie.startswith(self._token)):
            return None
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        query = environ.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY or path.startswith(self._files):
            return None
        hosts = [environ.get(name) for name in self._names]
        if hosts[0] is None or environ.get("CONTENT_LENGTH", "") not in ("", "0"):
            return None
        return self._is_secure(environ), *hosts, environ.get("SCRIPT_NAME", ""), path, query

    def _is_secure(self, environ: dict[str, Any]) -> bool:
        """Tell whether Django will take the request for one by HTTPS."""
        if self._ssl:
            said = environ.get(self._ssl[0])
            if said is not None:
                return said.split(",", 1)[0].strip() == self._ssl[1]
        return environ.get("wsgi.url_scheme") == "https"

    def _ask(
        self,
        environ: dict[str, Any],
        start: Callable[..., Any],
        key: Key,
        source: str,
        versions: Versions,
    ) -> Iterable[bytes]:
        """Ask the application for the whole of it, keep that, and answer what the reader asked for."""
        asked = {name: said for name, said in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        until = next_midnight()
        if source == DEFAULT_DB_ALIAS:
            source = as_new_as(versions)
        try:
            said, response, read = self._drawn(asked, source)
        except AskThePrimary:
            said, response, read = self._drawn(asked, DEFAULT_DB_ALIAS)
        status, headers = said[-1]
        if is_for_all(response):
            # Compressed here, once, whoever keeps it: a cache in front would do it for each reader.
            seen = {part: versions.get(part) for part in {PAGES, *read} if part is not None}
            answer = answer_of(response, headers, seen, until)
            if None not in read and getattr(response, "is_for_keeping", True):
                self.store.put(key, answer)
            response.close()  # type: ignore[attr-defined]
            return answer.give(environ, start)
        etag = next((value for name, value in headers if name.lower() == "etag"), "")
        known = environ.get("HTTP_IF_NONE_MATCH")
        if status.startswith("200") and etag and known and is_known(etag, known):
            response.close()  # type: ignore[attr-defined]
            status, headers, response = "304 Not Modified", unchanged(headers), []
        start(status, headers)
        return response


def _held(connection: BaseDatabaseWrapper, kept: Answer | None) -> tuple[Answer | None, Versions]:
    """Return what is kept if it is what the database would say now, else its versions.

    Raises:
        Exception: the driver's own.
    """
    if kept is not None and not has_moved(connection, kept.total):
        return kept, {}
    total, versions = read_total(connection), read_versions(connection)
    return (kept if kept and kept.holds(versions, total) else None), versions


def is_for_all(response: Any) -> bool:
    """Tell whether an answer is whole and the same for everybody without an account."""
    if not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
        return False
    said = {part.strip().partition("=")[0] for part in response.get("Cache-Control", "").split(",")}
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    is_public = "public" in said and not said & {"private", "no-store"}
    is_plain = varies <= {"", "accept-encoding"} and "Content-Encoding" not in response
    return is_public and is_plain


def answer_of(response: HttpResponse, headers: Headers, versions: Versions, until: float) -> Answer:
    """Return an answer as it is kept: compressed where that helps, with one ETag for both forms."""
    if "ETag" not in response:
        set_response_etag(response)
    body, etag = packed(response.content), response["ETag"]
    kept = [pair for pair in headers if pair[0].lower() not in ("content-length", "etag", "vary")]
    if body is None:
        body, is_packed = response.content, False
    else:
        is_packed, etag = True, f"W/{etag.removeprefix('W/')}"
        kept += [("Vary", "Accept-Encoding"), ("Content-Encoding", "gzip")]
    kept += [("ETag", etag), ("Content-Length", str(len(body)))]
    return Answer(body, is_packed, kept, etag, versions, until, total=None)


def keep_answers(application: Application, megabytes: int) -> Application:
    """Put the memory of whole answers in front of an application; 0 megabytes: none."""
    return WholeAnswers(application, megabytes * MEGABYTE) if megabytes > 0 else application
