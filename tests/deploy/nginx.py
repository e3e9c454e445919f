"""nginx as it is installed with the configuration as it is shipped, before whatever serves the site."""

import gzip
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

from tests.architecture.sources import ROOT

NGINX, OPENSSL = shutil.which("nginx") or shutil.which("/usr/sbin/nginx"), shutil.which("openssl")
HOST = "dj.example.gov.cn"
CONFIG = ROOT / "deploy" / "nginx" / "partybuilding.conf"
PAGES = ROOT / "deploy" / "nginx" / "pages"


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Proxy:
    """nginx with the shipped configuration, before one living server and one that is away."""

    port: int
    folder: Path

    def ask(
        self, path: str, method: str = "GET", body: bytes = b"", **headers: str
    ) -> tuple[Any, str]:
        """Return an answer and its text, unpacked."""
        context = ssl._create_unverified_context()
        asked = HTTPSConnection("127.0.0.1", self.port, context=context, timeout=20)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        asked.request(method, path, body=body or None, headers={"Host": HOST} | names)
        answer = asked.getresponse()
        content = answer.read()
        asked.close()
        if answer.headers["Content-Encoding"] == "gzip":
            content = gzip.decompress(content)
        return answer, content.decode()


def configured(folder: Path, ports: dict[str, int]) -> Path:
    """Write the shipped configuration with other folders and ports."""
    text = CONFIG.read_text(encoding="utf-8")
    for old, new in {
        "/srv/partybuilding/site/deploy/nginx/pages/": f"{PAGES}/",
        "/srv/partybuilding/data/": f"{folder}/data/",
        "/etc/partybuilding/tls/": f"{folder}/",
        "/var/cache/nginx/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "127.0.0.1:8001": f"127.0.0.1:{ports['site']}",
        "127.0.0.1:8002": f"127.0.0.1:{ports['away']}",
        "listen 80;": f"listen 127.0.0.1:{ports['plain']};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{ports['tls']} ssl http2;",
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    file = folder / "nginx.conf"
    types = "/etc/nginx/mime.types"
    paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy"))
    more = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("fastcgi", "uwsgi", "scgi"))
    file.write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; events {{}} daemon off; user root;\n"
        # As Debian's own file that includes ours.
        f"http {{ sendfile on; tcp_nopush on; include {types}; {paths} {more}\n{text}\n}}",
        encoding="utf-8",
    )
    return file


@contextmanager
def proxied(folder: Path, site: int) -> Iterator[Proxy]:
    """Start nginx before a server on this port, with a certificate of its own; stop it afterwards.

    Args:
        folder: where everything of it lies; what is served as static is in data/static.
    """
    (folder / "data" / "static").mkdir(parents=True, exist_ok=True)
    subprocess.run(
        f"{OPENSSL} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={HOST} "
        f"-keyout {folder}/privkey.pem -out {folder}/fullchain.pem".split(),
        check=True,
        capture_output=True,
    )
    ports = {name: free_port() for name in ("plain", "tls", "away")}
    file = configured(folder, {**ports, "site": site})
    checked = subprocess.run([str(NGINX), "-t", "-c", str(file)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    process = subprocess.Popen([str(NGINX), "-c", str(file)])
    proxy = Proxy(ports["tls"], folder)
    try:
        for _turn in range(100):
            try:
                proxy.ask("/healthz")
                break
            except OSError:
                time.sleep(0.05)
        yield proxy
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(10)
