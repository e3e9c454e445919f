"""Two people act on the same thing at once: what may happen once happens once, and the trail tells it whole."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import IntegrityError

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from tests.factories.processes import at_once
from tests.factories.projects import Cast, make_cast

#: More of them than the suite takes the time for, on either database: `ROUNDS=200 pytest -k test_races`.
ROUNDS = int(os.environ.get("ROUNDS", "1"))
Act = Callable[[], Any]
#: How many of both may succeed: either order may do, or the second finds done what it wanted.
BOTH, TWO = frozenset({1, 2}), frozenset({2})


@dataclass
class Race:
    """Two acts on one thing, how many of them may succeed, and what holds afterwards."""

    one: Act
    other: Act
    holds: Callable[[], object]
    won: frozenset[int] = frozenset({1})


BOTH = frozenset({1, 2})


def tried(act: Act) -> str:
    """Do it, and say that it was done or how it was refused."""
    try:
        act()
    except (Refusal, IntegrityError) as refusal:
        return f"{type(refusal).__name__}: {refusal}"
    return "won"


def state_of(record: Any) -> str:
    """Return the state in which a record stands now."""
    return type(record).objects.get(pk=record.pk).state


def steps(record: Any, **ways: tuple[Any, dict[str, Any]]) -> Race:
    """Race for a record: two steps of its machine, each with who takes it and what it asks for."""
    before = trail_of(record).count()
    acts = [
        partial(move, record, step.rstrip("_"), by=by, **given)
        for step, (by, given) in ways.items()
    ]
    return Race(*acts, lambda: trail_of(record).count() == before + 1)


def hold(made: Callable[[Cast], Race]) -> None:
    """Make and run a race, as many rounds as are asked for, all by the same people."""
    cast = make_cast()
    Cycle.objects.update(approval_quota=10 * ROUNDS)
    for round_ in range(ROUNDS):
        race = made(cast)
        told = at_once(partial(tried, race.one), partial(tried, race.other))
        assert told.count("won") in race.won, f"round {round_}: {told}"
        assert race.holds(), f"round {round_}: {told}"
    # Years that are judged, and their runs, were led there past the door.
    assert [fault for fault in faults_of_trail() if not fault.startswith(("cycle ", "run "))] == []
