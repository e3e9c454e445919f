"""Write organisations: place, take out of use and back, remove what was never used."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.rules import together
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations import rules
from partybuilding.organizations.journal import note_change
from partybuilding.organizations.models import Membership, Organization
from partybuilding.organizations.permissions import user_can_edit_organization
from partybuilding.organizations.services.memberships import end_membership

#: What the journal tells of a change.
FACTS = [
    "name",
    "code",
    "kind",
    "sector",
    "parent",
    "is_reporting_unit",
    "secretary_name",
    "secretary_post",
    "township",
    "tile_row",
    "tile_column",
    "place",
]


def save_organization(organization: Organization, *, by: AnyUser | None) -> Organization:
    """Save an organisation and give it, and all below it, the unit they now report through.

    Args:
        by: who keeps the register; None when the system itself sets it up.

    Raises:
        NotYours: only the department and administrators keep the register.
        ConditionUnmet: its place does not fit: below itself, below none, below one out of use, or
            no longer a reporting unit while it has reviewers.
    """
    _refuse_stranger(organization, by)
    with transaction.atomic():
        _refuse_misplaced(organization)
        before = Organization.objects.filter(pk=organization.pk).select_related("parent").first()
        organization.unit = organization.unit_above()
        organization.save()
        _place_below(organization)
        _note(before, organization, by)
    return organization


def deactivate_organization(organization: Organization, *, by: AnyUser | None) -> Organization:
    """Take an organisation out of use; whoever holds a role in it ceases to. Its history stays.

    Raises:
        NotYours: only the department and administrators keep the register, and nobody ends their
            own membership of the department.
        ConditionUnmet: other organisations in use stand below it, or report through it.
    """
    _refuse_stranger(organization, by)
    with transaction.atomic():
        locked = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
        below = Organization.objects.active().filter(
            models.Q(parent=locked) | models.Q(unit=locked)
        )
        if number := below.count():
            sentence = _("%(number)s organizations in use stand below it; move them first.")
            raise ConditionUnmet([sentence % {"number": number}])
        for membership in Membership.objects.open().filter(organization=locked):
            end_membership(membership, by=by)
        return _switch(locked, active=False, by=by)


def reactivate_organization(organization: Organization, *, by: AnyUser | None) -> Organization:
    """Take an organisation into use again; people are appointed anew.

    Raises:
        NotYours: only the department and administrators keep the register.
        ConditionUnmet: its superior is out of use.
    """
    _refuse_stranger(organization, by)
    with transaction.atomic():
        locked = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
        locked.is_active = True
        if not (answer := rules.superior_exists(locked)):
            raise ConditionUnmet(answer.reasons)
        return _switch(locked, active=True, by=by)


def remove_organization(organization: Organization, *, by: AnyUser | None) -> None:
    """Remove an organisation that was entered by mistake: nothing ever belonged to it.

    Raises:
        NotYours: only the department and administrators keep the register.
        ConditionUnmet: something belongs to it, or once did.
    """
    _refuse_stranger(organization, by)
    try:
        with transaction.atomic():
            note_change(organization, "organization.remove", by=by)
            organization.delete()
    except models.ProtectedError as error:
        raise ConditionUnmet(
            [_("People, projects or other organizations belong to it; take it out of use instead.")]
        ) from error


def _refuse_stranger(organization: Organization, by: AnyUser | None) -> None:
    if by is not None and not user_can_edit_organization(organization, by):
        raise NotYours([_("Only the Organization Department keeps the register.")])


def _refuse_misplaced(organization: Organization) -> None:
    above = organization.parent
    while above is not None:
        if above.pk == organization.pk:
            raise ConditionUnmet([_("An organization cannot stand below itself.")])
        above = above.parent
    answer = together([rules.stands_somewhere(organization), rules.superior_exists(organization)])
    if not answer:
        raise ConditionUnmet(answer.reasons)
    _refuse_unfit_roles(organization)
    reviewers = Membership.objects.open().filter(role=Role.UNIT, organization=organization.pk)
    if organization.pk and not organization.is_reporting_unit and reviewers.exists():
        raise ConditionUnmet(
            [
                _(
                    "It has unit reviewers and must stay a reporting unit; end their memberships first."
                )
            ]
        )


def _refuse_unfit_roles(organization: Organization) -> None:
    """Keep an organisation fit for the roles that are held in it when its kind or place changes."""
    before = Organization.objects.filter(pk=organization.pk).first()
    if before is None or all(
        getattr(before, name) == getattr(organization, name)
        for name in ("kind", "is_reporting_unit")
    ):
        return
    held = Membership.objects.open().filter(organization=organization.pk).order_by("role")
    for role in held.values_list("role", flat=True).distinct():
        is_new = rules.role_fits(role, before) and role != Role.UNIT
        if is_new and not (answer := rules.role_fits(role, organization)):
            said = _("Somebody here is %(role)s. %(why)s End the membership first.")
            facts = {"role": Role(role).label, "why": answer}
            raise ConditionUnmet([said % facts])


def _place_below(organization: Organization) -> None:
    unit = organization if organization.is_reporting_unit else organization.unit
    for child in organization.children.filter(is_reporting_unit=False).exclude(unit=unit):
        child.unit = unit
        child.save(update_fields=["unit"])
        _place_below(child)


def _switch(organization: Organization, *, active: bool, by: AnyUser | None) -> Organization:
    organization.is_active = active
    organization.save(update_fields=["is_active"])
    action = "organization.reactivate" if active else "organization.deactivate"
    note_change(organization, action, by=by)
    return organization


def changes_between(before: Organization | None, after: Organization) -> dict[str, list[Any]]:
    """Return the facts that differ, each with its old and new value as the journal keeps them."""
    if before is None:
        return {}
    pairs = {name: [_told(before, name), _told(after, name)] for name in FACTS}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _told(organization: Organization, name: str) -> Any:
    value = getattr(organization, name)
    return str(value) if isinstance(value, Organization) else value


def _note(before: Organization | None, after: Organization, by: AnyUser | None) -> None:
    changes = changes_between(before, after)
    if before is None:
        note_change(after, "organization.create", by=by)
    elif changes:
        note_change(after, "organization.edit", by=by, changes=changes)
