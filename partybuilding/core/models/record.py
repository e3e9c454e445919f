"""The base of every record that a machine moves, and the field that holds its state."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.rules import Sentence
from partybuilding.core.states import Role, State, Step, Table


class StateField(FSMField):
    """A state that only transitions change; a migration sees the plain text of the table.

    django-fsm lets every copy of its field listen to every class that is prepared, and `migrate`
    makes them by the ten thousand: that was a third of its time.
    """

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def due_first(name: str) -> models.Index:
    """Return the index by which a register opens: what is due first at the top, what nothing waits for last."""
    due_on = models.F("due_on")
    newest = models.F("state_since").desc(), models.F("id").desc()
    return models.Index(IsNull(due_on, True), due_on, *newest, name=name)


class Record(models.Model):
    """A case file: its state is moved by the door only (lifecycle.md, "The one door").

    A subclass declares its own `state = StateField(editable=False, …)` beside its transitions.
    """

    state: Any
    state_since = models.DateTimeField(
        _("in this state since"), default=timezone.now, editable=False
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False, db_index=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, editable=False)

    class Meta:
        abstract = True

    @property
    def table(self) -> Table:
        """The machine's table as it holds for this record; a room may leave states out."""
        return machine_of(self).table

    @property
    def state_row(self) -> State:
        """The row of the machine's table for the present state."""
        return self.row_of(self.state)

    def row_of(self, state: str) -> State:
        """Return the row of a state as it holds for this record; a room may know other holders."""
        return machine_of(self).table.state(state)

    @property
    def version(self) -> str:
        """The state and since when: a form carries it, so that who was overtaken is told."""
        return f"{self.state}@{int(self.state_since.timestamp() * 1_000_000)}"

    @property
    def possible_steps(self) -> list[Step]:
        """The steps that start from the present state, for whomever."""
        return self.table.steps_from(self.state)

    def has_step(self, code: str) -> bool:
        """Tell whether a step starts from the present state, for whomever."""
        return any(step.code == code for step in self.possible_steps)

    def blocked_at_desk(self, step: str) -> tuple[Sentence, ...]:
        """Say why a step is not taken on its own screen, although the door would let it through."""
        return ()

    def rule_value(self, name: str) -> Any:
        """Return the value of a rule that a due date of this record is computed from."""
        raise NotImplementedError

    def place_of(self, role: Role) -> Any:
        """Return the organisation whose people of this role have the record; None when any of them."""
        return None

    def freeze(self, attempt: Attempt) -> Mapping[str, Any]:
        """Keep what the step rests on as it is on its day; the trail keeps what is returned.

        The door asks it on the locked row, between the transition and the saving: what is read here
        is what was handed in or decided on, and nothing that somebody wrote meanwhile.
        """
        return {}

    def is_overdue(self, today: date | None = None) -> bool:
        """Tell whether the state should have been left before today."""
        return self.due_on is not None and self.due_on < (today or timezone.localdate())

    def days_waiting(self, today: date | None = None) -> int:
        """Return the calendar days since the state was entered."""
        return ((today or timezone.localdate()) - timezone.localdate(self.state_since)).days
