"""Drive reports, questions and changes at random: lateness never disappears, and the database agrees."""

from datetime import date, timedelta

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.selectors import faults_of_trail
from partybuilding.core.services import move
from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport
from partybuilding.progress.services import answer_question, ask_about, propose_change, report_step
from partybuilding.projects.models import Commitment, CommitmentStep
from partybuilding.projects.promises.progress import days_late, state_of
from partybuilding.projects.states import CommitmentState
from tests.factories import make_cast
from tests.factories.progress import make_kept, step_of

STEPS = 2


class KeepingMachine(RuleBasedStateMachine):
    """One commitment of two steps, kept, doubted and changed at random while the days pass."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = make_cast()
        self.project = make_kept(self.cast, 4, steps=STEPS)
        self.first = timezone.localdate() + timedelta(days=4)
        self.travel = time_machine.travel(timezone.now(), tick=False)
        self.clock = self.travel.start()
        #: Written by hand: which steps are closed since when, and how often the promise was changed.
        self.closed: dict[int, date] = {}
        self.changes, self.missed = 0, 0

    def teardown(self) -> None:
        self.travel.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(days=st.integers(1, 6))
    def let_days_pass(self, days: int) -> None:
        self.clock.shift(timedelta(days=days))

    @rule(place=st.integers(0, STEPS - 1))
    def report(self, place: int) -> None:
        made = report_step(
            step_of(self.project, place), by=self.cast["applicant"], evidence="已办结并公开。"
        )
        assert (made is None) == (place in self.closed)
        self.closed.setdefault(place, timezone.localdate())

    @rule(place=st.integers(0, STEPS - 1), side=st.sampled_from(["unit", "taskforce"]))
    def ask(self, place: int, side: str) -> None:
        step = step_of(self.project, place)
        may = place in self.closed and not step.questions.unsettled().exists()
        try:
            ask_about(step, by=self.cast[side], words="请说明。")
        except Refusal:
            assert not may
        else:
            assert may

    @rule()
    def answer(self) -> None:
        for question in StepQuestion.objects.filter(state="open"):
            answer_question(question, by=self.cast["applicant"], words="已说明。")

    @rule(step=st.sampled_from(["settle", "uphold"]))
    def judge(self, step: str) -> None:
        question = StepQuestion.objects.unsettled().first()
        if question is None:
            return
        early = question.state == "open" and timezone.localdate() <= question.due_on
        try:
            move(question, step, by=self.cast["department"], reason="经核对。")
        except Refusal:
            assert step == "uphold"
            assert early
            return
        if step == "uphold":
            place = [self.step(at).pk for at in range(STEPS)].index(question.step_id)
            del self.closed[place]

    @rule(days=st.integers(0, 12), decision=st.sampled_from(["approve", "refuse", "withdraw"]))
    def change(self, days: int, decision: str) -> None:
        commitment = Commitment.objects.get()
        day = timezone.localdate() + timedelta(days=days)
        may = len(self.closed) < STEPS and day != commitment.deadline
        by = self.cast["applicant"]
        try:
            proposed = propose_change(commitment, "deadline", by=by, reason="场地停用。", day=day)
        except Refusal:
            assert not may
            return
        assert may
        who = "applicant" if decision == "withdraw" else "department"
        move(proposed, decision, by=self.cast[who], reason="已阅。")
        self.changes += decision == "approve"

    def step(self, place: int) -> CommitmentStep:
        return step_of(self.project, place)

    def late_by_hand(self) -> int:
        kept = len(self.closed) == STEPS
        until = max(self.closed.values()) if kept else timezone.localdate()
        return max(0, (until - self.first).days)

    @invariant()
    def lateness_is_counted_from_the_first_deadline(self) -> None:
        commitment = Commitment.objects.select_related("project").get()
        today, promise = timezone.localdate(), commitment.promise
        assert promise.original == self.first
        assert promise.changes == self.changes
        assert days_late(promise, today) == self.late_by_hand()

    @invariant()
    def what_was_late_once_stays_late(self) -> None:
        """No report, question or change makes lateness disappear; taking back only adds to it."""
        today = timezone.localdate()
        late = days_late(Commitment.objects.select_related("project").get().promise, today)
        if len(self.closed) < STEPS:
            assert late >= self.missed
            self.missed = late
        for at in range(STEPS):
            assert self.step(at).promise.original == self.first

    @invariant()
    def progress_is_what_was_reported_and_never_more_than_all(self) -> None:
        promise = Commitment.objects.get().promise
        assert promise.closed == len(self.closed) <= promise.steps == STEPS
        assert promise.is_kept == (len(self.closed) == STEPS)

    @invariant()
    def the_database_says_the_same(self) -> None:
        commitment = Commitment.objects.select_related("project").get()
        for days in (0, 1, 7):
            today = timezone.localdate() + timedelta(days=days)
            said = state_of(commitment.promise, today)
            read = Commitment.objects.with_standing(today).get().standing
            assert read == said
            late = Commitment.objects.overdue(today).exists()
            assert late == (said == CommitmentState.OVERDUE)

    @invariant()
    def what_is_told_is_what_was_approved(self) -> None:
        told = [change.number for change in Commitment.objects.get().applied_changes]
        applied = CommitmentChange.objects.applied().order_by("pk")
        assert told == list(applied.values_list("pk", flat=True))

    @invariant()
    def every_report_is_there_and_every_open_step_was_taken_back(self) -> None:
        reports = StepReport.objects.with_outcome().filter(question=None)
        standing = {row.step_id for row in reports if row.taken_back_at is None}
        assert standing == {self.step(at).pk for at in self.closed}

    @invariant()
    def the_trail_holds(self) -> None:
        assert list(faults_of_trail()) == []


class TestKeepingMachine(TestCase):
    def test_no_sequence_of_acts_makes_lateness_disappear(self) -> None:
        run_state_machine_as_test(
            KeepingMachine,
            settings=settings(
                max_examples=12,
                stateful_step_count=18,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
            ),
        )
