"""Who is told what of a question on a report, and of a change of a commitment."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.projects.notices import applicants, unit_reviewers


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
    yield NoticeDraft(
        applicants(question.project),
        _("Please explain your report: %(step)s") % {"step": question.step},
        question.words,
        portal_question_url(question),
    )


def notices_of_question(question: StepQuestion, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell the side that asked of the answer, and the applicants of the judgement."""
    words = {"step": question.step, "title": question.project}
    if attempt.step == "answer":
        subject = _("Question answered: %(step)s") % words
        yield NoticeDraft(askers(question), subject, attempt.reason, question_url(question))
        return
    if attempt.step == "settle":
        subject = _("Your report is accepted: %(step)s") % words
    else:
        subject = _("Completion taken back, please report it again: %(step)s") % words
    yield NoticeDraft(
        applicants(question.project), subject, attempt.reason, portal_question_url(question)
    )
    if attempt.step == "uphold":
        told = {one.pk: one for one in (*askers(question), *unit_reviewers(question.project))}
        told.pop(attempt.by.pk, None)
        subject = _("Completion taken back: %(title)s, %(step)s") % words
        yield NoticeDraft(told.values(), subject, attempt.reason, question_url(question))


def told_of_new_change(change: CommitmentChange) -> Iterator[NoticeDraft]:
    """Tell the department that it has to decide, and the unit that something is to change."""
    words = {"title": change.project}
    body = _("%(old)s → %(new)s. Reason: %(reason)s") % {
        "old": change.old,
        "new": change.new,
        "reason": change.reason,
    }
    subject = _("Change of a commitment to decide: %(title)s") % words
    yield NoticeDraft(people_with(Role.DEPARTMENT), subject, body, change_url(change))
    subject = _("Change of a commitment proposed: %(title)s") % words
    yield NoticeDraft(unit_reviewers(change.project), subject, body, change_url(change))


def notices_of_change(change: CommitmentChange, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell applicants and unit what was decided; of a withdrawal, the department."""
    words = {"title": change.project}
    if attempt.step == "withdraw":
        subject = _("Change of a commitment withdrawn: %(title)s") % words
        yield NoticeDraft(people_with(Role.DEPARTMENT), subject, "", change_url(change))
        return
    if attempt.step == "approve":
        subject, body = _("Change of a commitment approved: %(title)s") % words, attempt.reason
    else:
        subject, body = _("Change of a commitment not approved: %(title)s") % words, attempt.reason
    yield NoticeDraft(applicants(change.project), subject, body, portal_change_url(change))
    yield NoticeDraft(unit_reviewers(change.project), subject, body, change_url(change))
