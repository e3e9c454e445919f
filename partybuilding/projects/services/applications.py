"""Write an application while it is with its applicant."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.rules import within
from partybuilding.core.services import move, note
from partybuilding.core.services.door import due_date
from partybuilding.core.states import Role
from partybuilding.core.text.validators import has_words
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.rules import window_is_open
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import standing_of
from partybuilding.projects.models import (
    Commitment,
    CommitmentStep,
    PlanStep,
    Project,
)
from partybuilding.projects.permissions import (
    user_can_edit_application,
    user_can_edit_project,
    user_can_extend_return,
)
from partybuilding.projects.states import ProjectState


def create_draft(cycle: Cycle, organization: Organization, *, by: Any, **fields: Any) -> Project:
    """Start an application of an organisation for a year.

    Raises:
        NotYours: the user is no applicant of the organisation.
        ConditionUnmet: the window is not open.
    """
    if organization.pk not in standing_of(by).ids(Role.APPLICANT):
        raise NotYours([_("You can apply for your own organization only.")])
    open_now = window_is_open(cycle, timezone.localdate())
    if not open_now:
        raise ConditionUnmet(open_now.reasons)
    facts = {"sector": organization.sector, **_allowed(fields)}
    project = Project(cycle=cycle, organization=organization, created_by=by, **facts)
    project.due_on = due_date(project, timezone.localdate())
    with transaction.atomic():
        project.save()
        note(project, "create", by=by)
    return project


def _allowed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name in Project.sheet.columns}


def locked_for_writing(project: Project, by: Any, may: Any = user_can_edit_application) -> Project:
    """Lock a project for whoever may write it now.

    Raises:
        Frozen: it is no longer with its applicant, or the user is not of its leading organisation.
    """
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not may(locked, by):
        state = locked.state_row.told
        raise Frozen([_("It is “%(state)s” and can no longer be changed.") % {"state": state}])
    return locked


def save_application(project: Project, *, by: Any, **fields: Any) -> Project:
    """Save parts of the application; incomplete parts are welcome, drafts save themselves.

    Raises:
        Frozen: the application is no longer with its applicant.
    """
    with transaction.atomic():
        locked = locked_for_writing(project, by)
        changes = _allowed(fields)
        for name, value in changes.items():
            setattr(locked, name, value)
        locked.save(update_fields=[*changes, "updated_at"])
    return locked


def save_plan(project: Project, rows: Iterable[Mapping[str, Any]], *, by: Any) -> Project:
    """Replace the plan by these rows (task, goal, deadline, person, post), in their order."""
    with transaction.atomic():
        locked = locked_for_writing(project, by)
        locked.plan_steps.all().delete()
        PlanStep.objects.bulk_create(
            PlanStep(project=locked, order=place, **row) for place, row in enumerate(rows)
        )
        locked.save(update_fields=["updated_at"])
    return locked


def submit_application(project: Project, *, by: Any) -> Project:
    """Hand the application in; the trail keeps its text as it was, so that changes can be compared."""
    return move(project, "submit", by=by)


def extend_return(project: Project, until: date, *, by: Any, reason: str) -> Project:
    """Give a returned application a later deadline, with the reason in the trail.

    Raises:
        NotYours, ConditionUnmet: not its reviewer; not returned, not later, or no reason.
    """
    with transaction.atomic():
        locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        if not user_can_extend_return(locked, by):
            raise NotYours([_("Only its reviewers can extend the deadline.")])
        if locked.state != ProjectState.RETURNED or until <= timezone.localdate():
            raise ConditionUnmet([_("Give a day to come for a returned application.")])
        if not (answer := within(until, None, locked.cycle.ends_on)):
            raise ConditionUnmet(answer.reasons)
        if not has_words(reason):
            raise ConditionUnmet([_("Give the reason.")])
        before, locked.due_on = locked.due_on, until
        locked.save(update_fields=["due_on", "updated_at"])
        note(locked, "extend", by=by, reason=reason, data={"from": before, "to": until})
    return locked


def save_commitments(project: Project, rows: Iterable[Mapping[str, Any]], *, by: Any) -> Project:
    """Replace the commitments of an approved project; each row has `steps` of title and deadline.

    Raises:
        Frozen: the commitments are no longer with the applicant.
    """
    with transaction.atomic():
        locked = locked_for_writing(project, by, may=user_can_edit_project)
        if locked.state != ProjectState.APPROVED or locked.commitments_published_at is not None:
            raise Frozen([_("Commitments are written once the project is approved.")])
        CommitmentStep.objects.filter(commitment__project=locked).delete()
        locked.commitments.all().delete()
        for place, row in enumerate(rows):
            facts = {name: value for name, value in row.items() if name != "steps"}
            promise = Commitment.objects.create(project=locked, order=place, **facts)
            CommitmentStep.objects.bulk_create(
                CommitmentStep(commitment=promise, order=number, **step)
                for number, step in enumerate(row.get("steps", ()))
            )
    return locked
