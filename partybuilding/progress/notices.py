"""Who is told what of a question on a report, and of a change of a commitment."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with
from partybuilding.progress import messages as words
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.projects.notices import applicants, unit_reviewers
from partybuilding.texts.messages import notice_draft


def question_url(question: StepQuestion) -> str:
    """Return where staff see a question."""
    return reverse("partybuilding:question", args=[question.pk])


def change_url(change: CommitmentChange) -> str:
    """Return where staff see a change."""
    return reverse("partybuilding:change", args=[change.pk])


def portal_question_url(question: StepQuestion) -> str:
    """Return where its applicants see a question."""
    return reverse("portal:question", args=[question.project_id, question.pk])


def portal_change_url(change: CommitmentChange) -> str:
    """Return where its applicants see a change."""
    return reverse("portal:change", args=[change.project_id, change.pk])


def askers(question: StepQuestion) -> Iterable[Any]:
    """Return who judges the answer: the reviewers of the unit, or the task force."""
    if question.asked_as == Role.UNIT:
        return unit_reviewers(question.project)
    return people_with(Role.TASK_FORCE)


def told_of_new_question(question: StepQuestion) -> Iterator[NoticeDraft]:
    """Tell the applicants that a report of theirs is questioned."""
    told, url = applicants(question.project), portal_question_url(question)
    yield notice_draft(words.ASKED, told, words.said_of_question(question, question.words), url)


def notices_of_question(question: StepQuestion, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell the side that asked of the answer, and the applicants of the judgement."""
    said, at_desk = words.said_of_question(question, attempt.reason), question_url(question)
    if attempt.step == "answer":
        yield notice_draft(words.ANSWERED, askers(question), said, at_desk)
        return
    wording = words.SETTLED if attempt.step == "settle" else words.UPHELD
    told, url = applicants(question.project), portal_question_url(question)
    yield notice_draft(wording, told, said, url)
    if attempt.step == "uphold":
        staff = {one.pk: one for one in (*askers(question), *unit_reviewers(question.project))}
        staff.pop(attempt.by.pk, None)
        yield notice_draft(words.UPHELD_STAFF, staff.values(), said, at_desk)


def told_of_new_change(change: CommitmentChange) -> Iterator[NoticeDraft]:
    """Tell the department that it has to decide, and the unit that something is to change."""
    said, url = words.said_of_change(change, change.reason), change_url(change)
    yield notice_draft(words.DECIDE, people_with(Role.DEPARTMENT), said, url)
    yield notice_draft(words.PROPOSED, unit_reviewers(change.project), said, url)


def notices_of_change(change: CommitmentChange, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell applicants and unit what was decided; of a withdrawal, the department."""
    said, url = words.said_of_change(change, attempt.reason), change_url(change)
    if attempt.step == "withdraw":
        yield notice_draft(words.WITHDRAWN, people_with(Role.DEPARTMENT), said, url)
        return
    wording = words.APPROVED if attempt.step == "approve" else words.REFUSED
    yield notice_draft(wording, applicants(change.project), said, portal_change_url(change))
    yield notice_draft(wording, unit_reviewers(change.project), said, url)
