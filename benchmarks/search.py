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
ROUNDS = 10
TABLE = "wagtailsearch_indexentry"
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
    from wagtail.models import Page

    from benchmarks.development_set import BASE, corpus, fill, measure, name, plant
    from search.backends import SearchBackend
    from search.finding import answer

    call_command("migrate", verbosity=0)
    written = corpus()
    invented = list(noise(written, number - len(written)))
    plant([*written, *invented], Page.get_first_root_node())
    pages = Page.objects.filter(pk__gte=BASE)
    ours = SearchBackend({})

    fill(ours, written)
    name(written)
    figures = measure(lambda q: answer(q, pages), lambda q: hits(ours, q, pages))
    fill(ours, invented)
    settle()
    held = {q: len(hits(ours, q, pages)) for q in ENGLISH}
    times = race(ours, [*written, *invented], pages)
    print(f"\n{connection.vendor}, {number} pages; English words in {held} of them\n")
    report(figures, times)


def race(ours: Any, everything: Sequence[Any], pages: Any) -> dict[str, tuple[float, float]]:
    """Time our engine and the stock one, the same pages in both.

    On PostgreSQL both indexes lie side by side and the engines take turns, so that whatever else the
    machine does slows both. On SQLite one English question of the stock engine takes half a minute.
    """
    from django.db import connection
    from modelsearch.backends.database import SearchBackend as Stock
    from wagtail.models import Page

    from benchmarks.development_set import fill, questions
    from search.wanted import Wanted

    words = [row["q"] for row in questions()]
    unanswered = [q for q in words if not hits(ours, q, pages)]
    theirs = Stock({})
    asked = {
        "strict": lambda: timed(lambda q: first_ten(ours, q, pages), words),
        "english": lambda: timed(lambda q: first_ten(ours, q, pages), ENGLISH),
        "related": lambda: timed(lambda q: ours.related([Wanted(q)], pages).near, unanswered),
    }
    taken: dict[str, list[float]] = {"stock": [], **{name: [] for name in asked}}
    turns = connection.vendor == "postgresql"
    if turns:
        beside()
        fill(theirs, everything)
        settle()
    for _ in range(ROUNDS):
        if turns:
            taken["stock"] += timed(lambda q: first_ten(theirs, q, pages), ENGLISH)
            exchange()
        for name, ask in asked.items():
            taken[name] += ask()
        if turns:
            exchange()
    if not turns:
        ours.get_index_for_model(Page).reset()
        fill(theirs, everything)
        settle()
        taken["stock"] += timed(lambda q: first_ten(theirs, q, pages), ENGLISH[:1])
    return {name: middle_and_end(figures) for name, figures in taken.items()}


def report(figures: Any, times: dict[str, tuple[float, float]]) -> None:
    """Print the figures as rows of a table."""
    rows = [
        ("recall@10", f"{figures.recall:.3f}"),
        ("MRR", f"{figures.reciprocal_rank:.3f}"),
        ("precision of the answers", f"{figures.precision:.3f}"),
        ("precision of all that is shown", f"{figures.shown_precision:.3f}"),
        ("literal recall, strict", f"{figures.literal:.3f}"),
        ("unanswered stay so", "{} of {}".format(*figures.unanswered)),
        ("strict, all questions, p50 / p95", shown(times["strict"])),
        ("strict, English words, p50 / p95", shown(times["english"])),
        ("stock engine, English words, p50 / p95", shown(times["stock"])),
        ("strict p95 : stock p95", f"{times['strict'][1] / times['stock'][1]:.4f}"),
        ("English p95 : stock p95", f"{times['english'][1] / times['stock'][1]:.4f}"),
        ("related, p50 / p95", shown(times["related"])),
    ]
    for figure, value in rows:
        print(f"| {figure} | {value} |")
    print("not found:", figures.misses)


def beside() -> None:
    """Put our filled index aside (PostgreSQL) and an empty one in its place."""
    execute(f"CREATE TABLE aside (LIKE {TABLE} INCLUDING ALL)")
    exchange()


def exchange() -> None:
    """Let the two indexes change places."""
    execute(f"ALTER TABLE {TABLE} RENAME TO passing")
    execute(f"ALTER TABLE aside RENAME TO {TABLE}")
    execute("ALTER TABLE passing RENAME TO aside")


def execute(sql: str) -> None:
    """Run a statement of no rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def hits(engine: Any, q: str, pages: Any) -> list[int]:
    """Return what the strict search finds, in order."""
    return engine.search(q, pages).ranked_pks()


def first_ten(engine: Any, q: str, pages: Any) -> Any:
    """Do what a page of results does: count, and read the first ten."""
    found = engine.search(q, pages)
    return found.count(), list(found[:10])


def timed(ask: Callable[[str], Any], words: Sequence[str]) -> list[float]:
    """Return how many milliseconds each question takes: of the processor on SQLite, which works in this process."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken = []
    for q in words:
        begun = clock()
        ask(q)
        taken.append((clock() - begun) * 1000)
    return taken


def middle_and_end(taken: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    row = sorted(taken)
    return row[len(row) // 2], row[int(len(row) * 0.95)]


def shown(figures: tuple[float, float]) -> str:
    """Write two times."""
    return "{:.1f} ms / {:.1f} ms".format(*figures)


def settle() -> None:
    """Let the database tidy up, as it does by itself in the course of a day."""
    from django.db import connection

    execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


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
