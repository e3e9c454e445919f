"""Two processes take the same step at once: one wins, one trail row is written."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from partybuilding.core.selectors import faults_of_trail, last_entry, trail_of
from partybuilding.projects.models import Project
from tests.factories import fill, make_cast, make_project, processes

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 4
RACER = """
import os, sys, time, django
django.setup()
from django.contrib.auth import get_user_model
from django.db import connection
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.services import move
from partybuilding.projects.models import Project
project = Project.objects.get(pk=int(sys.argv[1]))
user = get_user_model().objects.get(pk=int(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
try:
    move(project, sys.argv[3], by=user, reason="同意", data={"grounds": ["no_highlight"]})
    print("won", flush=True)
except Refusal as refusal:
    print(type(refusal).__name__, flush=True)
"""


def start(project: Project, user: object, step: str) -> subprocess.Popen:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{facts['NAME']}"
    else:
        place = f"{facts['HOST'] or '127.0.0.1'}:{facts['PORT'] or 5432}"
        url = f"postgres://{facts['USER']}:{facts['PASSWORD']}@{place}/{facts['NAME']}"
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    return subprocess.Popen(
        [sys.executable, "-c", RACER, str(project.pk), str(user.pk), step],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=env,
        text=True,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("one", "other"), [("pass_first", "pass_first"), ("pass_first", "not_recommend")]
)
def test_exactly_one_of_two_processes_wins(one: str, other: str) -> None:
    cast = make_cast()
    for _round in range(ROUNDS):
        project = make_project("submitted", cast)
        racers = [start(project, cast["unit"], step) for step in (one, other)]
        for racer in racers:
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            racer.stdin.write("go\n")
            racer.stdin.flush()
        answers = sorted(racer.communicate(timeout=60)[0].strip() for racer in racers)
        assert answers == ["Overtaken", "won"]
        assert trail_of(project).filter(from_state="submitted").count() == 1
    assert list(faults_of_trail()) == []


WRITER = """
import sys, django
django.setup()
from django.contrib.auth import get_user_model
from django.db import transaction
from partybuilding.core.machine.refusals import Refusal
from partybuilding.projects.models import Project
from partybuilding.projects.services import save_application, submit_application
project = Project.objects.get(pk=int(sys.argv[1]))
user = get_user_model().objects.get(pk=int(sys.argv[2]))
acts = {
    "save": lambda: save_application(project, by=user, problem="TYPED LAST"),
    "submit": lambda: submit_application(project, by=user),
}
print("ready", flush=True)
sys.stdin.readline()
try:
    with transaction.atomic():
        acts[sys.argv[3]]()
        print("done", flush=True)
        sys.stdin.readline()
except Refusal as refusal:
    print(type(refusal).__name__, flush=True)
"""


def say(process: subprocess.Popen) -> None:
    process.stdin.write("go\n")
    process.stdin.flush()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("first", "second"), [("save", "submit"), ("submit", "save")])
def test_the_trail_keeps_what_was_handed_in_and_nothing_comes_in_afterwards(
    first: str, second: str
) -> None:
    """Both have read the draft; the second begins while the transaction of the first is open."""
    cast = make_cast()
    project = fill(make_project(cast=cast), cast)
    one, other = (
        processes.start(WRITER, project.pk, cast["applicant"].pk, act) for act in (first, second)
    )
    assert [process.stdout.readline() for process in (one, other)] == ["ready\n", "ready\n"]
    say(one)
    assert one.stdout.readline() == "done\n"
    say(other)
    time.sleep(0.3)
    one.communicate("go\n", timeout=60)
    answer = other.stdout.readline()
    other.communicate("go\n", timeout=60)
    now = Project.objects.get(pk=project.pk)
    assert answer == ("done\n" if second == "submit" else "Frozen\n")
    assert now.state == "submitted"
    assert last_entry(now, "submit").data["application"] == now.sheet.snapshot(now)
    assert (now.problem == "TYPED LAST") == (first == "save")
