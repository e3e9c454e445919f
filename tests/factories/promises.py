"""Promises as they may stand: written past the services, for lists and arithmetic."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from partybuilding.projects.models import Commitment, CommitmentStep, Project


def make_promise(
    project: Project, deadline: date | None, *closed: date | None, **fields: Any
) -> Commitment:
    """Add a commitment with one step for each day on which it was closed, None for an open one."""
    facts = {"goal": "办结议题60件", "person": "李示例", "post": "党委书记", **fields}
    order = project.commitments.count()
    commitment = Commitment.objects.create(project=project, order=order, deadline=deadline, **facts)
    CommitmentStep.objects.bulk_create(
        CommitmentStep(
            commitment=commitment,
            order=at,
            title=f"第{at}次议事",
            deadline=deadline,
            closed_on=day,
            evidence=f"办结{at}件，群众签字。" if day else "",
        )
        for at, day in enumerate(closed, start=1)
    )
    return commitment


def scatter_promises(project: Project, number: int, chance: Random) -> None:
    """Add commitments of every kind around today."""
    today = timezone.localdate()

    def day() -> date:
        return today + timedelta(days=chance.randrange(-3, 4))

    for _at in range(number):
        closed = [day() if chance.random() < 0.6 else None for _ in range(chance.randrange(4))]
        make_promise(project, day() if chance.random() < 0.9 else None, *closed)
