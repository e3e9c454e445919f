"""Who signs in: groups held to roles, and the log of sign-ins, failures, passwords and second factors.

It is kept in Wagtail's own log for KEPT_DAYS, so that system administrators read it in the site's
history; what somebody typed is never kept.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from partybuilding.core.access.current import current_request
from partybuilding.core.access.requests import address_of
from partybuilding.core.types import User
from partybuilding.organizations.models import FirstPassword
from partybuilding.organizations.services import refresh_groups


def hold_groups_to_roles(sender: Any, user: User, **kwargs: Any) -> None:
    """Hold the groups of a person who has just signed in to the roles they hold today."""
    refresh_groups(user)


PREFIX = "security."
#: Half a year, in days: the law asks for six months.
KEPT_DAYS = 183
#: What is noted, with the words for it.
ACTIONS = {
    "sign_in": gettext_lazy("Signed in"),
    "sign_in_failed": gettext_lazy("Sign-in failed"),
    "sign_out": gettext_lazy("Signed out"),
    "password": gettext_lazy("Password changed"),
    "rename": gettext_lazy("Name, login name or email changed"),
    "rights": gettext_lazy("Administrator rights or account status changed"),
    "factor_set": gettext_lazy("Second factor set up"),
    "factor_reset": gettext_lazy("Second factor reset"),
    "factor_failed": gettext_lazy("Wrong verification code"),
}
#: Which fields of an account are watched, and what their change is noted as.
WATCHED = {
    "username": "rename",
    "first_name": "rename",
    "last_name": "rename",
    "email": "rename",
    "is_superuser": "rights",
    "is_active": "rights",
}
#: In the session of somebody who signed in with a password that another person had set.
PASSWORD_DUE = "password_due"  # noqa: S105


def note_security(
    action: str, person: User | None, *, request: HttpRequest | None = None, by: User | None = None
) -> None:
    """Note what happened to a person's account.

    Args:
        action: one of `ACTIONS`.
        person: None when a login name belongs to nobody; what was typed may be a password.
        by: who did it; whoever is signed in when it is left out.
    """
    request = request or current_request()
    entry = ModelLogEntry(
        content_type=ContentType.objects.get_for_model(get_user_model()),
        object_id=str(person.pk) if person else "",
        label=(person.get_full_name() or person.get_username())
        if person
        else _("Unknown login name"),
        action=PREFIX + action,
        timestamp=timezone.now(),
        user=by or _signed_in(request),
        data={"address": address_of(request)} if request else {},
    )
    ModelLogEntry.objects.bulk_create([entry])


def _signed_in(request: HttpRequest | None) -> Any:
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def clear_security_log() -> int:
    """Remove what is older than KEPT_DAYS; returns how much that was."""
    limit = timezone.now() - timedelta(days=KEPT_DAYS)
    old = ModelLogEntry.objects.filter(action__startswith=PREFIX, timestamp__lt=limit)
    return old.delete()[0]


def note_sign_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Note who came in; a password that somebody else had set is to be changed first."""
    note_security("sign_in", user, request=request, by=user)
    if FirstPassword.objects.filter(user=user).exists():
        request.session[PASSWORD_DUE] = True


def note_sign_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Note who went out."""
    if user is not None:
        note_security("sign_out", user, request=request, by=user)


def note_failure(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Note a failed try; who is locked out already adds no more rows."""
    if request is not None and not getattr(request, "axes_locked_out", False):
        person = person_named(str(credentials.get("username") or ""))
        note_security("sign_in_failed", person, request=request)


def person_named(typed: str) -> Any:
    """Return whose login name was typed, in whatever case; None when it is nobody's, or two people's."""
    people = get_user_model()._default_manager
    name = get_user_model().normalize_username(typed.strip())
    exact = people.filter(username=name).first()
    if exact or not name:
        return exact
    found = list(people.filter(username__iexact=name)[:2])
    return found[0] if len(found) == 1 else None


def watch_account(
    sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """See, before an account is saved, what of it changes."""
    # A hash that is only made stronger at signing in leaves no raw password behind.
    changed = {"password"} if instance._password is not None and instance.pk else set()
    fields = set(WATCHED) if update_fields is None else set(WATCHED) & set(update_fields)
    if fields and instance.pk and not raw:
        before = sender._base_manager.filter(pk=instance.pk).values(*fields).first() or {}
        changed |= {
            WATCHED[name] for name, value in before.items() if getattr(instance, name) != value
        }
    instance._security_changes = changed


def note_account(sender: Any, instance: Any, created: bool = False, **kwargs: Any) -> None:
    """Note, after an account was saved, what of it changed, and whose password it now has."""
    changed = instance.__dict__.pop("_security_changes", set())
    for action in sorted(changed):
        note_security(action, instance)
    if "password" in changed or (created and instance._password is not None):
        _remember_whose_password(instance)


def _remember_whose_password(person: User) -> None:
    """Ask for a new one at the next sign-in when an administrator set it, and no longer when oneself did."""
    request = current_request()
    by = _signed_in(request)
    if request is None or by is None:
        return
    if by.pk != person.pk:
        FirstPassword.objects.get_or_create(user=person)
    else:
        FirstPassword.objects.filter(user=person).delete()
        request.session.pop(PASSWORD_DUE, None)


def register_security_actions(registry: Any) -> None:
    """Tell Wagtail's log what is noted here, in words."""
    for code, words in ACTIONS.items():
        registry.register_action(PREFIX + code)(_formatter(words))


def _formatter(words: Any) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label = words

        def format_message(self, log_entry: Any) -> str:
            address = log_entry.data.get("address")
            said = _("%(action)s (from %(address)s)") % {"action": words, "address": address}
            return said if address else str(words)

    return Formatter
