"""Correct what was recorded: a visit or a finding, with a reason; the old words stay beside the new ones."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen
from partybuilding.core.rules import Verdict, fit_for_all, refuse, together
from partybuilding.core.services import note, post_notices
from partybuilding.core.types import AnyUser
from partybuilding.supervision.corrections import (
    Change,
    CheckNote,
    FindingNote,
    VisitNote,
    changed,
    entry,
)
from partybuilding.supervision.models import Rectification, Visit, VisitCheck
from partybuilding.supervision.rectification_notices import (
    notices_of_corrected_finding,
    notices_of_corrected_visit,
)
from partybuilding.supervision.rules import deadline_fits, fits_the_quarter, note_is_complete
from partybuilding.supervision.services.recording import (
    checks_of,
    fill_checklist,
    locked_activity,
)
from partybuilding.supervision.states import Corrected, Found, RectificationState

if TYPE_CHECKING:
    from partybuilding.cycles.models import Cycle


def correct_visit(visit: Visit, said: VisitNote, *, by: AnyUser, reason: str) -> Visit:
    """Say what should have been recorded; day, words and checks, but no findings.

    Applicant and unit are told; old and new stand in the case file and on the project's page.

    Raises:
        NotYours: not of the task force, of the organisations themselves, or supervision has ended.
        ConditionUnmet: no reason, nothing changed, or what is said now does not fit.
    """
    with transaction.atomic():
        activity = locked_activity(visit.activity, by)
        locked = Visit.objects.select_for_update().get(pk=visit.pk)
        today = timezone.localdate()
        goals = dict(activity.project.commitments.values_list("pk", "goal"))
        before = dict(_checklist_words(locked))
        checklist = fill_checklist(locked, said.answers)
        now = dict(_checklist_words(locked))
        ticked = ((Corrected.CHECKLIST, before[key], now[key]) for key in before)
        changes = changed([*_of_visit(locked, said, goals), *ticked])
        _refuse(
            _gives_reason(reason),
            _changes_something(changes),
            fits_the_quarter(activity, said.held_on, today),
            note_is_complete(said, activity, set(goals), today),
            checklist,
        )
        for name in ("participants", "summary", "good_practice"):
            setattr(locked, name, getattr(said, name).strip())
        locked.held_on = said.held_on
        locked.corrections += _entries(changes, reason)
        locked.save()
        locked.checks.all().delete()
        VisitCheck.objects.bulk_create(checks_of(locked, said))
        activity.done_on = said.held_on
        activity.save(update_fields=["done_on"])
        row = note(
            activity.project,
            "correct",
            by=by,
            reason=reason.strip(),
            data={"what": activity.get_kind_display(), "changes": _facts(changes)},
        )
        notices = notices_of_corrected_visit(activity, changes, reason.strip())
        post_notices(notices, key=f"trail:{row.pk}")
    return locked


def _of_visit(
    visit: Visit, said: VisitNote, goals: dict[int, str]
) -> Iterator[tuple[Corrected, str, str]]:
    yield Corrected.HELD_ON, visit.held_on.isoformat(), said.held_on.isoformat()
    yield Corrected.PARTICIPANTS, visit.participants, said.participants.strip()
    yield Corrected.SUMMARY, visit.summary, said.summary.strip()
    yield Corrected.GOOD_PRACTICE, visit.good_practice, said.good_practice.strip()
    was = {one.commitment_id: one for one in visit.checks.all()}
    now = {one.commitment: one for one in said.checks}
    for key, goal in goals.items():
        yield Corrected.CHECK, _check_words(goal, was.get(key)), _check_words(goal, now.get(key))


def _checklist_words(visit: Visit) -> Iterator[tuple[str, str]]:
    """Yield by key what is said to each question of the checklist; nothing to what is not asked."""
    for key, question in visit.whole_checklist.questions.items():
        words = question.words(visit)
        yield key, f"{question.label}：{words}" if words else ""


def _check_words(goal: str, check: VisitCheck | CheckNote | None) -> str:
    found = Found(check.found) if check else Found.NOT_SEEN
    remark = check.remark.strip() if check else ""
    return f"{goal}：{found.label}" + (f"（{remark}）" if remark else "")


def correct_finding(
    rectification: Rectification, said: FindingNote, *, by: AnyUser, reason: str
) -> Rectification:
    """Say how a finding, what is asked for or its deadline should have read.

    A deadline is corrected while the organisation has it. Lateness is then counted against the
    corrected day, unless the first deadline is past or was moved already.

    Raises:
        NotYours: not of the task force, of the organisations themselves, or supervision has ended.
        Frozen: it was withdrawn.
        ConditionUnmet: no reason, nothing changed, or what is said now does not fit.
    """
    with transaction.atomic():
        activity = locked_activity(rectification.activity, by)
        rows = Rectification.objects.select_for_update(of=("self",)).select_related("commitment")
        locked = rows.get(pk=rectification.pk)
        if locked.state == RectificationState.WITHDRAWN:
            raise Frozen([_("A finding that was withdrawn is corrected no more.")])
        goals = dict(activity.project.commitments.values_list("pk", "goal"))
        changes = changed(_of_finding(locked, said, goals))
        _refuse(
            _gives_reason(reason),
            _changes_something(changes),
            _finding_fits(locked, said, goals),
            _deadline_is_free(locked, said, activity.project.cycle),
        )
        _write_finding(locked, said, _entries(changes, reason))
        row = note(
            locked,
            "correct",
            by=by,
            reason=reason.strip(),
            data={"changes": _facts(changes)},
        )
        locked.project = activity.project
        notices = notices_of_corrected_finding(locked, changes, reason.strip())
        post_notices(notices, key=f"trail:{row.pk}")
    return locked


def _of_finding(
    one: Rectification, said: FindingNote, goals: dict[int, str]
) -> Iterator[tuple[Corrected, str, str]]:
    yield Corrected.FINDING, one.finding, said.finding.strip()
    yield Corrected.REQUIREMENT, one.requirement, said.requirement.strip()
    was, now = goals.get(one.commitment_id or 0, ""), goals.get(said.commitment or 0, "")
    yield Corrected.COMMITMENT, was, now
    yield Corrected.DEADLINE, one.rectify_by.isoformat(), said.rectify_by.isoformat()


def _finding_fits(one: Rectification, said: FindingNote, goals: dict[int, str]) -> Verdict:
    texts = (said.finding.strip(), said.requirement.strip())
    if not all(texts):
        return refuse(_("Say what was found and what is asked for."))
    if said.commitment is not None and said.commitment not in goals:
        return refuse(_("Choose commitments of this project."))
    return fit_for_all(texts)


def _deadline_is_free(one: Rectification, said: FindingNote, cycle: "Cycle") -> Verdict:
    if said.rectify_by == one.rectify_by:
        return Verdict(True)
    if one.state != RectificationState.ISSUED:
        return refuse(_("The deadline is corrected only while the finding is to be rectified."))
    return deadline_fits(said.rectify_by, cycle, timezone.localdate())


def _write_finding(one: Rectification, said: FindingNote, entries: list[dict[str, str]]) -> None:
    first_stands = one.first_deadline == one.rectify_by and not one.days_late()
    if first_stands:
        one.first_deadline = said.rectify_by
    if one.state == RectificationState.ISSUED:
        one.rectify_by = one.due_on = said.rectify_by
    one.finding, one.requirement = said.finding.strip(), said.requirement.strip()
    one.commitment_id = said.commitment
    one.corrections += entries
    one.save()


def _gives_reason(reason: str) -> Verdict:
    text = reason.strip()
    return fit_for_all([text]) if text else refuse(_("Give the reason."))


def _changes_something(changes: list[Change]) -> Verdict:
    return Verdict(True) if changes else refuse(_("Nothing was changed yet."))


def _refuse(*answers: Verdict) -> None:
    answer = together(answers)
    if not answer:
        raise ConditionUnmet(answer.reasons)


def _entries(changes: Iterable[Change], reason: str) -> list[dict[str, str]]:
    day = timezone.localdate()
    return [entry(change, day=day, reason=reason.strip()) for change in changes]


def _facts(changes: Iterable[Change]) -> list[dict[str, str]]:
    return [
        {"part": change.part.value, "from": change.before, "to": change.after} for change in changes
    ]
