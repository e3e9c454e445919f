"""Write an application while it is with its applicant, and the organisations that take part in it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.rules import within
from partybuilding.core.services import move, note, post_notices
from partybuilding.core.services.door import due_date
from partybuilding.core.states import Role
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.rules import window_is_open
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.models import Commitment, CommitmentStep, Partner, PlanStep, Project
from partybuilding.projects.notices import partner_answered, partner_asked, partner_dropped
from partybuilding.projects.permissions import (
    user_can_answer_for_partner,
    user_can_edit_application,
    user_can_edit_project,
    user_can_extend_return,
)
from partybuilding.projects.states import Consent, ProjectState
from partybuilding.projects.yearform.selectors import version_of


def create_draft(
    cycle: Cycle,
    organization: Organization,
    *,
    by: AnyUser,
    told: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Project:
    """Start an application of an organisation for a year.

    Args:
        told: what the trail keeps of how it was begun.

    Raises:
        NotYours: the user is no applicant of the organisation.
        ConditionUnmet: the window is not open.
    """
    if organization.pk not in roles_of_user(by).ids(Role.APPLICANT):
        raise NotYours([_("You can apply for your own organization only.")])
    open_now = window_is_open(cycle, timezone.localdate())
    if not open_now:
        raise ConditionUnmet(open_now.reasons)
    assert by.is_authenticated
    sector = organization.sector
    project = Project(
        cycle=cycle,
        organization=organization,
        created_by=by,
        sector=sector if SECTORS.may_choose([sector], cycle.pk) else "",
        sheet_version_id=version_of(cycle),
    )
    project.results_version_id = project.sheet_version_id
    _write(project, fields, {})
    project.due_on = due_date(project, timezone.localdate())
    with transaction.atomic():
        project.save()
        note(project, "create", by=by, data=dict(told or {}))
    return project


def _write(project: Project, fields: Mapping[str, Any], answers: Mapping[str, Any]) -> list[str]:
    """Set what its form holds, and nothing else; return the names of the columns."""
    sheet = project.whole_sheet
    columns = [name for name in fields if name in sheet.columns]
    for name in columns:
        setattr(project, name, fields[name])
    project.answers = sheet.merged(project.answers, answers)
    return columns


def locked_for_writing(
    project: Project, by: AnyUser, may: Any = user_can_edit_application
) -> Project:
    """Lock a project for whoever may write it now.

    Raises:
        Frozen: it is no longer with its applicant, or the user is not of its leading organisation.
    """
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not may(locked, by):
        state = locked.state_row.told
        raise Frozen([_("It is “%(state)s” and can no longer be changed.") % {"state": state}])
    return locked


def save_application(
    project: Project, *, by: AnyUser, answers: Mapping[str, Any] | None = None, **fields: Any
) -> Project:
    """Save parts of the application; incomplete parts are welcome, drafts save themselves.

    Args:
        answers: to the year's own questions, by their keys; the others stay as they are.

    Raises:
        Frozen: the application is no longer with its applicant.
    """
    with transaction.atomic():
        locked = locked_for_writing(project, by)
        columns = _write(locked, fields, answers or {})
        locked.save(update_fields=[*columns, "answers", "updated_at"])
    return locked


def save_plan(project: Project, rows: Iterable[Mapping[str, Any]], *, by: AnyUser) -> Project:
    """Replace the plan by these rows (task, goal, deadline, person, post), in their order."""
    with transaction.atomic():
        locked = locked_for_writing(project, by)
        locked.plan_steps.all().delete()
        PlanStep.objects.bulk_create(
            PlanStep(project=locked, order=place, **row) for place, row in enumerate(rows)
        )
        locked.save(update_fields=["updated_at"])
    return locked


def submit_application(project: Project, *, by: AnyUser) -> Project:
    """Hand the application in; the trail keeps its text as it was, so that changes can be compared."""
    return move(project, "submit", by=by)


def extend_return(project: Project, until: date, *, by: AnyUser, reason: str) -> Project:
    """Give a returned application a later deadline, with the reason in the trail.

    Raises:
        NotYours, ConditionUnmet: not its reviewer; not returned, not later, or no reason.
    """
    with transaction.atomic():
        locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        if not user_can_extend_return(locked, by):
            raise NotYours([_("Only its reviewers can extend the deadline.")])
        if locked.state != ProjectState.RETURNED or until <= timezone.localdate():
            raise ConditionUnmet([_("Give a day to come for a returned application.")])
        if not (answer := within(until, None, locked.cycle.ends_on)):
            raise ConditionUnmet(answer.reasons)
        if not has_words(reason):
            raise ConditionUnmet([_("Give the reason.")])
        before, locked.due_on = locked.due_on, until
        locked.save(update_fields=["due_on", "updated_at"])
        note(locked, "extend", by=by, reason=reason, data={"from": before, "to": until})
    return locked


def save_commitments(
    project: Project, rows: Iterable[Mapping[str, Any]], *, by: AnyUser
) -> Project:
    """Replace the commitments of an approved project; each row has `steps` of title and deadline.

    Raises:
        Frozen: the commitments are no longer with the applicant.
    """
    with transaction.atomic():
        locked = locked_for_writing(project, by, may=user_can_edit_project)
        if locked.state != ProjectState.APPROVED or locked.commitments_published_at is not None:
            raise Frozen([_("Commitments are written once the project is approved.")])
        CommitmentStep.objects.filter(commitment__project=locked).delete()
        locked.commitments.all().delete()
        for place, row in enumerate(rows):
            facts = {name: value for name, value in row.items() if name != "steps"}
            promise = Commitment.objects.create(project=locked, order=place, **facts)
            CommitmentStep.objects.bulk_create(
                CommitmentStep(commitment=promise, order=number, **step)
                for number, step in enumerate(row.get("steps", ()))
            )
    return locked


def save_partners(
    project: Project, organizations: Iterable[Organization], *, by: AnyUser
) -> Project:
    """Name the organisations that take part; the leading one cannot be its own partner.

    Who is new on the list is asked at once, who is taken off it is told; the others' answers hold.
    """
    with transaction.atomic():
        locked = locked_for_writing(project, by)
        chosen = {org.pk: org for org in organizations if org.pk != locked.organization_id}
        for gone in locked.partners.select_related("organization").exclude(organization__in=chosen):
            gone.delete()
            _tell(locked, "drop_partner", gone, by, partner_dropped(locked, gone))
        present = set(locked.partners.values_list("organization_id", flat=True))
        for pk, organization in chosen.items():
            if pk not in present:
                new = Partner.objects.create(project=locked, organization=organization)
                _tell(locked, "ask_partner", new, by, partner_asked(locked, new))
        locked.save(update_fields=["updated_at"])
    return locked


def ask_partner_again(project: Project, organization: Organization, *, by: AnyUser) -> Partner:
    """Ask a partner once more that does not take part.

    Raises:
        Frozen: the application is no longer with its applicant.
        ConditionUnmet: it is no partner, or has not refused.
    """
    with transaction.atomic():
        locked = locked_for_writing(project, by)
        partner = _partner(locked, organization)
        if partner.consent != Consent.REFUSED:
            raise ConditionUnmet([_("It has been asked already.")])
        _answer(partner, Consent.ASKED, by=None)
        _tell(locked, "ask_partner", partner, by, partner_asked(locked, partner))
    return partner


def answer_as_partner(
    project: Project, organization: Organization, *, by: AnyUser, agrees: bool, reason: str = ""
) -> Partner:
    """Answer for a partner: it agrees to take part, or does not and says why.

    The answer holds for taking part, whatever the application's text becomes; it can be changed
    until the department has decided. The same answer given twice is written once.

    Raises:
        NotYours: not of the partner, or the decision is taken.
        ConditionUnmet: it is no partner any more, or a refusal lacks its reason.
    """
    with transaction.atomic():
        locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        partner = _partner(locked, organization)
        if not user_can_answer_for_partner(locked, partner, by):
            raise NotYours([_("This is not yours to answer, or it is no longer the time for it.")])
        answer, words = (Consent.AGREED, "") if agrees else (Consent.REFUSED, reason.strip())
        if not agrees and not words:
            raise ConditionUnmet([_("Give the reason.")])
        if partner.consent == answer:
            return partner
        before = partner.consent
        _answer(partner, answer, by=by, reason=words)
        fact = "partner_agreed" if agrees else "partner_refused"
        told = partner_answered(locked, partner)
        _tell(locked, fact, partner, by, told, reason=words, before=before)
    return partner


def _partner(project: Project, organization: Organization) -> Partner:
    found = project.partners.filter(organization=organization).select_related("organization")
    if partner := found.first():
        return partner
    raise ConditionUnmet([_("The organization is not named as a partner any more.")])


def _answer(partner: Partner, answer: Consent, *, by: AnyUser | None, reason: str = "") -> None:
    now = timezone.now()
    assert by is None or by.is_authenticated
    partner.consent, partner.answered_by, partner.answer_reason = answer, by, reason
    partner.answered_at = None if answer == Consent.ASKED else now
    if answer == Consent.ASKED:
        partner.asked_at = now
    partner.save()


def _tell(
    project: Project,
    fact: str,
    partner: Partner,
    by: AnyUser,
    drafts: Iterable[NoticeDraft],
    *,
    reason: str = "",
    before: str = "",
) -> None:
    """Note in the trail what became of a partner, with its answer before, and tell whom it concerns."""
    told = {"partner": partner.organization.name, **({"from": before} if before else {})}
    entry = note(project, fact, by=by, reason=reason, data=told)
    post_notices(drafts, key=f"trail:{entry.pk}")
