"""The programme years of the demonstration: 2022 as it was announced, and the one that is open now."""

from datetime import date
from decimal import Decimal
from typing import Any

from demonstration.content import RULES
from demonstration.stage import days
from partybuilding.cycles.models import Criterion, Cycle, GradeClass, Topic
from partybuilding.cycles.services import save_rules

#: Days before and after today between which the current window is open.
OPENED_BEFORE, CLOSES_AFTER = 24, 16
#: The rules' weights, and the parts of the review that the content names them by.
WEIGHTS = {
    "expert": "expert_score",
    "daily": "daily_knowledge",
    "initial": "initial_rating",
    "peer": "peer_review",
}


def cycle_of_2022(*, by: Any) -> Cycle:
    """Write the year 2022."""
    cycle = Cycle(
        year=RULES.year,
        name=RULES.name,
        applications_open=date.fromisoformat(RULES.window_opens),
        applications_close=date.fromisoformat(RULES.window_closes),
        starts_on=date(RULES.year, 5, 1),
        ends_on=date(RULES.year, 12, 31),
        midterm_review_on=date.fromisoformat(RULES.peer_review[1]),
        results_due_on=date.fromisoformat(RULES.year_end_review[0]),
        review_on=date.fromisoformat(RULES.year_end_review[1]),
        approval_quota=RULES.approval_quota,
        decision_days=20,
        **_weights(),
    )
    return save_rules(_with_lists(cycle), by=by)


def current_cycle(today: date, *, by: Any) -> Cycle:
    """Write the year whose window is open today: the coming one, or this one in January and February."""
    year = today.year + (today.month >= 3)
    cycle = Cycle(
        year=year,
        name=f"{year}年度基层党建创新项目",
        applications_open=days(today, -OPENED_BEFORE),
        applications_close=days(today, CLOSES_AFTER),
        starts_on=days(today, CLOSES_AFTER + 20),
        ends_on=date(year, 12, 31),
        midterm_review_on=date(year, 7, 15),
        results_due_on=date(year, 11, 30),
        review_on=date(year, 12, 20),
        approval_quota=RULES.approval_quota,
        **_weights(),
    )
    return save_rules(_with_lists(cycle), by=by)


def judged_cycle(year: int, today: date, *, by: Any) -> Cycle:
    """Write a small year whose evaluation runs today."""
    cycle = Cycle(
        year=year,
        name=f"{year}年度基层党建创新项目",
        applications_open=date(year, 3, 1),
        applications_close=date(year, 3, 31),
        starts_on=date(year, 5, 1),
        ends_on=date(year, 12, 31),
        midterm_review_on=date(year, 7, 22),
        results_due_on=days(today, -60),
        review_on=days(today, 12),
        approval_quota=12,
        **_weights(),
    )
    cycle = _with_lists(cycle)
    for grade, quota in zip(cycle.grades.all(), (1, 3, 5, 3), strict=True):
        grade.quota = quota
    return save_rules(cycle, by=by)


def _weights() -> dict[str, int]:
    weight = {part.code: part.weight for part in RULES.components}
    return {f"weight_{name}": weight[code] for name, code in WEIGHTS.items()}


def _with_lists(cycle: Any) -> Cycle:  # its lists are taken as they are given
    names = {topic.code: topic.name for topic in RULES.topics}
    cycle.topics = [
        Topic(
            code=item.topic,
            sector=item.sector,
            title=names[item.topic],
            description=item.sentence,
            sort_order=place,
        )
        for place, item in enumerate(RULES.guidance)
    ]
    cycle.criteria = [
        Criterion(
            name=item.name, description=item.description, points=item.max_points, sort_order=place
        )
        for place, item in enumerate(RULES.criteria)
    ]
    cycle.grades = [
        GradeClass(
            code=item.code,
            name=item.name,
            quota=item.quota,
            bonus_points=Decimal(item.bonus_points),
            award_yuan=item.award_yuan,
            sort_order=place,
        )
        for place, item in enumerate(RULES.grades)
    ]
    return cycle
