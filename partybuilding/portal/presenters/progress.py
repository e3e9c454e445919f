"""How an implementing project's promises stand, for those who keep them; never a reviewer's name."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Role
from partybuilding.portal.presenters.wording import days_left, side
from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport
from partybuilding.progress.pictures import SMALL
from partybuilding.progress.states import OF_COMMITMENT, OF_STEP, QuestionState
from partybuilding.progress.words import figures_words, taken_back_words
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.promises.cards import explanation_of, standing_words
from partybuilding.projects.states import ChangedPart


def commitment_rows(project: Project, found: list[Commitment], *, writable: bool) -> Iterator[Any]:
    """Yield each commitment with its steps, what can be reported of them, and what can be changed."""
    today = timezone.localdate()
    for number, item in enumerate(found, start=1):
        promise = item.promise
        yield {
            "number": number,
            "item": item,
            "done": promise.closed,
            "total": promise.steps,
            **standing_words(promise, today),
            "steps": [_step_row(project, step, today, writable) for step in item.steps.all()],
            "ways": list(_change_ways(item)) if writable and not promise.is_kept else [],
        }


def result_rows(part: Any, *, writable: bool) -> Iterator[Any]:
    """Yield each commitment as the results account for it: how it stands, what is open, the field.

    Args:
        part: the results as they are written, a `ResultsPart`.
    """
    today = timezone.localdate()
    for number, item in enumerate(part.commitments, start=1):
        promise = item.promise
        steps = item.steps.all()
        reports = [report for step in steps for report in step.reports.all() if step.is_closed]
        yield {
            "number": number,
            "goal": item.goal,
            "done": promise.closed,
            "total": promise.steps,
            **standing_words(promise, today),
            "figures": "；".join(filter(None, map(figures_words, reports))),
            "open_steps": [
                {
                    "title": step.title,
                    "href": reverse("portal:report", args=[item.project_id, step.pk]),
                }
                for step in steps
                if writable and not step.is_closed
            ],
            "field": part.field_of(item) if writable else None,
            "explanation": explanation_of(item),
        }


def _step_row(project: Project, step: CommitmentStep, today: date, writable: bool) -> Any:
    questions = list(step.questions.all())
    upheld = [
        taken_back_words(one.taken_back_at, one.taken_back_why)
        for one in step.reports.all()
        if one.taken_back_at
    ]
    opened = next((one for one in questions if one.is_open), None)
    report = next((one for one in step.reports.all() if one.question_id is None), None)
    return {
        "step": step,
        **standing_words(step.promise, today),
        "closed_on": step.closed_on,
        "left": days_left(step.deadline, today) if step.deadline and not step.is_closed else "",
        "report_href": reverse("portal:report", args=[project.pk, step.pk])
        if writable and not step.is_closed
        else "",
        "reported": reported(report) if step.is_closed and report else None,
        "question": question_row(opened) if opened else None,
        "taken_back": [] if step.is_closed else upheld,
    }


def reported(report: StepReport) -> dict[str, Any]:
    """Return what was reported, for those who did: words, figures, pictures and files."""
    return {
        "on": report.reported_on,
        "words": report.evidence,
        "figures": figures_words(report),
        "pictures": [
            {
                "src": f"{href}?preview=1",
                "href": f"{href}?inline=1",
                "alt": picture["alt"],
                "width": SMALL[0],
                "height": SMALL[1],
            }
            for picture in report.pictures
            for href in [reverse("portal:file", args=[picture["attachment"]])]
        ],
        "files": [
            {
                "name": file.name,
                "href": reverse("portal:file", args=[file.pk]),
                "kind": file.kind.upper(),
                "size": file.size,
            }
            for file in report.files.all()
        ],
    }


def question_row(question: StepQuestion) -> dict[str, Any]:
    """Return one question as a line: what, from which side, until when, and where it is answered."""
    due = question.due_on if question.state == QuestionState.OPEN else None
    return {
        "title": _("Explain the report: %(step)s") % {"step": question.step.title},
        "words": question.words,
        "who": side(Role(question.asked_as), question.project),
        "state": question.state_row.label,
        "tone": question.state_row.tone,
        "due": _("Please answer by %(day)s.") % {"day": day_words(due)} if due else "",
        "due_note": days_left(due) if due else "",
        "late": bool(due) and question.is_overdue(),
        "href": reverse("portal:question", args=[question.project_id, question.pk]),
        "is_mine": question.state == QuestionState.OPEN,
    }


def _change_ways(item: Commitment) -> Iterator[dict[str, str]]:
    for part in OF_COMMITMENT:
        yield {"text": str(part.label), "href": change_href(item.project_id, part, item)}
    for number, step in enumerate(item.steps.all(), start=1):
        for part in OF_STEP if not step.is_closed else ():
            words = _("Step %(number)s: %(part)s") % {"number": number, "part": part.label}
            yield {"text": words, "href": change_href(item.project_id, part, item, step)}


def change_href(
    project: int, part: ChangedPart, item: Commitment, step: CommitmentStep | None = None
) -> str:
    """Return where a change of a part is proposed."""
    name = "portal:change_step" if step else "portal:change_commitment"
    return reverse(name, args=[project, (step or item).pk, part.value])


def change_row(change: CommitmentChange) -> dict[str, Any]:
    """Return one change as a line: what, from what to what, and where it stands."""
    return {
        "title": str(change),
        "old": str(change.old) or _("none"),
        "new": str(change.new),
        "state": change.state_row.label,
        "tone": change.state_row.tone,
        "href": reverse("portal:change", args=[change.project_id, change.pk]),
    }


def step_line(step: CommitmentStep, today: date) -> dict[str, Any]:
    """Return a step that is to be done soon as a line of what waits for the applicant."""
    assert step.deadline
    return {
        "title": _("Report the step: %(step)s") % {"step": step.title},
        "href": reverse("portal:progress", args=[step.commitment.project_id]),
        "state": _("Step to report"),
        "tone": "waiting",
        "due": _("To be done by %(day)s.") % {"day": day_words(step.deadline, today)},
        "due_note": days_left(step.deadline, today),
        "late": step.deadline < today,
    }
