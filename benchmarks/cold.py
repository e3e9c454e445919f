"""What each public page costs when it is made anew: milliseconds of processor, and queries.

    python benchmarks/cold.py [--rounds 11] [--beside DIR] [--first] [PATH …]

Draws one page of each kind of the site's database (`make run` makes one with the demonstration) without the
memory of whole answers. `--beside` names another checkout of the programme, which draws the same pages of the
same database in turns. `--first` raises the versions of all content before each drawing, so that each page is the
first that anybody asks for after a change and reads anew what pages share. Printed are medians; the first drawing
of each page, which fills memories, counts for none.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
#: Addresses by name that are no pages of the tree, and questions.
LISTS = ("townships", "results", "glossary", "opinion_replies", "site_feed", "sitemap")
ASKED = ("/search/?q=社区", "/projects/?q=社区")


class Checkout:
    """A process that draws pages with the programme of one checkout."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--draw"],
            cwd=folder,
            env={
                **os.environ,
                "DATA_DIR": os.environ.get("DATA_DIR", str(ROOT / "var")),
                "DJANGO_SETTINGS_MODULE": "config.settings.dev",
                "ANSWERS_MEGABYTES": "0",
                "LOG_LEVEL": "ERROR",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, said: str) -> Any:
        """Return the process's answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(said, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        """Let it go."""
        self.process.communicate()


def serve() -> int:
    """Draw what is asked for, one address a line: status and milliseconds; `pages` asks for addresses.

    Before an address `?` asks for its queries, `!` draws it as the first one after a change.
    """
    # Not the folder of this file: `search` is the application.
    sys.path[0:1] = [".", "site"]
    from django.db import connection, models
    from django.test.client import RequestFactory
    from django.test.utils import CaptureQueriesContext

    from config.wsgi import application
    from partybuilding.core.models import ContentVersion

    def draw(path: str) -> list[float]:
        status: list[str] = []
        environ = RequestFactory().get(path).environ
        begin = time.process_time()
        answer = application(environ, lambda said, headers: status.append(said))
        b"".join(answer)
        taken = time.process_time() - begin
        answer.close()  # type: ignore[attr-defined]
        return [int(status[0][:3]), taken * 1000]

    for line in sys.stdin:
        said = line.strip()
        if said == "pages":
            print(json.dumps(addresses()), flush=True)
            continue
        if said.startswith("?"):
            with CaptureQueriesContext(connection) as captured:
                draw(said[1:])
            print(json.dumps(len(captured)), flush=True)
            continue
        if said.startswith("!"):
            ContentVersion.objects.update(count=models.F("count") + 1)
        print(json.dumps(draw(said.removeprefix("!"))), flush=True)
    return 0


def addresses() -> list[str]:
    """Return the address of the first page of each kind, and of what is no page of the tree."""
    from django.urls import reverse
    from wagtail.models import Page

    from partybuilding.organizations.models import Organization

    pages = Page.objects.live().public().filter(depth__gt=1).specific()
    first = groupby(pages.order_by("content_type", "path"), key=lambda page: page.content_type_id)
    found = [next(kind).url for _key, kind in first]
    found += [reverse(name) for name in LISTS]
    found += [f"{reverse('results')}{year}/" for year in _years()[:1]]
    places = Organization.objects.active().townships()[:1]
    found += [reverse("township", args=[place.pk]) for place in places]
    return [*found, *ASKED]


def _years() -> list[int]:
    from partybuilding.evaluation.selectors.public import public_runs

    return sorted(run.cycle.year for run in public_runs())


def main() -> int:
    """Draw in turns and print a line for each page."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=11)
    arguments.add_argument("--beside", type=Path)
    arguments.add_argument("--first", action="store_true")
    arguments.add_argument("--draw", action="store_true", help=argparse.SUPPRESS)
    arguments.add_argument("paths", nargs="*")
    asked = arguments.parse_args()
    if asked.draw:
        return serve()
    checkouts = [Checkout(folder) for folder in (asked.beside, ROOT) if folder]
    paths = asked.paths or checkouts[-1].ask("pages")
    kinds = ["before", "now"] if asked.beside else ["now"]
    print("| page | " + " | ".join(f"{kind}, ms | queries" for kind in kinds) + " |")
    print("|---" * (1 + 2 * len(kinds)) + "|")
    for path in paths:
        for one in checkouts:
            status = one.ask(path)[0]
            assert status == 200, f"{path}: {status}"
        said = f"!{path}" if asked.first else path
        taken = [[one.ask(said)[1] for one in checkouts] for _round in range(asked.rounds)]
        middle = [statistics.median(each) for each in zip(*taken, strict=True)]
        queries = [one.ask(f"?{path}") for one in checkouts]
        cells = (f"{ms:.1f} | {n}" for ms, n in zip(middle, queries, strict=True))
        print(f"| {path} | " + " | ".join(cells) + " |", flush=True)
    for one in checkouts:
        one.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
