"""The journal of the registers: who changed which organisation, person or group, when and what.

It is kept in Wagtail's own log, so that system administrators find it in the site's history, too.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter, log
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
Change = Mapping[str, Any]


def note_change(
    thing: Any, action: str, *, by: Any, changes: Change | None = None, text: str = ""
) -> None:
    """Note what was done to a thing.

    Args:
        changes: for each changed field its old and new value, JSON only.
        text: what was done in names, e.g. of the organisation and role of an appointment.
    """
    log(thing, PREFIX + action, user=by, **_facts(thing, changes, text))


def note_changes(rows: list[tuple[Any, str, Change, str]], *, by: Any) -> None:
    """Note many changes at once, e.g. those of an import."""
    now = timezone.now()
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=ContentType.objects.get_for_model(thing),
            object_id=str(thing.pk),
            action=PREFIX + action,
            timestamp=now,
            user=by,
            label=title,
            **{name: value for name, value in facts.items() if name != "title"},
        )
        for thing, action, changes, text in rows
        for facts in [_facts(thing, changes, text)]
        for title in [facts["title"]]
    )


def _facts(thing: Any, changes: Change | None, text: str) -> dict[str, Any]:
    name = getattr(thing, "get_full_name", thing.__str__)() or str(thing)
    data = {"changes": dict(changes)} if changes else {}
    return {"title": name, "data": {**data, **({"text": text} if text else {})}}


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
        label = message = words

        def format_comment(self, log_entry: Any) -> str:
            return str(log_entry.data.get("text", ""))

    return Formatter
