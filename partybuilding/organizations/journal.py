"""The journal of the registers: who changed which organisation, person or group, when and what.

It is kept in Wagtail's own log, so that system administrators find it in the site's history, too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

PREFIX = "partybuilding."
#: What can happen, with the words for it.
ACTIONS = {
    "organization.create": _("Organization added"),
    "organization.edit": _("Organization changed"),
    "organization.deactivate": _("Organization taken out of use"),
    "organization.reactivate": _("Organization taken into use again"),
    "organization.remove": _("Organization removed"),
    "person.create": _("Person added"),
    "person.edit": _("Person changed"),
    "person.appoint": _("Person appointed"),
    "person.end": _("Membership ended"),
    "person.password": _("Password set"),
    "person.deactivate": _("Account deactivated"),
    "person.reactivate": _("Account reactivated"),
    "group.save": _("Expert group saved"),
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
    by: Any,
    changes: Mapping[str, Any] | None = None,
    text: str = "",
) -> None:
    """Note what was done to one thing."""
    write_notes([Note(thing, action, changes, text)], by=by)


def write_notes(notes: Iterable[Note], *, by: Any) -> None:
    """Note many things at once.

    Wagtail's own `log()` checks each row anew, with four queries; an import writes thousands.
    """
    ModelLogEntry.objects.bulk_create([_entry(note, by) for note in notes], batch_size=500)


def _entry(note: Note, by: Any) -> ModelLogEntry:
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
            return _("%(action)s: %(text)s") % {"action": words, "text": text} if text else words

    return Formatter
