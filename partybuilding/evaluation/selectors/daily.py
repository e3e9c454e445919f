"""Which projects a unit's reviewers and the task force rate, and which of them they have rated."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.cycles.states import CycleState
from partybuilding.evaluation.models import DailyRating
from partybuilding.evaluation.permissions import side_that_rates
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.models import Project
from partybuilding.projects.states import ProjectState

#: What the desk counts of them, by the name in an address.
TO_GIVE = "waiting"


@dataclass(frozen=True)
class Rated:
    """A project with one side's own rating; the other side's is not known here."""

    project: Project
    side: Role
    rating: DailyRating | None


def own_rating(project: Project, side: Role) -> DailyRating | None:
    """Return what one side gave a project."""
    return next((one for one in project.daily_ratings.all() if one.side == side), None)


def rated_by(user: AnyUser) -> Iterator[Rated]:
    """Yield the projects in evaluation that a user rates, with what their own side gave."""
    roles = roles_of_user(user)
    if not roles.has(Role.UNIT, Role.TASK_FORCE):
        return
    scope = Q() if roles.has(Role.TASK_FORCE) else Q(organization__unit__in=roles.ids(Role.UNIT))
    projects = Project.objects.filter(
        scope,
        cycle__state=CycleState.EVALUATING,
        cycle__weight_daily__gt=0,
        state=ProjectState.RESULTS_SUBMITTED,
    )
    rows = projects.select_related("cycle", "organization__unit")
    for project in rows.prefetch_related("partners", "daily_ratings").order_by("cycle", "code"):
        side = side_that_rates(project, user)
        if side is not None:
            yield Rated(project, side, own_rating(project, side))


def ratings_to_give(user: AnyUser) -> int:
    """Count the projects that a user still has to rate."""
    return sum(one.rating is None for one in rated_by(user))
