"""Drive a rectification at random against a plain model: lateness never shrinks, no open loop counts as closed."""

from datetime import timedelta
from typing import Any

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partybuilding.core.machine.refusals import NotYours, Refusal, WrongState
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.projects.rules import nothing_open
from partybuilding.supervision.models import Activity, Rectification
from tests.factories import make_cast, make_project
from tests.factories.supervision import finding, make_visit
from tests.partybuilding.machines.contracts import RECTIFICATION
from tests.partybuilding.supervision.conftest import NOW

MAY, LEADS = RECTIFICATION.may, RECTIFICATION.leads


class RectificationMachine(RuleBasedStateMachine):
    """One visit with two findings, each taken through random steps on days that go by."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.traveller = self.clock.start()
        self.cast = make_cast()
        self.project = make_project("implementing", self.cast)
        visit = make_visit(
            self.project, self.cast, finding("甲项不清"), finding("乙项不清", days=3)
        )
        self.activity = visit.activity
        rows = list(self.activity.rectifications.order_by("pk"))
        self.keys = [row.pk for row in rows]
        self.first = {row.pk: row.first_deadline for row in rows}
        self.state = dict.fromkeys(self.keys, "issued")
        self.reported: dict[int, Any] = dict.fromkeys(self.keys)
        self.history: dict[int, list[str]] = {key: [] for key in self.keys}
        self.late = dict.fromkeys(self.keys, 0)

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(days=st.integers(min_value=1, max_value=9))
    def let_days_go_by(self, days: int) -> None:
        self.traveller.shift(timedelta(days=days))

    @rule(
        which=st.integers(0, 1),
        step=st.sampled_from(sorted(LEADS)),
        role=st.sampled_from(Role.values),
        days=st.integers(1, 30),
    )
    def take(self, which: int, step: str, role: str, days: int) -> None:
        key = self.keys[which]
        may = MAY.get((self.state[key], step))
        expected: type[Refusal] | None = None
        if may is None:
            expected = WrongState
        elif role not in may:
            expected = NotYours
        got: type[Refusal] | None = None
        today = timezone.localdate()
        try:
            move(
                Rectification.objects.get(pk=key),
                step,
                by=self.cast[role],
                reason="问题已经整改到位。",
                data={"rectify_by": (today + timedelta(days=days)).isoformat()},
            )
        except Refusal as refusal:
            got = type(refusal)
        assert got is expected, (self.state[key], step, role)
        if got is None:
            self.history[key].append(self.state[key])
            self.state[key] = LEADS[step]
            self.reported[key] = {"report_done": today, "send_back": None}.get(
                step, self.reported[key]
            )

    @rule(which=st.integers(0, 1), back=st.booleans())
    def go_on(self, which: int, back: bool) -> None:
        """Walk forwards more often than chance would, so that findings are closed."""
        state = self.state[self.keys[which]]
        step = {"issued": "report_done", "reported": "send_back" if back else "verify"}.get(state)
        if step:
            self.take(which, step, next(iter(MAY[state, step])), 5)

    @invariant()
    def the_database_agrees_with_the_model(self) -> None:
        today = timezone.localdate()
        for one in Rectification.objects.filter(pk__in=self.keys):
            assert one.state == self.state[one.pk]
            assert one.first_deadline == self.first[one.pk]
            until = self.reported[one.pk] or today
            withdrawn = one.state == "withdrawn"
            assert one.days_late() == (
                0 if withdrawn else max(0, (until - self.first[one.pk]).days)
            )
            assert (one.verified_on is not None) == (one.state == "verified")

    @invariant()
    def lateness_never_becomes_smaller(self) -> None:
        for one in Rectification.objects.filter(pk__in=self.keys):
            late = one.days_late()
            assert late >= self.late[one.pk] or one.state == "withdrawn"
            self.late[one.pk] = late

    @invariant()
    def a_closed_loop_has_no_open_finding(self) -> None:
        everything = all(state in ("verified", "withdrawn") for state in self.state.values())
        assert Activity.objects.get(pk=self.activity.pk).is_closed == everything
        assert bool(nothing_open(self.project)) == everything

    @invariant()
    def the_trail_tells_the_same_story(self) -> None:
        for one in Rectification.objects.filter(pk__in=self.keys):
            moves = [row.from_state for row in trail_of(one) if not row.is_note]
            assert moves == self.history[one.pk]
        assert list(faults_of_trail()) == []


class TestRectificationMachine(TestCase):
    def test_no_sequence_of_steps_leaves_the_model(self) -> None:
        run_state_machine_as_test(
            RectificationMachine,
            settings=settings(
                max_examples=8,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
            ),
        )
