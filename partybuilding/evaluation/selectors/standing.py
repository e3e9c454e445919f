"""Where the evaluation of a year stands, in figures: what its overview and the first screen say."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import (
    Award,
    DailyRating,
    Draw,
    EvaluationRules,
    Objection,
    Run,
    ScoreSheet,
)
from partybuilding.evaluation.selectors.gathering import SIDES
from partybuilding.evaluation.states import EXPERT_KINDS, AwardState, SheetKind, SheetState
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models import Project
from partybuilding.projects.states import RESULTS_IN

#: Of some sheets: how many are asked for, handed in, begun, late, to be decided on, taken off.
TALLY: dict[str, Any] = {
    "asked": Count("pk", filter=~Q(state=SheetState.EXCUSED)),
    "locked": Count("pk", filter=Q(state=SheetState.LOCKED)),
    "begun": Count("pk", filter=Q(state=SheetState.OPEN, revision__gt=0)),
    "recusals": Count("pk", filter=Q(state=SheetState.RECUSAL)),
    "excused": Count("pk", filter=Q(state=SheetState.EXCUSED)),
}


def tally(**also: Any) -> dict[str, Any]:
    """Return the figures of sheets as expressions, with how many of them are late today."""
    late = Q(state=SheetState.OPEN, due_on__lt=timezone.localdate())
    return {**TALLY, "late": Count("pk", filter=late), **also}


@dataclass(frozen=True)
class GroupSizes:
    """How many expert groups there are, and how large the smallest and the largest are."""

    groups: int
    smallest: int
    largest: int
    without_leader: int


@dataclass(frozen=True)
class Standing:
    """The figures of one year's evaluation.

    Args:
        projects: how many have their results in.
        ratings: how many day-to-day ratings of these were given, of `ratings_needed`.
        awards: how many awards there are, of which `paid` are paid.
    """

    cycle: Cycle
    rules: EvaluationRules | None
    sizes: GroupSizes
    draws: dict[str, Draw]
    experts: dict[str, int]
    peers: dict[str, int]
    projects: int
    ratings: int
    run: Run | None
    open_objections: int
    awards: int
    paid: int

    @property
    def ratings_needed(self) -> int:
        """Every project is rated by its unit and by the task force."""
        return SIDES * self.projects


def standing_of(cycle: Cycle) -> Standing:
    """Return where the evaluation of a year stands, in a fixed number of queries."""
    sheets = ScoreSheet.objects.filter(cycle=cycle).order_by()
    judged = Project.objects.filter(cycle=cycle, state__in=RESULTS_IN)
    run = Run.objects.standing().filter(cycle=cycle).defer("inputs", "result").first()
    paid = Q(state=AwardState.PAID)
    awards = Award.objects.filter(project__cycle=cycle)
    awarded = awards.aggregate(n=Count("pk"), paid=Count("pk", filter=paid))
    return Standing(
        cycle=cycle,
        rules=EvaluationRules.objects.filter(cycle=cycle).first(),
        sizes=group_sizes(),
        draws={one.kind: one for one in Draw.objects.standing().filter(cycle=cycle)},
        experts=sheets.filter(kind__in=EXPERT_KINDS).aggregate(**tally()),
        peers=sheets.filter(kind=SheetKind.PEER).aggregate(**tally()),
        projects=judged.count(),
        ratings=DailyRating.objects.filter(project__in=judged).count(),
        run=run,
        open_objections=Objection.objects.open().filter(run__cycle=cycle).count(),
        awards=awarded["n"],
        paid=awarded["paid"],
    )


def group_sizes() -> GroupSizes:
    """Return the sizes of the expert groups that have anybody in them."""
    active = Q(members__is_active=True)
    groups = ExpertGroup.objects.order_by().annotate(size=Count("members", filter=active))
    found = groups.filter(size__gt=0).aggregate(
        groups=Count("pk"),
        smallest=Min("size"),
        largest=Max("size"),
        without_leader=Count("pk", filter=Q(leader=None)),
    )
    return GroupSizes(**{name: value or 0 for name, value in found.items()})


def recusals_waiting() -> list[tuple[int, int]]:
    """Count by year the recusals that the department has to decide."""
    rows = ScoreSheet.objects.filter(state=SheetState.RECUSAL).order_by("cycle__year")
    return list(rows.values_list("cycle__year").annotate(n=Count("pk")))


def draws_waiting(user: AnyUser) -> QuerySet[Draw]:
    """Return the draws that wait for a user: announced and to be held, or held and not in force."""
    return Draw.objects.waiting_for(user).order_by("cycle__year", "pk")
