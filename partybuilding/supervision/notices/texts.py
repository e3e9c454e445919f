"""The text of the feedback notices, which the department may word."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partybuilding.core.papers.letters import LetterOutline
from partybuilding.core.types import AnyUser
from partybuilding.supervision.notices.documents import outline_notice
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.wording import FEEDBACK
from partybuilding.texts.register import EditedText
from partybuilding.texts.samples import sample_letter


def _notices(user: AnyUser) -> "QuerySet[FeedbackNotice]":
    """Return the notices that a user sees, the newest first."""
    found = FeedbackNotice.objects.visible_to(user).select_related("project__cycle", "activity")
    return found.order_by("-pk")


def _letter(body: str, notice: FeedbackNotice | None) -> LetterOutline:
    return outline_notice(notice, text=body) if notice else sample_letter(FEEDBACK, body)


TEXTS = (EditedText(FEEDBACK, _("Feedback notice of supervision"), _letter, _notices),)
