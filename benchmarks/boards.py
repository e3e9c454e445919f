"""What the boards and the reminders cost at 100,000 projects against 1,000: `python benchmarks/boards.py`.

As `registers.py`, on a database of its own with the same hard case. A board counts every row, so its
cost grows with them; the table says by how much, and how many queries it asks.
"""

import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import registers

BOARDS = "/admin/party/boards/"
SCREENS = {
    "pipeline": BOARDS,
    "overdue by holder": f"{BOARDS}overdue/",
    "load": f"{BOARDS}load/",
    "overdue of a unit": "/admin/party/projects/?holder=unit&due=overdue",
    "first screen": "/admin/",
}
#: No board may take longer than this, in milliseconds.
MOST = 2_000


def main() -> int:
    """Run in a process of its own, on a database of its own."""
    registers.__file__ = __file__
    return registers.main()


def run(rounds: int) -> int:
    """Fill, open, print; return 1 when a board takes longer than it may."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    cast = registers.people()
    found, worst = {}, 0.0
    for number in (registers.FEW, registers.MANY):
        registers.fill(cast, number)
        found[number] = opened(cast, rounds)
    print(f"\n{connection.vendor}, best of {rounds} in milliseconds\n")
    print("| board | as | 1,000 | 100,000 | queries |\n|---|---|---|---|---|")
    for (role, screen), (few, _queries) in found[registers.FEW].items():
        many, queries = found[registers.MANY][role, screen]
        worst = max(worst, many)
        print(f"| {screen} | {role} | {few:.0f} | {many:.0f} | {queries} |")
    reminded()
    return int(worst > MOST)


def opened(cast: Any, rounds: int) -> dict[tuple[str, str], tuple[float, int]]:
    """Return what each board takes in milliseconds, and its queries."""
    from django.test import Client

    from tests.factories.screens import queries_of

    found = {}
    for role in registers.ROLES:
        client = Client()
        client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
        for name, address in SCREENS.items():
            taken = registers.timed(lambda c=client, a=address: registers.status(c.get(a)), rounds)
            found[role, name] = taken, queries_of(client, address)
    return found


def reminded() -> None:
    """Print what a first and a second run of the reminders take."""
    from partybuilding.boards.services import remind

    for turn in ("first", "second"):
        start = time.process_time()
        plan = remind()
        taken = time.process_time() - start
        print(
            f"reminders, {turn} run: {len(plan.told)} items in {plan.notices} notices, {taken:.1f} s"
        )


registers.run = run

if __name__ == "__main__":
    sys.exit(main())
