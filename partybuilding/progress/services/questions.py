"""Question a report, and answer the question."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.services import move, note, post_notices
from partybuilding.core.services.door import due_date
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser
from partybuilding.progress.models import StepQuestion
from partybuilding.progress.notices import told_of_new_question
from partybuilding.progress.permissions import side_that_asks
from partybuilding.progress.rules import can_be_questioned
from partybuilding.progress.services.evidence import Evidence, received, write_report
from partybuilding.projects.models import CommitmentStep, Project


def ask_about(step: CommitmentStep, *, by: AnyUser, words: str) -> StepQuestion:
    """Question the report of a step; the applicant is told, and has the days of the year's rules.

    Raises:
        NotYours: reports are questioned by reviewers of the unit and by the task force.
        ConditionUnmet: no words, nothing reported, or a question is open already.
    """
    with transaction.atomic():
        project = Project.objects.select_for_update(of=("self",)).get(pk=step.commitment.project_id)
        side = side_that_asks(project, by)
        if side is None:
            raise NotYours([_("Reports are questioned by the reporting unit and the task force.")])
        locked = CommitmentStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
        answer = can_be_questioned(locked)
        if not answer:
            raise ConditionUnmet(answer.reasons)
        if not has_words(words):
            raise ConditionUnmet([_("Say in words what is in doubt.")])
        assert by.is_authenticated
        question = StepQuestion(
            project=project,
            step=locked,
            report=locked.reports.filter(question=None).first(),
            words=words.strip(),
            asked_by=by,
            asked_as=side,
        )
        question.due_on = due_date(question, timezone.localdate())
        question.save()
        row = note(question, "ask", by=by, reason=question.words)
        post_notices(told_of_new_question(question), key=f"trail:{row.pk}")
    return question


def answer_question(
    question: StepQuestion,
    *,
    by: AnyUser,
    words: str,
    evidence: Evidence | None = None,
    seen: str = "",
) -> StepQuestion:
    """Answer a question in words for those who asked, with more evidence where there is any.

    What is added becomes public when the report is accepted.

    Raises:
        Refusal: as the door says.
        ConditionUnmet: what is added holds a person's number.
        UploadRefused: a picture or file is not what it claims, too large or dangerous.
    """
    given = evidence or Evidence()
    given.refuse_unfit()
    with received(given) as things:
        moved = move(question, "answer", by=by, reason=words, seen=seen)
        if not given.is_empty:
            write_report(moved.step, given, things, by=by, question=moved)
    return moved
