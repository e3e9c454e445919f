"""Feedback notices in the file of a project and, in their public part, on its page."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.projects.casefile import CaseSection, register_section
from partybuilding.projects.models import Project
from partybuilding.projects.page_sections import (
    SUPERVISION,
    PageSection,
    Reading,
    register_page_section,
)
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.presentation import findings_of, heading_of
from partybuilding.supervision.notices.selectors import feedback_of, joined
from partybuilding.supervision.notices.states import FeedbackState


def feedback_section(project: Project, user: Any) -> Mapping[str, Any] | None:
    """Show staff the notices on a project."""
    notices = list(feedback_of(project, user))
    return {"notices": notices} if notices else None


def feedback_part(reading: Reading) -> Mapping[str, Any] | None:
    """Show residents the public part of the notices, the newest first; one query."""
    notices = FeedbackNotice.objects.readable().filter(project=reading.project)
    cards = [public_card(one, reading.today) for one in joined(notices, "-issued_at", "-pk")]
    return {"cards": cards} if cards else None


def public_card(notice: FeedbackNotice, today: Any) -> dict[str, Any]:
    """Return what residents read of a notice: number, day, findings with their state, good practice.

    Neither who went there nor what staff wrote around it. A revoked one keeps number, day and reason.
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
    }


def register_feedback() -> None:
    """Put the notices into the files and onto the pages of their projects."""
    register_section(
        CaseSection(
            "feedback",
            gettext_lazy("Feedback notices"),
            "partybuilding/supervision/notices/section.html",
            feedback_section,
            order=85,
        )
    )
    register_page_section(
        PageSection(
            "feedback",
            gettext_lazy("Feedback notices"),
            "partybuilding/supervision/feedback_part.html",
            feedback_part,
            SUPERVISION,
        )
    )
