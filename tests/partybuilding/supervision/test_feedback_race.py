"""Two processes issue notices at once: no number is given twice and none is left out."""

import re

import pytest

from partybuilding.core.selectors import faults_of_trail
from partybuilding.supervision.notices.models import FeedbackNotice
from tests.factories import make_cast, make_project
from tests.factories.feedback import make_activity, make_visit, set_office
from tests.factories.processes import start

EACH = 3
RACER = """
import sys, django
django.setup()
from django.contrib.auth import get_user_model
from partybuilding.supervision.models import Activity
from partybuilding.supervision.notices.services import issue_many
user = get_user_model().objects.get(pk=int(sys.argv[1]))
activities = [Activity.objects.get(pk=int(key)) for key in sys.argv[2:]]
print("ready", flush=True)
sys.stdin.readline()
print(sum(outcome.ok for outcome in issue_many(activities, by=user)), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_numbers_have_neither_gap_nor_double() -> None:
    set_office()
    cast = make_cast()
    projects = [make_project("implementing", cast) for _ in range(2 * EACH + 1)]
    for project in projects:
        make_visit(project)
    keys = [make_activity(project).pk for project in projects]
    shared = keys[-1]
    halves = ([*keys[:EACH], shared], [shared, *keys[EACH:-1]])
    racers = [start(RACER, cast["taskforce"].pk, *half) for half in halves]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    issued = [int(racer.communicate(timeout=60)[0]) for racer in racers]
    assert sum(issued) == len(keys)
    numbers = FeedbackNotice.objects.values_list("number", flat=True)
    found = sorted(int(re.search(r"〕(\d+)号", number)[1]) for number in numbers)
    assert found == list(range(1, len(keys) + 1))
    assert list(faults_of_trail()) == []
