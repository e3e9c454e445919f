"""What must hold for an organisation's place, and for a role in it."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core.rules import YES, Verdict, no, within
from partybuilding.core.states import Role
from partybuilding.organizations.states import OrganizationKind

#: How far back a post may have begun, and how far ahead one may begin or end: two terms of office.
SINCE_YEARS, AHEAD_YEARS, UNTIL_YEARS = 50, 1, 10


def can_begin_on(day: date, today: date) -> Verdict:
    """Ask whether somebody can hold a post from a day on."""
    year = timedelta(days=366)
    return within(day, today - SINCE_YEARS * year, today + AHEAD_YEARS * year)


def can_end_on(day: date, today: date) -> Verdict:
    """Ask whether a post can be held until a day."""
    return within(day, None, today + UNTIL_YEARS * timedelta(days=366))


def stands_somewhere(organization: Any) -> Verdict:
    """Ask whether it has a superior, unless it reports for itself or is the district's own."""
    if organization.parent or organization.is_reporting_unit:
        return YES
    if organization.kind == OrganizationKind.DISTRICT:
        return YES
    return no(_("Give the superior organization, or mark it a reporting unit."))


def superior_exists(organization: Any) -> Verdict:
    """Ask whether the superior of an organisation that exists today exists, too."""
    above = organization.parent
    if above is None or above.is_active or not organization.is_active:
        return YES
    return no(_("The superior organization is no longer in use; choose another."))


def role_fits(role: str, organization: Any) -> Verdict:
    """Ask whether a role can be held in an organisation."""
    if not organization.is_active:
        return no(_("The organization is no longer in use."))
    if role == Role.UNIT and not organization.is_reporting_unit:
        return no(_("Unit reviewers belong to a reporting unit."))
    return YES
