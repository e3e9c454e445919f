"""Let a year be judged: draws before a witness, sheets of experts and peers, ratings, the run, its announcement."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch

from demonstration.cases import Case
from demonstration.people import Company
from demonstration.stage import Story, days, moment, work_day
from demonstration.year_form import sheet_answers
from partybuilding.core.calendar import add_working_days
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import Award, Draw, Run, ScoreSheet
from partybuilding.evaluation.services import (
    announce_draw,
    compute,
    draw_lots,
    give_statement,
    rate_daily,
    save_sheet,
)
from partybuilding.evaluation.states import DrawKind, SheetKind, SheetState

#: Who witnesses the draws, and what they said: anything that nobody could know before.
WITNESSES = {
    DrawKind.PEERS: ("区纪委监委驻点监督员", "众人拾柴火焰高"),
    DrawKind.GROUPS: ("区人大代表孟润安", "一碗水端平"),
}
REMARKS = (
    "承诺件件有回音，现场与资料一致。",
    "做法实在，群众叫得上名字。",
    "台账清楚，建议把成效再量化一些。",
    "切口小、办得成，值得邻近单位来看看。",
)


@dataclass(frozen=True)
class Dates:
    """When a year is judged."""

    peers_drawn: date
    peers_until: date
    groups_drawn: date
    scored_until: date
    computed: date


@contextmanager
def chance(name: str) -> Iterator[None]:
    """Let what is drawn in the demonstration come out alike whenever it is played."""
    counted = iter(range(10**6))

    def token(size: int) -> str:
        return hashlib.sha512(f"{name}:{next(counted)}".encode()).hexdigest()[: 2 * size]

    with patch("secrets.token_hex", token):
        yield


def add_to_year(
    story: Story, company: Company, cycle: Cycle, cases: Sequence[Case], on: Dates
) -> None:
    """Let a year be drawn, reviewed, scored and rated, so that a run can be computed.

    Args:
        cases: those that are judged, the best first.
    """
    officer = company.department[0]
    for kind, day in ((DrawKind.PEERS, on.peers_drawn), (DrawKind.GROUPS, on.groups_drawn)):
        before = days(day, -1)
        story.add(moment(before, hour=15), partial(_announce, cycle, kind, officer))
        story.add(moment(day, hour=9, minute=30), partial(_hold, cycle, kind, officer))
    merits = {case.number: 95.5 - 0.4 * place for place, case in enumerate(cases)}
    merits[cases[0].number] += 3
    first = add_working_days(on.peers_drawn, 1)
    for place, case in enumerate(cases):
        when = _between(first, on.peers_until, place)
        story.add(when, partial(_review, case, cases, merits))
        when = _between(on.groups_drawn + timedelta(days=2), on.scored_until, place)
        story.add(when, partial(_score, case, merits[case.number]))
        for side, by in (("unit", case.reviewer), ("taskforce", company.task_force[place % 2])):
            story.add(when, partial(_rate, case, by, merits[case.number], side))


def _between(first: date, last: date, place: int) -> Any:
    """Return a moment of office hours between two days, spread by the place."""
    span = (last - first).days
    when = work_day(days(first, place % span), place)
    return min(when, moment(last, hour=16, minute=place % 60))


def _announce(cycle: Cycle, kind: str, by: Any) -> None:
    with chance(f"{cycle.year}-{kind}"):
        announce_draw(cycle, kind, by=by)


def _hold(cycle: Cycle, kind: DrawKind, by: Any) -> None:
    draw = Draw.objects.get(cycle=cycle, kind=kind)
    name, words = WITNESSES[kind]
    draw = draw_lots(draw, witness_name=name, witness_words=words, by=by)
    move(draw, "apply", by=by)


def _given(sheet: ScoreSheet, points: float) -> dict[str, str]:
    """Divide points of 100 among the criteria, in half points, a little more here and less there."""
    random = Random(f"{sheet.project.code}:{sheet.judge_id}:{sheet.reviewer_id}")
    found = {}
    for criterion in sheet.criteria:
        share = criterion.points * (points + random.uniform(-2, 2)) / 100
        found[criterion.code] = f"{min(round(share * 2) / 2, criterion.points):g}"
    return found


def _score(case: Case, merit: float) -> None:
    """Let every expert of the group, and those of other groups who were linked, score a project."""
    own = ScoreSheet.objects.of_experts().filter(project=case.project.pk, state=SheetState.OPEN)
    for sheet in own.select_related("cycle__evaluation", "project", "judge"):
        judge = sheet.expert
        random = Random(f"{judge.get_full_name()}")
        severity = random.gauss(0, 2.5)
        noise = Random(f"{judge.get_full_name()}:{case.number}").gauss(0, 1.2)
        give_statement(sheet.cycle, by=judge)
        note = REMARKS[(case.number + judge.pk) % len(REMARKS)]
        felt = merit + severity + noise
        said = sheet_answers(sheet.form.questions, felt)
        filled = save_sheet(sheet, _given(sheet, felt), by=judge, note=note, answers=said)
        move(filled, "lock", by=judge)


def _review(case: Case, cases: Iterable[Case], merits: dict[int, float]) -> None:
    """Let the organisation of a project review the projects that the circle gave it, with places."""
    numbers = {one.project.pk: one.number for one in cases}
    own = ScoreSheet.objects.of_peers().filter(
        reviewer=case.project.organization, cycle=case.project.cycle_id, state=SheetState.OPEN
    )
    sheets = list(own.select_related("cycle__evaluation", "project", "reviewer"))
    noise = Random(f"peer:{case.number}")
    felt = {one.pk: merits[numbers[one.project_id]] + noise.gauss(-3, 2) for one in sheets}
    for place, sheet in enumerate(sorted(sheets, key=lambda one: -felt[one.pk]), start=1):
        given = _given(sheet, felt[sheet.pk])
        said = sheet_answers(sheet.form.questions, felt[sheet.pk])
        filled = save_sheet(sheet, given, by=case.applicant, place=place, answers=said)
        move(filled, "lock", by=case.applicant)


def _rate(case: Case, by: Any, merit: float, side: str) -> None:
    """Let a side give the day-to-day rating."""
    off = Random(f"{side}:{case.number}").gauss(0, 1.5)
    points = Decimal(round(min(merit + off, 100) * 2)) / 2
    rate_daily(case.project, points, by=by, remark="工作推进平稳，材料报送及时。")


def compute_and_announce(story: Story, company: Company, cycle: Cycle, on: Dates) -> None:
    """Compute the run, freeze it, open it to comment and announce it when nobody objected."""
    officer = company.department[0]
    story.add(moment(on.computed, hour=10), partial(compute_now, cycle, officer))
    for hour, step in ((14, "fix"), (15, "open_comment")):
        story.add(moment(on.computed, hour=hour), partial(_step, cycle, step, officer))
    over = add_working_days(on.computed, cycle.evaluation.notice_days + 1)
    story.add(moment(over, hour=10), partial(_step, cycle, "announce", officer))
    paid = add_working_days(over, 20)
    story.add(moment(paid, hour=14), partial(_pay, cycle, officer, paid))


def compute_now(cycle: Cycle, by: Any) -> Run:
    """Compute a run of a year."""
    with chance(f"{cycle.year}-run"):
        return compute(cycle, by=by)


def _step(cycle: Cycle, step: str, by: Any) -> None:
    move(Run.objects.standing().get(cycle=cycle), step, by=by)


def _pay(cycle: Cycle, by: Any, day: date) -> None:
    """Record the payments; three wait for the organisations' accounts."""
    awards = list(Award.objects.filter(run__cycle=cycle).order_by("pk"))
    for number, award in enumerate(awards[:-3], start=1):
        receipt = f"{day:%Y%m}-{number:03d}"
        move(award, "pay", by=by, data={"paid_on": day.isoformat(), "receipt": receipt})


def give_back(cycle: Cycle, judge: Any, reviewer: Any, by: Any) -> None:
    """Give some sheets back to be looked at once more, so that something waits for expert and applicant."""
    locked = ScoreSheet.objects.filter(cycle=cycle, state=SheetState.LOCKED)
    mine = locked.filter(kind__in=(SheetKind.SITE, SheetKind.WRITTEN), judge=judge)
    reviewed = locked.filter(kind=SheetKind.PEER, reviewer=reviewer)
    for sheet in [*mine.order_by("kind", "project__code")[:3], *reviewed.order_by("pk")[:2]]:
        move(sheet, "reopen", by=by, reason="补充了现场佐证，请核对后重新提交。")
