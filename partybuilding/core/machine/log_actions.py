"""Steps in the CMS's site history, beside the edits of pages; what counts is the trail."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from partybuilding.core.machine.registry import all_machines
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages.withdrawal import OFFLINE

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


def register_steps(actions: Any) -> None:
    """Make every step of every machine known to the site history."""
    for machine in all_machines():
        for step in machine.table.steps:
            actions.register_action(_action(machine.code, step.code), step.label, step.label)
    actions.register_action(RECALLED)(RecallFormatter)
    actions.register_action(OFFLINE)(OfflineFormatter)


def log_step(record: Any, row: TransitionRecord) -> None:
    """Note a step in the site history, without what was said; in the transaction of the step."""
    log(instance=record, action=_action(row.machine, row.step), user=row.by, data={"row": row.pk})


def _action(machine: str, step: str) -> str:
    return f"partybuilding.{machine}.{step}"
