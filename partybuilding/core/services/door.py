"""The one door: every change of any state goes through `move()` (lifecycle.md), with its files or not at all."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core import calendar
from partybuilding.core.machine.attempts import Attempt, identify
from partybuilding.core.machine.history import log_step
from partybuilding.core.machine.refusals import (
    ConditionUnmet,
    NotYours,
    Overtaken,
    Refusal,
    WrongState,
)
from partybuilding.core.machine.registry import Machine, machine_of
from partybuilding.core.machine.wording import moment_words
from partybuilding.core.models import Attachment, Purpose, Record, TransitionRecord
from partybuilding.core.rules import says_something, together
from partybuilding.core.services.attachments import all_or_nothing, enter_file
from partybuilding.core.services.outbox import post_notices
from partybuilding.core.services.trail import append
from partybuilding.core.states import Due, State, Step
from partybuilding.core.text.characters import clean_text, every_text
from partybuilding.core.types import AnyUser

#: Sent in the transaction of every step, with `record` and `attempt`: what must follow from it at once.
step_taken = Signal()
_Record = TypeVar("_Record", bound=Record)
security_log = logging.getLogger("partybuilding.security")


def move(
    record: _Record,
    step: str,
    *,
    by: AnyUser,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    files: Iterable[Attachment] = (),
    batch: UUID | None = None,
    seen: str = "",
) -> _Record:
    """Take a record one step, exactly once, and return it as it stands afterwards.

    In one transaction: lock the row, and before it what its conditions count within, ask the machine,
    the permission and the conditions, run the transition, let the record freeze what the step rests
    on, save, write the trail and the notices.
    The instance passed in is not changed.

    Args:
        record: the record as the person saw it; its version tells whether somebody was faster.
        step: the name of a transition of the record's machine.
        by: the user who acts.
        reason: in words; some steps require it, and of some it is public.
        data: what else the person said, e.g. grounds; JSON only. Never anything read from the record,
            which may have changed since: that the record freezes itself (`Record.freeze`).
        files: attachments of the record that belong to the step.
        batch: joins the steps of one bulk decision.
        seen: the `version` in which the person saw the record, when a form carried it; otherwise
            that of the instance passed in.

    Raises:
        Overtaken: somebody moved the record since it was read.
        WrongState: the machine has no such step from here.
        NotYours: the step belongs to others.
        ConditionUnmet: a condition does not hold; the sentences say which.
    """
    machine = machine_of(record)
    row = machine.table.step(step)
    words, facts = clean_text(reason).strip(), every_text(dict(data or {}), clean_text)
    try:
        with transaction.atomic():
            return _move_locked(
                machine, row, record, seen or record.version, by, words, facts, files, batch
            )
    except Refusal as refusal:
        security_log.info(
            "step refused",
            extra={
                "machine": machine.code,
                "record": record.pk,
                "step": step,
                "user": by.pk,
                "refusal": type(refusal).__name__,
            },
        )
        raise


def _move_locked(
    machine: Machine,
    row: Step,
    record: Any,
    seen: str,
    by: AnyUser,
    reason: str,
    data: Mapping[str, Any],
    files: Iterable[Attachment],
    batch: UUID | None,
) -> Any:
    if row.within:
        around: Any = machine.model._meta.get_field(row.within)
        others = around.related_model._base_manager.select_for_update(of=("self",))
        others.get(pk=getattr(record, around.attname))
    locked: Any = machine.model._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
    last = _last_move(machine, locked)
    _refuse_overtaken(machine, row, seen, locked, last)
    attempt = Attempt(
        step=row.code,
        by=by,
        identity=identify(by),
        at=timezone.now(),
        reason=reason,
        data=data,
        files=tuple(files),
        from_state=locked.state,
        came_from=last.from_state if last else "",
    )
    _refuse_unfit(row, locked, attempt)
    getattr(locked, row.code)(attempt)
    attempt = replace(attempt, data={**attempt.data, **locked.freeze(attempt)})
    locked.state_since = attempt.at
    locked.due_on = due_date(locked, timezone.localdate(attempt.at))
    locked.save()
    entry = append(
        locked,
        row.code,
        by=by,
        identity=attempt.identity,
        from_state=attempt.from_state,
        at=attempt.at,
        reason=reason,
        data=attempt.data,
        files=attempt.files,
        batch=batch,
    )
    if not machine.is_private:
        log_step(locked, entry)
    step_taken.send(machine.model, record=locked, attempt=attempt)
    post_notices(machine.notices(locked, attempt), key=f"trail:{entry.pk}")
    return locked


def _last_move(machine: Machine, record: Any) -> TransitionRecord | None:
    """Return the row that brought the record into its present state."""
    return (
        TransitionRecord.objects.filter(
            machine=machine.code, record_id=record.pk, to_state=record.state
        )
        .exclude(from_state=models.F("to_state"))
        .order_by("sequence")
        .last()
    )


def _refuse_overtaken(
    machine: Machine, row: Step, seen: str, locked: Any, last: TransitionRecord | None
) -> None:
    if seen == locked.version and locked.has_step(row.code):
        return
    here = machine.table.state(locked.state).label
    if seen != locked.version and last is not None:
        raise Overtaken(
            [
                _("%(name)s already took the step “%(step)s” at %(when)s; it is now “%(state)s”.")
                % {
                    "name": last.by_name,
                    "step": last.step_label,
                    "when": moment_words(last.at),
                    "state": here,
                }
            ]
        )
    raise WrongState(
        [
            _("“%(step)s” is not possible while it is “%(state)s”.")
            % {"step": row.label, "state": here}
        ]
    )


def _refuse_unfit(row: Step, record: Any, attempt: Attempt) -> None:
    transition = getattr(record, row.code)._django_fsm.get_transition(record.state)
    if not transition.has_perm(record, attempt.by):
        who = "、".join(str(role.label) for role in row.sources[record.state])
        raise NotYours([_("“%(step)s” is for: %(who)s.") % {"step": row.label, "who": who}])
    answer = together(
        [condition(record) for condition in transition.conditions]
        + [ask(record, attempt) for ask in transition.custom.get("asks", ())]
        + [says_something(attempt)]
    )
    if not answer:
        raise ConditionUnmet(answer.reasons)


def due_date(record: Record, entered: date, state: State | None = None) -> date | None:
    """Compute when a record should leave its present state, or one that it may enter.

    Days are working days of the Chinese calendar.
    """
    due: Due | None = (state or record.state_row).due
    if due is None:
        return None
    if due.date:
        return record.rule_value(due.date)
    return calendar.add_working_days(entered, record.rule_value(due.days))


def take_step(
    record: _Record,
    step: str,
    *,
    by: AnyUser,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    uploads: Iterable[Any] = (),
    seen: str = "",
    purpose: str = Purpose.REVIEW,
) -> _Record:
    """Take a step through the door with files; unless another purpose is named, for the staff side only.

    Raises:
        Refusal: as the door says; no file is kept then.
        UploadRefused: a file is not what it claims, too large or dangerous.
    """
    with all_or_nothing(uploads) as kept:
        for file in kept:
            enter_file(record, file, by=by, purpose=purpose)
        return move(record, step, by=by, reason=reason, data=data, files=kept, seen=seen)
