"""The journal of the registers: who changed which organisation, person or group, when and what, in words.

It is kept in Wagtail's own log, so that system administrators find it in the site's history, too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from partybuilding.core.models import Word
from partybuilding.core.types import AnyUser, User
from partybuilding.organizations.models import Organization


def held_words(person: User) -> list[str]:
    """Say what a person of `people_of()` holds today, the newest first."""
    return [membership.words for membership in person.held if membership.is_current]  # type: ignore[attr-defined]


def account_words(person: User) -> str:
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


def _field(name: str) -> Any:
    return Organization._meta.get_field(name)


def _fact(name: str) -> str:
    of_person = {"full_name": _("name in full"), "email": _("Email address")}
    of_person["telephone"] = _("telephone")
    kept = {one.name: one for model in (Word, Organization) for one in model._meta.fields}
    return of_person.get(name) or str(kept[name].verbose_name)


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("kind", "sector"):
        value = _field(name).words.label(value)
    return str(value) if value not in ("", None) else _("empty")


PREFIX = "partybuilding."
#: What can happen, with the words for it.
ACTIONS = {
    "organization.create": gettext_lazy("Organization added"),
    "organization.edit": gettext_lazy("Organization changed"),
    "organization.deactivate": gettext_lazy("Organization taken out of use"),
    "organization.reactivate": gettext_lazy("Organization taken into use again"),
    "organization.remove": gettext_lazy("Organization removed"),
    "person.create": gettext_lazy("Person added"),
    "person.edit": gettext_lazy("Person changed"),
    "person.appoint": gettext_lazy("Person appointed"),
    "person.end": gettext_lazy("Membership ended"),
    "person.password": gettext_lazy("Password set"),
    "person.deactivate": gettext_lazy("Account deactivated"),
    "person.reactivate": gettext_lazy("Account reactivated"),
    "word.add": gettext_lazy("Word added"),
    "word.edit": gettext_lazy("Word changed"),
    "group.save": gettext_lazy("Expert group saved"),
}


@dataclass(frozen=True)
class Note:
    """One thing that was done.

    Args:
        thing: the organisation, person or group.
        action: one of `ACTIONS`.
        changes: for each changed field its old and new value, JSON only.
        text: what was done in names, e.g. of the organisation and role of an appointment.
    """

    thing: Any
    action: str
    changes: Mapping[str, Any] | None = None
    text: str = ""


def note_change(
    thing: Any,
    action: str,
    *,
    by: AnyUser | None,
    changes: Mapping[str, Any] | None = None,
    text: str = "",
) -> None:
    """Note what was done to one thing."""
    write_notes([Note(thing, action, changes, text)], by=by)


def write_notes(notes: Iterable[Note], *, by: AnyUser | None) -> None:
    """Note many things at once.

    Wagtail's own `log()` checks each row anew, with four queries; an import writes thousands.
    """
    ModelLogEntry.objects.bulk_create([_entry(note, by) for note in notes], batch_size=500)


def _entry(note: Note, by: AnyUser | None) -> ModelLogEntry:
    facts = {"changes": note.changes, "text": note.text}
    return ModelLogEntry(
        content_type=ContentType.objects.get_for_model(note.thing),
        object_id=str(note.thing.pk),
        label=getattr(note.thing, "get_full_name", note.thing.__str__)() or str(note.thing),
        action=PREFIX + note.action,
        timestamp=timezone.now(),
        user=by,
        data={name: value for name, value in facts.items() if value},
    )


def entries_of(thing: Any) -> QuerySet[ModelLogEntry]:
    """Return what was noted of a thing, newest first."""
    entries = ModelLogEntry.objects.for_instance(thing)
    return entries.filter(action__startswith=PREFIX).select_related("user").order_by("-pk")


def register_actions(registry: Any) -> None:
    """Tell Wagtail's log what can happen here, in words."""
    for code, words in ACTIONS.items():
        registry.register_action(PREFIX + code)(_formatter(words))


def _formatter(words: Any) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label = words

        def format_message(self, log_entry: Any) -> str:
            text = log_entry.data.get("text")
            return (
                gettext_lazy("%(action)s: %(text)s") % {"action": words, "text": text}
                if text
                else words
            )

    return Formatter
