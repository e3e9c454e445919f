"""Read programme years."""

from typing import Any

from django.db.models import OuterRef, QuerySet

from partybuilding.core.selectors import count_of
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle


def register_of(user: AnyUser) -> QuerySet[Cycle]:
    """Return what a user's register lists, with the numbers of applications and approvals."""
    projects: Any = Cycle._meta.get_field("projects").related_model
    of_year = projects._default_manager.filter(cycle=OuterRef("pk"))
    return Cycle.objects.visible_to(user).annotate(
        application_count=count_of(of_year.filter(submitted_at__isnull=False)),
        approved_count=count_of(of_year.filter(approved_at__isnull=False)),
    )
