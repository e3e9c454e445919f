"""Who is told what after a step of a case study."""

from typing import Any

from django.utils.translation import gettext_noop

from partybuilding.cases.kind import KIND
from partybuilding.cases.models import CaseStudy
from partybuilding.core.states import Role
from partybuilding.projects.notices import applicants, portal_url, unit_reviewers
from partybuilding.spreading.notices import Told, all_with, notices_from


def _applicants(case: CaseStudy) -> Any:
    return applicants(case.project)


def _reviewers(case: CaseStudy) -> Any:
    return unit_reviewers(case.project)


def _portal(case: CaseStudy) -> str:
    return portal_url(case.project)


def _staff(subject: str, *roles: Role) -> tuple[Told, ...]:
    """Tell everybody of these roles, with the reason or opinion."""
    return (Told(all_with(*roles), subject, KIND.address),)


def _public(subject: str, body: str = "") -> tuple[Told, ...]:
    """Tell editors and publishers, and the applicants and unit of the project too."""
    return (
        *_staff(subject, Role.EDITOR, Role.PUBLISHER),
        Told(_applicants, subject, _portal, body),
        Told(_reviewers, subject, KIND.address, body),
    )


notices_for = notices_from(
    {
        "submit": _staff(gettext_noop("Case awaiting selection: %(title)s"), Role.DEPARTMENT),
        "recall": _staff(gettext_noop("Case taken back: %(title)s"), Role.DEPARTMENT),
        "take_back": _staff(
            gettext_noop("Decision on the case taken back: %(title)s"), Role.EDITOR, Role.PUBLISHER
        ),
        "reopen": _public(gettext_noop("Case to be published anew: %(title)s")),
        "select": _staff(
            gettext_noop("Case selected, to be published: %(title)s"), Role.EDITOR, Role.PUBLISHER
        ),
        "send_back": _staff(gettext_noop("Case returned: %(title)s"), Role.EDITOR),
        "decline": _staff(gettext_noop("Case not selected: %(title)s"), Role.EDITOR),
        "publish": _public(
            gettext_noop("Case published: %(title)s"),
            gettext_noop("The case written from your project can be read on the column."),
        ),
        "retract": _public(gettext_noop("Case retracted: %(title)s")),
    }
)
