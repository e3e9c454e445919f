"""Read programme years."""

from django.db.models import Count, Q, QuerySet

from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle


def register_of(user: AnyUser) -> QuerySet[Cycle]:
    """Return what a user's register lists, with the numbers of applications and approvals."""
    handed_in = Count("projects", filter=Q(projects__submitted_at__isnull=False))
    approved = Count("projects", filter=Q(projects__approved_at__isnull=False))
    years = Cycle.objects.visible_to(user)
    return years.annotate(application_count=handed_in, approved_count=approved)
