"""A year that is being judged: projects with results, expert groups, sheets, ratings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import time_machine
from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import Award, Draw, Objection, Run, ScoreSheet
from partybuilding.evaluation.services import (
    announce_draw,
    compute,
    delivered_rules,
    draw_lots,
    give_statement,
    rate_daily,
    save_evaluation_rules,
    save_sheet,
)
from partybuilding.evaluation.states import DrawKind, RunState, SheetKind, SheetState
from partybuilding.projects.models import Project
from tests.factories.people import make_group, make_organization, make_person, make_unit
from tests.factories.programme import make_cycle, open_cycle
from tests.factories.projects import Cast, make_project
from tests.factories.spread import forge_state
from tests.replay import replayed


@dataclass
class Judged:
    """A year with everybody who judges it."""

    cycle: Cycle
    department: Any
    task_force: Any
    projects: list[Project] = field(default_factory=list)
    casts: list[Cast] = field(default_factory=list)
    experts: list[Any] = field(default_factory=list)
    groups: list[Any] = field(default_factory=list)


@replayed
def make_year(projects: int = 4, groups: int = 2, experts: int = 3) -> Judged:
    """Make a year in evaluation: projects with results in two units, expert groups, no sheet yet."""
    department = make_person(Role.DEPARTMENT)
    rules = delivered_rules(make_cycle())
    rules.sheets_needed, rules.cross_sheets, rules.peer_reviews = experts, 1, 1
    cycle = save_evaluation_rules(rules, by=department).cycle
    cycle = move(cycle, "open_applications", by=department)
    year = Judged(cycle, department, make_person(Role.TASK_FORCE))
    units = [make_unit(), make_unit()]
    reviewers = [make_person(Role.UNIT, unit) for unit in units]
    others = {role.value: make_person(role) for role in (Role.EDITOR, Role.PUBLISHER)}
    for number in range(projects):
        lead = make_organization(units[number % 2])
        people = {
            **others,
            "applicant": make_person(Role.APPLICANT, lead),
            "unit": reviewers[number % 2],
            "department": year.department,
            "taskforce": year.task_force,
        }
        cast = Cast(year.cycle, lead, people)
        title = f"第{number + 1}号示例项目"
        year.projects.append(make_project("results_submitted", cast, title=title))
        year.casts.append(cast)
    for _group in range(groups):
        members = [make_person(Role.EXPERT) for _expert in range(experts)]
        year.experts += members
        year.groups.append(make_group(*members))
    forge_state(year.cycle, "evaluating")
    year.cycle.refresh_from_db()
    return year


def add_project(year: Judged, title: str) -> Project:
    """Add a project with results of the first organisation to a year that is being evaluated."""
    cast = year.casts[0]
    forge_state(cast.cycle, "applying")
    cast.cycle.refresh_from_db()
    project = make_project("results_submitted", cast, title=title)
    forge_state(cast.cycle, "evaluating")
    cast.cycle.refresh_from_db()
    return project


def hold_draw(year: Judged, kind: str = DrawKind.GROUPS) -> Draw:
    """Announce a draw, and hold and apply it the day after."""
    draw = announce_draw(year.cycle, kind, by=year.department)
    with time_machine.travel(tomorrow(), tick=False):
        draw = draw_lots(draw, witness_name="李公证", witness_words="公平公正", by=year.department)
        return move(draw, "apply", by=year.department)


def first_sheet() -> ScoreSheet:
    """Return the first sheet of a visit on site that was drawn."""
    return ScoreSheet.objects.filter(kind=SheetKind.SITE).order_by("pk")[0]


def tomorrow(days: int = 1) -> datetime:
    """Return a moment some days from now."""
    return timezone.now() + timedelta(days=days)


def score(sheet: ScoreSheet, points: str, *, lock: bool = True) -> ScoreSheet:
    """Give every criterion of an expert's sheet a share of points of 100, and hand it in."""
    by = sheet.judge
    give_statement(sheet.cycle, by=by)
    share = Decimal(points) / 100
    given = {one.code: str(_half(one.points * share)) for one in sheet.criteria}
    sheet = save_sheet(sheet, given, by=by)
    return move(sheet, "lock", by=by) if lock else sheet


def review(sheet: ScoreSheet, by: Any, points: str, place: int = 1) -> ScoreSheet:
    """Fill a peer's sheet in and hand it in."""
    share = Decimal(points) / 100
    given = {one.code: str(_half(one.points * share)) for one in sheet.criteria}
    sheet = save_sheet(sheet, given, by=by, place=place)
    return move(sheet, "lock", by=by)


def _half(points: Decimal) -> Decimal:
    return round(points * 2) / Decimal(2)


def judge(year: Judged) -> None:
    """Draw, score, review and rate everything, so that a run can be computed."""
    hold_draw(year)
    hold_draw(year, DrawKind.PEERS)
    applicants = {cast.organization.pk: cast["applicant"] for cast in year.casts}
    sheets = ScoreSheet.objects.filter(state=SheetState.OPEN, cycle=year.cycle)
    for number, sheet in enumerate(sheets.select_related("judge", "project", "cycle")):
        points = f"{95 - 3 * year.projects.index(sheet.project) - number % 3}"
        if sheet.is_of_peer:
            review(sheet, applicants[sheet.reviewer_id], points)
        else:
            score(sheet, points)
    for number, (project, cast) in enumerate(zip(year.projects, year.casts, strict=True)):
        for by in (cast["unit"], year.task_force):
            rate_daily(project, Decimal(95 - 2 * number), by=by)


def make_run(year: Judged | None = None) -> tuple[Judged, Run]:
    """Judge a year and compute its run."""
    year = year or make_year()
    judge(year)
    return year, compute(year.cycle, by=year.department)


def stored_in(record: Any, state: str) -> Any:
    """Return a record as if the door had brought it into a state."""
    forge_state(record, state)
    return type(record).objects.get(pk=record.pk)


def make_sheets(cast: Cast, states: Iterable[str]) -> dict[str, ScoreSheet]:
    """Make a sheet of the cast's expert in each state, each of a project of its own."""
    year = make_year(projects=len(list(states)))
    sheets = {}
    for state, project in zip(states, year.projects, strict=True):
        sheet = ScoreSheet.objects.create(
            cycle=year.cycle, project=project, kind=SheetKind.SITE, judge=cast["expert"]
        )
        sheets[state] = stored_in(sheet, state)
    return sheets


def make_draws(states: Iterable[str]) -> dict[str, Draw]:
    """Make a draw in each state, each of a year of its own."""
    found = {}
    for state in states:
        cycle = open_cycle(is_judged=True)
        found[state] = stored_in(
            Draw.objects.create(cycle=cycle, kind=DrawKind.LOT, result={"order": []}), state
        )
    return found


def bare_run(cycle: Cycle, state: str = RunState.COMPUTED, number: int = 1) -> Run:
    """Make a run without any project in a state."""
    rules = {"weights": {}, "method": "raw", "ties": [], "standardise": False}
    run = Run.objects.create(
        cycle=cycle,
        number=number,
        inputs={"rules": rules, "overrides": []},
        result={"rows": [], "yuan": 0, "weights": {}, "severity": {}},
    )
    return stored_in(run, state)


def make_runs(states: Iterable[str]) -> dict[str, Run]:
    """Make a run in each state, all of one year."""
    cycle = open_cycle(is_judged=True)
    return {state: bare_run(cycle, state, at) for at, state in enumerate(states, start=1)}


def make_objections(cast: Cast, states: Iterable[str]) -> dict[str, Objection]:
    """Make an objection in each state about a project of the cast."""
    project = make_project("approved", cast)
    run = bare_run(open_cycle(is_judged=True), RunState.NOTICED)
    words = {"name": "王示例", "contact": "023-79220000", "text": "实地情况与材料不一致。"}
    return {
        state: stored_in(
            Objection.objects.create(run=run, project=project, number=f"YY-{state}", **words),
            state,
        )
        for state in states
    }


def make_awards(cast: Cast, states: Iterable[str]) -> dict[str, Award]:
    """Make an award in each state."""
    run = bare_run(open_cycle(is_judged=True), RunState.ANNOUNCED)
    found = {}
    for state in states:
        project = make_project("approved", cast)
        award = Award.objects.create(
            run=run,
            project=project,
            organization=cast.organization,
            grade=cast.cycle.grades.first(),
            points=2,
            yuan=8000,
        )
        found[state] = stored_in(award, state)
    return found
