"""Write what reviewers find: pre-assessments, ratings, assignments, bulk decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.offers import may_take
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Refusal
from partybuilding.core.models import Purpose
from partybuilding.core.rules import within
from partybuilding.core.services import all_or_nothing, enter_file, move, note
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models import Assessment, ExpertAssignment, Project, Rating
from partybuilding.projects.permissions import (
    user_can_assess_project,
    user_can_assign_experts,
    user_can_rate_project,
)
from partybuilding.projects.states import METHODS

#: How long after a programme year experts may still be assigned.
AFTERWARDS = timedelta(days=90)


def _locked(project: Project, by: AnyUser, may: Any) -> Project:
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not may(locked, by):
        raise NotYours([_("This is not yours to record, or it is no longer the time for it.")])
    return locked


def open_review(project: Project, *, by: AnyUser) -> Project:
    """Note that who reviews first reads the application as it was handed in; then it is not recalled.

    That is the unit, or the department in a year without a first review. Whoever opens it besides,
    or once more, changes nothing.
    """
    if not _begins_review(project, by):
        return project
    with transaction.atomic():
        locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        if _begins_review(locked, by):
            locked.review_opened_at = timezone.now()
            locked.save(update_fields=["review_opened_at"])
            note(locked, "open_review", by=by)
            project.review_opened_at = locked.review_opened_at
    return project


def _begins_review(project: Project, by: AnyUser) -> bool:
    waits = project.review_opened_at is None and project.has_step("recall")
    return waits and may_take(project, by, "send_back")


def record_assessment(
    project: Project,
    method: str,
    *,
    by: AnyUser,
    participants: str,
    findings: str,
    held_on: date | None = None,
    uploads: Iterable[Any] = (),
) -> Assessment:
    """Record one pre-assessment: how, who, when, what was found, and files for the staff side.

    The same one sent twice is recorded once.

    Raises:
        NotYours: not of the department, task force or assigned experts, or not awaiting decision.
        ConditionUnmet: the method is unknown, the day lies ahead or before the year, or a part is empty.
        UploadRefused: a file is not what it claims, too large or dangerous; nothing is recorded then.
    """
    day = held_on or timezone.localdate()
    if method not in METHODS:
        raise ConditionUnmet([_("Choose how it was pre-assessed.")])
    if day > timezone.localdate():
        raise ConditionUnmet([_("A pre-assessment cannot lie in the future.")])
    if not (has_words(participants) and has_words(findings)):
        raise ConditionUnmet([_("Say who took part and what was found.")])
    with all_or_nothing(uploads) as kept:
        locked = _locked(project, by, user_can_assess_project)
        if not (answer := within(day, locked.cycle.applications_open, None)):
            raise ConditionUnmet(answer.reasons)
        assert by.is_authenticated
        said = {
            "project": locked,
            "method": method,
            "held_on": day,
            "participants": participants.strip(),
            "findings": findings.strip(),
            "recorded_by": by,
        }
        if recorded := Assessment.objects.filter(**said).first():
            return recorded
        assessment = Assessment.objects.create(**said)
        for file in kept:
            enter_file(locked, file, by=by, purpose=Purpose.REVIEW)
        told = {"method": method, "held_on": day, "assessment": assessment.pk}
        note(locked, "assess", by=by, data=told, files=kept)
    return assessment


def rate(project: Project, points: Mapping[int, Decimal], *, by: AnyUser) -> list[Rating]:
    """Record the initial rating: points by criterion id, each within the criterion's points.

    Points have one decimal at most. What is rated as before leaves no row in the trail.

    Raises:
        NotYours: not the department, or the decision is taken.
        ConditionUnmet: points outside a criterion's range, or none given.
    """
    with transaction.atomic():
        locked = _locked(project, by, user_can_rate_project)
        criteria = {criterion.pk: criterion for criterion in locked.cycle.criteria.all()}
        given = {pk: Decimal(value) for pk, value in points.items()}
        if not given or not all(_fits(criteria.get(pk), value) for pk, value in given.items()):
            raise ConditionUnmet([_("Give points within the range of each criterion.")])
        before = {rating.criterion_id: rating.points for rating in locked.ratings.all()}
        ratings = [
            Rating.objects.update_or_create(
                project=locked, criterion=criteria[pk], defaults={"points": value}
            )[0]
            for pk, value in given.items()
        ]
        if any(before.get(pk) != value for pk, value in given.items()):
            told = {str(criteria[pk].name): value for pk, value in given.items()}
            note(locked, "rate", by=by, data={"points": told})
    return ratings


def _fits(criterion: Any, value: Decimal) -> bool:
    if criterion is None or not value.is_finite():
        return False
    return 0 <= value <= criterion.points and value == round(value, 1)


def assign_experts(
    project: Project, group: ExpertGroup, *, by: AnyUser, until: date | None = None
) -> ExpertAssignment:
    """Let an expert group see a project, until a day when one is given.

    Raises:
        NotYours: only the department assigns, and only what awaits its decision or is chosen.
        ConditionUnmet: the day is past, or after the programme year.
    """
    today = timezone.localdate()
    if until is not None and until < today:
        raise ConditionUnmet([_("The assignment cannot end before today.")])
    with transaction.atomic():
        locked = _locked(project, by, user_can_assign_experts)
        if until and not (answer := within(until, None, _last_day(locked, today))):
            raise ConditionUnmet(answer.reasons)
        found = locked.assignments.filter(group=group).first()
        if found and found.until == until:
            return found
        assignment = found or ExpertAssignment(project=locked, group=group)
        if found and found.until and found.until < today:
            assignment.since = today
        assignment.until = until
        assignment.save()
        note(locked, "assign", by=by, data={"group": group.name, "until": until})
    return assignment


def _last_day(project: Project, today: date) -> date:
    """Return until when experts may be assigned: the end of the year, or some weeks when it is over."""
    return max(project.cycle.last_day, today + AFTERWARDS)


def end_assignment(project: Project, group: ExpertGroup, *, by: AnyUser) -> None:
    """End what an expert group may see of a project: from now on, its row stays.

    Raises:
        NotYours: only the department assigns.
    """
    yesterday = timezone.localdate() - timedelta(days=1)
    with transaction.atomic():
        locked = _locked(project, by, user_can_assign_experts)
        running = locked.assignments.filter(group=group).exclude(until__lte=yesterday)
        if running.update(until=yesterday):
            note(locked, "assign", by=by, data={"group": group.name, "until": yesterday})


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
    by: AnyUser,
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


def assign_to_many(
    projects: Iterable[Project],
    groups: Iterable[ExpertGroup],
    *,
    by: AnyUser,
    until: date | None = None,
) -> list[Outcome]:
    """Let expert groups see many projects, each on its own, and report each one's result."""
    chosen = list(groups)
    outcomes = []
    for project in projects:
        try:
            with transaction.atomic():
                for group in chosen:
                    assign_experts(project, group, by=by, until=until)
        except Refusal as refusal:
            outcomes.append(Outcome(project, str(refusal)))
        else:
            outcomes.append(Outcome(project))
    return outcomes
