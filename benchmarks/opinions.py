"""A thousand opinions of one flood through the form: time each, and what the register costs afterwards.

    python benchmarks/opinions.py [number]

Works in a database of its own in memory. Prints milliseconds for the first and the last hundred (they should
not differ), and queries and milliseconds of the register before and after.
"""

import os
import re
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
REGISTER = "/admin/party/opinions/"


def stamp_in(text: str) -> dict[str, str]:
    """Return the hidden fields of a form."""
    return dict(re.findall(r'name="(stamp|csrfmiddlewaretoken)" value="([^"]+)"', text))


def send(client: Any, number: int) -> float:
    """Send one opinion as another address would, and return its seconds."""
    from unittest.mock import patch

    headers = {"X-Forwarded-For": f"198.51.{number // 250}.{number % 250}"}
    hidden = stamp_in(client.get("/opinions/", headers=headers).content.decode())
    with patch("partybuilding.opinions.tokens.LEAST_SECONDS", 0):
        started = time.perf_counter()
        answer = client.post(
            "/opinions/", {**hidden, "text": f"加群领红包第{number}号！"}, headers=headers
        )
        seconds = time.perf_counter() - started
    assert "receipt__number" in answer.content.decode()
    return seconds


def register_of(officer: Any) -> tuple[int, float]:
    """Return queries and seconds of the register of opinions, second visit."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    officer.get(REGISTER)
    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        assert officer.get(REGISTER).status_code == 200
        seconds = time.perf_counter() - started
    return len(queries), seconds


def main() -> None:
    """Measure and print."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.test.utils import get_runner, setup_test_environment

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    settings.TRUSTED_PROXIES = 1
    try:
        from partybuilding.opinions.models import Opinion
        from tests.factories import make_cast
        from tests.factories.screens import client_of

        cast = make_cast()
        officer, resident = client_of(cast["department"]), Client()
        send(resident, 0)
        before = register_of(officer)
        times = [send(resident, one) for one in range(1, number)]
        after = register_of(officer)
        part = max(len(times) // 10, 1)
        first, last = (statistics.median(each) * 1000 for each in (times[:part], times[-part:]))
        marked = Opinion.objects.filter(is_similar=True).count()
        print(f"sent {len(times) + 1}, landed {Opinion.objects.count()}, marked alike {marked}")
        print(f"a submission: {first:.1f} ms at first, {last:.1f} ms at last")
        for words, (queries, seconds) in (("one", before), ("all", after)):
            print(f"register with {words}: {queries} queries, {seconds * 1000:.0f} ms")
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
