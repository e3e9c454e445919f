"""Who sees and judges questions and changes, beside what every machine is held to."""

from collections.abc import Iterator
from typing import Any

import pytest

from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.progress.permissions import side_that_asks
from tests.factories import Cast, make_cast, make_organization, make_person
from tests.factories.progress import make_kept, make_question
from tests.partybuilding.machines.contract import ALLOWED, NOT_YOURS
from tests.partybuilding.machines.contracts import CHANGE, QUESTION

pytestmark = pytest.mark.django_db
Stage = tuple[Cast, dict[str, Any], dict[str, Any]]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Bring one question and one change into each state; everything is rolled back after the module."""
    with django_db_blocker.unblock(), QUESTION.on_stage() as (cast, questions):
        yield cast, questions, CHANGE.stage(cast)


def test_the_side_that_asked_judges_and_not_the_other(stage: Stage) -> None:
    cast = stage[0]
    question = make_question("answered", cast, asker="taskforce")
    found = {role: QUESTION.outcome(question, "settle", cast[role]) for role in Role.values}
    assert {role for role, said in found.items() if said == ALLOWED} == {
        "taskforce",
        "department",
    }
    assert question.state_row.holders == (Role.TASK_FORCE,)
    stranger = make_person(Role.UNIT, make_organization().unit)
    assert QUESTION.outcome(stage[1]["answered"], "settle", stranger) == NOT_YOURS


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
    assert QUESTION.outcome(question, "settle", torn) == ALLOWED
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    assert QUESTION.outcome(question, "settle", torn) == NOT_YOURS
    assert CHANGE.outcome(stage[2]["proposed"], "approve", torn) == NOT_YOURS


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
