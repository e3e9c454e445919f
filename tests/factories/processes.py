"""Other processes and threads on the same database, for races."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]


def start(code: str, *arguments: Any) -> "subprocess.Popen[str]":
    """Start a Python process that sees the test's database; it says "ready" and waits for a line."""
    env = {
        **os.environ,
        "DATABASE_URL": _address(),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=env,
        text=True,
    )


def _address() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    place = f"{facts['HOST'] or '127.0.0.1'}:{facts['PORT'] or 5432}"
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{place}/{facts['NAME']}"


def until(done: Callable[[], T], seconds: float = 20) -> T:
    """Ask until the answer is true, and return it: PostgreSQL notices after a moment that a process was killed."""
    end = time.monotonic() + seconds
    while not (answer := done()) and time.monotonic() < end:
        time.sleep(0.1)
    return answer


def at_once(*requests: Callable[[], Any]) -> list[Any]:
    """Do several things together, each from a thread and a connection of its own."""
    start = Barrier(len(requests))

    def send(request: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return request()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(requests)) as threads:
        return list(threads.map(send, requests))
