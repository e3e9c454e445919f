"""Two processes act on the same rows while the transaction of one is open."""

import os
import subprocess
import time

import pytest

from partybuilding.core.selectors import faults_of_trail, last_entry
from partybuilding.projects.models import Project
from tests.factories import fill, make_cast, make_project, processes

ROUNDS = int(os.environ.get("ROUNDS", "4"))
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


def say(process: subprocess.Popen, word: object = "go") -> None:
    process.stdin.write(f"{word}\n")
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


SEALER = """
import sys, django
django.setup()
from partybuilding.core.services import seal_trail
while sys.stdin.readline():
    print("ready", flush=True)
    sys.stdin.readline()
    print("sealed" if seal_trail() else "nothing", flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_two_seals_at_once_are_one() -> None:
    """Neither fails, and the second finds nothing left to seal."""
    cast = make_cast()
    racers = [processes.start(SEALER) for _one in range(2)]
    for _round in range(ROUNDS):
        make_project("submitted", cast)
        for racer in racers:
            say(racer)
        assert [racer.stdout.readline() for racer in racers] == ["ready\n", "ready\n"]
        for racer in racers:
            say(racer)
        assert sorted(racer.stdout.readline().strip() for racer in racers) == ["nothing", "sealed"]
    for racer in racers:
        racer.communicate(timeout=60)
    assert list(faults_of_trail()) == []
