"""A stand-in of object storage: one bucket in the folder `store` where it is started, for `machines.py`.

It answers what the site asks of S3 (put, get, head and delete an object) and looks at no key: only for proofs.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class Store(BaseHTTPRequestHandler):
    """What the site asks of a bucket."""

    protocol_version = "HTTP/1.1"
    folder = Path("store").resolve()

    def _file(self) -> Path:
        return self.folder / unquote(urlsplit(self.path).path).strip("/").replace("/", "__")

    def _say(self, status: int, body: bytes = b"", length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        """Keep an object."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            body = _unchunked(body)
        self.folder.mkdir(exist_ok=True)
        self._file().write_bytes(body)
        self._say(200)

    def do_GET(self) -> None:
        """Give an object, or the part that is asked for."""
        if not self._file().is_file():
            self._say(404)
            return
        self._say(200, self._file().read_bytes())

    def do_HEAD(self) -> None:
        """Say how large an object is."""
        there = self._file().is_file()
        self._say(200 if there else 404, length=self._file().stat().st_size if there else 0)

    def do_DELETE(self) -> None:
        """Forget an object."""
        self._file().unlink(missing_ok=True)
        self._say(204)

    def log_message(self, *args: Any) -> None:
        """Stay silent."""


def _unchunked(body: bytes) -> bytes:
    """Take the client's own framing off: sizes in hexadecimal, each with its chunk, then a trailer."""
    whole, place = b"", 0
    while True:
        end = body.index(b"\r\n", place)
        size = int(body[place:end].split(b";")[0], 16)
        if size == 0:
            return whole
        whole += body[end + 2 : end + 2 + size]
        place = end + 2 + size + 2


def serve_store(port: int) -> None:
    """Serve the stand-in until it is killed."""
    ThreadingHTTPServer(("127.0.0.1", port), Store).serve_forever()


if __name__ == "__main__":
    serve_store(int(sys.argv[1]))
