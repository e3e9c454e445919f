"""Drive the project's machine at random against a plain model of it."""

from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Refusal, WrongState
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from partybuilding.projects.services import create_draft
from partybuilding.projects.states import TABLE
from tests.factories import fill, make_cast
from tests.factories.projects import INPUTS, assess, finish, promise
from tests.partybuilding.projects.test_rights import MAY

#: Where each step leads, written by hand; "reopen" leads back.
LEADS = {
    "submit": "submitted",
    "pass_first": "first_passed",
    "send_back": "returned",
    "recall": "draft",
    "not_recommend": "not_recommended",
    "take_back": "submitted",
    "take_up": "first_passed",
    "revoke_approval": "first_passed",
    "approve": "approved",
    "decline": "declined",
    "submit_commitments": "commitments_submitted",
    "return_commitments": "approved",
    "publish_commitments": "implementing",
    "submit_results": "results_submitted",
    "return_results": "implementing",
    "grade": "graded",
    "archive": "archived",
    "withdraw": "withdrawn",
    "terminate": "terminated",
}
PREPARE = {"approve": assess, "submit_commitments": promise, "submit_results": finish}


class ProjectMachine(RuleBasedStateMachine):
    """One project, taken through random steps by random roles."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.cast = make_cast()
        draft = create_draft(self.cast.cycle, self.cast.organization, by=self.cast["applicant"])
        self.project: Project = fill(draft, self.cast)
        self.state, self.history, self.came_by = "draft", [], ""

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(step=st.sampled_from(sorted([*LEADS, "reopen"])), role=st.sampled_from(Role.values))
    def take(self, step: str, role: str) -> None:
        may = MAY.get((self.state, step))
        expected: type[Refusal] | None = None
        if may is None:
            expected = WrongState
        elif role not in may:
            expected = NotYours
        elif step == "archive" or (
            step == "take_back" and self.came_by not in ("pass_first", "not_recommend")
        ):
            expected = ConditionUnmet
        self.attempt(step, role, expected)

    def attempt(self, step: str, role: str, expected: type[Refusal] | None) -> None:
        if expected is None and step in PREPARE:
            PREPARE[step](self.project, self.cast)
        inputs: dict[str, Any] = INPUTS.get(step, ("", {}))[1]
        try:
            moved = move(self.project, step, by=self.cast[role], **inputs)
        except Refusal as error:
            refusal = error
        else:
            refusal = None
        if refusal is not None:
            assert type(refusal) is expected, (self.state, step, role, str(refusal))
            return
        assert expected is None, (self.state, step, role)
        self.history.append(self.state)
        target = LEADS.get(step)
        if target is None:
            target = self.came_from(self.state)
        self.history_of(self.state, target)
        self.project, self.state, self.came_by = moved, target, step

    def came_from(self, state: str) -> str:
        return self.entered_from[state]

    def history_of(self, source: str, target: str) -> None:
        self.entered_from = {**getattr(self, "entered_from", {}), target: source}

    @rule(role=st.sampled_from(["applicant", "unit", "department", "editor", "publisher"]))
    def go_on(self, role: str) -> None:
        """Walk forwards more often than chance would, so that late states are reached."""
        back = {"withdraw", "terminate", "recall", "take_back", "revoke_approval"}
        for (state, step), roles in MAY.items():
            if state == self.state and role in roles and step not in back:
                expected = ConditionUnmet if step == "archive" else None
                self.attempt(step, role, expected)
                return

    @invariant()
    def the_database_agrees_with_the_model(self) -> None:
        assert Project.objects.get(pk=self.project.pk).state == self.state

    @invariant()
    def the_trail_tells_the_same_story(self) -> None:
        moves = [row for row in trail_of(self.project) if not row.is_note]
        assert len(moves) == len(self.history)
        assert [row.from_state for row in moves] == self.history
        assert list(faults_of_trail()) == []

    @invariant()
    def a_due_date_stands_exactly_where_the_table_has_a_rule(self) -> None:
        assert (self.project.due_on is not None) == (TABLE.state(self.state).due is not None)


class TestProjectMachine(TestCase):
    def test_no_sequence_of_steps_leaves_the_model(self) -> None:
        run_state_machine_as_test(
            ProjectMachine,
            settings=settings(
                max_examples=12,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
            ),
        )


def test_the_model_knows_every_step() -> None:
    assert {*LEADS, "reopen"} == {step.code for step in TABLE.steps}
