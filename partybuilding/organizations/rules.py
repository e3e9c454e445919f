"""What must hold for an organisation's place, and for a role in it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core.rules import YES, Verdict, no
from partybuilding.core.states import Role
from partybuilding.organizations.states import OrganizationKind


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
