"""How long a writer waits among many on SQLite: opinions received by fifty threads of several processes.

    python benchmarks/writers.py [--writers 50] [--processes 5] [--seconds 20]

Each writer receives opinions through the service, one after the other without a pause, into a copy of the
site's database (`make run` makes one) with `synchronous=FULL`: once with the queue of `config.sqlite3`, once
with Django's backend, whose waiting writers only look again now and then. Exits 1 when a writer of the queue
waited for more than five seconds.
"""

import argparse
import multiprocessing
import os
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
#: Not the folder of this file: `search` is the application.
sys.path[:] = [
    str(ROOT),
    str(ROOT / "site"),
    *(p for p in sys.path if Path(p or ".") != ROOT / "benchmarks"),
]
MOST = 5.0
ENGINES = {
    "the queue": "config.sqlite3",
    "Django's own": "django.db.backends.sqlite3",
}
Times = list[list[float]]


def main() -> int:
    """Measure each kind on a database of its own and print a line for it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--writers", type=int, default=50)
    arguments.add_argument("--processes", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=20)
    asked = arguments.parse_args()
    print(
        "| writers | written | a second | median | 99 of 100 | slowest | refused "
        "| least and most of one writer |\n|---|---|---|---|---|---|---|---|"
    )
    slowest = {}
    context = multiprocessing.get_context("spawn")
    for name, engine in ENGINES.items():
        with tempfile.TemporaryDirectory() as folder:
            copy_database(folder)
            gate = context.Barrier(asked.processes)
            each = asked.writers // asked.processes
            with context.Pool(asked.processes, begin, (folder, engine, gate)) as pool:
                work = [(each, asked.seconds)] * asked.processes
                parts = pool.starmap(write, work, chunksize=1)
        slowest[name] = told(name, [own for part in parts for own in part], asked.seconds)
    return int(slowest["the queue"] > MOST)


def copy_database(folder: str) -> None:
    """Copy the site's database, as it is while somebody may write to it."""
    source = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "data.sqlite3"
    with (
        closing(sqlite3.connect(source)) as site,
        closing(sqlite3.connect(f"{folder}/data.sqlite3")) as own,
    ):
        site.backup(own)


def begin(folder: str, engine: str, gate: Any) -> None:
    """Set up the programme on a database; wait until every process has."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATA_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/data.sqlite3",
        "LOG_LEVEL": "ERROR",
    }
    import django
    from django.conf import settings

    settings.DATABASES["default"]["ENGINE"] = engine
    django.setup()
    one_writer([], time.monotonic() + 1)  # reads what a process reads once
    gate.wait()


def receive_one(number: int) -> None:
    """Receive an opinion through the service."""
    from partybuilding.opinions.services import receive

    receive(text=f"第{number}条：楼道的灯坏了两个多月，老人出门很不方便。", nonce=uuid4().hex)


def write(number: int, seconds: float) -> Times:
    """Let threads of this process write; return how long each of their writes took, refused ones below 0."""
    times: Times = [[] for _writer in range(number)]
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=one_writer, args=[own, until]) for own in times]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def one_writer(times: list[float], until: float) -> None:
    """Receive opinions until the time is over."""
    from django.db import OperationalError, connection

    connection.ensure_connection()
    while time.monotonic() < until:
        start, sign = time.monotonic(), 1
        try:
            receive_one(len(times))
        except OperationalError:
            sign = -1
        times.append(sign * (time.monotonic() - start))
    connection.close()


def told(name: str, times: Times, seconds: float) -> float:
    """Print what was found of one kind; return the slowest, in seconds."""
    every = sorted(abs(one) for own in times for one in own)
    refused = sum(one < 0 for own in times for one in own)
    counts: Any = [len(own) for own in times]
    late = every[int(len(every) * 0.99)]
    figures = f"{len(every) / seconds:.0f} | {statistics.median(every):.2f} s | {late:.2f} s"
    print(
        f"| {name} | {len(every)} | {figures} | {every[-1]:.2f} s | {refused} "
        f"| {min(counts)}, {max(counts)} |",
        flush=True,
    )
    return every[-1]


if __name__ == "__main__":
    sys.exit(main())
