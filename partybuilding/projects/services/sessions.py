"""Write decision sessions: note decisions, undo them while the session is open, close it.

A noted decision changes nothing until the session is closed: nobody is told, no state moves. On
closing, every decision goes through the door on its own and reports its own result.
"""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.refusals import ConditionUnmet, NotYours, Refusal
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.permissions import standing_of
from partybuilding.projects.models import DecisionSession, Project, SessionItem
from partybuilding.projects.permissions import user_can_decide_project
from partybuilding.projects.states import Decision, Ground, ProjectState

#: The step that each decision takes when the session is closed.
STEP_OF = {
    Decision.APPROVE: "approve",
    Decision.DECLINE: "decline",
    Decision.SEND_BACK: "send_back",
}


def _refuse_outsider(by: Any) -> None:
    if not standing_of(by).has(Role.DEPARTMENT):
        raise NotYours([_("Decision sessions are for the Organization Department.")])


def open_session(
    cycle: Cycle, title: str, *, by: Any, projects: Iterable[Project] | None = None
) -> DecisionSession:
    """Open a session over what awaits decision, in the order of field and number.

    Raises:
        NotYours: not the department.
        ConditionUnmet: a session of the year is open, or nothing awaits decision.
    """
    _refuse_outsider(by)
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        if DecisionSession.objects.filter(cycle=cycle, closed_at=None).exists():
            raise ConditionUnmet([_("A session of this year is already open.")])
        waiting = list(
            projects
            if projects is not None
            else Project.objects.filter(cycle=cycle, state=ProjectState.FIRST_PASSED).order_by(
                "sector", "code"
            )
        )
        if not waiting:
            raise ConditionUnmet([_("No project awaits decision.")])
        session = DecisionSession.objects.create(cycle=cycle, title=title, opened_by=by)
        SessionItem.objects.bulk_create(
            SessionItem(session=session, project=project, order=place)
            for place, project in enumerate(waiting)
        )
    return session


def _item_for_noting(item: SessionItem, by: Any) -> SessionItem:
    locked = SessionItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if not user_can_decide_project(locked.project, by):
        raise NotYours([_("This project is not yours to decide.")])
    if not locked.session.is_open:
        raise ConditionUnmet([_("The session is closed; its decisions have taken effect.")])
    return locked


def note_decision(
    item: SessionItem,
    decision: str,
    *,
    by: Any,
    grounds: Iterable[str] = (),
    reason: str = "",
    quota_reason: str = "",
) -> SessionItem:
    """Note a decision for a project, or replace the one noted before.

    Raises:
        NotYours: not the department, or of the applying organisations.
        ConditionUnmet: the session is closed, or grounds or reason are missing.
    """
    chosen = list(grounds) if decision == Decision.DECLINE else []
    if decision == Decision.DECLINE and (not chosen or any(g not in Ground for g in chosen)):
        raise ConditionUnmet([_("Choose at least one ground.")])
    if decision == Decision.SEND_BACK and not reason.strip():
        raise ConditionUnmet([_("Give the reason.")])
    if Ground.OTHER in chosen and not reason.strip():
        raise ConditionUnmet([_("Explain the other ground in words.")])
    with transaction.atomic():
        locked = _item_for_noting(item, by)
        locked.decision, locked.grounds = Decision(decision).value, chosen
        locked.reason, locked.quota_reason = reason.strip(), quota_reason.strip()
        locked.decided_at, locked.decided_by = timezone.now(), by
        locked.save()
    return locked


def undo_decision(item: SessionItem, *, by: Any) -> SessionItem:
    """Take a noted decision back while the session is open."""
    with transaction.atomic():
        locked = _item_for_noting(item, by)
        locked.decision, locked.grounds, locked.reason, locked.quota_reason = "", [], "", ""
        locked.decided_at = locked.decided_by = None
        locked.save()
    return locked


def close_session(session: DecisionSession, *, by: Any) -> list[SessionItem]:
    """Close the session: each noted decision goes through the door; refusals are kept by item.

    Safe to repeat: a session that is closed is returned as it was closed.
    """
    _refuse_outsider(by)
    with transaction.atomic():
        locked = DecisionSession.objects.select_for_update().get(pk=session.pk)
        items = list(locked.items.select_related("project__organization", "project__cycle"))
        if locked.is_open:
            batch = uuid4()
            for item in items:
                _take_effect(item, by, batch)
            locked.closed_at = timezone.now()
            locked.save(update_fields=["closed_at"])
    return items


def _take_effect(item: SessionItem, by: Any, batch: Any) -> None:
    step = STEP_OF.get(Decision(item.decision)) if item.decision else None
    if step is None:
        return
    data: dict[str, Any] = {"session": item.session_id}
    if item.grounds:
        data["grounds"] = item.grounds
    if item.quota_reason:
        data["quota_reason"] = item.quota_reason
    try:
        item.project = move(item.project, step, by=by, reason=item.reason, data=data, batch=batch)
    except Refusal as refusal:
        item.refusal = str(refusal)[:500]
        item.save(update_fields=["refusal"])
