"""How far scoring is, by expert and by reviewing organisation; what waits for the department; where experts differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import pstdev
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Prefetch, QuerySet

from partybuilding.core.models import TransitionRecord
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.conflicts import carriers_of, reasons_against, ties_of
from partybuilding.evaluation.models import Absence, DailyRating, ScoreSheet
from partybuilding.evaluation.permissions import department_only
from partybuilding.evaluation.selectors.drawn import name_of
from partybuilding.evaluation.selectors.standing import tally
from partybuilding.evaluation.states import EXPERT_KINDS, SheetKind, SheetState
from partybuilding.organizations.models import ExpertGroup, Organization
from partybuilding.projects.models import Project
from partybuilding.projects.states import RESULTS_IN


@dataclass(frozen=True)
class Progress:
    """How far one expert or organisation is: sheets asked for, handed in, begun, late, taken off.

    Args:
        stated: whether the expert gave the recusal statement; None of an organisation.
    """

    key: int
    name: str
    asked: int
    locked: int
    begun: int
    recusals: int
    excused: int
    late: int
    stated: bool | None = None

    @property
    def has_nothing(self) -> bool:
        """Whether nothing was handed in of what is asked for."""
        return bool(self.asked) and not self.locked


@dataclass
class GroupProgress:
    """How far the experts of a group are."""

    name: str
    leader: int | None
    experts: list[Progress] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """The sheets asked for."""
        return sum(one.asked for one in self.experts)

    @property
    def locked(self) -> int:
        """The sheets handed in."""
        return sum(one.locked for one in self.experts)


def experts_progress(cycle: Cycle) -> list[GroupProgress]:
    """Return the groups of a year with how far each expert is, in a fixed number of queries."""
    counted = list(_counted(cycle, "group", "judge", kind__in=EXPERT_KINDS))
    groups = ExpertGroup.objects.in_bulk({row["group"] for row in counted if row["group"]})
    people = get_user_model()._default_manager.in_bulk({row["judge"] for row in counted})
    stated = set(cycle.statements.values_list("user", flat=True))
    found = {
        pk: GroupProgress(group.name, group.leader_id)
        for pk, group in sorted(groups.items(), key=lambda pair: pair[1].name_key)
    }
    for row in counted:
        judge = row["judge"]
        if row["group"] in found:
            one = _progress(row, judge, name_of(people[judge]), judge in stated)
            found[row["group"]].experts.append(one)
    for group in found.values():
        group.experts.sort(key=lambda one: one.name)
    return list(found.values())


def peers_progress(cycle: Cycle) -> list[Progress]:
    """Return the reviewing organisations with how far each is."""
    counted = list(_counted(cycle, "reviewer", kind=SheetKind.PEER))
    names = Organization.objects.in_bulk({row["reviewer"] for row in counted})
    return sorted(
        (_progress(row, row["reviewer"], str(names[row["reviewer"]])) for row in counted),
        key=lambda one: (one.locked == one.asked, one.name),
    )


def _counted(cycle: Cycle, *by: str, **which: Any) -> QuerySet:
    sheets = ScoreSheet.objects.filter(cycle=cycle, **which).order_by()
    return sheets.values(*by).annotate(**tally())


def _progress(row: Mapping[str, Any], key: int, name: str, stated: bool | None = None) -> Progress:
    figures = {figure: row[figure] for figure in tally()}
    return Progress(key=key, name=name, stated=stated, **figures)


def recusals_of(cycle: Cycle) -> list[dict[str, Any]]:
    """Return the recusals that wait for a decision, each with what was said."""
    sheets = list(
        ScoreSheet.objects.filter(cycle=cycle, state=SheetState.RECUSAL)
        .select_related("project", "judge", "reviewer", "group")
        .order_by("state_since")
    )
    rows = TransitionRecord.objects.filter(
        machine="score_sheet", step="ask_recusal", record_id__in=[sheet.pk for sheet in sheets]
    )
    said = dict(rows.order_by("sequence").values_list("record_id", "reason"))
    return [
        {"sheet": sheet, "who": who_scores(sheet), "said": said.get(sheet.pk, "")}
        for sheet in sheets
    ]


def conflicts_of(cycle: Cycle) -> list[dict[str, Any]]:
    """Return the experts' sheets, open or handed in, whose expert may not score the project as of today."""
    standing = (SheetState.OPEN, SheetState.LOCKED)
    rows = ScoreSheet.objects.of_experts().filter(cycle=cycle, state__in=standing)
    sheets = list(
        rows.select_related("project", "judge", "group").defer("points", "note", "answers")
    )
    ties = ties_of({sheet.judge_id: sheet.expert for sheet in sheets}.values())
    carriers = carriers_of({sheet.project_id: sheet.project for sheet in sheets}.values())
    found = (
        (sheet, list(reasons_against(ties[sheet.expert.pk], carriers[sheet.project_id])))
        for sheet in sheets
    )
    return [
        {"sheet": sheet, "who": who_scores(sheet), "reasons": reasons}
        for sheet, reasons in found
        if reasons
    ]


def who_scores(sheet: ScoreSheet) -> str:
    """Name the expert or the reviewing organisation of a sheet."""
    return str(sheet.reviewer) if sheet.is_of_peer else name_of(sheet.expert)


def sheets_of(cycle: Cycle, user: AnyUser, **which: Any) -> QuerySet[ScoreSheet]:
    """Return the sheets of a year for the department's lists, without a point."""
    sheets = department_only(ScoreSheet.objects.filter(cycle=cycle, **which), user)
    return (
        sheets.select_related("project__organization", "judge", "reviewer", "group")
        .defer("points", "note", "answers", "total", "salt")
        .order_by("project__code", "kind", "pk")
    )


def sheet_of(user: AnyUser, pk: int) -> ScoreSheet:
    """Return one sheet for the department's screen.

    Raises:
        ScoreSheet.DoesNotExist: there is none, or the user does not see the evaluation.
    """
    sheets = department_only(ScoreSheet.objects.all(), user)
    return sheets.select_related(
        "cycle__evaluation", "project__organization", "judge", "reviewer", "group"
    ).get(pk=pk)


def ratings_missing(cycle: Cycle) -> list[dict[str, Any]]:
    """Return the projects that lack a day-to-day rating, with the sides that have not rated."""
    given = set(DailyRating.objects.filter(project__cycle=cycle).values_list("project_id", "side"))
    rows = Project.objects.filter(cycle=cycle, state__in=RESULTS_IN)
    found = []
    for project in rows.select_related("organization__unit").order_by("code"):
        unit, force = ((project.pk, side) in given for side in (Role.UNIT, Role.TASK_FORCE))
        if not (unit and force):
            found.append({"project": project, "unit": not unit, "force": not force})
    return found


def absences_of(cycle: Cycle) -> QuerySet[Absence]:
    """Return what was recorded as missing."""
    rows = Absence.objects.filter(project__cycle=cycle).select_related("project", "recorded_by")
    return rows.order_by("project__code", "part")


@dataclass(frozen=True)
class Spread:
    """How far the experts of a project lie apart.

    Args:
        wide: from which range on the group's leader explains.
    """

    project: Project
    group: str
    totals: tuple[Decimal, ...]
    wide: int
    explained: str = ""
    explained_by: str = ""

    @property
    def lowest(self) -> Decimal:
        """The lowest points."""
        return min(self.totals)

    @property
    def highest(self) -> Decimal:
        """The highest points."""
        return max(self.totals)

    @property
    def range(self) -> Decimal:
        """The points between the highest and the lowest."""
        return self.highest - self.lowest

    @property
    def deviation(self) -> Decimal:
        """The standard deviation in points."""
        return pstdev(self.totals)

    @property
    def is_wide(self) -> bool:
        """Whether the group's leader has to explain."""
        return self.range >= self.wide


def spreads_of(cycle: Cycle, wide: int) -> list[Spread]:
    """Return how far the experts lie apart, for every project of which two or more handed in."""
    locked = ScoreSheet.objects.filter(cycle=cycle, kind__in=EXPERT_KINDS).locked()
    projects = (
        Project.objects.filter(cycle=cycle, sheets__in=locked.values("pk"))
        .distinct()
        .select_related("organization", "disagreement__said_by")
        .prefetch_related(Prefetch("sheets", locked.select_related("group"), to_attr="scored"))
    )
    return [
        _spread(project, project.scored, wide) for project in projects if len(project.scored) > 1
    ]


def _spread(project: Project, scored: Iterable[ScoreSheet], wide: int) -> Spread:
    said = getattr(project, "disagreement", None)
    visited = {str(one.group) for one in scored if one.kind == SheetKind.SITE and one.group}
    return Spread(
        project=project,
        group="、".join(sorted(visited)),
        totals=tuple(one.total for one in scored if one.total is not None),
        wide=wide,
        explained=said.words if said else "",
        explained_by=name_of(said.said_by) if said and said.said_by else "",
    )
