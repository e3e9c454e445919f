"""Read what spreads: what came from a project, what waits for a user."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from partybuilding.spreading.kinds import Kind


def of_project(kind: Kind, project: Any, user: Any) -> QuerySet:
    """Return what came from a project, as far as a user may see it."""
    found = kind.model.objects.visible_to(user).filter(**{kind.projects: project})
    return found.order_by("pk")


def desk_counts(kind: Kind, user: Any, today: date) -> list[dict[str, Any]]:
    """Count what waits for a user by state: all, and overdue."""
    late = Count("pk", filter=Q(due_on__lt=today))
    waiting = kind.model.objects.waiting_for(user).order_by()
    return list(waiting.values("state").annotate(n=Count("pk"), late=late).order_by("state"))


def next_waiting(kind: Kind, user: Any, but: Any) -> Any:
    """Return the most urgent of the other records that wait for a user."""
    waiting = kind.model.objects.visible_to(user).waiting_for(user).exclude(pk=but.pk)
    return waiting.order_by("due_on", "pk").first()
