"""What who scores reads of judging: their own sheets, and what a group's leader is asked to explain."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import Disagreement, ScoreSheet
from partybuilding.evaluation.permissions import own_sheets
from partybuilding.evaluation.rules import PEERS_REVIEW_IN
from partybuilding.evaluation.states import EXPERT_KINDS, SheetKind, SheetState
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models import Project

#: What is still to be done stands first.
ORDER = (SheetState.OPEN, SheetState.RECUSAL, SheetState.LOCKED, SheetState.EXCUSED)


@dataclass(frozen=True)
class Left:
    """How many sheets of one's own are open, as expert and as peer, and whether there are any of peers."""

    expert: int = 0
    peer: int = 0
    has_peers: bool = False


def left_to_score(user: AnyUser) -> Left:
    """Count a user's own sheets in one query; nobody else's are ever counted."""
    is_open, of_peer = Q(state=SheetState.OPEN), Q(kind=SheetKind.PEER)
    found = ScoreSheet.objects.filter(own_sheets(user)).aggregate(
        expert=Count("pk", filter=is_open & ~of_peer),
        peer=Count("pk", filter=is_open & of_peer),
        peers=Count("pk", filter=of_peer & Q(cycle__state__in=PEERS_REVIEW_IN)),
    )
    return Left(found["expert"], found["peer"], bool(found["peers"]))


def sheets_of(user: AnyUser, *, peers: bool) -> QuerySet[ScoreSheet]:
    """Return a user's own sheets as expert, or as peer: newest year first, to be scored first."""
    kinds = (SheetKind.PEER,) if peers else EXPERT_KINDS
    place = Case(
        *(When(state=state, then=Value(at)) for at, state in enumerate(ORDER)),
        output_field=IntegerField(),
    )
    own = ScoreSheet.objects.filter(own_sheets(user), kind__in=kinds).select_related(
        "cycle__evaluation", "project__organization", "reviewer"
    )
    return own.annotate(turn=place).order_by(
        "-cycle__year", "reviewer__name_key", "turn", "kind", "project__code", "pk"
    )


def reviewed_with(sheet: ScoreSheet) -> QuerySet[ScoreSheet]:
    """Return the peer sheets among which a sheet takes its place: those of its organisation and year."""
    own = ScoreSheet.objects.of_peers().filter(cycle=sheet.cycle_id, reviewer=sheet.reviewer_id)
    return own.exclude(state=SheetState.EXCUSED)


def places_of(sheet: ScoreSheet) -> int:
    """Count the places that are given among the projects of a peer; an expert gives none."""
    return reviewed_with(sheet).count() if sheet.is_of_peer else 0


def unstated(user: AnyUser) -> Cycle | None:
    """Return a year of which an expert has sheets to score and has not given the statement; None if none."""
    own = ScoreSheet.objects.filter(own_sheets(user), kind__in=EXPERT_KINDS, state=SheetState.OPEN)
    assert user.is_authenticated
    given = Cycle.objects.filter(statements__user=user)
    return Cycle.objects.filter(pk__in=own.values("cycle")).exclude(pk__in=given).first()


@dataclass(frozen=True)
class Asked:
    """A project whose group lies far apart: how far, and what its leader has said so far."""

    project: Project
    group: ExpertGroup
    range: Decimal
    said: Disagreement | None


def asked_to_explain(user: AnyUser) -> list[Asked]:
    """Return what the groups that a user leads are asked to explain; a fixed number of queries.

    Only where the leader's own sheet is handed in, and every on-site sheet of the group on the project
    is handed in or excused: before, nothing of others' scores shows, not even that they differ.
    """
    assert user.is_authenticated
    groups = {group.pk: group for group in ExpertGroup.objects.filter(leader=user)}
    if not groups:
        return []
    sheets = ScoreSheet.objects.filter(group__in=groups, kind=SheetKind.SITE)
    gathered: dict[tuple[int, int], list[ScoreSheet]] = defaultdict(list)
    for sheet in sheets.select_related("project__organization", "cycle__evaluation"):
        assert sheet.group_id is not None  # asked for by their groups
        gathered[sheet.group_id, sheet.project_id].append(sheet)
    said = {one.project_id: one for one in Disagreement.objects.filter(group__in=groups)}
    found = []
    for (group, project), rows in gathered.items():
        apart = _range(rows, user)
        if apart is not None and apart > rows[0].cycle.evaluation.disagreement:
            found.append(Asked(rows[0].project, groups[group], apart, said.get(project)))
    return sorted(found, key=lambda one: (one.said is not None, one.project.code or ""))


def _range(sheets: list[ScoreSheet], leader: AnyUser) -> Decimal | None:
    """Return how far the sheets of a group lie apart, in points; None while that is not to be told."""
    done = {SheetState.LOCKED, SheetState.EXCUSED}
    locked = [sheet for sheet in sheets if sheet.state == SheetState.LOCKED]
    own = any(sheet.judge_id == leader.pk for sheet in locked)
    if not own or any(sheet.state not in done for sheet in sheets):
        return None
    totals = [sheet.locked_total for sheet in locked]
    return max(totals) - min(totals)
