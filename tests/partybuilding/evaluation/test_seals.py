"""Whoever writes past the program is found: every single change of a score, rule, seal, draw or result."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle, GradeClass
from partybuilding.evaluation.arithmetic.canonical import seal_of
from partybuilding.evaluation.models import Draw, EvaluationRules, Run, ScoreSheet, SheetCriterion
from partybuilding.evaluation.selectors.seals import faults_of_evaluation
from partybuilding.evaluation.services import compute
from tests.factories.evaluation import Judged, make_run, score

pytestmark = pytest.mark.django_db
Change = Callable[[], Any]


@pytest.fixture
def year() -> Judged:
    """A year whose run is frozen, one of whose sheets was handed in twice."""
    year, run = make_run()
    sheet = ScoreSheet.objects.of_experts().first()
    opened = move(sheet, "reopen", by=year.department, reason="请复核打分。")
    score(ScoreSheet.objects.get(pk=opened.pk), "91")
    move(run, "set_aside", by=year.department, reason="评分表退回后重新计算。")
    move(compute(year.cycle, by=year.department), "fix", by=year.department)
    return year


def points(sheet: ScoreSheet) -> None:
    first, *_rest = sheet.points
    ScoreSheet.objects.filter(pk=sheet.pk).update(points={**sheet.points, first: "1.5"})


def earlier() -> None:
    sheet = ScoreSheet.objects.exclude(earlier=[]).get()
    kept = [{**sheet.earlier[0], "total": "1.0"}]
    ScoreSheet.objects.filter(pk=sheet.pk).update(earlier=kept)


def resealed() -> None:
    sheet = ScoreSheet.objects.locked().of_experts().first()
    points(sheet)
    sheet.refresh_from_db()
    ScoreSheet.objects.filter(pk=sheet.pk).update(seal=seal_of(sheet.contents(), sheet.salt))


def result() -> None:
    run = Run.objects.get(state="frozen")
    text = json.dumps(run.result).replace('"first"', '"second"', 1)
    Run.objects.filter(pk=run.pk).update(result=json.loads(text))


def rehashed() -> None:
    result()
    run = Run.objects.get(state="frozen")
    Run.objects.filter(pk=run.pk).update(digest=run.digest_now())


CHANGES: dict[str, Change] = {
    "points of a sheet": lambda: points(ScoreSheet.objects.locked().first()),
    "total of a sheet": lambda: ScoreSheet.objects.filter(
        pk=ScoreSheet.objects.locked().first().pk
    ).update(total=1),
    "seal of a sheet": lambda: ScoreSheet.objects.filter(
        pk=ScoreSheet.objects.locked().first().pk
    ).update(seal="0" * 64),
    "a sheet sealed anew": resealed,
    "an earlier version": earlier,
    "a sheet taken away": lambda: ScoreSheet.objects.locked().first().delete(),
    "result of a run": result,
    "result and digest": rehashed,
    "root of the seals": lambda: Run.objects.filter(state="frozen").update(seals_root="0" * 64),
    "weight of the year": lambda: Cycle.objects.update(weight_expert=40, weight_daily=30),
    "money of a grade": lambda: GradeClass.objects.filter(code="first").update(award_yuan=1),
    "method": lambda: EvaluationRules.objects.update(method="raw"),
    "days of comment": lambda: EvaluationRules.objects.update(notice_days=1),
    "points of a criterion": lambda: SheetCriterion.objects.filter(
        pk=SheetCriterion.objects.first().pk
    ).update(points=99),
    "secret of a draw": lambda: Draw.objects.filter(kind="groups").update(secret="0" * 64),
    "words of the witness": lambda: Draw.objects.filter(kind="groups").update(witness_words="x"),
    "result of a draw": lambda: Draw.objects.filter(kind="peers").update(result={}),
}


def test_an_honest_year_has_no_fault(year: Judged) -> None:
    assert list(faults_of_evaluation()) == []


@pytest.mark.parametrize("change", CHANGES)
def test_a_single_change_is_found_and_named(year: Judged, change: str) -> None:
    CHANGES[change]()
    assert list(faults_of_evaluation())
