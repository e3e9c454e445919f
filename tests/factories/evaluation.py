"""A year that is being judged: projects with results, expert groups, sheets, ratings."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import time_machine
from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import Draw, Run, ScoreSheet
from partybuilding.evaluation.services import (
    announce_draw,
    compute,
    draw_lots,
    give_statement,
    rate_daily,
    save_sheet,
)
from partybuilding.evaluation.states import DrawKind, SheetState
from partybuilding.projects.models import Project
from tests.factories.people import make_group, make_organization, make_person, make_unit
from tests.factories.programme import open_cycle
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
    year = Judged(
        open_cycle(is_judged=True), make_person(Role.DEPARTMENT), make_person(Role.TASK_FORCE)
    )
    rules = year.cycle.evaluation
    rules.sheets_needed, rules.cross_sheets, rules.peer_reviews = experts, 1, 1
    rules.save()
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
