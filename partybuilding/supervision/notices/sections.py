"""Feedback notices in the file of a project, and what residents read of one."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.types import AnyUser
from partybuilding.projects.casefile.contents import CaseSection
from partybuilding.projects.models import Project
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.presentation import corrected_words, findings_of, heading_of
from partybuilding.supervision.notices.selectors import feedback_of
from partybuilding.supervision.notices.states import FeedbackState


def feedback_section(project: Project, user: AnyUser) -> Mapping[str, Any] | None:
    """Show staff the notices on a project."""
    notices = list(feedback_of(project, user))
    return {"notices": notices} if notices else None


def public_card(notice: FeedbackNotice, today: Any) -> dict[str, Any]:
    """Return what residents read of a notice: number, day, findings with their state, good practice.

    Neither who went there nor what staff wrote around it. One that was revoked or corrected keeps
    number, day and reason.
    """
    stands = notice.state == FeedbackState.ISSUED
    day = date_format(notice.issued_on, "DATE_FORMAT") if notice.issued_on else ""
    return {
        "id": f"feedback-{notice.pk}",
        "title": heading_of(notice),
        "day": _("Issued on %(day)s") % {"day": day},
        "findings": findings_of(notice, today) if stands else [],
        "good_practice": notice.told.good_practice if stands else (),
        "revoked": notice.revocation,
        "corrected": corrected_words(notice),
    }


SECTION = CaseSection(
    "feedback",
    gettext_lazy("Feedback notices"),
    "partybuilding/supervision/notices/section.html",
    feedback_section,
    order=85,
)
