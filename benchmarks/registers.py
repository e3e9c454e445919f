"""What every register, first screen and case file costs at 100,000 projects: `python benchmarks/registers.py`.

    python benchmarks/registers.py [--database postgresql] [--rounds 5] [--many 100000] [--only WORD]

Makes a database of its own, fills it in two strides (`district.py`), and opens after each: every register as it
opens, by each of its columns, narrowed by each of its filters, searched, and its last page; the first screen of
everybody; a case file. Counted is time of processors, of the programme and of its connection at PostgreSQL, in the
median, after a first opening. The rows are a hard case: all states equally often, so that much waits for
everybody, and half of what has a deadline is overdue. Printed are the screens as they open, and whichever else
takes longer than it may. Ends with 1 when one takes longer than 150 ms, or more than twice what it took at the few.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from inspect import unwrap
from typing import Any

from district import District
from province import POSTGRES, administer, spent

NAME = f"register_benchmark_{os.getpid()}"
FEW, MANY = 1_000, 100_000
MOST = 2.0
#: Milliseconds of processor that a screen may take.
LONGEST = 150
#: Who opens registers; whoever else works in the administration opens the first screen.
ROLES = ("department", "unit", "editor")


def main() -> int:
    """Run in a process of its own, on a database of its own."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--many", type=int, default=MANY)
    arguments.add_argument("--only", default="", help="screens whose address holds this")
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.here:
        return run(asked)
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
        command = [sys.executable, __file__, "--here", *sys.argv[1:]]
        try:
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            if asked.database == "postgresql":
                administer(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def run(asked: Any) -> int:
    """Fill, open, print; return 1 when a screen costs more than it may."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":  # all of a query's work in the process that is measured
        connection.cursor().execute("SET max_parallel_workers_per_gather = 0")
    district = District()
    found = {}
    for number in (FEW, asked.many):
        district.fill(number)
        print(f"{number:,} projects: " + ", ".join(district.told()), flush=True)
        found[number] = opened(district, asked)
    few, many = found.values()
    print(f"\n{connection.vendor}, {asked.rounds} rounds, milliseconds of processor\n")
    print(f"| screen | as | {FEW:,} | {asked.many:,} | ratio |\n|---|---|---|---|---|")
    failed = 0
    for (role, name), taken in many.items():
        before = few.get((role, name), taken)
        too_much = taken > LONGEST or taken > MOST * before
        failed += too_much
        if too_much or "?" not in name:
            mark = " **" if too_much else " "
            print(
                f"| {name} | {role} | {before:.0f} |{mark}{taken:.0f}{mark.strip()} | {taken / before:.2f} |"
            )
    print(f"\n{len(many)} screens, {failed} above {LONGEST} ms or {MOST:.0f} times what they took")
    return int(failed > 0)


def opened(district: Any, asked: Any) -> dict[tuple[str, str], float]:
    """Return what each screen takes, in milliseconds."""
    from django.test import Client
    from django.urls import reverse

    times = {}
    case_file = reverse("partybuilding:case", args=[district.project.pk])
    for role, user in district.staff().items():
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        screens = {"first screen": "/admin/", "case file": case_file}
        if role in ROLES:
            screens |= {name: name for name in registers(user)}
        for name, address in screens.items():
            if asked.only in address:
                times[role, name] = timed(
                    lambda c=client, a=address: status(c.get(a)), asked.rounds
                )
                if times[role, name] > LONGEST:
                    print(f"  {role} {name} {times[role, name]:.0f}", flush=True)
    return times


def registers(user: Any) -> Iterator[str]:
    """Yield the addresses of every register that somebody may open, in all its ways."""
    from django.test import RequestFactory
    from django.urls import get_resolver
    from wagtail.admin import urls

    from partybuilding.core.registers.admin import RegisterAdmin, with_more_filters

    request = RequestFactory().get("/admin/")
    request.user = user
    assert get_resolver().url_patterns  # registers are made while they are read
    views = (unwrap(one.callback) for one in urls.urlpatterns if hasattr(one, "callback"))
    admins = dict.fromkeys(getattr(view, "__self__", None) for view in views)
    for admin in admins:
        if not isinstance(admin, RegisterAdmin):
            continue
        if not admin.permission_helper.user_can_list(user):
            continue
        index = admin.url_helper.index_url
        yield index
        yield f"{index}?p=20"
        columns = (column.sort_key for column in admin.get_columns(request))
        yield from (f"{index}?ordering={key}" for key in columns if key)
        if admin.search_fields:
            yield f"{index}?q=%E8%AE%AE%E4%BA%8B%E5%8E%85777"
        if (kind := with_more_filters(admin)) is not None:
            filters = kind(data={}, request=request, queryset=admin.model._default_manager.all())
            for name, one in filters.form.fields.items():
                yield from (f"{index}?{name}={value}" for value in choices_of(one)[:2])


def choices_of(field: Any) -> list[str]:
    """Return what a filter can be set to; of groups, and of rows, too."""
    found: list[str] = []
    for value, label in getattr(field, "choices", ()):
        inner = label if isinstance(label, (list, tuple)) else [(value, label)]
        found += [str(one) for one, _label in inner if str(one)]
    return found


def status(response: Any) -> None:
    """Insist that a screen was shown."""
    assert response.status_code == 200, (response.status_code, response.request["PATH_INFO"])


def timed(act: Callable[[], None], rounds: int) -> float:
    """Return the median of some rounds after a first one, in milliseconds of processor."""
    act()
    taken = []
    for _round in range(rounds):
        start = spent()
        act()
        taken.append((spent() - start) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(main())
