"""Every state × step × role of a question and of a change, cell by cell, against the table of the design."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.progress.permissions import side_that_asks
from partybuilding.progress.states import CHANGES, QUESTIONS, ChangeState, QuestionState
from tests.factories import Cast, make_cast, make_organization, make_person
from tests.factories.progress import (
    CHANGE_INPUTS,
    QUESTION_INPUTS,
    make_change,
    make_kept,
    make_question,
)

#: (state, step) → the roles that may when the unit asked; every other cell is refused.
QUESTION_MAY = {
    ("open", "answer"): {"applicant"},
    ("open", "settle"): {"unit", "department"},
    ("open", "uphold"): {"unit", "department"},
    ("answered", "settle"): {"unit", "department"},
    ("answered", "uphold"): {"unit", "department"},
}
CHANGE_MAY = {
    ("proposed", "approve"): {"department"},
    ("proposed", "refuse"): {"department"},
    ("proposed", "withdraw"): {"applicant"},
}

pytestmark = pytest.mark.django_db
Stage = tuple[Cast, dict[str, Any], dict[str, Any]]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Bring one question and one change into each state; everything is rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        questions = {state: make_question(state, cast) for state in QuestionState.values}
        changes = {state: make_change(state, cast) for state in ChangeState.values}
        yield cast, questions, changes
        transaction.set_rollback(True)


def outcome(record: Any, step: str, user: Any, given: dict[str, Any]) -> str:
    """Try a step and say what the door answered; nothing stays."""
    try:
        with transaction.atomic():
            move(record, step, by=user, **given)
            transaction.set_rollback(True)
    except WrongState:
        return "no such step"
    except NotYours:
        return "not yours"
    except ConditionUnmet:
        return "allowed"
    return "allowed"


def expected(roles: set[str] | None, role: str) -> str:
    return "no such step" if roles is None else "allowed" if role in roles else "not yours"


@pytest.mark.parametrize("step", QUESTION_INPUTS)
@pytest.mark.parametrize("state", QuestionState.values)
def test_the_door_answers_each_cell_of_a_question_as_designed(
    stage: Stage, state: str, step: str
) -> None:
    cast, questions, _changes = stage
    found = {
        role: outcome(questions[state], step, cast[role], QUESTION_INPUTS[step][1])
        for role in Role.values
    }
    roles = QUESTION_MAY.get((state, step))
    assert found == {role: expected(roles, role) for role in Role.values}


@pytest.mark.parametrize("step", CHANGE_INPUTS)
@pytest.mark.parametrize("state", ChangeState.values)
def test_the_door_answers_each_cell_of_a_change_as_designed(
    stage: Stage, state: str, step: str
) -> None:
    cast, _questions, changes = stage
    found = {
        role: outcome(changes[state], step, cast[role], CHANGE_INPUTS[step][1])
        for role in Role.values
    }
    roles = CHANGE_MAY.get((state, step))
    assert found == {role: expected(roles, role) for role in Role.values}


def test_the_generated_tables_are_the_designed_ones() -> None:
    def drawn(table: Any) -> dict[tuple[str, str], set[str]]:
        return {
            (str(state), step.code): {str(role) for role in roles}
            for step in table.steps
            for state, roles in step.sources.items()
        }

    assert drawn(CHANGES) == CHANGE_MAY
    judged = {cell: roles | {"taskforce"} for cell, roles in QUESTION_MAY.items()}
    assert drawn(QUESTIONS) == {**judged, ("open", "answer"): {"applicant"}}


def test_residents_are_told_of_what_was_taken_back_and_of_what_was_changed_alone() -> None:
    assert QUESTIONS.public_states() == ["upheld"]
    assert CHANGES.public_states() == ["approved"]


def test_the_side_that_asked_judges_and_not_the_other(stage: Stage) -> None:
    cast = stage[0]
    question = make_question("answered", cast, asker="taskforce")
    settle = QUESTION_INPUTS["settle"][1]
    found = {role: outcome(question, "settle", cast[role], settle) for role in Role.values}
    assert {role for role, said in found.items() if said == "allowed"} == {
        "taskforce",
        "department",
    }
    assert question.state_row.holders == (Role.TASK_FORCE,)
    stranger = make_person(Role.UNIT, make_organization().unit)
    assert outcome(stage[1]["answered"], "settle", stranger, settle) == "not yours"


def test_nobody_asks_about_a_report_of_their_own_organization(stage: Stage) -> None:
    cast, questions, _changes = stage
    project = questions["open"].project
    torn = make_person(Role.TASK_FORCE)
    assert side_that_asks(project, torn) == Role.TASK_FORCE
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    assert side_that_asks(project, type(torn).objects.get(pk=torn.pk)) is None
    assert side_that_asks(project, cast["unit"]) == Role.UNIT
    assert side_that_asks(project, cast["auditor"]) is None


@pytest.mark.parametrize("role", [Role.TASK_FORCE, Role.DEPARTMENT])
def test_nobody_judges_a_report_of_their_own_organization(stage: Stage, role: Role) -> None:
    cast = stage[0]
    question = make_question("answered", cast, asker="taskforce")
    torn = make_person(role)
    assert outcome(question, "settle", torn, {}) == "allowed"
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    assert outcome(question, "settle", torn, {}) == "not yours"
    approve = CHANGE_INPUTS["approve"][1]
    assert outcome(stage[2]["proposed"], "approve", torn, approve) == "not yours"


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("applicant", True),
        ("unit", True),
        ("department", True),
        ("taskforce", True),
        ("auditor", True),
        ("editor", False),
        ("publisher", False),
        ("expert", False),
    ],
)
def test_questions_and_changes_are_seen_by_whom_they_concern(
    stage: Stage, role: str, sees: bool
) -> None:
    cast = stage[0]
    for model in (StepQuestion, CommitmentChange):
        assert model.objects.visible_to(cast[role]).exists() == sees


def test_a_partner_sees_them_and_a_stranger_does_not(stage: Stage) -> None:
    cast, questions, _changes = stage
    partner = make_organization(cast.organization.unit)
    member = make_person(Role.APPLICANT, partner)
    assert not StepQuestion.objects.visible_to(member).exists()
    questions["open"].project.partners.create(organization=partner)
    seen = StepQuestion.objects.visible_to(make_person(Role.APPLICANT, partner))
    assert list(seen) == [questions["open"]]


def test_each_waits_for_whom_the_table_names(stage: Stage) -> None:
    cast, questions, changes = stage
    mine = make_question("answered", cast, asker="taskforce")

    def waiting(model: Any, role: str) -> set[int]:
        return set(model.objects.waiting_for(cast[role]).values_list("pk", flat=True))

    assert waiting(StepQuestion, "applicant") == {questions["open"].pk}
    assert questions["answered"].pk in waiting(StepQuestion, "unit")
    assert mine.pk not in waiting(StepQuestion, "unit")
    assert waiting(StepQuestion, "taskforce") == {mine.pk}
    assert waiting(StepQuestion, "department") == set()
    assert waiting(CommitmentChange, "department") == {changes["proposed"].pk}
    assert waiting(CommitmentChange, "unit") == set()


def test_the_places_are_those_of_the_project(stage: Stage) -> None:
    cast, questions, changes = stage
    for record in (questions["open"], changes["proposed"]):
        assert record.place_of(Role.APPLICANT) == cast.organization
        assert record.place_of(Role.UNIT) == cast.organization.unit
        assert record.place_of(Role.DEPARTMENT) is None
        assert record.due_on is not None


def test_a_kept_project_is_made_as_asked() -> None:
    project = make_kept(make_cast(), 5, 9, steps=2)
    assert [c.steps.count() for c in project.commitments.all()] == [2, 2]
