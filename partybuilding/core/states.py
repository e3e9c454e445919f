"""What a machine is made of: roles, states and steps, as rows of a table in code.

The strip, the inbox, the overdue list, the rights matrix and the diagrams are drawn from these rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Role(TextChoices):
    """Who takes part (domain.md, "Who takes part")."""

    APPLICANT = "applicant", _("Applicant")
    UNIT = "unit", _("Unit reviewer")
    DEPARTMENT = "department", _("Department officer")
    TASK_FORCE = "taskforce", _("Task force")
    EXPERT = "expert", _("Expert")
    EDITOR = "editor", _("Editor")
    PUBLISHER = "publisher", _("Publisher")
    AUDITOR = "auditor", _("Auditor")
    LEADER = "leader", _("Leader in charge")


#: Roles that work in the CMS admin; applicants and experts have the portal instead.
STAFF_ROLES = frozenset(set(Role) - {Role.APPLICANT, Role.EXPERT})
#: Roles that see every record whatever its state.
OVERSEEING_ROLES = frozenset({Role.DEPARTMENT, Role.TASK_FORCE, Role.AUDITOR})


class Tone(TextChoices):
    """How a state or step looks; the word always stands beside the look."""

    NEUTRAL = "neutral", _("Neutral")
    WAITING = "waiting", _("Waiting")
    ACTIVE = "active", _("Under way")
    POSITIVE = "positive", _("Positive")
    NEGATIVE = "negative", _("Negative")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@dataclass(frozen=True)
class Due:
    """When a state should be left: working days after entry, or a date of the cycle's rules.

    Args:
        days: name of the rule that holds a number of working days.
        date: name of the rule that holds a date.
    """

    days: str = ""
    date: str = ""


@dataclass(frozen=True)
class State:
    """One state of a machine.

    Args:
        code: the ASCII code in the database.
        label: what staff read, and applicants where `told` says nothing else.
        told: what applicants read; the label when nothing else is given.
        public: what residents read; empty means hidden from them.
        strip: number of the step on the status strip, None when off the strip.
        holders: the roles that have it on their desk.
        due: when it should be left.
        editable_by: the role that may edit the material in this state.
    """

    code: str
    label: Text
    public: Text = ""
    strip: int | None = None
    holders: tuple[Role, ...] = ()
    due: Due | None = None
    editable_by: Role | None = None
    tone: Tone = Tone.NEUTRAL
    told: Text | None = None

    def __post_init__(self) -> None:
        if self.told is None:
            object.__setattr__(self, "told", self.label)


@dataclass(frozen=True)
class Step:
    """One step of a machine: from which states, by which roles, to where.

    Args:
        code: the name of the transition method.
        label: the verb on the button.
        sources: for each state it starts from, the roles that may take it there.
        target: the state it leads to; empty when it leads back to the state before (reopen).
        asks: the inputs that its form shows: "reason", "opinion", "grounds", "remarks", "files".
        told: what applicants read of it afterwards; the label when nothing else is given.
        within: the relation to the row whose other rows its conditions count, e.g. the year's quota;
            that row is locked before the record, so that two steps never take one place.
    """

    code: str
    label: Text
    sources: Mapping[str, tuple[Role, ...]]
    target: str = ""
    asks: tuple[str, ...] = ()
    tone: Tone = Tone.NEUTRAL
    needs: Text = ""
    public_reason: bool = False
    bulk: bool = False
    told: Text | None = None
    within: str = ""

    def __post_init__(self) -> None:
        if self.told is None:
            object.__setattr__(self, "told", self.label)

    @property
    def source_codes(self) -> list[str]:
        """The states it starts from."""
        return list(self.sources)

    def roles(self) -> tuple[Role, ...]:
        """Every role that may take it from some state, in the order of the table."""
        seen = [role for roles in self.sources.values() for role in roles]
        return tuple(dict.fromkeys(seen))


@dataclass(frozen=True)
class Table:
    """The states and steps of one machine, found by code."""

    states: tuple[State, ...]
    steps: tuple[Step, ...]
    _state: dict[str, State] = field(init=False, repr=False, compare=False)
    _step: dict[str, Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_state", {state.code: state for state in self.states})
        object.__setattr__(self, "_step", {step.code: step for step in self.steps})

    def state(self, code: str) -> State:
        """Return the state with this code."""
        return self._state[code]

    def step(self, code: str) -> Step:
        """Return the step with this code."""
        return self._step[code]

    def has_step(self, code: str) -> bool:
        """Tell whether the machine knows this step."""
        return code in self._step

    def wiring(
        self,
        user_can_take: Callable[[Step, Any, Any], bool],
        step: str,
        *conditions: Any,
        asks: tuple[Any, ...] = (),
    ) -> dict[str, Any]:
        """Return what `@transition` is told of a step: from where to where, by whom, on which conditions.

        Args:
            user_can_take: called with the row, the record and a user. The row names the roles; the
                function knows where they are held, and what keeps somebody out who holds one.
            asks: the rules for what the form of the step asks.
        """
        row = self.step(step)
        return {
            "source": row.source_codes,
            "target": row.target,
            "permission": partial(user_can_take, row),
            "conditions": list(conditions),
            "custom": {"asks": asks},
        }

    def steps_from(self, state: str) -> list[Step]:
        """Return the steps that start from this state, in the order of the table."""
        return [step for step in self.steps if state in step.sources]

    def held_by(self, role: Role) -> list[str]:
        """Return the codes of the states that this role has on its desk."""
        return [state.code for state in self.states if role in state.holders]

    def public_states(self) -> list[str]:
        """Return the codes of the states whose page residents may read."""
        return [state.code for state in self.states if state.public]
