"""Drive the case study's machine at random against a plain model of it."""

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partybuilding.cases.models import CaseStudy
from partybuilding.cases.states import TABLE
from partybuilding.core.machine.refusals import NotYours, Refusal, WrongState
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from tests.factories import make_cast, make_project
from tests.factories.spread import CASE_INPUTS, make_case
from tests.partybuilding.cases.test_rights import MAY

#: Where each step leads, written by hand.
LEADS = {
    "submit": "submitted",
    "select": "selected",
    "send_back": "draft",
    "decline": "not_selected",
    "publish": "published",
    "retract": "retracted",
    "recall": "draft",
    "take_back": "submitted",
    "reopen": "selected",
}
BACK = {"recall", "take_back", "reopen"}


class CaseMachine(RuleBasedStateMachine):
    """One case study and its page, taken through random steps by random roles."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = make_cast()
        self.project = make_project("graded", self.cast)
        self.start()

    def start(self) -> None:
        self.case = make_case("draft", self.cast, self.project)
        self.state, self.history = "draft", []

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
        got: type[Refusal] | None = None
        moved = None
        try:
            moved = move(self.case, step, by=self.cast[role], **CASE_INPUTS[step][1])
        except Refusal as refusal:
            got = type(refusal)
        assert got is expected, (self.state, step, role)
        if moved is None:
            return
        self.history.append(self.state)
        self.case, self.state = moved, LEADS[step]

    @rule(role=st.sampled_from(["editor", "department", "publisher"]))
    def go_on(self, role: str) -> None:
        """Walk forwards more often than chance would, so that late states are reached."""
        for (state, step), roles in MAY.items():
            if state == self.state and role in roles and step not in BACK:
                self.take(step, role)
                return

    @rule()
    def begin_another(self) -> None:
        if self.state in {"not_selected", "retracted"}:
            self.start()

    @invariant()
    def the_database_agrees_with_the_model(self) -> None:
        assert CaseStudy.objects.get(pk=self.case.pk).state == self.state

    @invariant()
    def the_trail_tells_the_same_story(self) -> None:
        moves = [row.from_state for row in trail_of(self.case) if not row.is_note]
        assert moves == self.history
        assert list(faults_of_trail()) == []

    @invariant()
    def a_due_date_stands_exactly_where_the_table_has_a_rule(self) -> None:
        assert (self.case.due_on is not None) == (TABLE.state(self.state).due is not None)


class TestCaseMachine(TestCase):
    def test_no_sequence_of_steps_leaves_the_model(self) -> None:
        run_state_machine_as_test(
            CaseMachine,
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
