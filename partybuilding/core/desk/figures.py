"""What waits, counted: by state, overdue, unread."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from partybuilding.core.models import Notice
from partybuilding.core.types import AnyUser


def by_state(waiting: QuerySet, today: date) -> list[dict[str, Any]]:
    """Count records by state: `n` of them, `late` of these."""
    counted = waiting.order_by().values("state").annotate(n=Count("*"), late=_late(today))
    return list(counted.order_by("state"))


def numbers(waiting: QuerySet) -> dict[str, int]:
    """Count records by state alone, which a narrow index can answer."""
    return dict(waiting.order_by().values_list("state").annotate(n=Count("*")))


def how_many(waiting: QuerySet, today: date) -> dict[str, int]:
    """Count records: `n` of them, `late` of these."""
    return waiting.order_by().aggregate(n=Count("*"), late=_late(today))


def _late(today: date) -> Count:
    return Count("due_on", filter=Q(due_on__lt=today))


def unread(user: AnyUser) -> int:
    """Count the notices that a user has not read."""
    return Notice.objects.to(user).unread().count()
