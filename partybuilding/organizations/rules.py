"""What must hold for an organisation's place, and for a role in it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core.rules import YES, Sentence, Verdict, refuse, within
from partybuilding.core.states import Role
from partybuilding.organizations.states import OrganizationKind

if TYPE_CHECKING:
    from partybuilding.organizations.models import Organization

#: How far back a post may have begun, and how far ahead one may begin or end: two terms of office.
SINCE_YEARS, AHEAD_YEARS, UNTIL_YEARS = 50, 1, 10


def can_begin_on(day: date, today: date) -> Verdict:
    """Ask whether somebody can hold a post from a day on."""
    year = timedelta(days=366)
    return within(day, today - SINCE_YEARS * year, today + AHEAD_YEARS * year)


def can_end_on(day: date, today: date) -> Verdict:
    """Ask whether a post can be held until a day."""
    return within(day, None, today + UNTIL_YEARS * timedelta(days=366))


def stands_somewhere(organization: "Organization") -> Verdict:
    """Ask whether it has a superior, unless it reports for itself or is the district's own."""
    if organization.parent or organization.is_reporting_unit:
        return YES
    if organization.kind == OrganizationKind.DISTRICT:
        return YES
    return refuse(_("Give the superior organization, or mark it a reporting unit."))


def superior_exists(organization: "Organization") -> Verdict:
    """Ask whether the superior of an organisation that exists today exists, too."""
    above = organization.parent
    if above is None or above.is_active or not organization.is_active:
        return YES
    return refuse(_("The superior organization is no longer in use; choose another."))


def _is_district(organization: "Organization") -> bool:
    return organization.kind == OrganizationKind.DISTRICT


def _is_above(organization: "Organization") -> bool:
    return _is_district(organization) or organization.is_reporting_unit


#: What an organisation must be for a role to be held there, and the sentence that says so; experts come
#: from anywhere.
PLACES: dict[str, tuple[Callable[[Any], bool], Sentence]] = {
    Role.APPLICANT: (
        lambda one: not _is_district(one),
        _(
            "Applicants belong to a grassroots organization, or to a unit that takes part in one's project."
        ),
    ),
    Role.UNIT: (
        lambda one: one.is_reporting_unit,
        _("Unit reviewers belong to a reporting unit."),
    ),
    Role.DEPARTMENT: (
        _is_district,
        _("Officers of the Organization Department belong to the department itself."),
    ),
    Role.TASK_FORCE: (_is_district, _("The task force belongs to a district department.")),
    Role.AUDITOR: (_is_district, _("Auditors belong to a district department.")),
    Role.EDITOR: (_is_above, _("Editors belong to a district department or a reporting unit.")),
    Role.PUBLISHER: (
        _is_above,
        _("Publishers belong to a district department or a reporting unit."),
    ),
    Role.LEADER: (
        _is_above,
        _("Leaders in charge belong to a district department or a reporting unit."),
    ),
}


def role_fits(role: str, organization: "Organization", department: str = "") -> Verdict:
    """Ask whether a role can be held in an organisation.

    Args:
        department: the code of the organisation that is the department, when the settings name it.
    """
    if not organization.is_active:
        return refuse(_("The organization is no longer in use."))
    fits, sentence = PLACES.get(role, (lambda one: True, ""))
    elsewhere = role == Role.DEPARTMENT and department not in ("", organization.code)
    return refuse(sentence) if elsewhere or not fits(organization) else YES
