"""The models of the organisations: the tree, who is where, who issues papers."""

from partybuilding.organizations.models.issuing import IssuingBody, NumberSeries
from partybuilding.organizations.models.organization import Organization, OrganizationQuerySet
from partybuilding.organizations.models.people import (
    ExpertGroup,
    FirstPassword,
    Membership,
    MembershipQuerySet,
    Person,
)

__all__ = [
    "ExpertGroup",
    "FirstPassword",
    "IssuingBody",
    "Membership",
    "MembershipQuerySet",
    "NumberSeries",
    "Organization",
    "OrganizationQuerySet",
    "Person",
]
