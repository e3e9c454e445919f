"""Two processes take the same step at once: one wins, one trail row is written."""

import os
import subprocess
import time

import pytest

from partybuilding.core.selectors import faults_of_trail, last_entry, trail_of
from partybuilding.core.services import move
from partybuilding.projects.models import Project
from partybuilding.projects.services import close_session
from tests.factories import fill, make_cast, make_project, open_cycle, processes

ROUNDS = int(os.environ.get("ROUNDS", "4"))
RACER = """
import sys, django
django.setup()
from django.contrib.auth import get_user_model
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.services import move
from partybuilding.projects.models import Project
user = get_user_model().objects.get(pk=int(sys.argv[1]))
while line := sys.stdin.readline():
    project = Project.objects.get(pk=int(line))
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        move(project, sys.argv[2], by=user, reason="同意", data={"grounds": ["no_highlight"]})
        print("won", flush=True)
    except Refusal as refusal:
        print(type(refusal).__name__, flush=True)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("one", "other"), [("pass_first", "pass_first"), ("pass_first", "not_recommend")]
)
def test_exactly_one_of_two_processes_wins(one: str, other: str) -> None:
    cast = make_cast()
    racers = [processes.start(RACER, cast["unit"].pk, step) for step in (one, other)]
    for _round in range(ROUNDS):
        project = make_project("submitted", cast)
        for racer in racers:
            say(racer, project.pk)
        assert [racer.stdout.readline() for racer in racers] == ["ready\n", "ready\n"]
        for racer in racers:
            say(racer)
        answers = sorted(racer.stdout.readline().strip() for racer in racers)
        assert answers == ["Overtaken", "won"]
        assert trail_of(project).filter(from_state="submitted").count() == 1
    for racer in racers:
        racer.communicate(timeout=60)
    assert list(faults_of_trail()) == []


READER = """
import sys, django
django.setup()
from django.contrib.auth import get_user_model
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.services import move
from partybuilding.projects.models import Project
from partybuilding.projects.services import open_review, open_session
user = get_user_model().objects.get(pk=int(sys.argv[1]))
acts = {
    "recall": lambda: move(project, "recall", by=user),
    "open": lambda: open_review(project, by=user),
    "sit": lambda: open_session(project.cycle, "SESSION", by=user),
}
while line := sys.stdin.readline():
    project = Project.objects.get(pk=int(line))
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        acts[sys.argv[2]]()
        print("done", flush=True)
    except Refusal as refusal:
        print(type(refusal).__name__, flush=True)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["open", "sit"])
def test_what_the_department_takes_up_is_not_taken_back_in_the_same_moment(act: str) -> None:
    """In a year without a first review: it is a draft of which nobody has read, or it is not taken back."""
    cast = make_cast(open_cycle(first_review=False))
    racers = [
        processes.start(READER, cast["applicant"].pk, "recall"),
        processes.start(READER, cast["department"].pk, act),
    ]
    for _round in range(ROUNDS):
        project = make_project("submitted", cast)
        for racer in racers:
            say(racer, project.pk)
        assert [racer.stdout.readline() for racer in racers] == ["ready\n", "ready\n"]
        for racer in racers:
            say(racer)
        recalled, taken = (racer.stdout.readline().strip() for racer in racers)
        now = Project.objects.get(pk=project.pk)
        begun = now.review_opened_at is not None or now.session_items.exists()
        assert (now.state, begun) in [("draft", False), ("first_passed", True)]
        assert (recalled == "done") == (now.state == "draft")
        assert taken == ("ConditionUnmet" if act == "sit" and not begun else "done")
        assert trail_of(project).filter(step="recall").exists() == (now.state == "draft")
        assert trail_of(project).filter(step="open_review").exists() == (begun and act == "open")
        for session in cast.cycle.sessions.filter(closed_at=None):
            close_session(session, by=cast["department"])
        if now.state != "draft":
            move(now, "send_back", by=cast["department"], reason="请补充。")
    for racer in racers:
        racer.communicate(timeout=60)
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
