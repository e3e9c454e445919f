"""Name the organisations that take part in a joint application, and let them answer."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.services import note, post_notices
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.notices import partner_answered, partner_asked, partner_dropped
from partybuilding.projects.permissions import user_can_answer_for_partner
from partybuilding.projects.services.applications import locked_for_writing
from partybuilding.projects.states import Consent


def save_partners(project: Project, organizations: Iterable[Organization], *, by: Any) -> Project:
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


def ask_partner_again(project: Project, organization: Organization, *, by: Any) -> Partner:
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
    project: Project, organization: Organization, *, by: Any, agrees: bool, reason: str = ""
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


def _answer(partner: Partner, answer: Consent, *, by: Any, reason: str = "") -> None:
    now = timezone.now()
    partner.consent, partner.answered_by, partner.answer_reason = answer, by, reason
    partner.answered_at = None if answer == Consent.ASKED else now
    if answer == Consent.ASKED:
        partner.asked_at = now
    partner.save()


def _tell(
    project: Project,
    fact: str,
    partner: Partner,
    by: Any,
    drafts: Iterable[NoticeDraft],
    *,
    reason: str = "",
    before: str = "",
) -> None:
    """Note in the trail what became of a partner, with its answer before, and tell whom it concerns."""
    told = {"partner": partner.organization.name, **({"from": before} if before else {})}
    entry = note(project, fact, by=by, reason=reason, data=told)
    post_notices(drafts, key=f"trail:{entry.pk}")
