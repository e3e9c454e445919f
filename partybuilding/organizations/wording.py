"""Say in words what a person holds, whether they can sign in, and what the journal tells."""

from typing import Any

from django.utils.translation import gettext as _

from partybuilding.organizations.models import Organization


def held_words(person: Any) -> list[str]:
    """Say what a person of `people_of()` holds today, the newest first."""
    return [membership.words for membership in person.held if membership.is_current]


def account_words(person: Any) -> str:
    """Say whether a person can sign in."""
    if not person.is_active:
        return _("Deactivated")
    return _("Normal") if person.has_usable_password() else _("No password yet")


def change_words(entry: Any) -> list[str]:
    """Say what an entry of the journal changed: each fact with its old and new value."""
    changes = entry.data.get("changes", {})
    return [
        _("%(fact)s: %(old)s → %(new)s")
        % {"fact": _fact(name), "old": _value(name, old), "new": _value(name, new)}
        for name, (old, new) in changes.items()
    ]


def _fact(name: str) -> str:
    of_person = {"full_name": _("name in full"), "email": _("Email address")}
    of_person["telephone"] = _("telephone")
    return of_person.get(name) or str(Organization._meta.get_field(name).verbose_name)


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("kind", "sector"):
        choices = dict(Organization._meta.get_field(name).flatchoices)
        value = choices.get(value, value)
    return str(value) if value not in ("", None) else _("empty")
