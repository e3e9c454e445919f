"""How well and how fast the search answers: `python benchmarks/search.py` (docs/search.md).

Makes a database of its own, fills it with the sixty pages of the development set among invented ones,
asks every question, times the engine against the stock one in the same run, and drops the database.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
#: Not the folder of this file: `search` is the application.
sys.path[:] = [
    str(ROOT),
    str(ROOT / "site"),
    *(p for p in sys.path if Path(p or ".") != ROOT / "benchmarks"),
]
POSTGRES = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = f"search_benchmark_{os.getpid()}"
ENGLISH = ("community", "service", "report")
FREQUENT = 30
SEED = 20_220_701


def main() -> int:
    """Run on each database in a process of its own: the models differ between them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=20_000)
    arguments.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.here:
        run(asked.pages)
        return 0
    worst = 0
    for kind in ("sqlite", "postgresql"):
        if asked.database in (kind, "both"):
            worst = max(worst, on_its_own(kind, asked.pages))
    return worst


def on_its_own(kind: str, pages: int) -> int:
    """Make a database, measure there, drop it."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/data.sqlite3"
        if kind == "postgresql":
            administer(f'CREATE DATABASE "{NAME}"')
            address = f"{POSTGRES.rsplit('/', 1)[0]}/{NAME}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATA_DIR": folder,
            "DATABASE_URL": address,
        }
        command = [sys.executable, __file__, "--here", "--pages", str(pages)]
        try:
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            if kind == "postgresql":
                administer(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def administer(sql: str) -> None:
    """Run a statement that stands outside every transaction."""
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(sql)


def run(number: int) -> None:
    """Fill, ask, time, and print the figures as a table."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from modelsearch.backends.database import SearchBackend as Stock
    from wagtail.models import Page

    from benchmarks.development_set import BASE, corpus, fill, measure, name, plant, questions
    from search.backends import SearchBackend
    from search.finding import answer

    call_command("migrate", verbosity=0)
    written = corpus()
    plant([*written, *noise(written, number - len(written))], Page.get_first_root_node())
    pages = Page.objects.filter(pk__gte=BASE)
    ours = SearchBackend({})
    words = [row["q"] for row in questions()]

    fill(ours, written)
    name(written)
    figures = measure(lambda q: answer(q, pages).pks, lambda q: hits(ours, q, pages))
    fill(ours, list(noise(written, number - len(written))))
    settle()
    strict = timed(lambda q: first_ten(ours, q, pages), words, 5)
    english = timed(lambda q: first_ten(ours, q, pages), ENGLISH, 5)
    unanswered = [q for q in words if not hits(ours, q, pages)]
    related = timed(lambda q: ours.related(q, pages).pks, unanswered, 5)
    counts = {q: len(hits(ours, q, pages)) for q in ENGLISH}

    ours.get_index_for_model(Page).reset()
    theirs = Stock({})
    fill(theirs, [*written, *noise(written, number - len(written))])
    settle()
    rounds = 1 if connection.vendor == "sqlite" else 5
    asked = ENGLISH[:1] if connection.vendor == "sqlite" else ENGLISH
    stock_english = timed(lambda q: first_ten(theirs, q, pages), asked, rounds)

    print(f"\n{connection.vendor}, {number} pages; English words in {counts} of them\n")
    rows = [
        ("recall@10", f"{figures.recall:.3f}"),
        ("MRR", f"{figures.reciprocal_rank:.3f}"),
        ("precision", f"{figures.precision:.3f}"),
        ("literal recall, strict", f"{figures.literal:.3f}"),
        ("unanswered stay so, strict", "{} of {}".format(*figures.unanswered)),
        ("strict, p50 / p95", shown(strict)),
        ("English words, p50 / p95", shown(english)),
        ("stock engine, English words, p50 / p95", shown(stock_english)),
        ("strict p95 : stock p95", f"{strict[1] / stock_english[1]:.4f}"),
        ("English p95 : stock p95", f"{english[1] / stock_english[1]:.4f}"),
        (f"related ({len(unanswered)} questions), p50 / p95", shown(related)),
    ]
    for figure, value in rows:
        print(f"| {figure} | {value} |")
    print("not found:", figures.misses)


def hits(engine: Any, q: str, pages: Any) -> list[int]:
    """Return what the strict search finds, in order."""
    return engine.search(q, pages).ranked_pks()


def first_ten(engine: Any, q: str, pages: Any) -> Any:
    """Do what a page of results does: count, and read the first ten."""
    found = engine.search(q, pages)
    return found.count(), list(found[:10])


def timed(ask: Callable[[str], Any], words: Sequence[str], rounds: int) -> tuple[float, float]:
    """Return the median and the 95th percentile in milliseconds."""
    taken = []
    for q in words:
        for _ in range(rounds):
            begun = time.perf_counter()
            ask(q)
            taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


def shown(figures: tuple[float, float]) -> str:
    """Write two times."""
    return "{:.1f} ms / {:.1f} ms".format(*figures)


def settle() -> None:
    """Let the database tidy up, as it does by itself in the course of a day."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def noise(written: Sequence[Any], number: int) -> Iterator[Any]:
    """Yield invented pages, always the same ones: invented words by Zipf's law, real ones among them.

    A real pair of characters stands in about one page of 250, a frequent one in about one of seven.
    """
    from benchmarks.development_set import BASE, Written

    chance = random.Random(SEED)
    characters = [
        bytes([row, cell]).decode("gb2312")
        for row in range(0xB0, 0xD7)
        for cell in range(0xA1, 0xFF)
    ]
    invented = [
        "".join(chance.choices(characters, k=chance.choice((2, 2, 3)))) for _ in range(20_000)
    ]
    weights = [1 / (place + 10) for place in range(len(invented))]
    texts = "".join(page.title + page.body for page in written)
    real = sorted({texts[at : at + 2] for at in range(len(texts)) if texts[at : at + 2].isalpha()})
    frequent = chance.sample(real, FREQUENT)

    def text(length: int) -> str:
        words = chance.choices(invented, weights, k=length)
        for at in range(length):
            draw = chance.random()
            if draw < 0.03:
                words[at] = chance.choice(frequent)
            elif draw < 0.07:
                words[at] = chance.choice(real)
            elif draw < 0.12:
                words[at] += "，"
        return "".join(words)

    for at in range(number):
        body = text(150) + (" community service report" if chance.random() < 0.135 else "")
        yield Written(BASE + 1_000 + at, text(6), body)


if __name__ == "__main__":
    sys.exit(main())
