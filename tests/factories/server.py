"""A server without a network, and the site behind its memory of whole answers."""

import gzip
import io
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

MEGABYTE = 1024 * 1024


class Counted:
    """An application that counts how often it is asked."""

    def __init__(self, application: Callable[..., Any] | None = None) -> None:
        self.application, self.times = application or WSGIHandler(), 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.times += 1
        return self.application(environ, start)


class Asked:
    """What a server got for a request."""

    def __init__(self, application: Callable[..., Any], path: str, **said: str) -> None:
        path, _mark, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_ENCODING": "gzip, br",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            **said,
        }
        begun: list[Any] = []
        given = application(environ, lambda *line: begun.append(line))
        self.body = b"".join(given)
        getattr(given, "close", lambda: None)()
        self.status = begun[-1][0]
        self.headers = {name.lower(): value for name, value in begun[-1][1]}

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()
