"""Questions on reports: asked once at a time, answered in time, accepted or the completion taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Overtaken
from partybuilding.core.models import Notice
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.progress.models import StepQuestion, StepReport
from partybuilding.progress.services import Evidence, answer_question, ask_about
from partybuilding.projects.promises.progress import state_of
from partybuilding.projects.states import CommitmentState
from tests.factories import Cast, make_cast, make_person
from tests.factories.column import forge
from tests.factories.progress import (
    jpeg,
    make_kept,
    make_question,
    report,
    step_of,
    take_question,
)

pytestmark = pytest.mark.django_db
DOUBT = "现场没有看到会议记录。"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def told(user: object) -> list[str]:
    """Return the titles of what a user was told, the newest first."""
    return list(Notice.objects.to(user).values_list("subject", flat=True))


def test_a_question_goes_to_the_applicant_with_the_days_of_the_years_rules(cast: Cast) -> None:
    project = make_kept(cast)
    made = report(step_of(project), cast)
    question = ask_about(step_of(project), by=cast["unit"], words=DOUBT)
    days = cast.cycle.question_days
    assert question.due_on == add_working_days(timezone.localdate(), days)
    assert (question.report, question.asked_as) == (made, "unit")
    assert "第1次议事" in told(cast["applicant"])[0]
    assert step_of(project).is_closed


def test_whoever_holds_both_roles_asks_for_the_unit(cast: Cast) -> None:
    project = make_kept(cast)
    report(step_of(project), cast)
    both = make_person(Role.TASK_FORCE)
    appoint(both, Role.UNIT, cast.organization.unit, by=None)
    assert ask_about(step_of(project), by=both, words=DOUBT).asked_as == "unit"


@pytest.mark.parametrize("role", ["department", "editor", "expert", "applicant", "auditor"])
def test_others_ask_nothing(cast: Cast, role: str) -> None:
    project = make_kept(cast)
    report(step_of(project), cast)
    with pytest.raises(NotYours):
        ask_about(step_of(project), by=cast[role], words=DOUBT)


def test_only_what_was_reported_is_questioned_and_once_at_a_time(cast: Cast) -> None:
    project = make_kept(cast)
    with pytest.raises(ConditionUnmet, match="已报告完成"):
        ask_about(step_of(project), by=cast["unit"], words=DOUBT)
    report(step_of(project), cast)
    with pytest.raises(ConditionUnmet, match="疑问"):
        ask_about(step_of(project), by=cast["unit"], words=" ")
    ask_about(step_of(project), by=cast["unit"], words=DOUBT)
    with pytest.raises(ConditionUnmet, match="正在核实"):
        ask_about(step_of(project), by=cast["taskforce"], words=DOUBT)
    forge(project, "graded")
    with pytest.raises(ConditionUnmet, match="履诺期间"):
        ask_about(step_of(project), by=cast["unit"], words=DOUBT)


def test_an_answer_brings_more_evidence_that_is_public_once_accepted(cast: Cast) -> None:
    question = make_question("open", cast)
    given = Evidence("补充12次会议记录。", pictures=((jpeg(), "会议记录"),))
    moved = answer_question(question, by=cast["applicant"], words="记录在社区。", evidence=given)
    assert (moved.state, moved.answer_words) == ("answered", "记录在社区。")
    added = moved.supplements.get()
    assert added not in StepReport.objects.public()
    assert "第1次议事" in told(cast["unit"])[0]
    settled = take_question(moved, "settle", cast)
    assert settled.state == "settled"
    assert added in StepReport.objects.public()
    assert step_of(question.project).is_closed
    assert told(cast["applicant"])[0].startswith("报告已认可")


@pytest.mark.parametrize(
    ("words", "evidence"), [("", None), ("已补充。", Evidence("电话13812345678"))]
)
def test_an_answer_needs_words_and_nothing_unfit(cast: Cast, words: str, evidence: object) -> None:
    question = make_question("open", cast)
    with pytest.raises(ConditionUnmet):
        answer_question(question, by=cast["applicant"], words=words, evidence=evidence)
    assert StepQuestion.objects.get().state == "open"
    assert StepReport.objects.count() == 1


def test_a_completion_that_is_taken_back_is_open_again_in_public_with_its_reason(
    cast: Cast,
) -> None:
    question = make_question("upheld", cast)
    step = step_of(question.project)
    assert (step.closed_on, step.evidence, step.is_closed) == (None, "", False)
    reports = StepReport.objects.public().with_outcome()
    assert reports.get().taken_back_why == "现场未见议事记录。"
    assert told(cast["applicant"])[0].startswith("完成情况未被认可")
    noted = trail_of(question.project).last()
    assert (noted.step, noted.data["title"]) == ("taken_back", "第1次议事")
    assert noted.reason == "现场未见议事记录。"
    again = report(step, cast, "已补开议事会，有记录。")
    assert step_of(question.project).is_closed
    assert StepReport.objects.public().with_outcome().get(pk=again.pk).taken_back_at is None
    assert ask_about(step_of(question.project), by=cast["unit"], words=DOUBT).report == again


def test_lateness_counts_on_when_a_completion_in_time_is_taken_back(cast: Cast) -> None:
    project = make_kept(cast, 3)
    report(step_of(project), cast)
    question = ask_about(step_of(project), by=cast["unit"], words=DOUBT)
    take_question(question, "answer", cast)
    take_question(question, "uphold", cast)
    later = timezone.localdate() + timedelta(days=8)
    commitment = project.commitments.get()
    assert state_of(commitment.promise, later) == CommitmentState.OVERDUE


def test_an_answer_in_time_is_waited_for(cast: Cast) -> None:
    question = make_question("open", cast)
    with pytest.raises(ConditionUnmet, match="仍在"):
        move(question, "uphold", by=cast["unit"], reason="未见记录。")
    assert take_question(question, "settle", cast).state == "settled"
    silent = make_question("open", cast)
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        assert move(silent, "uphold", by=cast["unit"], reason="逾期未说明。").state == "upheld"


@pytest.mark.parametrize(
    ("state", "words"), [("results_submitted", "实施期间"), ("terminated", "实施期间")]
)
def test_nothing_is_opened_that_could_not_be_reported_again(
    cast: Cast, state: str, words: str
) -> None:
    question = make_question("answered", cast)
    forge(question.project, state)
    with pytest.raises(ConditionUnmet, match=words):
        take_question(question, "uphold", cast)
    assert take_question(question, "settle", cast).state == "settled"


def test_a_question_needs_no_answer_once_the_project_is_over(cast: Cast) -> None:
    question = make_question("open", cast)
    forge(question.project, "terminated")
    with pytest.raises(ConditionUnmet, match="已结束"):
        take_question(question, "answer", cast)


@pytest.mark.parametrize("reason", ["", "联系人13812345678未见"])
def test_taking_back_needs_a_reason_fit_for_all(cast: Cast, reason: str) -> None:
    question = make_question("answered", cast)
    with pytest.raises(ConditionUnmet):
        move(question, "uphold", by=cast["unit"], reason=reason)


def test_who_was_overtaken_is_told(cast: Cast) -> None:
    question = make_question("open", cast)
    seen = question.version
    answer_question(question, by=cast["applicant"], words="已补充。", seen=seen)
    now = StepQuestion.objects.get()
    with pytest.raises(Overtaken):
        answer_question(now, by=cast["applicant"], words="再补充。", seen=seen)
