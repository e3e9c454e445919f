"""`make mutants`: turn the code that decides wrong, one small step at a time, and see who notices.

One process of pytest imports everything and migrates a database in memory once, runs the tests and
notes which lines each of them reaches. Then it forks for each mutant: the child puts the changed code
into the functions that live, and runs the tests that reach the line, until the first one fails.
"""

import argparse
import gc
import os
import random
import signal
import sqlite3
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from contextlib import closing
from fnmatch import fnmatch
from itertools import accumulate
from pathlib import Path

import coverage
import pytest
from _pytest.runner import runtestprotocol
from django.db import connection
from pytest_django.plugin import blocking_manager_key

from tests.mutation.changes import Mutant, mutants_of, source_of
from tests.mutation.living import caches, living, put_in
from tests.mutation.same import SAME
from tests.replay import STAGE

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "partybuilding"
SEED = 2022
#: A test that takes longer than this (seconds of the processor) is left to the suite.
SLOW = 10
#: Lines that a statement has at most: a line in its middle may not be noted.
STATEMENT = 8
#: The tests' own plugins are imported before pytest would do it.
EARLY = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"
NONE = pytest.mark.django_db.mark
CAUGHT, SURVIVED, IMPOSSIBLE = 0, 1, 2


class Run:
    """A run of pytest that tries mutants after it has run the tests once."""

    def __init__(self, mutants: list[Mutant], budget: float) -> None:
        self.mutants, self.budget = mutants, budget
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self.sound: dict[str, bool] = {}
        self.caught_by: Counter[str] = Counter()
        self.named: defaultdict[str, set[str]] = defaultdict(set)
        self.results: dict[Mutant, int] = {}
        files = sorted({str(mutant.path) for mutant in mutants})
        self.watched = coverage.Coverage(data_file=None, config_file=False, include=files)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what commits: it empties the database, and takes as long as ten others."""
        markers = {item: item.get_closest_marker("django_db") for item in items}
        items[:] = [one for one in items if not (markers[one] or NONE).kwargs.get("transaction")]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every test once, then the mutants."""
        items = {item.nodeid: item for item in session.items}
        for item in session.items:
            for name in item.function.__code__.co_names:
                self.named[name].add(item.nodeid)
        _migrate(session.items)
        self.caches = caches()
        started = time.monotonic()
        following = [*session.items[1:], session.items[0]]
        for item, after in zip(session.items, following, strict=True):
            self._run_once(item, after)
        self.watched.save()
        data = self.watched.get_data()
        self.reached = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
        _say(
            f"{len(items)} tests once: {time.monotonic() - started:.0f} s, {len(self.failed)} left out"
        )
        self.functions = living(PLUGIN)
        gc.collect()
        gc.freeze()  # so that a fork need not copy what it only counts
        for number, mutant in enumerate(self.mutants, 1):
            tests = [items[name] for name in self._tests_of(mutant)]
            self.results[mutant] = self._try(mutant, tests) if tests else SURVIVED
            if self.results[mutant] == SURVIVED:
                _say(f"{_line(mutant)}   [{len(tests)} tests]")
            if number % 100 == 0:
                _say(f"  … {number} of {len(self.mutants)}, {time.monotonic() - started:.0f} s")
        return True

    def _run_once(self, item: pytest.Item, following: pytest.Item) -> None:
        self._forget()
        self.watched.start()
        self.watched.switch_context(item.nodeid)
        started = time.process_time()
        reports = runtestprotocol(item, log=False, nextitem=following)
        self.seconds[item.nodeid] = time.process_time() - started
        self.watched.stop()
        passed = all(report.passed for report in reports)
        if not passed or self.seconds[item.nodeid] > SLOW:
            self.failed.add(item.nodeid)

    def _forget(self) -> None:
        """Let each test ask anew what functions remember."""
        for cache in self.caches:
            cache.cache_clear()

    def _tests_of(self, mutant: Mutant) -> list[str]:
        """Return tests that reach a mutant, as many as the budget has time for.

        Those of its room come first, then those that caught others, then the quickest.
        """
        if mutant.name:
            found = {
                test
                for file, lines in self.reached.items()
                for number, text in enumerate(source_of(Path(file)).splitlines(), 1)
                if mutant.name in text
                for test in lines.get(number, ())
            } | self.named[mutant.name]
        else:
            lines = self.reached.get(str(mutant.path), {})
            above = range(mutant.line, mutant.line - STATEMENT, -1)
            found = set(next((lines[number] for number in above if lines.get(number)), ()))
        folder = f"tests/{mutant.path.parent.relative_to(ROOT)}".split("/services")[0]
        known = (found & self.seconds.keys()) - self.failed
        near = sorted(
            known,
            key=lambda name: (
                not name.startswith(folder),
                -self.caught_by[name],
                self.seconds[name],
                name,
            ),
        )
        spent = list(accumulate(self.seconds[name] for name in near))
        return near[: max(1, bisect_right(spent, self.budget))]

    def _try(self, mutant: Mutant, tests: list[pytest.Item]) -> int:
        """Return what became of a mutant; a test that fails without it as well is asked no more."""
        while tests:
            result, at = self._forked(mutant, tests)
            if result != CAUGHT:
                return result
            if self._is_sound(tests[: at + 1]):
                self.caught_by[tests[at].nodeid] += 1
                return result
            self.failed.add(tests[at].nodeid)
            tests = [test for test in tests if test.nodeid not in self.failed]
        return SURVIVED

    def _is_sound(self, tests: list[pytest.Item]) -> bool:
        """Ask whether the last of these tests, which caught a mutant, passes in a fork without one."""
        if tests[-1].nodeid not in self.sound:
            result, _at = self._forked(None, tests)
            self.sound[tests[-1].nodeid] = result == SURVIVED
        return self.sound[tests[-1].nodeid]

    def _forked(self, mutant: Mutant | None, tests: list[pytest.Item]) -> tuple[int, int]:
        """Return the result of a child, and the place of the test that it came to."""
        came_to, tell = os.pipe()
        child = os.fork()
        if child == 0:
            limit = 5 + 3 * sum(self.seconds[test.nodeid] for test in tests)
            signal.setitimer(signal.ITIMER_PROF, limit)  # seconds of the processor; it kills
            signal.alarm(900)
            try:
                os._exit(self._in_child(mutant, tests, tell))
            except BaseException:
                os._exit(CAUGHT)
        os.close(tell)
        _, status = os.waitpid(child, 0)
        with os.fdopen(came_to, "rb") as told:
            at = max(0, len(told.read()) - 1)
        return os.WEXITSTATUS(status) if os.WIFEXITED(status) else CAUGHT, at

    def _in_child(self, mutant: Mutant | None, tests: list[pytest.Item], tell: int) -> int:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        try:
            if mutant and not put_in(mutant, self.functions):
                return IMPOSSIBLE
        except Exception:
            return IMPOSSIBLE  # it does not compile, or closes over other names
        self._forget()
        tests[0].session._setupstate.teardown_exact(tests[0])
        for test, following in zip(tests, [*tests[1:], tests[0]], strict=True):
            os.write(tell, b".")
            reports = runtestprotocol(test, log=False, nextitem=following)
            if any(report.failed for report in reports):
                return CAUGHT
        return SURVIVED


def _migrate(items: list[pytest.Item]) -> None:
    """Let a first test make the database, and copy it into memory, where every fork has its own.

    What factories wrote is never replayed: it would hide what a mutant makes them write.
    """
    first = next((item for item in items if item.get_closest_marker("database")), None)
    if first is None:
        return
    runtestprotocol(first, log=False, nextitem=items[-1] if first is items[0] else items[0])
    STAGE.template = None
    name, blocker = connection.settings_dict["NAME"], items[0].config.stash[blocking_manager_key]
    with closing(sqlite3.connect(name)) as stored, blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = "file:mutants?mode=memory&cache=shared"
        connection.ensure_connection()
        stored.backup(connection.connection)


def _line(mutant: Mutant) -> str:
    return f"{mutant.path.relative_to(ROOT)}:{mutant.line}  {mutant.old}  →  {mutant.new}"


def _say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def chosen(patterns: list[str], room: str) -> list[Mutant]:
    """Return the mutants of the files that the patterns name, in the order of the files."""
    return [
        mutant
        for path in sorted(PLUGIN.rglob("*.py"))
        if any(fnmatch(str(path.relative_to(ROOT)), pattern) for pattern in patterns)
        and str(path.relative_to(PLUGIN)).startswith(room)
        for mutant in mutants_of(path)
        if (str(path.relative_to(PLUGIN)), mutant.old, mutant.new) not in SAME
    ]


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__.split("\n")[0])
    parser.add_argument("--files", required=True, help="names of the files, with commas between")
    parser.add_argument("--room", default="", help="a folder of partybuilding/ only: projects")
    parser.add_argument("--mutants", type=int, default=0, help="so many by lot; 0 is all")
    parser.add_argument("--budget", type=float, default=20, help="seconds of tests for a mutant")
    return parser.parse_args()


def main() -> int:
    """Read what is asked for, run it, and tell what survived."""
    asked = _asked()
    mutants = chosen(asked.files.split(","), asked.room)
    if 0 < asked.mutants < len(mutants):
        mutants = random.Random(SEED).sample(mutants, asked.mutants)
        mutants.sort(key=lambda one: (one.path, one.line))
    run = Run(mutants, asked.budget)
    room = asked.room.split("/")[0]
    options = ["-qq", "-W", EARLY, "--no-summary", "-p", "no:cacheprovider", "-m", "not browser"]
    pytest.main([*options, f"tests/partybuilding/{room}"], plugins=[run])
    tried = [result for result in run.results.values() if result != IMPOSSIBLE]
    if len(run.results) < len(mutants) or not tried:
        return 1
    caught = 100 * tried.count(CAUGHT) / len(tried)
    _say(f"\n{tried.count(CAUGHT)} of {len(tried)} mutants caught: {caught:.1f} %")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
