"""What a run rests on, gathered from the rows and freed of every name."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.arithmetic.facts import (
    Entry,
    Fault,
    Grade,
    Inputs,
    Override,
    Rules,
)
from partybuilding.evaluation.arithmetic.severity import Sheet
from partybuilding.evaluation.figures import missing_sheets
from partybuilding.evaluation.models import Absence, DailyRating, Draw, ScoreSheet
from partybuilding.evaluation.states import DrawKind, DrawState, SheetKind, SheetState
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.states import Consent, ProjectState

#: The day-to-day rating has two sides: the unit and the task force.
SIDES = 2


@dataclass
class Names:
    """Random names for what a run speaks of; those of the run before are kept.

    Args:
        known: by kind and key ("project:12") the random name.
    """

    known: dict[str, str] = field(default_factory=dict)

    def of(self, kind: str, key: Any) -> str:
        """Return the name of a project, an expert, a group or an organisation."""
        place = f"{kind}:{key}"
        if place not in self.known:
            self.known[place] = f"{kind[0]}{secrets.token_hex(4)}"
        return self.known[place]

    def behind(self, kind: str) -> dict[str, int]:
        """Return the keys behind the names of a kind."""
        return {
            name: int(place.partition(":")[2])
            for place, name in self.known.items()
            if place.startswith(f"{kind}:")
        }


def judged_projects(cycle: Cycle) -> list[Project]:
    """Return the projects that a run grades: their results are in."""
    rows = Project.objects.filter(cycle=cycle, state=ProjectState.RESULTS_SUBMITTED)
    return list(rows.select_related("organization").prefetch_related("ratings").order_by("code"))


def without_results(cycle: Cycle) -> list[Project]:
    """Return the projects that no run grades, as their results are not in: they stay without a grade."""
    rows = Project.objects.filter(cycle=cycle, state=ProjectState.IMPLEMENTING)
    return list(rows.select_related("organization").order_by("code"))


def gathered(
    cycle: Cycle, names: Names, overrides: Iterable[Mapping[str, Any]] = ()
) -> tuple[Inputs, list[Fault]]:
    """Return what a run of the year rests on now, and what of it is still missing.

    Args:
        overrides: each with the random name of a project and a grade.
    """
    projects = judged_projects(cycle)
    keys = {project.pk for project in projects}
    sheets = list(ScoreSheet.objects.filter(cycle=cycle, project__in=keys))
    locked = [sheet for sheet in sheets if sheet.state == SheetState.LOCKED]
    experts = [sheet for sheet in locked if not sheet.is_of_peer]
    inputs = Inputs(
        rules=rules_of(cycle),
        entries=tuple(_entries(projects, sheets, names)),
        sheets=tuple(_as_sheet(one, names) for one in experts),
        peers=tuple(_as_sheet(one, names) for one in locked if one.is_of_peer),
        written=frozenset(
            (names.of("judge", one.judge_id), names.of("project", one.project_id))
            for one in experts
            if one.kind == SheetKind.WRITTEN
        ),
        overrides=tuple(Override(one["project"], one["grade"]) for one in overrides),
    )
    waiting = [
        Fault("sheets", (names.of("project", project),), number=count)
        for project, count in sorted(missing_sheets(cycle).items())
        if project in keys
    ]
    return inputs, waiting


def rules_of(cycle: Cycle) -> Rules:
    """Return the rules of a year as the arithmetic reads them."""
    rules = cycle.evaluation
    lot = Draw.objects.filter(cycle=cycle, kind=DrawKind.LOT, state=DrawState.APPLIED).first()
    return Rules(
        weights={
            "expert": cycle.weight_expert,
            "daily": cycle.weight_daily,
            "initial": cycle.weight_initial,
            "peer": cycle.weight_peer,
        },
        grades=tuple(
            Grade(one.code, one.quota, f"{one.bonus_points.normalize():f}", one.award_yuan)
            for one in cycle.grades.all()
        ),
        method=rules.method,
        sheets_needed=rules.sheets_needed,
        ties=tuple(rule for rule in rules.ties if rule != "lot" or lot is not None),
        robust=rules.robust,
        standardise=rules.standardise,
        seed=lot.seed if lot is not None else "",
    )


def _entries(projects: list[Project], sheets: list[ScoreSheet], names: Names) -> Iterator[Entry]:
    ratings: dict[int, list[Fraction]] = defaultdict(list)
    for rating in DailyRating.objects.filter(project__in=projects).order_by("side"):
        ratings[rating.project_id].append(Fraction(rating.points))
    absent: dict[int, set[str]] = defaultdict(set)
    for absence in Absence.objects.filter(project__in=projects):
        absent[absence.project_id].add(absence.part)
    partners: dict[int, list[int]] = defaultdict(list)
    joint = Partner.objects.filter(project__in=projects).exclude(consent=Consent.REFUSED)
    for partner in joint.order_by("pk"):
        partners[partner.project_id].append(partner.organization_id)
    groups = {one.project_id: one.group_id for one in sheets if one.kind == SheetKind.SITE}
    excused: dict[int, int] = defaultdict(int)
    for sheet in sheets:
        if sheet.kind == SheetKind.SITE and sheet.state == SheetState.EXCUSED:
            excused[sheet.project_id] += 1
    criteria = len(projects[0].cycle.criteria.all()) if projects else 0
    for project in projects:
        carriers = (project.organization_id, *partners[project.pk])
        daily = ratings[project.pk]
        yield Entry(
            project=names.of("project", project.pk),
            group=names.of("group", groups[project.pk]) if project.pk in groups else "",
            daily=tuple(daily) if len(daily) >= SIDES else (),
            initial=_initial(project, criteria),
            excused=frozenset(absent[project.pk]),
            missing_sheets=excused[project.pk],
            carriers=tuple(names.of("organization", one) for one in carriers),
        )


def _initial(project: Project, criteria: int) -> Fraction | None:
    """Return the initial rating in points of 100; None when not all criteria have points."""
    given = list(project.ratings.all())
    if len(given) < criteria or not given:
        return None
    return sum((Fraction(rating.points) for rating in given), Fraction(0))


def _as_sheet(sheet: ScoreSheet, names: Names) -> Sheet:
    who = (
        names.of("organization", sheet.reviewer_id)
        if sheet.is_of_peer
        else names.of("judge", sheet.judge_id)
    )
    return Sheet(who, names.of("project", sheet.project_id), Fraction(sheet.locked_total))
