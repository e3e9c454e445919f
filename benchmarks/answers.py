"""Requests a second of public pages, from memory and without it, beside a constant answer of the same server.

    python benchmarks/answers.py [--seconds 5] [--rounds 3] [--connections 4] [--workers 2] [--beside DIR:MODULE:PATH …]

Serves the site's database (`make run` makes one with the demonstration) with granian as `make run` does, in
turns with an answer that never changes and with the first page of a fresh `wagtail start`. `--beside` adds a
page of another project, e.g. `--beside ~/bakerydemo:bakerydemo.wsgi:/blog/`. Loaded by wrk when it is there.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSTANT = """
BODY = b"x" * 5000
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "5000")]
def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
"""
PLAIN = """
from fresh.settings.base import *
SECRET_KEY = "k" * 60
DEBUG, ALLOWED_HOSTS = False, ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
"""
PAGES = {"front": "/", "list": "/projects/", "news": "/news/"}
Place = tuple["Server", str]


class Server:
    """Granian with one application."""

    def __init__(self, module: str, folder: Path, workers: int, **env: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port)]
        command += ["--workers", str(workers), "--blocking-threads", "2", "--log-level", "error"]
        self.process = subprocess.Popen(
            [*command, f"{module}:application"],
            env={**os.environ, **env},
            cwd=folder,
            start_new_session=True,
        )

    def wait(self, path: str) -> None:
        """Wait for a 200, then ask often enough for every worker to have drawn the page."""
        until, good = time.monotonic() + 120, 0
        while good < 40:
            if time.monotonic() > until:
                raise SystemExit(f"{path} is not answered with 200.")
            try:
                good += self.get(path) == 200
            except OSError:
                time.sleep(0.5)

    def get(self, path: str) -> int:
        """Return the status of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def kill(self) -> None:
        """Stop it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def by_wrk(server: Server, path: str, seconds: float, connections: int) -> float:
    """Return the requests a second that wrk counts."""
    url = f"http://127.0.0.1:{server.port}{path}"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "-H", "Accept-Encoding: gzip"]
    told = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(f"{path}: {told}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])  # type: ignore[index]


def by_hand(server: Server, path: str, seconds: float, connections: int) -> float:
    """Return the requests a second of a few threads; Python takes a good part of the time itself."""
    counts = [0] * connections
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        while time.perf_counter() < until:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, (path, answer.status)
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=[number]) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def a_project() -> dict[str, str]:
    """Return the address of the newest project that residents can read."""
    command = (
        "from partybuilding.projects.pages import ProjectPage as P; "
        "print(P.objects.readable().order_by('-first_published_at').first().url)"
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {"project": done.stdout.split()[-1]}


def fresh_site(folder: Path) -> dict[str, str]:
    """Make what `wagtail start` makes, with its database; return the environment it runs in."""
    (folder / "fresh_site").mkdir()
    place = folder / "fresh_site"
    wagtail = [sys.executable, "-c", "from wagtail.bin.wagtail import main; main()"]
    env = {"DJANGO_SETTINGS_MODULE": "fresh.settings.plain", "PYTHONPATH": str(place)}
    run = {"capture_output": True, "check": True, "cwd": place}
    subprocess.run([*wagtail, "start", "fresh", str(place)], **run)  # type: ignore[call-overload]
    (place / "fresh" / "settings" / "plain.py").write_text(PLAIN)
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env={**os.environ, **env}, **run)  # type: ignore[call-overload]
    return env


def places(folder: Path, workers: int, beside: list[str]) -> dict[str, Place]:
    """Start every server; return what is asked for, by name."""
    ours = {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.dev"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    pages = {**PAGES, **a_project()}
    (folder / "constant.py").write_text(CONSTANT)
    constant = Server("constant", folder, workers, PYTHONPATH=str(folder))
    warm = Server("config.wsgi", ROOT, workers, **ours)
    cold = Server("config.wsgi", ROOT, workers, **ours, ANSWERS_MEGABYTES="0")
    fresh = Server("fresh.wsgi", folder / "fresh_site", workers, **fresh_site(folder))
    found: dict[str, Place] = {"a constant answer": (constant, "/")}
    found |= {f"{name}, from memory": (warm, path) for name, path in pages.items()}
    found |= {f"{name}, made anew": (cold, path) for name, path in pages.items()}
    found["a fresh `wagtail start`"] = (fresh, "/")
    for said in beside:
        place, module, path = said.rsplit(":", 2)
        where = Path(place).expanduser()
        found[f"{where.name} {path}"] = (Server(module, where, workers), path)
    return found


def main() -> None:
    """Ask for each in turns, and print the medians."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=5)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--connections", type=int, default=4)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--beside", nargs="*", default=[])
    asked = arguments.parse_args()
    load = by_wrk if shutil.which("wrk") else by_hand
    with tempfile.TemporaryDirectory() as folder:
        found = places(Path(folder), asked.workers, asked.beside)
        taken: dict[str, list[float]] = {name: [] for name in found}
        try:
            for server, path in found.values():
                server.wait(path)
            for _round in range(asked.rounds):
                for name, (server, path) in found.items():
                    taken[name].append(load(server, path, asked.seconds, asked.connections))
        finally:
            for server in {server for server, _path in found.values()}:
                server.kill()
    whole = statistics.median(taken["a constant answer"])
    print(f"by {load.__name__[3:]}, {asked.connections} connections, {asked.workers} workers\n")
    print("| what | requests a second | of the constant answer |\n|---|---|---|")
    for name, each in taken.items():
        middle = statistics.median(each)
        print(f"| {name} | {middle:,.0f} | {middle / whole:.1%} |")


if __name__ == "__main__":
    main()
