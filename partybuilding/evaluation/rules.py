"""What must hold before a sheet is handed in, a draw drawn, a run frozen, noticed and announced."""

import secrets
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.machine.wording import day_words
from partybuilding.core.rules import YES, Sentence, Verdict, refuse, verdict
from partybuilding.core.text.validators import TOLD, has_words
from partybuilding.cycles.states import CycleState
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.conflicts import may_review, may_score
from partybuilding.evaluation.states import OPEN_OBJECTIONS, RunState, SheetState

if TYPE_CHECKING:
    from partybuilding.evaluation.models import Award, Draw, Objection, Run, ScoreSheet
    from partybuilding.projects.models import Project

#: Runs that can no longer be changed.
FIXED = (RunState.FROZEN, RunState.NOTICED, RunState.ANNOUNCED)
#: The stages of a year in which peers review each other, and in which experts score.
PEERS_REVIEW_IN = (CycleState.IMPLEMENTING, CycleState.EVALUATING)


def fresh_salt() -> str:
    """Return 256 bits that nobody can guess, in hexadecimal digits."""
    return secrets.token_hex(32)


def scoring_is_open(sheet: "ScoreSheet") -> Verdict:
    """Ask whether the year stands where such sheets are filled in, and nothing is frozen yet."""
    stages = PEERS_REVIEW_IN if sheet.is_of_peer else (CycleState.EVALUATING,)
    if sheet.cycle.state not in stages:
        return refuse(_("Scores are given while the year is being evaluated."))
    return nothing_is_frozen(sheet)


def nothing_is_frozen(sheet: "ScoreSheet | Project") -> Verdict:
    """Ask whether no run of the year has been frozen: what it rests on no longer changes."""
    if sheet.cycle.runs.filter(state__in=FIXED).exists():
        return refuse(_("A run of this year is frozen; its sheets can no longer be changed."))
    return YES


def statement_given(sheet: "ScoreSheet") -> Verdict:
    """Ask whether who scores as an expert has stated that no interest ties them to the projects."""
    if sheet.is_of_peer or sheet.cycle.statements.filter(user=sheet.judge_id).exists():
        return YES
    return refuse(_("Please give the recusal statement first."))


def no_conflict(sheet: "ScoreSheet") -> Verdict:
    """Ask whether no interest ties who scores to the project, as the registers know it today."""
    if sheet.is_of_peer:
        assert sheet.reviewer is not None
        return may_review(sheet.reviewer, sheet.project)
    return may_score(sheet.judge, sheet.project)


def fully_scored(sheet: "ScoreSheet") -> Verdict:
    """Ask whether every criterion has points within its limit and step; a peer also gives a place."""
    step = sheet.cycle.evaluation.step
    missing: list[Sentence] = []
    for criterion in sheet.criteria:
        points = sheet.points_of(criterion)
        if points is None:
            missing.append(_("Give points for “%(name)s”.") % {"name": criterion.name})
        elif not 0 <= points <= criterion.points or points % step:
            missing.append(
                _("“%(name)s”: from 0 to %(most)s points, in steps of %(step)s.")
                % {
                    "name": criterion.name,
                    "most": criterion.points,
                    "step": f"{step.normalize():f}",
                }
            )
    if sheet.is_of_peer and sheet.place is None:
        missing.append(_("Say which place it takes among the projects that you review."))
    return verdict(missing)


def fully_answered(sheet: "ScoreSheet") -> Verdict:
    """Ask whether what the year asks besides points is answered, without a number of a person."""
    return verdict(gap for gaps in sheet.form.missing(sheet).values() for gap in gaps)


def announced_before_today(draw: "Draw") -> Verdict:
    """Ask whether the digest of the draw was published on an earlier day."""
    if timezone.localdate(draw.created_at) < timezone.localdate():
        return YES
    return refuse(_("The draw was announced today; it is drawn tomorrow at the earliest."))


def asks_witness(draw: "Draw", attempt: Attempt) -> Verdict:
    """Require the witness's name and words."""
    lacking = []
    if not has_words(str(attempt.data.get("witness_name", ""))):
        lacking.append(_("Give the name of the witness."))
    if not str(attempt.data.get("witness_words", "")).strip():
        lacking.append(_("Enter the words that the witness says."))
    return verdict(lacking)


def nothing_broken(draw: "Draw") -> Verdict:
    """Ask whether every project has a group or reviewers, and no conflict is left."""
    unplaced = [one for one in draw.result.get("broken", ()) if one["code"] == "conflict"]
    if not unplaced:
        return YES
    return refuse(
        _("%(count)s projects have nobody who may score them; exchange by hand first.")
        % {"count": len(unplaced)}
    )


def nobody_scored_by_it(draw: "Draw") -> Verdict:
    """Ask whether no sheet that the draw laid out was handed in."""
    kinds = {"groups": ("site", "written"), "peers": ("peer",)}.get(draw.kind, ())
    if draw.cycle.sheets.filter(kind__in=kinds).exclude(state=SheetState.OPEN).exists():
        return refuse(_("Sheets of this draw were handed in or decided on; it stands."))
    return YES


def no_other_run_is_frozen(run: "Run") -> Verdict:
    """Ask whether no other run of the year stands frozen."""
    if run.cycle.runs.filter(state__in=FIXED).exclude(pk=run.pk).exists():
        return refuse(_("Another run of this year is frozen; discard it first."))
    return YES


def stored_as_frozen(run: "Run") -> Verdict:
    """Ask whether what is stored is what was frozen."""
    if run.digest == digest({"inputs": run.inputs, "result": run.result}):
        return YES
    return refuse(_("The stored run is not the one that was frozen; have the system checked."))


def comment_is_over(run: "Run", today: date | None = None) -> Verdict:
    """Ask whether the last day of the public comment is past."""
    if run.notice_ends_on is not None and (today or timezone.localdate()) > run.notice_ends_on:
        return YES
    day = day_words(run.notice_ends_on) if run.notice_ends_on else ""
    return refuse(_("The result is open to comment until %(day)s.") % {"day": day})


def no_objection_is_open(run: "Run") -> Verdict:
    """Ask whether every objection to the run has its answer."""
    waiting = run.objections.filter(state__in=OPEN_OBJECTIONS).count()
    if not waiting:
        return YES
    return refuse(_("%(count)s objections have no answer yet.") % {"count": waiting})


def year_is_judged(run: "Run | Project") -> Verdict:
    """Ask whether the year is being evaluated."""
    if run.cycle.state == CycleState.EVALUATING:
        return YES
    return refuse(_("The year is not being evaluated."))


def asks_answer(objection: "Objection", attempt: Attempt) -> Verdict:
    """Require an answer that says something to who objected."""
    if has_words(attempt.reason, TOLD):
        return YES
    return refuse(_("Give the answer with its reason."))


def asks_payment(award: "Award", attempt: Attempt) -> Verdict:
    """Require the day of the payment, not after today, and the number of its receipt."""
    lacking = []
    try:
        day = date.fromisoformat(str(attempt.data.get("paid_on", "")))
    except ValueError:
        day = None
    if day is None or day > timezone.localdate():
        lacking.append(_("Give the day of the payment, today at the latest."))
    if not str(attempt.data.get("receipt", "")).strip():
        lacking.append(_("Give the number of the receipt."))
    return verdict(lacking)
