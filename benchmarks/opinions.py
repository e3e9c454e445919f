"""A flood of opinions through a real server: what a sender waits for, and what everybody else does meanwhile.

    python benchmarks/opinions.py [number] [--seconds 60] [--workers 2]

Serves a site of its own (SQLite, `synchronous=FULL`) as `make run` does, opens some screens in peace, sends
the opinions evenly over the seconds while the same screens are opened again (`--seconds 0`: as fast as four
senders can), then kills the server at once and counts: every number that a sender was told is there.
"""

import argparse
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
#: Not the folder of this file: `search` is the application.
sys.path[:] = [
    str(ROOT),
    str(ROOT / "site"),
    *(p for p in sys.path if Path(p or ".") != ROOT / "benchmarks"),
]
SENDERS = 4
#: How often each screen is opened in peace.
ROUNDS = 15
SCREENS = {
    "a project": "",
    "all projects": "/projects/",
    "the form": "/opinions/",
    "register of opinions": "/admin/party/opinions/",
    "first screen of staff": "/admin/",
}
NUMBER = re.compile(r"\d{8}-\d{6}")
TOKEN = "a" * 32


def main() -> int:
    """Run on a database of its own in a folder of its own."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("number", type=int, nargs="?", default=1000)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--workers", type=int, default=2)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings.dev",
            DATA_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/data.sqlite3",
            TRUSTED_PROXIES="1",
        )
        site = prepared()
        server = Server(asked.workers)
        try:
            return flood(server, site, asked.number, asked.seconds)
        finally:
            server.kill()


def prepared() -> dict[str, Any]:
    """Make a running year with a project to read, and let an officer sign in."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    from tests.factories import make_cast
    from tests.factories.column import make_page

    cast = make_cast()
    page = make_page("implementing", cast)
    officer = Client()
    officer.force_login(cast["department"], backend="django.contrib.auth.backends.ModelBackend")
    return {"cookie": f"sessionid={officer.cookies['sessionid'].value}", "project": page.url}


class Server:
    """The site served by other processes."""

    def __init__(self, workers: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", str(workers), "--blocking-threads", "2"]
        path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
        self.process = subprocess.Popen(
            [*command, "--log-level", "warning", "config.wsgi:application"],
            env={**os.environ, "PYTHONPATH": path},
            cwd=ROOT,
            start_new_session=True,
        )
        self._wait()

    def _wait(self) -> None:
        for _second in range(60):
            try:
                if self.ask("GET", "/")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(1)
        raise SystemExit("The server does not answer.")

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str, float]:
        """Ask once, and return status, text and seconds."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        started = time.perf_counter()
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, time.perf_counter() - started

    def kill(self) -> None:
        """Stop it at once, as a power cut would stop its processes."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def forms(number: int) -> list[tuple[str, dict[str, str]]]:
    """Return filled forms with the headers of their senders, opened a minute ago."""
    import time_machine
    from django.utils import timezone

    from partybuilding.opinions.guards import new_stamp

    filled = []
    with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False):
        for one in range(number):
            fields = {"stamp": new_stamp(), "csrfmiddlewaretoken": TOKEN, "homepage": ""}
            words = {"about": "", "text": f"加群领红包第{one}号！", "contact": ""}
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"csrftoken={TOKEN}",
                "X-Forwarded-For": f"198.51.{one // 250}.{one % 250}",
            }
            filled.append((urlencode({**fields, **words}), headers))
    return filled


class Readers(threading.Thread):
    """Somebody who opens one screen after the other."""

    def __init__(self, server: Server, site: dict[str, Any]) -> None:
        super().__init__()
        self.server, self.site = server, site
        self.taken: dict[str, list[float]] = {name: [] for name in SCREENS}
        self.enough = threading.Event()

    def run(self) -> None:
        """Open screens until it is enough."""
        while not self.enough.is_set():
            self.once()

    def once(self) -> None:
        """Open each screen."""
        for name, path in SCREENS.items():
            headers = {"Cookie": self.site["cookie"]} if path.startswith("/admin/") else {}
            status, _text, seconds = self.server.ask("GET", path or self.site["project"], **headers)
            assert status == 200, (path, status)
            self.taken[name].append(seconds)


def flood(server: Server, site: dict[str, Any], number: int, seconds: float) -> int:
    """Open in peace, send while opening, kill and count; return 1 when an opinion was lost."""
    peace = Readers(server, site)
    for _round in range(ROUNDS + 3):
        peace.once()
    during = Readers(server, site)
    during.start()
    numbers, times, whole = send_all(server, forms(number), seconds)
    during.enough.set()
    during.join()
    after = Readers(server, site)
    for _round in range(ROUNDS):
        after.once()
    server.kill()
    print(f"{number} opinions in {whole:.0f} s by {SENDERS} senders: {spread(times)}")
    print("\n| opened | in peace | during the flood | after it |\n|---|---|---|---|")
    for name in SCREENS:
        told = (
            spread(each.taken[name][skip:]) for each, skip in ((peace, 3), (during, 0), (after, 0))
        )
        print(f"| {name} | {' | '.join(told)} |")
    return counted(numbers)


def send_all(
    server: Server, filled: list[tuple[str, dict[str, str]]], seconds: float
) -> tuple[list[str], list[float], float]:
    """Send every form at its moment; return the numbers told, the seconds of each, and of all."""
    waiting = list(reversed(list(enumerate(filled))))
    numbers: list[str] = []
    times: list[float] = []
    started = time.perf_counter()

    def work() -> None:
        while True:
            try:
                at, (body, headers) = waiting.pop()
            except IndexError:
                return
            time.sleep(max(started + at * seconds / len(filled) - time.perf_counter(), 0))
            status, text, taken = server.ask("POST", "/opinions/", body, **headers)
            found = NUMBER.search(text.partition("receipt__number")[2])
            assert status == 200, status
            assert found, text[:2000]
            numbers.append(found[0])
            times.append(taken)

    senders = [threading.Thread(target=work) for _sender in range(SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return numbers, times, time.perf_counter() - started


def spread(taken: list[float]) -> str:
    """Return the median and the slowest of a hundred, in milliseconds."""
    if len(taken) < 2:
        return json.dumps(taken)
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    return f"{cuts[49] * 1000:.0f} ms (99 of 100 within {cuts[98] * 1000:.0f})"


def counted(numbers: list[str]) -> int:
    """Compare what was told with what is there."""
    from partybuilding.opinions.models import Opinion

    there = set(Opinion.objects.values_list("number", flat=True))
    alike = Opinion.objects.filter(is_similar=True).count()
    lost = set(numbers) - there
    print(f"\ntold {len(numbers)}, there {len(there)}, lost {len(lost)}, marked alike {alike}")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
