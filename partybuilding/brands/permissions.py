"""Who may do what with a brand, and who sees it: `visible_to` is asked everywhere."""

from typing import TYPE_CHECKING

from django.db.models import Q

from partybuilding.brands.states import TABLE, BrandState
from partybuilding.core.states import Role, Step
from partybuilding.core.types import AnyUser, Rows
from partybuilding.organizations.permissions import (
    on_desk,
    roles_for,
    roles_of_user,
    user_works_on_pages,
)

if TYPE_CHECKING:
    from partybuilding.brands.models import Brand
    from partybuilding.projects.models import Project


def visible_to(brands: Rows, user: AnyUser) -> Rows:
    """Keep the brands that a user may see at all.

    Overseers, editors and publishers: all. A unit: its organisations'. Applicants: their own
    organisations', once it was recognised. Everybody else: none.
    """
    roles = roles_of_user(user)
    if roles.oversees or roles.has(Role.EDITOR, Role.PUBLISHER):
        return brands
    scope = Q(pk__in=[])
    if units := roles.ids(Role.UNIT):
        scope |= Q(organization__unit__in=units)
    if own := roles.ids(Role.APPLICANT):
        scope |= Q(organization__in=own, state__in=TABLE.public_states())
    return brands.filter(scope)


def waiting_for(brands: Rows, user: AnyUser) -> Rows:
    """Keep the brands that wait for this user to act: the table's holders."""
    return on_desk(brands, user, TABLE)


def is_of_owners(brand: "Brand", user: AnyUser) -> bool:
    """Tell whether the user belongs to an organisation whose brand it is, in whatever role."""
    own = roles_of_user(user).organization_ids
    projects = [origin.project for origin in brand.origins.all()]
    owners = {brand.organization_id, *(project.organization_id for project in projects)}
    partners = (partner for project in projects for partner in project.partners.all())
    return not own.isdisjoint({*owners, *(partner.organization_id for partner in partners)})


def user_can_begin_brand(project: "Project", user: AnyUser) -> bool:
    """Let editors and publishers begin a brand from any project, a unit from its organisations'."""
    of_unit = project.organization.unit_id in roles_of_user(user).ids(Role.UNIT)
    return user_works_on_pages(user) or of_unit


def user_can_edit_brand(brand: "Brand", user: AnyUser) -> bool:
    """Let editors, publishers and the unit write a brand until it is nominated."""
    of_unit = brand.organization.unit_id in roles_of_user(user).ids(Role.UNIT)
    return brand.state == BrandState.DRAFT and (user_works_on_pages(user) or of_unit)


def user_can_take(step: Step, brand: "Brand", user: AnyUser) -> bool:
    """Let whom the table names, but nobody of the organisations whose brand it is."""
    return bool(roles_for(step, brand, user)) and not is_of_owners(brand, user)
