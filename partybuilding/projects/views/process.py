"""The way of a year's applications as its rules draw it: states, who has them, and every step with who may take it."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from partybuilding.core.machine.steps import Way
from partybuilding.core.states import Due, State, Table
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_see_cycles
from partybuilding.cycles.states import DecidedBy
from partybuilding.cycles.views import CycleFrame
from partybuilding.projects.preparation.rules import DECIDING
from partybuilding.projects.states import strip_for, table_for


def ways_of_process(cycle: Cycle, user: AnyUser) -> list[Way]:
    """Lead from a year's own screen to its process."""
    address = reverse("partybuilding:process", args=[cycle.pk])
    return [Way(_("Process"), address, "tasks")] if user_can_see_cycles(user) else []


class ProcessView(CycleFrame, TemplateView):
    """What an application passes through in a year, drawn from the table that the door uses."""

    cycle: Cycle
    template_name = "partybuilding/projects/process.html"
    page_title = gettext_lazy("Process")

    def allowed(self) -> bool:
        """Let in who sees the register of years."""
        return user_can_see_cycles(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Draw the table of the year."""
        first_review = self.cycle.first_review
        table, words = table_for(first_review=first_review), strip_for(first_review=first_review)
        return super().get_context_data(
            strip=[
                {"number": number, "label": label} for number, label in enumerate(words, start=1)
            ],
            rows=[self.row(table, state) for state in table.states],
            **kwargs,
        )

    def row(self, table: Table, state: State) -> dict[str, Any]:
        """Return a state with who has it, until when, and the steps that lead on."""
        return {
            "state": state,
            "holders": "、".join(str(role.label) for role in state.holders),
            "due": self.due(state.due) if state.due else "",
            "steps": list(self.steps(table, state)),
        }

    def due(self, due: Due) -> str:
        """Say by when a state should be left."""
        value = self.cycle.rule_value(due.date or due.days)
        if due.date:
            return _("by %(day)s") % {"day": f"{value:%Y-%m-%d}"}
        return _("within %(days)s working days") % {"days": value}

    def steps(self, table: Table, state: State) -> Iterator[dict[str, Any]]:
        """Yield the steps from a state, each with who takes it and where it leads."""
        in_sessions = self.cycle.decided_by == DecidedBy.SESSION
        for step in table.steps_from(state.code):
            yield {
                "label": step.label,
                "who": "、".join(str(role.label) for role in step.sources[state.code]),
                "target": table.state(step.target).label
                if step.target
                else _("where it came from"),
                "in_session": in_sessions and step.code in DECIDING,
            }
