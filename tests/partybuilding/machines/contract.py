"""What a contract of a machine is: who takes which step from where, tried cell by cell at the door."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.db import transaction

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.services import move
from partybuilding.core.states import Role, Table
from tests.factories import Cast, make_cast, open_cycle

#: (state, step) → the roles that may; every other cell is refused.
May = Mapping[tuple[str, str], set[str]]
#: A working day in the middle of a quarter.
IN_MAY = datetime(2025, 5, 13, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NO_STEP, NOT_YOURS, ALLOWED = "no such step", "not yours", "allowed"


@dataclass(frozen=True)
class Contract:
    """One machine as the design says it.

    Args:
        code: the machine's name.
        may: who takes which step from which state.
        leads: where each step leads; empty where it leads back.
        stage: makes one record in each state.
        inputs: what a step asks for.
        public: the states whose page residents may read.
        decides: the cells in which nobody decides who belongs to the organisation it is about.
        beside: roles of the table that never take a step of these records, as another side asked.
        now: the moment at which the records are made.
        table: what holds of the machine's table here; all of it when nothing is given.
        rules: the rules of the year in which the records are made, where others than usual.
    """

    code: str
    may: May
    leads: Mapping[str, str]
    stage: Callable[[Cast], dict[str, Any]]
    inputs: Callable[[str], dict[str, Any]]
    public: tuple[str, ...] = ()
    decides: tuple[tuple[str, str, Role], ...] = ()
    beside: Mapping[tuple[str, str], set[str]] = field(default_factory=dict)
    now: datetime | None = None
    table: Table | None = None
    rules: Mapping[str, Any] = field(default_factory=dict)

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order of the design."""
        named = (*(state for state, _step in self.may), *self.leads.values())
        return tuple(dict.fromkeys(state for state in named if state))

    def cast(self) -> Cast:
        """Make those who take part, in a year of its rules."""
        return make_cast(open_cycle(**self.rules) if self.rules else None)

    def expected(self, state: str, step: str, role: str) -> str:
        """Return what the door answers in one cell."""
        roles = self.may.get((state, step))
        return NO_STEP if roles is None else ALLOWED if role in roles else NOT_YOURS

    def outcome(self, record: Any, step: str, user: Any) -> str:
        """Try a step and say what the door answered; nothing stays."""
        try:
            with transaction.atomic():
                move(record, step, by=user, **self.inputs(step))
                transaction.set_rollback(True)
        except WrongState:
            return NO_STEP
        except NotYours:
            return NOT_YOURS
        except ConditionUnmet:
            pass  # it is asked after whose the step is
        return ALLOWED

    @contextmanager
    def on_stage(self) -> Iterator[tuple[Cast, dict[str, Any]]]:
        """Bring one record into each state; everything is rolled back afterwards."""
        travel = time_machine.travel(self.now, tick=False) if self.now else None
        with transaction.atomic():
            if travel:
                travel.start()
            try:
                cast = self.cast()
                yield cast, self.stage(cast)
            finally:
                if travel:
                    travel.stop()
                transaction.set_rollback(True)
