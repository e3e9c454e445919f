"""Several machines on this one, each part killed in turn under load: `python benchmarks/machines.py` as root on Debian.

Starts PostgreSQL (primary and streaming replica), Redis, a stand-in of object storage, two servers, the worker for
tasks, and nginx with the shipped configuration, each a process of its own. Meanwhile residents read through nginx and
send opinions, an officer opens registers, and an editor retitles a page again and again: whoever asks a server after
that was acknowledged must read the new title. Every part is killed (SIGKILL), stays away for `--away` seconds, and is
started anew. Prints what residents saw for each part; ends with 1 when an acknowledged opinion is lost, an old title
was read, an edition was not made exactly once, or readers met faults that the table of docs/scale.md does not name.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path

from sites import ROOT, Person, manage, must, sitemap
from stand import Machines

NUMBER = re.compile(rb"receipt__number[^0-9]*(\d{8}-\d{6})")


def main() -> int:
    """Start everything, kill each part, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--away", type=float, default=8, help="seconds")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        machines = Machines(Path(name))
        try:
            return Trial(machines, asked.away).run()
        finally:
            machines.end()


class Watched(threading.Thread):
    """Somebody who does one thing again and again, and notes how it went."""

    def __init__(self, name: str, deed: Callable[[], str], pause: float) -> None:
        super().__init__(daemon=True)
        self.label, self.deed, self.pause = name, deed, pause
        self.seen: list[tuple[float, float, str]] = []

    def run(self) -> None:
        """Go on until the program ends."""
        while True:
            began = time.monotonic()
            try:
                said = self.deed()
            except (OSError, HTTPException) as error:
                said = type(error).__name__
            self.seen.append((began, time.monotonic() - began, said))
            time.sleep(self.pause)


class Trial:
    """Kills each part under load, and tells what was seen."""

    PARTS = ("one", "two", "replica", "redis", "store", "worker", "primary", "nginx")

    def __init__(self, machines: Machines, away: float) -> None:
        self.machines, self.away = machines, away
        self.nginx = machines.ports["nginx"]
        self.public = [path for path in sitemap(Person(machines.ports["one"])) if path]
        self.chance = random.Random(1)
        self.officer = Person(self.nginx)
        self.officer.cookies["sessionid"] = machines.facts["cookies"]["department"]
        self.editor = Person(self.nginx)
        self.editor.cookies["sessionid"] = machines.facts["cookies"]["editor"]
        self.told: list[str] = []
        self.title, self.acknowledged, self.stale = 0, 0, 0
        self.stamps = self._stamps()
        deeds = {"reads": self.read, "reads anew": self.read_anew}
        deeds |= {"opinions": self.opine, "officer": self.look, "titles": self.check_title}
        self.people = [Watched(name, deed, 0.05) for name, deed in deeds.items()]

    def _stamps(self) -> list[str]:
        code = (
            "import time_machine\nfrom datetime import timedelta\nfrom django.utils import timezone\n"
            "from partybuilding.opinions.guards import new_stamp\n"
            "with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False):\n"
            "    print('\\n'.join(new_stamp() for _ in range(6000)))"
        )
        return must(manage(self.machines.site, "shell", "--no-imports", "-c", code)).split()

    def read(self) -> str:
        """A resident opens a page, which the front cache may have."""
        return str(Person(self.nginx).get(self.chance.choice(self.public))[0])

    def read_anew(self) -> str:
        """A resident opens a page that no cache has."""
        path = f"{self.chance.choice(self.public)}?{self.chance.random()}"
        return str(Person(self.nginx).get(path)[0])

    def opine(self) -> str:
        """A resident sends an opinion, and is told its number."""
        words = f"第{len(self.told)}盏路灯不亮。"
        fields = {"stamp": self.stamps.pop(), "homepage": "", "about": "", "contact": ""}
        status, body = Person(self.nginx).post("/opinions/", **fields, text=words)
        if found := NUMBER.search(body):
            self.told.append(found[1].decode())
            return "200"
        return str(status) if status != 200 else "no number"

    def look(self) -> str:
        """An officer opens a register."""
        return str(self.officer.get("/admin/party/projects/")[0])

    def check_title(self) -> str:
        """An editor publishes a new title; then each server is asked for the page."""
        wanted = self.title + 1
        statement = ["-c", self._retitle(wanted)]
        done = subprocess.run(
            ["psql", "-qtA", self.machines.address("primary"), "-v", "ON_ERROR_STOP=1", *statement],
            capture_output=True,
        )
        if done.returncode:
            return "not acknowledged"
        self.title = wanted
        server = self.chance.choice(("one", "two"))
        status, body = Person(self.machines.ports[server]).get(self.machines.facts["news"])
        if status != 200:
            return str(status)
        found = re.search(rb"\xe7\xac\xac(\d+)\xe7\x89\x88", body)  # 第…版
        if found is None or int(found[1]) < wanted:
            self.stale += 1
            return "old title"
        return "200"

    def _retitle(self, number: int) -> str:
        """Return what the services write, with the version that goes up in the same transaction."""
        page = self.machines.facts["page"]
        return (
            f"BEGIN; UPDATE wagtailcore_page SET title = '第{number}版' WHERE id = {page}; "
            "UPDATE partybuilding_contentversion SET count = count + 1 WHERE id = (SELECT id FROM "
            "partybuilding_contentversion WHERE part = 'pages' LIMIT 1); COMMIT"
        )

    def build(self) -> None:
        """Ask the worker for an edition."""
        path = self.machines.facts["book"]
        status, _body = self.editor.post(path, do="build", kind="public")
        assert status == 302, status

    def run(self) -> int:
        """Kill one after the other; print the table; count what was acknowledged."""
        for person in self.people:
            person.start()
        time.sleep(self.away)
        rows = [self.row("calm", time.monotonic() - self.away, time.monotonic())]
        for name in self.PARTS:
            if name == "worker":
                self.build()
                time.sleep(2)
            began = time.monotonic()
            self.machines.kill(name)
            time.sleep(self.away)
            self.machines.start(name)
            if name in ("one", "two", "nginx"):
                self.machines.wait(name)
            elif name in ("primary", "replica"):
                self.machines.wait_for_database(name)
            time.sleep(self.away)
            rows.append(self.row(name, began, time.monotonic()))
            print(rows[-1], flush=True)
        print("\n| killed | " + " | ".join(p.label for p in self.people) + " |")
        print("|---" * (len(self.people) + 1) + "|")
        print("\n".join(rows))
        return self.counted()

    def row(self, name: str, began: float, ended: float) -> str:
        """Return a line of the table: answers, slowest, faults by their kind."""
        cells = []
        for person in self.people:
            seen = [one for one in person.seen if began <= one[0] < ended]
            faults: dict[str, int] = {}
            for _at, _took, said in seen:
                if said != "200":
                    faults[said] = faults.get(said, 0) + 1
            last = max((at + took - began for at, took, said in seen if said != "200"), default=0)
            slowest = max((took for _at, took, _said in seen), default=0)
            said = ", ".join(f"{number} × {kind}" for kind, number in faults.items())
            until = f" till {last:.0f} s" if faults else ""
            cells.append(f"{len(seen)}, ≤ {slowest:.1f} s{'; ' + said if said else ''}{until}")
        return f"| {name} | " + " | ".join(cells) + " |"

    def counted(self) -> int:
        """Look for every number that was told, and for the edition."""
        time.sleep(20)
        code = (
            "import json, sys\nfrom partybuilding.opinions.models import Opinion\n"
            "from partybuilding.casebook.models import Edition\n"
            "from django_tasks_db.models import DBTaskResult as T\n"
            "there = set(Opinion.objects.values_list('number', flat=True))\n"
            "told = json.loads(sys.stdin.read())\n"
            "print(json.dumps([len([n for n in told if n not in there]), "
            "list(Edition.objects.values_list('status', flat=True)), "
            "[len(t.worker_ids) for t in T.objects.filter(task_path__contains='build_alone')]]))"
        )
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "-c", code]
        done = subprocess.run(
            command,
            env=self.machines.site,
            cwd=ROOT,
            input=json.dumps(self.told),
            capture_output=True,
            text=True,
        )
        lost, editions, workers = json.loads(must(done))
        print(
            f"\n{len(self.told)} opinions acknowledged, {lost} lost; {self.title} titles published, "
            f"{self.stale} old ones read after; editions {editions} by {workers} workers."
        )
        return 1 if lost or self.stale or editions != ["built"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
