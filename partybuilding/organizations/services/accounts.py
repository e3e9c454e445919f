"""Write people's accounts: add, rename, set a password, let in or keep out."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.types import AnyUser, User
from partybuilding.organizations.journal import note_change
from partybuilding.organizations.models import Person
from partybuilding.organizations.permissions import user_can_keep_registers
from partybuilding.organizations.selectors import telephone_of
from partybuilding.organizations.services.memberships import refuse_stranger


def add_person(
    *,
    username: str,
    name: str,
    email: str = "",
    telephone: str = "",
    password: str = "",
    by: AnyUser | None,
) -> User:
    """Add a person with an account; without a password nobody can sign in with it yet.

    Args:
        name: the whole name, as Chinese names are written; it is kept in `first_name`, which is what
            the CMS shows.
        password: already found strong enough by the site's validators.

    Raises:
        NotYours: only the department and administrators keep the register.
        ConditionUnmet: the login name is taken.
    """
    if by is not None and not user_can_keep_registers(by):
        raise NotYours([_("Only the Organization Department keeps the register.")])
    users = get_user_model()._default_manager
    with transaction.atomic():
        if users.filter(username__iexact=username).exists():
            raise ConditionUnmet([_("This login name is taken.")])
        person = users.create_user(username, email, password or None, first_name=name)
        Person.objects.create(user=person, telephone=telephone)
        note_change(person, "person.create", by=by)
    return person


def rename_person(
    person: User, *, name: str, email: str, telephone: str | None = None, by: AnyUser | None
) -> User:
    """Write a person's name and mail address, and the telephone unless nothing is said of it.

    Raises:
        NotYours: not somebody who keeps the register, or the account of a system administrator.
    """
    refuse_stranger(person, by)
    present = telephone_of(person)
    number = present if telephone is None else telephone
    fresh = {"full_name": name, "email": email, "telephone": number}
    before = {"full_name": person.get_full_name(), "email": person.email, "telephone": present}
    changes = {key: [before[key], fresh[key]] for key in fresh if before[key] != fresh[key]}
    if changes:
        person.first_name, person.last_name, person.email = name, "", email
        with transaction.atomic():
            person.save(update_fields=["first_name", "last_name", "email"])
            Person.objects.update_or_create(user=person, defaults={"telephone": number})
            note_change(person, "person.edit", by=by, changes=changes)
    return person


def set_password(person: User, password: str, *, by: AnyUser | None) -> None:
    """Give a person a new password; whoever is signed in with the old one is signed out.

    Raises:
        NotYours: not somebody who keeps the register, or the account of a system administrator.
    """
    refuse_stranger(person, by)
    person.set_password(password)
    with transaction.atomic():
        person.save(update_fields=["password"])
        note_change(person, "person.password", by=by)


def deactivate_account(person: User, *, by: AnyUser | None) -> User:
    """Keep a person out; roles and history stay.

    Raises:
        NotYours: not somebody who keeps the register, the account of a system administrator, or
            one's own.
    """
    refuse_stranger(person, by)
    if by is not None and person.pk == by.pk:
        raise NotYours([_("You cannot deactivate your own account.")])
    return _switch(person, active=False, by=by)


def reactivate_account(person: User, *, by: AnyUser | None) -> User:
    """Let a person in again.

    Raises:
        NotYours: not somebody who keeps the register, or the account of a system administrator.
    """
    refuse_stranger(person, by)
    return _switch(person, active=True, by=by)


def _switch(person: User, *, active: bool, by: AnyUser | None) -> User:
    if person.is_active != active:
        person.is_active = active
        action = "person.reactivate" if active else "person.deactivate"
        with transaction.atomic():
            person.save(update_fields=["is_active"])
            note_change(person, action, by=by)
    return person
