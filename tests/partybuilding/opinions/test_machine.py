"""Drive the opinion's machine at random against a plain model of it."""

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Refusal, WrongState
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.states import TABLE
from tests.factories import make_cast, make_person, make_project, make_unit
from tests.factories.opinions import inputs_of, make_opinion
from tests.partybuilding.opinions.test_rights import MAY

#: Where each step leads, written by hand.
LEADS = {
    "accept": "accepted",
    "draft": "drafted",
    "approve": "answered",
    "send_back": "accepted",
    "transfer": "transferred",
    "prolong": "accepted",
    "refuse": "refused",
}


class OpinionMachine(RuleBasedStateMachine):
    """One opinion, taken through random steps by random roles of two units."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = make_cast()
        self.project = make_project("approved", self.cast)
        other = make_unit()
        self.units = [self.cast.organization.unit, other]
        self.reviewers = [self.cast["unit"], make_person(Role.UNIT, other)]
        self.start()

    def start(self) -> None:
        self.opinion = make_opinion("received", self.cast, self.project)
        self.state, self.history = "received", []
        self.at, self.extended, self.drafted_by = 0, False, None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(step=st.sampled_from(sorted(LEADS)), role=st.sampled_from(Role.values))
    def take(self, step: str, role: str) -> None:
        user = self.reviewers[self.at] if role == "unit" else self.cast[role]
        self.attempt(step, role, user)

    @rule(step=st.sampled_from(sorted(LEADS)))
    def take_as_the_other_unit(self, step: str) -> None:
        self.attempt(step, "stranger", self.reviewers[1 - self.at])

    def attempt(self, step: str, role: str, user: object) -> None:
        may = MAY.get((self.state, step))
        expected: type[Refusal] | None = None
        if may is None:
            expected = WrongState
        elif role not in may or (step == "approve" and user == self.drafted_by):
            expected = NotYours
        elif step == "prolong" and self.extended:
            expected = ConditionUnmet
        got: type[Refusal] | None = None
        moved = None
        try:
            target = self.units[1 - self.at].pk
            moved = move(self.opinion, step, by=user, **inputs_of(step, target))
        except Refusal as refusal:
            got = type(refusal)
        assert got is expected, (self.state, step, role)
        if moved is not None:
            self.follow(step, user, moved)

    def follow(self, step: str, user: object, moved: Opinion) -> None:
        if self.state != LEADS[step]:
            self.history.append(self.state)
        self.opinion, self.state = moved, LEADS[step]
        self.at = 1 - self.at if step == "transfer" else self.at
        self.extended = self.extended or step == "prolong"
        self.drafted_by = user if step == "draft" else self.drafted_by

    @rule()
    def go_on(self) -> None:
        """Walk forwards more often than chance would, so that late states are reached."""
        step = {"received": "accept", "transferred": "accept", "accepted": "draft"}.get(self.state)
        if step:
            self.take(step, "unit")
        elif self.state == "drafted":
            self.take("approve", "department")

    @rule()
    def begin_another(self) -> None:
        if self.state in {"answered", "refused"}:
            self.start()

    @invariant()
    def the_database_agrees_with_the_model(self) -> None:
        opinion = Opinion.objects.get(pk=self.opinion.pk)
        assert opinion.state == self.state
        assert opinion.unit == self.units[self.at]
        assert opinion.is_extended == self.extended
        assert opinion.is_open == (self.state not in {"answered", "refused"})
        assert bool(opinion.refusal) == (self.state == "refused")

    @invariant()
    def the_time_to_answer_counts_from_the_receipt(self) -> None:
        opinion = Opinion.objects.get(pk=self.opinion.pk)
        received = timezone.localdate(opinion.created_at)
        assert opinion.answer_by == add_working_days(received, 15 if self.extended else 7)
        assert (opinion.due_on is not None) == (TABLE.state(self.state).due is not None)
        assert opinion.due_on is None or opinion.due_on <= opinion.answer_by

    @invariant()
    def the_trail_tells_the_same_story(self) -> None:
        moves = [row.from_state for row in trail_of(self.opinion) if not row.is_note]
        assert moves == self.history
        assert list(faults_of_trail()) == []


class TestOpinionMachine(TestCase):
    def test_no_sequence_of_steps_leaves_the_model(self) -> None:
        run_state_machine_as_test(
            OpinionMachine,
            settings=settings(
                max_examples=8,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
            ),
        )


def test_the_model_knows_every_step() -> None:
    assert set(LEADS) == {step.code for step in TABLE.steps}
