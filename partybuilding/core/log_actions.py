"""Steps in the CMS's site history, beside the edits of pages; what counts is the trail."""

from typing import Any

from wagtail.log_actions import log

from partybuilding.core.machines import all_machines
from partybuilding.core.models import TransitionRecord


def register_steps(actions: Any) -> None:
    """Make every step of every machine known to the site history."""
    for machine in all_machines():
        for step in machine.table.steps:
            actions.register_action(_action(machine.code, step.code), step.label, step.label)


def log_step(record: Any, row: TransitionRecord) -> None:
    """Note a step in the site history, without what was said; in the transaction of the step."""
    log(instance=record, action=_action(row.machine, row.step), user=row.by, data={"row": row.pk})


def _action(machine: str, step: str) -> str:
    return f"partybuilding.{machine}.{step}"
