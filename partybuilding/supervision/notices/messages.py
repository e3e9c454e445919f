"""Who is told that a feedback notice was issued or revoked: those who carry the project out, and their unit."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.notices import applicants
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.presentation import corrected_words, kind_words
from partybuilding.supervision.wording import when_words


def notices_for(notice: FeedbackNotice, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell applicants and unit what was issued, or why it was revoked."""
    if attempt.step == "correct":
        return  # its correction tells
    facts = {"project": f"《{notice.project}》", "quarter": when_words(notice.told)}
    if attempt.step == "issue":
        title = _("%(kind)s on %(project)s, %(quarter)s") % {**facts, "kind": kind_words(notice)}
        body = "；".join(filter(None, (_body(notice), corrected_words(notice))))
    else:
        title = _("Feedback notice revoked: %(project)s, %(quarter)s") % facts
        body = attempt.reason
    at_portal = reverse("portal:feedback", args=[notice.project_id, notice.pk])
    yield NoticeDraft(applicants(notice.project), title, body, at_portal)
    if unit := notice.project.organization.unit_id:
        yield NoticeDraft(people_with(Role.UNIT, [unit]), title, body, feedback_url(notice))


def feedback_url(notice: FeedbackNotice) -> str:
    """Return where staff read a notice."""
    return reverse("partybuilding:feedback", args=[notice.pk])


def _body(notice: FeedbackNotice) -> str:
    """Say how many findings there are and when the first is due; before the step there is no number."""
    findings = notice.told.asked_for
    if not findings:
        return "；".join(filter(None, (notice.number, _("No finding to put right."))))
    words = ngettext(
        "%(n)s finding to put right; the first deadline is %(day)s.",
        "%(n)s findings to put right; the first deadline is %(day)s.",
        len(findings),
    )
    first = min(found.deadline for found in findings)
    said = words % {"n": len(findings), "day": day_words(first)}
    return "；".join(filter(None, (notice.number, said)))
