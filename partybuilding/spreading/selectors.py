"""Read what spreads: what came from a project, what waits for a user."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from partybuilding.core.types import AnyUser
from partybuilding.spreading.kinds import Kind

if TYPE_CHECKING:
    from partybuilding.projects.models import Project


def of_project(kind: Kind, project: "Project", user: AnyUser) -> QuerySet:
    """Return what came from a project, as far as a user may see it."""
    found = kind.records.visible_to(user).filter(**{kind.projects: project})
    return found.order_by("pk")


def next_waiting(kind: Kind, user: AnyUser, but: Any) -> Any:
    """Return the most urgent of the other records that wait for a user."""
    waiting = kind.records.visible_to(user).waiting_for(user).exclude(pk=but.pk)
    return waiting.order_by("due_on", "pk").first()
