"""The trail of a record as a story to read; and its steps in the CMS's site history, beside the edits of pages."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from partybuilding.core.machine.registry import all_machines, machine_of
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages.withdrawal import OFFLINE
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Table, Tone


@dataclass(frozen=True)
class Entry:
    """One row of the trail in words; without `who` and what was said for those who may not know."""

    row: TransitionRecord
    tone: str
    who: str = ""
    reason: str = ""
    facts: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    files: tuple[dict[str, Any], ...] = ()


def story_of(record: Any) -> list[Entry]:
    """Return the whole trail of a record, newest first."""
    table = machine_of(record).table
    rows = trail_of(record).order_by("-sequence")
    return [Entry(row, tone_of(row, table), who=who_of(row), reason=row.reason) for row in rows]


def tone_of(row: TransitionRecord, table: Table) -> str:
    """Return the look of a row: its step's, or a note's."""
    return str(table.step(row.step).tone if table.has_step(row.step) else Tone.NEUTRAL)


def who_of(row: TransitionRecord) -> str:
    """Name who it was, with organisation and post as they were."""
    return " ".join(part for part in (row.by_organization, row.by_post, row.by_name) if part)


#: What somebody decided on a parked mail.
SENT_AGAIN, DISMISSED = "partybuilding.mail.send_again", "partybuilding.mail.dismiss"
#: A page was called back from review because its record moved.
RECALLED = "partybuilding.review_recalled"


class RecallFormatter(LogFormatter):
    """Says which step called a page back."""

    label = gettext_lazy("Call back from review")

    def format_message(self, entry: Any) -> str:
        """Name the step."""
        return _("Called back from review: “%(label)s”") % {"label": entry.data.get("label", "")}


class OfflineFormatter(LogFormatter):
    """Says for which reason a page was taken offline."""

    label = gettext_lazy("Page taken offline")

    def format_message(self, entry: Any) -> str:
        """Give the reason."""
        return _("Page taken offline: %(reason)s") % {"reason": entry.data.get("reason", "")}


class SentAgainFormatter(LogFormatter):
    """Says which parked mail was sent again; the entry's title is its address."""

    label = gettext_lazy("Parked mail sent again")

    def format_message(self, entry: Any) -> str:
        """Name what it told of."""
        return _("Parked mail sent again: “%(subject)s”") % {"subject": entry.data["subject"]}


class DismissedFormatter(LogFormatter):
    """Says which parked mail was dismissed; the entry's title is its address."""

    label = gettext_lazy("Parked mail dismissed")

    def format_message(self, entry: Any) -> str:
        """Name what it told of."""
        return _("Parked mail dismissed: “%(subject)s”") % {"subject": entry.data["subject"]}


def register_steps(actions: Any) -> None:
    """Make every step of every machine known to the site history."""
    for machine in all_machines():
        for step in machine.table.steps:
            actions.register_action(_action(machine.code, step.code), step.label, step.label)
    actions.register_action(RECALLED)(RecallFormatter)
    actions.register_action(OFFLINE)(OfflineFormatter)
    actions.register_action(SENT_AGAIN)(SentAgainFormatter)
    actions.register_action(DISMISSED)(DismissedFormatter)


def log_step(record: Any, row: TransitionRecord) -> None:
    """Note a step in the site history, without what was said; in the transaction of the step."""
    log(instance=record, action=_action(row.machine, row.step), user=row.by, data={"row": row.pk})


def _action(machine: str, step: str) -> str:
    return f"partybuilding.{machine}.{step}"
