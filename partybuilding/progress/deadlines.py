"""The open steps of published commitments, for reminders: their applicants first, then unit and department."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybuilding.core.desk.deadlines import Deadline, Fault, make_each
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.models import CommitmentStep
from partybuilding.projects.states import ProjectState

#: Calendar days ahead in which a reminder before the day may fall, long holidays included.
AHEAD = 40
People = Callable[[Role, int | None], tuple[Any, ...]]


def step_deadlines(today: date) -> Iterator[Deadline | Fault]:
    """Yield the steps that are to be reported soon or should have been, as the deadlines hold now."""
    steps = CommitmentStep.objects.filter(
        closed_on=None,
        deadline__lte=today + timedelta(days=AHEAD),
        commitment__project__state=ProjectState.IMPLEMENTING,
        commitment__project__commitments_published_at__isnull=False,
    )
    rows = steps.select_related("commitment__project__organization").order_by("deadline", "pk")
    yield from make_each(rows, _item, partial(_deadline, _once()))


def _item(step: CommitmentStep) -> str:
    return f"step:{step.pk}"


def _deadline(people: People, step: CommitmentStep) -> Deadline:
    project = step.commitment.project
    assert step.deadline
    return Deadline(
        item=_item(step),
        kind=_("Step of a commitment"),
        title=f"{project}：{step.title}",
        due_on=step.deadline,
        holders=people(Role.APPLICANT, project.organization_id),
        above=(
            people(Role.UNIT, project.organization.unit_id),
            people(Role.DEPARTMENT, None),
        ),
        url=reverse("portal:progress", args=[project.pk]),
        url_above=f"{reverse('partybuilding:case', args=[project.pk])}#commitments",
    )


def _once() -> People:
    """Return a function that finds the people of a role in a place, each once only."""

    @cache
    def people(role: Role, place: int | None) -> tuple[Any, ...]:
        if place is None and role != Role.DEPARTMENT:
            return ()
        return tuple(people_with(role, None if place is None else [place]))

    return people
