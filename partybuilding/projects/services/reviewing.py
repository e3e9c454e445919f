"""Write what reviewers find: pre-assessments, ratings, four ones, assignments, bulk decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.refusals import ConditionUnmet, NotYours, Refusal
from partybuilding.core.services import move, note
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models import (
    Assessment,
    ExpertAssignment,
    FourOnesPost,
    Project,
    Rating,
)
from partybuilding.projects.permissions import (
    user_can_appoint_four_ones,
    user_can_assess_project,
    user_can_decide_project,
    user_can_rate_project,
)


def _locked(project: Project, by: Any, may: Any) -> Project:
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not may(locked, by):
        raise NotYours([_("This is not yours to record, or it is no longer the time for it.")])
    return locked


def record_assessment(
    project: Project,
    method: str,
    *,
    by: Any,
    participants: str,
    findings: str,
    held_on: date | None = None,
) -> Assessment:
    """Record one pre-assessment: how, who, when and what was found.

    Raises:
        NotYours: not of the department, task force or assigned experts, or not awaiting decision.
        ConditionUnmet: the day lies ahead, or a part is empty.
    """
    day = held_on or timezone.localdate()
    if day > timezone.localdate():
        raise ConditionUnmet([_("A pre-assessment cannot lie in the future.")])
    if not (participants.strip() and findings.strip()):
        raise ConditionUnmet([_("Say who took part and what was found.")])
    with transaction.atomic():
        locked = _locked(project, by, user_can_assess_project)
        assessment = Assessment.objects.create(
            project=locked,
            method=method,
            held_on=day,
            participants=participants,
            findings=findings,
            recorded_by=by,
        )
        note(locked, "assess", by=by, data={"method": method, "held_on": day})
    return assessment


def rate(project: Project, points: Mapping[int, Decimal], *, by: Any) -> list[Rating]:
    """Record the initial rating: points by criterion id, each within the criterion's points.

    Raises:
        NotYours: not the department, or the decision is taken.
        ConditionUnmet: points outside a criterion's range.
    """
    with transaction.atomic():
        locked = _locked(project, by, user_can_rate_project)
        criteria = {criterion.pk: criterion for criterion in locked.cycle.criteria.all()}
        for pk, value in points.items():
            if pk not in criteria or not 0 <= value <= criteria[pk].points:
                raise ConditionUnmet([_("Give points within the range of each criterion.")])
        ratings = [
            Rating.objects.update_or_create(
                project=locked, criterion=criteria[pk], defaults={"points": value}
            )[0]
            for pk, value in points.items()
        ]
        told = {str(criteria[pk].name): value for pk, value in points.items()}
        note(locked, "rate", by=by, data={"points": told})
    return ratings


def appoint_four_ones(
    project: Project, people: Mapping[str, tuple[str, str]], *, by: Any
) -> list[FourOnesPost]:
    """Name the four ones: (name, post) by duty; a change ends the one before and keeps its row.

    Raises:
        NotYours: only the department names them.
    """
    today = timezone.localdate()
    with transaction.atomic():
        locked = _locked(project, by, user_can_appoint_four_ones)
        current = {post.duty: post for post in locked.four_ones.filter(until=None)}
        changed = []
        for duty, (name, post) in people.items():
            before = current.get(duty)
            if not name.strip() or (before and (before.name, before.post) == (name, post)):
                continue
            if before:
                before.until = max(before.since, today - timedelta(days=1))
                before.save(update_fields=["until"])
            changed.append(
                FourOnesPost.objects.create(
                    project=locked, duty=duty, name=name, post=post, since=today
                )
            )
        if changed:
            told = {item.duty: [item.name, item.post] for item in changed}
            note(locked, "appoint", by=by, data=told)
    return changed


def assign_experts(
    project: Project, group: ExpertGroup, *, by: Any, until: date | None = None
) -> ExpertAssignment:
    """Let an expert group see a project, until a day when one is given.

    Raises:
        NotYours: only the department assigns.
    """
    with transaction.atomic():
        locked = _locked(project, by, user_can_decide_project)
        assignment, _created = ExpertAssignment.objects.update_or_create(
            project=locked, group=group, defaults={"until": until}
        )
        note(locked, "assign", by=by, data={"group": group.name, "until": until})
    return assignment


@dataclass(frozen=True)
class Outcome:
    """What became of one project in a bulk decision."""

    project: Project
    refusal: str = ""

    @property
    def ok(self) -> bool:
        """Whether the step was taken."""
        return not self.refusal


def move_many(
    projects: Iterable[Project],
    step: str,
    *,
    by: Any,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    seen: Mapping[int, str] | None = None,
) -> list[Outcome]:
    """Take the same step with many projects, each on its own, and report each one's result.

    Args:
        seen: by project id, the version in which the person saw it.
    """
    batch = uuid4()
    outcomes = []
    for project in projects:
        version = (seen or {}).get(project.pk, "")
        try:
            moved = move(project, step, by=by, reason=reason, data=data, batch=batch, seen=version)
        except Refusal as refusal:
            outcomes.append(Outcome(project, str(refusal)))
        else:
            outcomes.append(Outcome(moved))
    return outcomes
