"""Drive the brand's machine at random against a plain model of it."""

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partybuilding.brands.models import Brand
from partybuilding.brands.states import TABLE
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Refusal, WrongState
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from tests.factories import make_cast, make_project
from tests.factories.spread import BRAND_INPUTS, make_brand, publish_brand_page
from tests.partybuilding.brands.test_rights import MAY

#: Where each step leads, written by hand.
LEADS = {
    "nominate": "nominated",
    "recognise": "recognised",
    "decline": "declined",
    "promote": "promoted",
    "revoke": "revoked",
    "recall": "draft",
    "take_back": "nominated",
    "stop_promoting": "recognised",
    "reopen": "recognised",
}
BACK = {"recall", "take_back", "stop_promoting", "reopen"}
LIVE = {"recognised", "promoted"}


class BrandMachine(RuleBasedStateMachine):
    """One brand and its page, taken through random steps by random roles."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = make_cast()
        self.project = make_project("approved", self.cast)
        self.start()

    def start(self) -> None:
        self.brand = make_brand("draft", self.cast, self.project)
        self.state, self.history, self.is_live, self.was_read = "draft", [], False, False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(step=st.sampled_from(sorted(LEADS)), role=st.sampled_from(Role.values))
    def take(self, step: str, role: str) -> None:
        may = MAY.get((self.state, step))
        expected: type[Refusal] | None = None
        if may is None:
            expected = WrongState
        elif role not in may:
            expected = NotYours
        elif (step == "promote" and not self.is_live) or (step == "take_back" and self.was_read):
            expected = ConditionUnmet
        got: type[Refusal] | None = None
        moved = None
        try:
            moved = move(self.brand, step, by=self.cast[role], **BRAND_INPUTS[step][1])
        except Refusal as refusal:
            got = type(refusal)
        assert got is expected, (self.state, step, role)
        if moved is None:
            return
        self.history.append(self.state)
        self.brand, self.state = moved, LEADS[step]
        self.is_live = self.is_live and self.state in LIVE

    @rule(role=st.sampled_from(["editor", "department"]))
    def go_on(self, role: str) -> None:
        """Walk forwards more often than chance would, so that late states are reached."""
        for (state, step), roles in MAY.items():
            if state == self.state and role in roles and step not in BACK:
                self.take(step, role)
                return

    @rule()
    def publish(self) -> None:
        if self.state in LIVE:
            publish_brand_page(self.brand, self.cast)
            self.is_live = self.was_read = True

    @rule()
    def begin_another(self) -> None:
        if self.state in {"declined", "revoked"}:
            self.start()

    @invariant()
    def the_database_agrees_with_the_model(self) -> None:
        brand = Brand.objects.get(pk=self.brand.pk)
        assert brand.state == self.state
        assert bool(getattr(brand, "page", None) and brand.page.live) == self.is_live

    @invariant()
    def the_trail_tells_the_same_story(self) -> None:
        moves = [row.from_state for row in trail_of(self.brand) if not row.is_note]
        assert moves == self.history
        assert list(faults_of_trail()) == []

    @invariant()
    def a_due_date_stands_exactly_where_the_table_has_a_rule(self) -> None:
        assert (self.brand.due_on is not None) == (TABLE.state(self.state).due is not None)


class TestBrandMachine(TestCase):
    def test_no_sequence_of_steps_leaves_the_model(self) -> None:
        run_state_machine_as_test(
            BrandMachine,
            settings=settings(
                max_examples=10,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
            ),
        )


def test_the_model_knows_every_step() -> None:
    assert set(LEADS) == {step.code for step in TABLE.steps}
