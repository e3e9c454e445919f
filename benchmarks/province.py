"""A province's rows, and what every page, register, search and report costs on them: `python benchmarks/province.py`.

    python benchmarks/province.py [--scale 1] [--rounds 3] [--keep]

On PostgreSQL (POSTGRES_URL), in a database of its own. At `--scale 1` there are 100 districts for ten years: 135,000
applications, 45,000 of them with a public page, 1 million opinions, 5 million rows of the trail. A few rows are made
by the services, the rest are copies of them (INSERT … SELECT), in two strides: a tenth, and the whole. Every screen
is opened after each, without any memory of answers. Measured is what a screen costs, not how long it takes beside
others: processor time of this process and of its connection's, where the database is on this machine. What grows with
the rows by more than MOST is marked; what hands out all rows (the site map, files to take along) has to. Ends with 1
when a screen is marked that is no such list.
"""

import argparse
import os
import sys
import time
from pathlib import Path

from provincial import Province

POSTGRES = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = f"province_benchmark_{os.getpid()}"
#: Times dearer at ten times the rows: a logarithm and the noise of a shared machine.
MOST = 2.0
#: Seconds after which a screen counts as lost.
LOST = 60
#: What gives every row, and has to cost as much as there are.
WHOLE = {"site map", "projects as CSV", "projects as JSON"}
PUBLIC = {
    "front page": "/",
    "all projects": "/projects/",
    "projects, page 40": "/projects/?p=40",
    "projects by words": "/projects/?q=议事厅",
    "projects of a field": "/projects/?sector=urban",
    "a year": "{year}",
    "a project": "{project}",
    "its history": "{project}history/",
    "news": "/news/",
    "news, page 200": "/news/?p=200",
    "a piece of news": "{news}",
    "replies to opinions": "/opinions/replies/",
    "letterbox": "/opinions/",
    "progress": "/progress/",
    "overdue": "/overdue/",
    "supervision": "/supervision/",
    "brands": "/brands/",
    "cases": "/cases/",
    "search, a common word": "/search/?q=议事厅",
    "search, a rare word": "/search/?q=罕见",
    "search, page 5": "/search/?q=议事厅&p=5",
    "search, nothing": "/search/?q=没有这样的词",
    "completion": "/search/suggest?q=邻里",
    "feed": "/feed.atom",
    "feed of projects": "/projects/feed.atom",
    "site map": "/sitemap.xml",
    "projects as CSV": "/projects/list.csv",
    "projects as JSON": "/projects/list.json",
}
ADMIN = {
    "first screen": "/admin/",
    "register": "/admin/party/projects/",
    "register, page 100": "/admin/party/projects/?p=100",
    "register, overdue": "/admin/party/projects/?due=overdue",
    "register, one state": "/admin/party/projects/?state=submitted",
    "register by title": "/admin/party/projects/?ordering=title",
    "register by words": "/admin/party/projects/?q=议事厅777",
    "opinions": "/admin/party/opinions/",
    "opinions, mine": "/admin/party/opinions/?desk=mine&similar=apart",
    "opinions by words": "/admin/party/opinions/?q=照料点777",
    "trail": "/admin/party/trail/",
    "trail by a common word": "/admin/party/trail/?q=邻里",
    "trail by a rare word": "/admin/party/trail/?q=罕见",
    "case file": "/admin/party/projects/{pk}/",
    "organizations": "/admin/party/organizations/",
    "reminders": "/admin/party/reminders/",
    "boards": "/admin/party/boards/",
    "register as XLSX, asked for": "/admin/party/projects/?export=xlsx",
}
EDITOR = {
    "pages": "/admin/pages/",
    "pages of a year": "/admin/pages/{year_pk}/",
    "page search": "/admin/pages/search/?q=议事厅",
    "images": "/admin/images/",
}


def main() -> int:
    """Make, fill, open, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument(
        "--keep", action="store_true", help="leave the database, and say its name"
    )
    arguments.add_argument("--template", default="template1", help="a database that has the tables")
    asked = arguments.parse_args()
    administer(f'CREATE DATABASE "{NAME}" TEMPLATE "{asked.template}"')
    os.environ["DATABASE_URL"] = POSTGRES.rpartition("/")[0] + f"/{NAME}"
    # Style sheets as they lie in the program, and no cost of hashing passwords.
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    os.environ["DATABASE_STATEMENT_SECONDS"] = "0"
    # All of a query's work in the one process that is measured.
    administer(f'ALTER DATABASE "{NAME}" SET max_parallel_workers_per_gather = 0')
    try:
        return run(asked.scale, asked.rounds)
    finally:
        if asked.keep:
            print(NAME)
        else:
            administer(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def administer(statement: str) -> None:
    """Run a statement that stands outside every transaction."""
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(statement)


def run(scale: float, rounds: int) -> int:
    """Fill in two strides; return 1 when a screen grows that should not."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from partybuilding.core.registers import files

    settings.ALLOWED_HOSTS = ["*"]
    # However short it is, and by nobody while screens are measured.
    files.LONG, files.make_beside = 0, lambda file: None  # type: ignore[misc]
    call_command("migrate", verbosity=0)
    province = Province()
    found = []
    for part in (scale / 10, scale):
        began = time.perf_counter()
        province.fill(part)
        print(f"{province.counted()} in {time.perf_counter() - began:.0f} s", flush=True)
        found.append(opened(province, rounds))
    print("\n| screen | ms at a tenth | ms | ratio | |\n|---|---|---|---|---|")
    grown = []
    for name, few in found[0].items():
        many = found[1][name]
        is_grown = many > MOST * few and many > 50
        note = "all rows" if name in WHOLE else "grows" if is_grown else ""
        grown += [name] if note == "grows" else []
        print(f"| {name} | {few:.0f} | {many:.0f} | {many / few:.1f} | {note} |")
    print(f"\n{len(grown)} grow: {', '.join(grown)}")
    return 1 if grown else 0


def opened(province: Province, rounds: int) -> dict[str, float]:
    """Return what each screen costs, in milliseconds: the least of some rounds."""
    from django.test import Client

    facts = {
        "year": province.page.get_parent().url,
        "project": province.page.url,
        "news": province.news.url,
        "pk": province.project.pk,
        "year_pk": province.page.get_parent().pk,
    }
    screens = [(name, Client(), path) for name, path in PUBLIC.items()]
    for role, paths in {"department": ADMIN, "publisher": EDITOR}.items():
        person = Client()
        person.force_login(province.cast[role], "django.contrib.auth.backends.ModelBackend")
        screens += [(name, person, path) for name, path in paths.items()]
    times = {}
    for name, client, path in screens:
        taken = []
        for _round in range(rounds + 1):
            began = spent()
            response = client.get(path.format(**facts), follow=True)
            b"".join(response.streaming_content) if response.streaming else response.content
            taken.append((spent() - began) * 1000)
            if response.status_code != 200:
                print(f"{name}: {response.status_code} {path.format(**facts)}", flush=True)
                break
            if taken[-1] > LOST * 1000 / 10:
                break
        times[name] = min(taken)
        if taken[-1] > 2000:
            print(f"  {name}: {times[name]:.0f} ms", flush=True)
    return times


def spent() -> float:
    """Return the seconds that processors have spent on this process and on its connection."""
    from django.db import connection

    if connection.vendor == "sqlite":  # which works inside this process
        return time.process_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not server.exists():  # the database is elsewhere
        return time.perf_counter()
    return time.process_time() + int(server.read_text().split()[0]) / 1e9


if __name__ == "__main__":
    sys.exit(main())
