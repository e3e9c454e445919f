"""Who is told what after a step of a case study."""

from typing import Any

from partybuilding.cases import messages as words
from partybuilding.cases.kind import KIND
from partybuilding.cases.models import CaseStudy
from partybuilding.core.states import Role
from partybuilding.core.texts import Wording
from partybuilding.projects.notices import applicants, portal_url, unit_reviewers
from partybuilding.spreading.notices import Told, all_with, notices_from


def _applicants(case: CaseStudy) -> Any:
    return applicants(case.project)


def _reviewers(case: CaseStudy) -> Any:
    return unit_reviewers(case.project)


def _portal(case: CaseStudy) -> str:
    return portal_url(case.project)


def _staff(wording: Wording, *roles: Role) -> tuple[Told, ...]:
    """Tell everybody of these roles, with the reason or opinion."""
    return (Told(all_with(*roles), wording, KIND.address),)


def _public(wording: Wording, staff: Wording | None = None) -> tuple[Told, ...]:
    """Tell editors and publishers, and the applicants and unit of the project too."""
    return (
        *_staff(staff or wording, Role.EDITOR, Role.PUBLISHER),
        Told(_applicants, wording, _portal),
        Told(_reviewers, wording, KIND.address),
    )


notices_for = notices_from(
    {
        "submit": _staff(words.SUBMITTED, Role.DEPARTMENT),
        "recall": _staff(words.RECALLED, Role.DEPARTMENT),
        "take_back": _staff(words.TAKEN_BACK, Role.EDITOR, Role.PUBLISHER),
        "reopen": _public(words.REOPENED),
        "select": _staff(words.SELECTED, Role.EDITOR, Role.PUBLISHER),
        "send_back": _staff(words.SENT_BACK, Role.EDITOR),
        "decline": _staff(words.DECLINED, Role.EDITOR),
        "publish": _public(words.PUBLISHED, words.PUBLISHED_STAFF),
        "retract": _public(words.RETRACTED),
    },
    words.said_of,
)
