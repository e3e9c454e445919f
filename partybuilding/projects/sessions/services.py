"""Write decision sessions: note decisions, undo them while the session is open, close it.

A noted decision changes nothing until the session is closed: nobody is told, no state moves. On
closing, every decision goes through the door on its own and reports its own result.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Overtaken, Refusal
from partybuilding.core.services import move, note
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import DecidedBy
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.models import DecisionSession, Project, SessionItem
from partybuilding.projects.permissions import user_can_decide_project, user_can_hold_session
from partybuilding.projects.preparation.rules import NO_SESSIONS
from partybuilding.projects.states import GROUNDS, UNDECIDED, Decision, ProjectState

#: The step that each decision takes when the session is closed.
STEP_OF = {
    Decision.APPROVE: "approve",
    Decision.DECLINE: "decline",
    Decision.SEND_BACK: "send_back",
}
LONGEST_TITLE = 100


def _refuse_outsider(by: AnyUser) -> None:
    if not user_can_hold_session(by):
        raise NotYours([_("Decision sessions are for the Organization Department.")])


def open_session(
    cycle: Cycle, title: str, *, by: AnyUser, projects: Iterable[Project] | None = None
) -> DecisionSession:
    """Open a session over what awaits decision, recommended or not, in the order of field and number.

    Args:
        projects: those to put before the session; all of the year that wait, when left out. What
            does not await the decision, or is of another year, is passed over.

    Raises:
        NotYours: not the department.
        ConditionUnmet: no title, the year decides one by one, a session of it is open, or nothing
            awaits decision.
    """
    _refuse_outsider(by)
    name = title.strip()[:LONGEST_TITLE]
    if not name:
        raise ConditionUnmet([_("Give the session a title.")])
    if cycle.decided_by == DecidedBy.SINGLE:
        raise ConditionUnmet([NO_SESSIONS])
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        if DecisionSession.objects.filter(cycle=cycle, closed_at=None).exists():
            raise ConditionUnmet([_("A session of this year is already open.")])
        waiting = _agenda(cycle, projects)
        if not waiting:
            raise ConditionUnmet([_("No project awaits decision.")])
        assert by.is_authenticated
        session = DecisionSession.objects.create(cycle=cycle, title=name, opened_by=by)
        SessionItem.objects.bulk_create(
            SessionItem(session=session, project=project, order=place)
            for place, project in enumerate(waiting)
        )
        told = {"session": session.pk, "title": name, "projects": len(waiting)}
        note(cycle, "session_open", by=by, data=told)
    return session


def _agenda(cycle: Cycle, projects: Iterable[Project] | None) -> list[Project]:
    # Locked, so that what is recalled or withdrawn in this moment comes before no session.
    waiting = Project.objects.select_for_update(of=("self",)).filter(
        cycle=cycle, state__in=UNDECIDED
    )
    if projects is not None:
        waiting = waiting.filter(pk__in=[project.pk for project in projects])
    places = {word.code: place for place, word in enumerate(SECTORS.words(cycle.pk))}
    last = len(places)
    return sorted(waiting, key=lambda project: (places.get(project.sector, last), project.code))


def _item_for_noting(item: SessionItem, by: AnyUser) -> SessionItem:
    """Lock session and item, in this order, so that closing and noting never cross."""
    session = DecisionSession.objects.select_for_update().get(pk=item.session_id)
    locked = SessionItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if not user_can_decide_project(locked.project, by):
        raise NotYours([_("This project is not yours to decide.")])
    if not session.is_open:
        raise ConditionUnmet([_("The session is closed; its decisions have taken effect.")])
    locked.session = session
    return locked


def note_decision(
    item: SessionItem,
    decision: str,
    *,
    by: AnyUser,
    grounds: Iterable[str] = (),
    reason: str = "",
    quota_reason: str = "",
) -> SessionItem:
    """Note a decision for a project, or replace the one noted before.

    Raises:
        NotYours: not the department, or of the applying organisations.
        ConditionUnmet: the session is closed, the project no longer awaits the decision, grounds or
            reason are missing, or the quota is used up and no reason is given for exceeding it.
    """
    chosen = list(grounds) if decision == Decision.DECLINE else []
    _refuse_incomplete(item.project, decision, chosen, reason.strip())
    with transaction.atomic():
        locked = _item_for_noting(item, by)
        _refuse_settled(locked.project, decision)
        over = decision == Decision.APPROVE and places_left(locked.session, besides=locked) < 1
        if over and not has_words(quota_reason):
            raise ConditionUnmet(
                [_("The quota of the year is used up; give the reason for exceeding it.")]
            )
        locked.decision, locked.grounds, locked.reason = decision, chosen, reason.strip()
        locked.quota_reason = quota_reason.strip() if over else ""
        assert by.is_authenticated
        locked.decided_at, locked.decided_by = timezone.now(), by
        locked.save()
    return locked


def _refuse_incomplete(project: Project, decision: str, grounds: list[str], reason: str) -> None:
    if decision not in Decision:
        raise ConditionUnmet([_("Choose a decision.")])
    fitting = GROUNDS.may_choose(grounds, project.cycle_id)
    if decision == Decision.DECLINE and not (grounds and fitting):
        raise ConditionUnmet([_("Choose at least one ground.")])
    if GROUNDS.asks_text(grounds, project.cycle_id) and not reason:
        raise ConditionUnmet([_("Explain the other ground in words.")])
    if decision == Decision.SEND_BACK and not reason:
        raise ConditionUnmet([_("Give the reason.")])


def _refuse_settled(project: Project, decision: str) -> None:
    if not can_be_noted(project, decision) and project.state in UNDECIDED:
        raise ConditionUnmet(
            [_("The unit did not recommend it: decline it, or take it up for decision first.")]
        )
    if project.state not in UNDECIDED:
        state = project.state_row.label
        raise ConditionUnmet(
            [
                _("The project is now “%(state)s” and no longer awaits the decision.")
                % {"state": state}
            ]
        )


def can_be_noted(project: Project, decision: str) -> bool:
    """Tell whether a decision fits where a project stands: what was not recommended is declined or waits."""
    if project.state == ProjectState.NOT_RECOMMENDED:
        return decision in (Decision.DECLINE, Decision.DEFER)
    return project.state == ProjectState.FIRST_PASSED


def places_left(session: DecisionSession, *, besides: SessionItem) -> int:
    """Return how many places the quota leaves besides the other approvals noted in this session."""
    noted = session.items.filter(
        decision=Decision.APPROVE, project__state=ProjectState.FIRST_PASSED
    ).exclude(pk=besides.pk)
    return besides.project.quota_left() - noted.count()


def undo_decision(item: SessionItem, *, by: AnyUser) -> SessionItem:
    """Take a noted decision back while the session is open.

    Raises:
        NotYours: not the department, or of the applying organisations.
        ConditionUnmet: the session is closed.
    """
    with transaction.atomic():
        locked = _item_for_noting(item, by)
        locked.decision, locked.grounds, locked.reason, locked.quota_reason = "", [], "", ""
        locked.decided_at = locked.decided_by = None
        locked.save()
    return locked


def close_session(session: DecisionSession, *, by: AnyUser) -> list[SessionItem]:
    """Close the session: each noted decision goes through the door; refusals are kept by item.

    Safe to repeat: a session that is closed is returned as it was closed.

    Raises:
        NotYours: not the department.
    """
    _refuse_outsider(by)
    with transaction.atomic():
        locked = DecisionSession.objects.select_for_update().get(pk=session.pk)
        items = list(
            locked.items.select_related("project__organization", "project__cycle", "decided_by")
        )
        if locked.is_open:
            batch = uuid4()
            # Who needs a reason for exceeding the quota comes last, so that nobody is pushed over it.
            for item in sorted(items, key=lambda item: bool(item.quota_reason)):
                _take_effect(item, by, batch)
            locked.closed_at = timezone.now()
            locked.save(update_fields=["closed_at"])
            note(locked.cycle, "session_close", by=by, data=_account(locked, items))
    return items


def _take_effect(item: SessionItem, by: AnyUser, batch: UUID) -> None:
    step = STEP_OF.get(Decision(item.decision)) if item.decision else None
    if step is None:
        return
    data: dict[str, Any] = {"session": item.session_id}
    if item.grounds:
        data["grounds"] = item.grounds
    if item.quota_reason:
        data["quota_reason"] = item.quota_reason
    try:
        _refuse_moved_since(item)
        actor = _actor(item, by)
        item.project = move(
            item.project, step, by=actor, reason=item.reason, data=data, batch=batch
        )
    except Refusal as refusal:
        item.refusal = str(refusal)[:500]
        item.save(update_fields=["refusal"])


def _refuse_moved_since(item: SessionItem) -> None:
    """Let no decision fall on an application that was returned and handed in anew meanwhile."""
    project = item.project
    anew = project.state in UNDECIDED
    if anew and item.decided_at and project.state_since > item.decided_at:
        raise Overtaken([_("The application was handed in anew after the decision was noted.")])


def _actor(item: SessionItem, by: AnyUser) -> Any:
    """Return who decides: who closes the session, or for their own organisation's project who noted it."""
    if item.decided_by is None or user_can_decide_project(item.project, by):
        return by
    return item.decided_by


def _account(session: DecisionSession, items: list[SessionItem]) -> dict[str, Any]:
    """Count for the trail of the year what the session decided, and what did not take effect."""
    noted = {code: sum(item.decision == code for item in items) for code in Decision.values}
    refused = sum(bool(item.refusal) for item in items)
    return {"session": session.pk, "title": session.title, **noted, "refused": refused}
