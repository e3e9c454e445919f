"""Programme years."""

from datetime import date, timedelta
from typing import Any

import time_machine
from django.db.models import Max
from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Criterion, Cycle, GradeClass, Topic
from partybuilding.evaluation.models import EvaluationRules
from tests.factories.people import make_person
from tests.replay import replayed

#: Beyond the years that tests name themselves and the clock's own, in which lists also
#: count what belongs to no year of the programme.
FIRST_YEAR = 2101


@replayed
def make_cycle(**fields: Any) -> Cycle:
    """Make a year in preparation whose window is open today and whose rules are complete."""
    today = timezone.localdate()
    last = Cycle.objects.aggregate(last=Max("year"))["last"] or 0
    year = fields.pop("year", None) or max(FIRST_YEAR, last + 1)
    facts = {
        "year": year,
        "name": f"{year}年度基层党建创新项目",
        "applications_open": date(today.year, 1, 1),
        "applications_close": date(today.year, 12, 31),
        "starts_on": date(today.year, 1, 1),
        "ends_on": date(today.year + 1, 12, 31),
        "midterm_review_on": date(today.year + 1, 7, 1),
        "results_due_on": date(today.year + 1, 11, 30),
        "review_on": date(today.year + 1, 12, 20),
        "approval_quota": 64,
        **fields,
    }
    cycle = Cycle(**facts)
    cycle.topics = [Topic(code="governance", title="基层治理", sort_order=0)]
    cycle.criteria = [
        Criterion(name="选题精准度", points=40, sort_order=0),
        Criterion(name="特色辨识度", points=60, sort_order=1),
    ]
    cycle.grades = [
        GradeClass(code="first", name="一等", quota=1, bonus_points=2, award_yuan=8000),
        GradeClass(code="second", name="二等", quota=2, bonus_points=1, award_yuan=5000),
    ]
    cycle.save()
    return cycle


@replayed
def open_cycle(*, is_judged: bool = False, **fields: Any) -> Cycle:
    """Make a year whose applications are open.

    Args:
        is_judged: whether its grades come from a run of the evaluation; otherwise they are given by
            hand, as in the years before there were runs.
    """
    cycle = move(make_cycle(**fields), "open_applications", by=make_person(Role.DEPARTMENT))
    if not is_judged:
        EvaluationRules.objects.filter(cycle=cycle).delete()
    return cycle


def announce_cycle(cycle: Cycle, by: Any) -> Cycle:
    """Lead a year to the announcement of its results, the day after its window closed."""
    with time_machine.travel(cycle.applications_close + timedelta(days=1), tick=False):
        for step in ("start_selection", "start_implementation", "start_evaluation", "announce"):
            cycle = move(Cycle.objects.get(pk=cycle.pk), step, by=by)
    return cycle
