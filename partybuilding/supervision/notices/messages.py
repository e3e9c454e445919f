"""Who is told that a feedback notice was issued or revoked: those who carry the project out, and their unit."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Role
from partybuilding.core.texts import Placeholder
from partybuilding.core.texts.messages import REASON, Sayings, Vocabulary, reason_like
from partybuilding.core.types import AnyUser
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.messages import TITLE
from partybuilding.projects.notices import applicants
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.presentation import corrected_words, kind_words
from partybuilding.supervision.wording import when_words
from partybuilding.texts.messages import message_texts, notice_draft

_message = Vocabulary(
    {
        "kind": Placeholder(
            "通报类型", _("Feedback notice, supplementary notice or correction"), "反馈通报"
        ),
        "project": TITLE,
        "quarter": Placeholder("季度", _("The quarter that it is on"), "2026年第二季度"),
        "number": Placeholder("文号", _("The notice's number"), "督反〔2026〕12号"),
        "findings": Placeholder(
            "问题情况",
            _("How many findings there are, and the first deadline"),
            "有2个问题需要整改，最早的期限是5月20日。",
            required=True,
        ),
        "corrected": Placeholder("更正说明", _("Which notice it corrects; empty for most"), ""),
        "reason": reason_like("问题已另行通报。"),
    },
    always=("kind", "project", "quarter"),
).message
ISSUED = _message(
    "told-feedback-issued",
    gettext_noop("%(kind)s on “%(project)s”, %(quarter)s"),
    "%(number)s",
    "%(findings)s",
    "%(corrected)s",
)
REVOKED = _message(
    "told-feedback-revoked",
    gettext_noop("Feedback notice revoked: “%(project)s”, %(quarter)s"),
    REASON,
)


def notices_for(notice: FeedbackNotice, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell applicants and unit what was issued, or why it was revoked."""
    if attempt.step == "correct":
        return  # its correction tells
    issued = attempt.step == "issue"
    wording, said = (
        (ISSUED, said_of(notice)) if issued else (REVOKED, said_of(notice, attempt.reason))
    )
    at_portal = reverse("portal:feedback", args=[notice.project_id, notice.pk])
    yield notice_draft(wording, applicants(notice.project), said, at_portal)
    if unit := notice.project.organization.unit_id:
        told = people_with(Role.UNIT, [unit])
        yield notice_draft(wording, told, said, feedback_url(notice))


def feedback_url(notice: FeedbackNotice) -> str:
    """Return where staff read a notice."""
    return reverse("partybuilding:feedback", args=[notice.pk])


def said_of(notice: FeedbackNotice, reason: str = "") -> Sayings:
    """Return what the placeholders stand for; before the step there is no number."""
    return Sayings(
        通报类型=lambda: kind_words(notice),
        项目名称=lambda: notice.project,
        季度=lambda: when_words(notice.told),
        文号=notice.number,
        问题情况=lambda: _findings(notice),
        更正说明=lambda: corrected_words(notice),
        理由=reason,
    )


def _findings(notice: FeedbackNotice) -> str:
    """Say how many findings there are and when the first is due."""
    findings = notice.told.asked_for
    if not findings:
        return gettext("No finding to put right.")
    words = ngettext(
        "%(n)s finding to put right; the first deadline is %(day)s.",
        "%(n)s findings to put right; the first deadline is %(day)s.",
        len(findings),
    )
    first = min(found.deadline for found in findings)
    return words % {"n": len(findings), "day": day_words(first)}


def _notices(user: AnyUser) -> "QuerySet[FeedbackNotice]":
    found = FeedbackNotice.objects.visible_to(user).exclude(number="")
    return found.select_related("project__cycle").order_by("-pk")


TEXTS = message_texts(
    (
        (ISSUED, _("To applicants and the reporting unit: a feedback notice is issued")),
        (REVOKED, _("To applicants and the reporting unit: a feedback notice is revoked")),
    ),
    _notices,
    said_of,
)
