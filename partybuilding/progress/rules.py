"""What must hold before a report is questioned, judged or taken back, and before a promise is changed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.rules import YES, Sentence, Verdict, refuse, verdict
from partybuilding.core.text.validators import NAMED, TOLD, has_words
from partybuilding.progress.states import QuestionState
from partybuilding.projects.states import KEEPING, ChangedPart, ProjectState

if TYPE_CHECKING:
    from partybuilding.progress.models import CommitmentChange, StepQuestion
    from partybuilding.projects.models import CommitmentStep


def can_be_questioned(step: "CommitmentStep") -> Verdict:
    """Ask whether a step was reported done and nobody questions it already."""
    if step.commitment.project.state not in KEEPING:
        return refuse(_("Reports are questioned while the promises are being kept."))
    if not (step.is_closed and step.reports.all()):
        return refuse(_("Only a step that was reported done can be questioned."))
    if any(question.is_open for question in step.questions.all()):
        return refuse(_("This report is being questioned already."))
    return YES


def asks_explanation(question: "StepQuestion", attempt: Attempt) -> Verdict:
    """Require the explanation in words."""
    return YES if attempt.reason else refuse(_("Explain in words what the report rests on."))


def is_carried_out(record: Any) -> Verdict:
    """Ask whether the project is still being implemented, so that what is opened can be done again."""
    if record.project.state == ProjectState.IMPLEMENTING:
        return YES
    return refuse(_("This is possible only while the project is being implemented."))


def is_kept_to_answer(question: "StepQuestion") -> Verdict:
    """Ask whether the project's promises are still being kept."""
    if question.project.state in KEEPING:
        return YES
    return refuse(_("The project is over; the question needs no answer any more."))


def had_its_answer(question: "StepQuestion") -> Verdict:
    """Ask whether the applicant has answered, or the days to answer are over."""
    waiting = question.state == QuestionState.OPEN
    if waiting and question.due_on is not None and timezone.localdate() <= question.due_on:
        return refuse(_("The applicant still has time to answer."))
    return YES


def is_still_open(change: "CommitmentChange") -> Verdict:
    """Ask whether what is to be changed has not been kept meanwhile."""
    target = change.step or change.commitment
    if target.promise.is_kept:
        return refuse(_("It was reported done meanwhile; what is done can no longer be changed."))
    return YES


def is_news(change: "CommitmentChange") -> Verdict:
    """Ask whether the change is complete and says something new."""
    return verdict(_faults(change))


def _faults(change: "CommitmentChange") -> Iterator[Sentence]:
    if not has_words(change.reason, TOLD):
        yield _("Give the reason; it is public.")
    if change.part == ChangedPart.DEADLINE:
        yield from _faults_of_day(change)
    elif not has_words(change.new_text, NAMED) or (
        change.part == ChangedPart.PERSON and not has_words(change.new_post, NAMED)
    ):
        yield _("Give what it is to read from now on.")
    if change.old == change.new:
        yield _("This is what stands there already.")


def _faults_of_day(change: "CommitmentChange") -> Iterator[Sentence]:
    cycle, today = change.project.cycle, timezone.localdate()
    if change.new_day is None:
        yield _("Give the new deadline.")
    elif not cycle.applications_open <= change.new_day <= cycle.ends_on:
        yield _("The new deadline lies inside the programme year.")
    elif change.new_day < today:
        yield _("The new deadline cannot lie in the past.")
    elif change.step and (change.commitment.deadline or change.new_day) < change.new_day:
        yield _("A step ends with its commitment; propose to move the commitment's deadline first.")
