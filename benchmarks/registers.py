"""What a register costs at 100,000 rows against 1,000: `python benchmarks/registers.py`.

Makes a database of its own, fills it in two strides, opens every screen several times after each, and
prints the shortest times with their ratios (quality.md, "Speed": at most twice). The rows are a hard case: all
states equally often, so that much waits for everybody, a third of the opinions for the department, and half of
what has a deadline is overdue. Exits 1 when a ratio is higher, or register, first screen or case file take longer
than 150 ms at the many.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
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
NAME = f"register_benchmark_{os.getpid()}"
FEW, MANY = 1_000, 100_000
MOST = 2.0
#: Milliseconds that the screens of every day may take.
LONGEST, DAILY = 150, ("register", "first screen", "case file")
SEED = 20_220_701
REGISTER = "/admin/party/projects/"
OPINIONS = "/admin/party/opinions/"
SCREENS = {
    "register": REGISTER,
    "overdue": f"{REGISTER}?due=overdue",
    "overdue, waiting for me": f"{REGISTER}?desk=mine&due=overdue",
    "one state": f"{REGISTER}?state=submitted",
    "by deadline": f"{REGISTER}?ordering=due_on",
    "by title": f"{REGISTER}?ordering=title",
    "words": f"{REGISTER}?q=%E8%AE%AE%E4%BA%8B%E5%8E%857",
    "opinions": OPINIONS,
    "opinions, waiting for me": f"{OPINIONS}?desk=mine&similar=apart",
    "opinions, overdue": f"{OPINIONS}?due=overdue",
    "opinions, alike": f"{OPINIONS}?similar=only",
    "opinions by deadline": f"{OPINIONS}?ordering=due_on",
    "first screen": "/admin/",
}
ROLES = ("department", "unit")
#: Opinions in these states are still the department's to pass on.
NEW = ("received", "transferred")


def main() -> int:
    """Run in a process of its own, on a database of its own."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.here:
        return run(asked.rounds)
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/data.sqlite3"
        if asked.database == "postgresql":
            administer(f'CREATE DATABASE "{NAME}"')
            address = f"{POSTGRES.rsplit('/', 1)[0]}/{NAME}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATA_DIR": folder,
            "DATABASE_URL": address,
        }
        command = [sys.executable, __file__, "--here", "--rounds", str(asked.rounds)]
        try:
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            if asked.database == "postgresql":
                administer(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def administer(sql: str) -> None:
    """Run a statement that stands outside every transaction."""
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(sql)


def run(rounds: int) -> int:
    """Fill, open, print; return 1 when a screen costs more than it may."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    cast = people()
    found = {}
    for number in (FEW, MANY):
        fill(cast, number)
        found[number] = opened(cast, rounds)
    print(f"\n{connection.vendor}, best of {rounds} in milliseconds\n")
    print(f"| screen | as | {FEW:,} | {MANY:,} | ratio |\n|---|---|---|---|---|")
    worst = 0.0
    for (role, screen), few in found[FEW].items():
        many = found[MANY][role, screen]
        worst = max(worst, many / few, MOST * many / LONGEST if screen in DAILY else 0)
        print(f"| {screen} | {role} | {few:.0f} | {many:.0f} | {many / few:.2f} |")
    return int(worst > MOST)


def people() -> Any:
    """Make a year, units with their organisations, and who opens the screens.

    Ten units, so that a unit's own list fills a page at the few projects too.
    """
    from partybuilding.core.states import Role
    from partybuilding.organizations.models import Organization
    from tests.factories import make_cast, make_organization, make_unit

    cast = make_cast()
    for _place in range(9):
        unit = make_unit()
        for _branch in range(35):
            make_organization(unit)
    cast.people["all"] = list(Organization.objects.filter(unit__isnull=False))
    assert cast[Role.DEPARTMENT.value].pk
    return cast


def fill(cast: Any, number: int) -> None:
    """Bring the number of projects and of opinions up to this many, past the services."""
    from django.db import connection
    from django.utils import timezone

    from partybuilding.organizations.states import Sector
    from partybuilding.projects.models import Project
    from partybuilding.projects.states import ProjectState

    numbers = random.Random(SEED + number)
    today, now = timezone.localdate(), timezone.now()
    first = Project.objects.count()

    def one(at: int) -> Project:
        return Project(
            cycle=cast.cycle,
            code=f"B-{at:06d}",
            title=f"邻里议事厅{at}号项目",
            state=numbers.choice(ProjectState.values),
            sector=numbers.choice(Sector.values),
            organization=numbers.choice(cast["all"]),
            state_since=now - timedelta(minutes=numbers.randrange(500_000)),
            due_on=today + timedelta(days=numbers.randrange(-40, 40)),
        )

    Project.objects.bulk_create((one(at) for at in range(first, number)), batch_size=2_000)
    fill_opinions(numbers, number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill_opinions(numbers: random.Random, number: int) -> None:
    """Bring the number of opinions up to this many, on any of the projects; each tenth is one of many alike."""
    from django.utils import timezone

    from partybuilding.opinions.models import Opinion
    from partybuilding.opinions.states import FINAL, OpinionState
    from partybuilding.projects.models import Project

    projects = list(Project.objects.values_list("pk", "organization__unit", "cycle"))
    now, today = timezone.now(), timezone.localdate()

    def one(at: int) -> Opinion:
        project, unit, cycle = numbers.choice(projects)
        state = numbers.choice(OpinionState.values)
        due = today + timedelta(days=numbers.randrange(-40, 40))
        return Opinion(
            project_id=project,
            unit_id=None if state in NEW else unit,
            cycle_id=cycle,
            state=state,
            accept_by=due,
            answer_by=due,
            due_on=None if state in FINAL else due,
            **dict.fromkeys(("number", "code_hash", "submission", "fingerprint"), f"{at:06d}"),
            text=f"照料点{at}号中午关门，老人只能坐在门口等，能不能安排人值班？" * 8,
            is_similar=at % 10 == 0,
            state_since=now - timedelta(minutes=numbers.randrange(500_000)),
            closed_on=today if state in FINAL else None,
        )

    first = Opinion.objects.count()
    Opinion.objects.bulk_create((one(at) for at in range(first, number)), batch_size=2_000)


def opened(cast: Any, rounds: int) -> dict[tuple[str, str], float]:
    """Return what each screen takes, in milliseconds."""
    from django.test import Client

    times = {}
    for role in ROLES:
        client = Client()
        client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
        for name, address in {**SCREENS, "case file": case_file_of(cast)}.items():
            times[role, name] = timed(lambda c=client, a=address: status(c.get(a)), rounds)
    return times


def case_file_of(cast: Any) -> str:
    """Return the address of a case file that every role may read."""
    from django.urls import reverse

    from partybuilding.projects.models import Project

    projects = Project.objects.filter(
        state="implementing", organization__unit=cast.organization.unit
    )
    return reverse("partybuilding:case", args=[projects.order_by("pk").first().pk])


def status(response: Any) -> None:
    """Insist that a screen was shown."""
    assert response.status_code == 200, response.status_code


def timed(act: Callable[[], None], rounds: int) -> float:
    """Return the shortest of some rounds after a first one, in milliseconds.

    SQLite works inside this process, so its time on the processor is counted, whoever else uses the
    machine; a server's is not, so there it is the clock on the wall.
    """
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    act()
    taken = []
    for _round in range(rounds):
        start = clock()
        act()
        taken.append((clock() - start) * 1000)
    return min(taken)


if __name__ == "__main__":
    sys.exit(main())
