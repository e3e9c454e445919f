"""What was changed past the program in sheets, runs and rules: found by seals, digests and the trail."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from partybuilding.core.models import TransitionRecord
from partybuilding.evaluation.arithmetic.canonical import digest, root_of, seal_of
from partybuilding.evaluation.arithmetic.lots import commitment_of, seed_of
from partybuilding.evaluation.models import Draw, EvaluationRules, Run, ScoreSheet
from partybuilding.evaluation.rules import FIXED
from partybuilding.evaluation.selectors.drawing import result_of
from partybuilding.evaluation.selectors.gathering import rules_of
from partybuilding.evaluation.states import DrawState, SheetState


def faults_of_evaluation() -> Iterator[str]:
    """Name every sheet, draw, run and set of rules that is not what was handed in, drawn, frozen or saved."""
    yield from _faults_of_sheets()
    yield from _faults_of_draws()
    yield from _faults_of_runs()
    yield from _faults_of_rules()


def _told(machine: str, step: str) -> dict[int, list[dict[str, Any]]]:
    """Return by record what the trail keeps of a step, in order."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = TransitionRecord.objects.filter(machine=machine, step=step).order_by("sequence")
    for record, data in rows.values_list("record_id", "data"):
        found[record].append(data)
    return found


def _faults_of_sheets() -> Iterator[str]:
    sealed = _told("score_sheet", "lock")
    rows = ScoreSheet.objects.select_related("project", "cycle__evaluation")
    for sheet in rows.prefetch_related("cycle__evaluation__criteria").order_by("pk"):
        if sheet.state == SheetState.LOCKED and not sheet.is_sealed_as_stored():
            yield f"score sheet {sheet.pk}: its points are not those that were sealed"
        for number, earlier in enumerate(sheet.earlier, start=1):
            if earlier["seal"] != seal_of(sheet.contents(earlier), earlier["salt"]):
                yield f"score sheet {sheet.pk}: version {number} is not the one that was sealed"
        seals = [earlier["seal"] for earlier in sheet.earlier]
        if sheet.state == SheetState.LOCKED:
            seals.append(sheet.seal)
        if seals != [data.get("seal") for data in sealed.get(sheet.pk, ())]:
            yield f"score sheet {sheet.pk}: its seals are not those of the trail"
    for gone in sorted(sealed.keys() - set(ScoreSheet.objects.values_list("pk", flat=True))):
        yield f"score sheet {gone}: it was handed in and is missing"


def _faults_of_draws() -> Iterator[str]:
    announced = _told("draw", "announce_draw")
    for draw in Draw.objects.order_by("pk"):
        bound = commitment_of(draw.secret, digest(draw.participants))
        if draw.commitment != bound or announced.get(draw.pk) != [{"commitment": bound}]:
            yield f"draw {draw.pk}: secret and list are not those that were announced"
        if draw.state == DrawState.ANNOUNCED or not draw.seed:
            continue
        if draw.seed != seed_of(draw.secret, draw.witness_words):
            yield f"draw {draw.pk}: its seed does not follow from secret and witness"
        elif not draw.swaps and draw.result != result_of(draw):
            yield f"draw {draw.pk}: its result does not follow from its seed"


def _faults_of_runs() -> Iterator[str]:
    fixed = _told("run", "fix")
    for run in Run.objects.filter(state__in=FIXED).select_related("cycle__evaluation"):
        told = [data.get("digest") for data in fixed.get(run.pk, ())]
        if told != [run.digest] or run.digest != run.digest_now():
            yield f"run {run.pk}: inputs or result are not those that were frozen"
        sheets = ScoreSheet.objects.locked().filter(cycle=run.cycle_id)
        if run.seals_root != root_of(sheets.values_list("seal", flat=True)):
            yield f"run {run.pk}: the score sheets are not those that it was frozen over"
        rules = rules_of(run.cycle)
        written = run.inputs["rules"]
        grades = [[one.code, one.places, one.bonus, one.yuan] for one in rules.grades]
        then = [
            [one["code"], one["places"], one["bonus"], one["yuan"]] for one in written["grades"]
        ]
        same = (dict(rules.weights), rules.method, grades) == (
            written["weights"],
            written["method"],
            then,
        )
        if not same:
            yield f"run {run.pk}: the rules of the year are not those that it followed"


def _faults_of_rules() -> Iterator[str]:
    saved = _told("cycle", "evaluation_rules")
    for rules in EvaluationRules.objects.exclude(frozen_at=None).prefetch_related("criteria"):
        told = saved.get(rules.cycle_id, [{}])[-1]
        if told.get("digest") != digest(rules.written()):
            yield f"rules of the evaluation {rules.pk}: they are not those that were saved"
