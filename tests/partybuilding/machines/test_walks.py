"""Drive machines at random against a plain model: no sequence of steps, by whomever, leaves it."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partybuilding.brands.models import Brand
from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Refusal, WrongState
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.opinions.models import Opinion
from partybuilding.projects.services import create_draft
from tests.factories import fill, make_person, make_project, make_unit
from tests.factories.opinions import inputs_of, make_opinion
from tests.factories.progress import make_change, make_question
from tests.factories.projects import assess, finish, promise
from tests.factories.spread import make_brand, make_case, publish_brand_page
from tests.partybuilding.machines.contract import ALLOWED, NO_STEP, NOT_YOURS, Contract
from tests.partybuilding.machines.contracts import (
    BRAND,
    CASE,
    CHANGE,
    OPINION,
    PROJECT,
    QUESTION,
    UNREVIEWED,
)

REFUSALS: dict[str, type[Refusal] | None] = {
    NO_STEP: WrongState,
    NOT_YOURS: NotYours,
    ALLOWED: None,
}


def _steps(walk: "Walk") -> Any:
    return st.sampled_from(sorted(walk.contract.leads))


def _takers(walk: "Walk") -> Any:
    return st.sampled_from(sorted({role for roles in walk.contract.may.values() for role in roles}))


class Walk(RuleBasedStateMachine):
    """One record, taken through random steps by random roles."""

    contract: Contract
    #: Steps that undo or end; nobody walks forwards with them.
    back: frozenset[str] = frozenset()
    #: Where a walk ends and another record is begun.
    ends: frozenset[str] = frozenset()
    examples, length = 10, 20

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = self.contract.cast()
        self.set_out()
        self.start()

    def set_out(self) -> None:
        """Make what all records of the walk share."""

    def begin(self) -> Any:
        """Make a record in its first state."""
        raise NotImplementedError

    def start(self) -> None:
        self.record = self.begin()
        self.state, self.history = str(self.record.state), []
        self.entered_from: dict[str, str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def prevented(self, step: str, user: Any) -> type[Refusal] | None:
        """Return what keeps from a step who may take it by the table."""
        return None

    def prepare(self, step: str) -> None:
        """Bring what a step needs."""

    def follow(self, step: str, user: Any) -> None:
        """Write down what else came of a step."""

    def inputs(self, step: str) -> dict[str, Any]:
        return self.contract.inputs(step)

    @rule(step=st.runner().flatmap(_steps), role=st.sampled_from(Role.values))
    def take(self, step: str, role: str) -> None:
        self.attempt(step, role, self.cast[role])

    def attempt(self, step: str, role: str, user: Any) -> None:
        expected = REFUSALS[self.contract.expected(self.state, step, role)]
        expected = expected or self.prevented(step, user)
        if expected is None:
            self.prepare(step)
        got: type[Refusal] | None = None
        try:
            moved = move(self.record, step, by=user, **self.inputs(step))
        except Refusal as refusal:
            got = type(refusal)
        assert got is expected, (self.state, step, role)
        if got is None:
            target = self.contract.leads[step] or self.entered_from[self.state]
            if target != self.state:
                self.history.append(self.state)
                self.entered_from[target] = self.state
            self.record, self.state = moved, target
            self.follow(step, user)

    @rule(role=st.runner().flatmap(_takers))
    def go_on(self, role: str) -> None:
        """Walk forwards more often than chance would, so that late states are reached."""
        for (state, step), roles in self.contract.may.items():
            if state == self.state and role in roles and step not in self.back:
                self.take(step, role)
                return

    @rule()
    def begin_another(self) -> None:
        if self.state in self.ends:
            self.start()

    @invariant()
    def the_database_agrees_with_the_model(self) -> None:
        self.stored = type(self.record).objects.get(pk=self.record.pk)
        assert self.stored.state == self.state

    @invariant()
    def the_trail_tells_the_same_story(self) -> None:
        moves = [row.from_state for row in trail_of(self.record) if not row.is_note]
        assert moves == self.history
        assert list(faults_of_trail()) == []

    @invariant()
    def a_due_date_stands_exactly_where_the_table_has_a_rule(self) -> None:
        due = machine_of(self.record).table.state(self.state).due
        assert (self.record.due_on is not None) == (due is not None)


class ProjectWalk(Walk):
    """From the draft to the archive."""

    contract = PROJECT
    back = frozenset({"withdraw", "terminate", "recall", "take_back", "revoke_approval"})
    examples, length = 12, 25

    def begin(self) -> Any:
        self.came_by, self.begun = "", False
        draft = create_draft(self.cast.cycle, self.cast.organization, by=self.cast["applicant"])
        return fill(draft, self.cast)

    def prevented(self, step: str, user: Any) -> type[Refusal] | None:
        read = step == "take_back" and self.came_by not in ("pass_first", "not_recommend")
        begun = step == "recall" and self.begun
        return ConditionUnmet if step == "archive" or read or begun else None

    def prepare(self, step: str) -> None:
        ready = {"approve": assess, "submit_commitments": promise, "submit_results": finish}
        if step in ready:
            ready[step](self.record, self.cast)

    def follow(self, step: str, user: Any) -> None:
        self.came_by = step
        self.begun = step in ("approve", "decline") or (self.begun and step != "submit")


class UnreviewedWalk(ProjectWalk):
    """In a year without a first review; what the department has begun with is not taken back."""

    contract = UNREVIEWED


class QuestionWalk(Walk):
    """A question of the unit; before its time to answer is over nothing is taken back."""

    contract = QUESTION
    ends = frozenset({"settled", "upheld"})
    examples, length = 5, 10

    def begin(self) -> Any:
        return make_question("open", self.cast)

    def prevented(self, step: str, user: Any) -> type[Refusal] | None:
        return ConditionUnmet if step == "uphold" and self.state == "open" else None


class ChangeWalk(Walk):
    """A change of a commitment."""

    contract = CHANGE
    ends = frozenset({"approved", "refused", "withdrawn"})
    examples, length = 5, 8

    def begin(self) -> Any:
        return make_change("proposed", self.cast)


class CaseWalk(Walk):
    """A case study and its page."""

    contract = CASE
    back = frozenset({"recall", "take_back", "reopen"})
    ends = frozenset({"not_selected", "retracted"})

    def set_out(self) -> None:
        self.project = make_project("graded", self.cast)

    def begin(self) -> Any:
        return make_case("draft", self.cast, self.project)


class BrandWalk(Walk):
    """A brand and its page: promoted when it is live, not taken back once it was read."""

    contract = BRAND
    back = frozenset({"recall", "take_back", "stop_promoting", "reopen"})
    ends = frozenset({"declined", "revoked"})

    def set_out(self) -> None:
        self.project = make_project("approved", self.cast)

    def begin(self) -> Any:
        self.is_live = self.was_read = False
        return make_brand("draft", self.cast, self.project)

    def prevented(self, step: str, user: Any) -> type[Refusal] | None:
        unread = step == "promote" and not self.is_live
        return ConditionUnmet if unread or (step == "take_back" and self.was_read) else None

    def follow(self, step: str, user: Any) -> None:
        self.is_live = self.is_live and self.state in BRAND.public

    @rule()
    def publish(self) -> None:
        if self.state in BRAND.public:
            publish_brand_page(self.record, self.cast)
            self.is_live = self.was_read = True

    @invariant()
    def the_page_is_live_as_the_model_says(self) -> None:
        page = getattr(Brand.objects.get(pk=self.record.pk), "page", None)
        assert bool(page and page.live) == self.is_live


class OpinionWalk(Walk):
    """An opinion that two units pass to and fro."""

    contract = OPINION
    back = frozenset({"refuse", "transfer", "prolong", "send_back"})
    ends = frozenset({"answered", "refused"})
    examples, length = 8, 25

    def set_out(self) -> None:
        self.project = make_project("approved", self.cast)
        other = make_unit()
        self.units = [self.cast.organization.unit, other]
        self.reviewers = [self.cast["unit"], make_person(Role.UNIT, other)]

    def begin(self) -> Any:
        self.at, self.extended, self.drafted_by = 0, False, None
        return make_opinion("received", self.cast, self.project)

    def inputs(self, step: str) -> dict[str, Any]:
        return inputs_of(step, self.units[1 - self.at].pk)

    def attempt(self, step: str, role: str, user: Any) -> None:
        super().attempt(step, role, self.reviewers[self.at] if role == "unit" else user)

    @rule(step=st.sampled_from(sorted(OPINION.leads)))
    def take_as_the_other_unit(self, step: str) -> None:
        self.attempt(step, "stranger", self.reviewers[1 - self.at])

    def prevented(self, step: str, user: Any) -> type[Refusal] | None:
        if step == "approve" and user == self.drafted_by:
            return NotYours
        return ConditionUnmet if step == "prolong" and self.extended else None

    def follow(self, step: str, user: Any) -> None:
        self.at = 1 - self.at if step == "transfer" else self.at
        self.extended = self.extended or step == "prolong"
        self.drafted_by = user if step == "draft" else self.drafted_by

    @invariant()
    def it_is_with_the_unit_that_the_model_says(self) -> None:
        opinion = Opinion.objects.get(pk=self.record.pk)
        assert opinion.unit == self.units[self.at]
        assert opinion.is_extended == self.extended
        assert opinion.is_open == (self.state not in self.ends)
        assert bool(opinion.refusal) == (self.state == "refused")

    @invariant()
    def the_time_to_answer_counts_from_the_receipt(self) -> None:
        opinion = Opinion.objects.get(pk=self.record.pk)
        received = timezone.localdate(opinion.created_at)
        assert opinion.answer_by == add_working_days(received, 15 if self.extended else 7)
        assert opinion.due_on is None or opinion.due_on <= opinion.answer_by


WALKS = (ProjectWalk, UnreviewedWalk, QuestionWalk, ChangeWalk, CaseWalk, BrandWalk, OpinionWalk)


@pytest.mark.django_db
@pytest.mark.parametrize("walk", WALKS, ids=lambda one: one.contract.code)
def test_no_sequence_of_steps_leaves_the_model(walk: type[Walk]) -> None:
    run_state_machine_as_test(
        walk,
        settings=settings(
            max_examples=walk.examples,
            stateful_step_count=walk.length,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
