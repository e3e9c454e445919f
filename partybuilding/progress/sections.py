"""What a project's case file shows of how its promises are kept, and their progress as a story by date."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partybuilding.core.models import TransitionRecord
from partybuilding.core.selectors import last_entry, trail_of
from partybuilding.core.states import Tone
from partybuilding.core.types import AnyUser
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport
from partybuilding.progress.permissions import side_that_asks, visible_to
from partybuilding.progress.rules import can_be_questioned
from partybuilding.progress.selectors import kept_by
from partybuilding.progress.words import figures_words
from partybuilding.projects.casefile.contents import CaseSection
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.promises.cards import explanation_of, standing_words
from partybuilding.projects.promises.changes import AppliedChange
from partybuilding.projects.promises.progress import days_late, mark_of
from partybuilding.projects.states import RESULTS_IN, Mark, ProjectState


def keeping(project: Project, user: AnyUser) -> Mapping[str, Any] | None:
    """Show commitments with their reports, questions and changes, and the results, once there are any."""
    found = kept_by(project)
    if not (found or project.results_summary):
        return None
    asked = project.results
    return {
        "has_report": project.state in RESULTS_IN,
        "facts": asked.own_facts(project),
        "texts": asked.texts(project),
        "promises": list(_promises(project, found, user)),
        "changes": visible_to(
            CommitmentChange.objects.filter(project=project).select_related("step", "commitment"),
            user,
        ),
    }


def _promises(
    project: Project, found: list[Commitment], user: AnyUser
) -> Iterator[Mapping[str, Any]]:
    """Yield each commitment with its steps as this user may see and question them."""
    today = timezone.localdate()
    asks = side_that_asks(project, user) is not None
    seen = set(
        visible_to(StepQuestion.objects.filter(project=project), user).values_list("pk", flat=True)
    )
    for commitment in found:
        steps = [
            {
                "step": step,
                "standing": standing_words(step.promise, today) if project.has_promised else None,
                "questions": [one for one in step.questions.all() if one.pk in seen],
                "ask": reverse("partybuilding:ask", args=[project.pk, step.pk])
                if asks and can_be_questioned(step)
                else "",
            }
            for step in commitment.steps.all()
        ]
        standing = standing_words(commitment.promise, today) if project.has_promised else None
        yield {"promise": commitment, "standing": standing, "steps": steps}


SECTION = CaseSection(
    "commitments",
    gettext_lazy("commitments"),
    "partybuilding/progress/section.html",
    keeping,
    order=130,
)


@dataclass(frozen=True)
class Event:
    """One thing that became of a project, as residents read it.

    Args:
        code: names it for ever, e.g. "change-12"; its anchor and its id in feeds.
        old, new: what read differently before and afterwards.
    """

    code: str
    when: datetime
    title: str
    about: str = ""
    text: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""
    tone: str = Tone.NEUTRAL


def story_of(project: Project, commitments: list[Commitment]) -> list[Event]:
    """Return the events of a project, newest first.

    Args:
        commitments: the published ones, as `parts.fetch_reports` fetched them; none before.
    """
    events = [
        *_beginnings(project, len(commitments)),
        *(event for at, one in enumerate(commitments, start=1) for event in _kept(at, one)),
        *_endings(project, commitments),
    ]
    return sorted(events, key=lambda event: (event.when, event.code), reverse=True)


def _beginnings(project: Project, commitments: int) -> Iterator[Event]:
    if project.approved_at:
        yield Event("approved", project.approved_at, _("Project approved"), tone=Tone.POSITIVE)
    if project.has_promised and project.commitments_published_at:
        words = ngettext(
            "%(n)s commitment published", "%(n)s commitments published", commitments
        ) % {"n": commitments}
        yield Event("published", project.commitments_published_at, words, tone=Tone.POSITIVE)


def _kept(number: int, commitment: Commitment) -> Iterator[Event]:
    about = _about(number, commitment)
    for change in commitment.applied_changes:
        yield _changed(change, commitment, about)
    for step in commitment.steps.all():
        yield from _reported(step, about)


def _about(number: int, commitment: Commitment) -> str:
    return _("Commitment %(number)s: %(goal)s") % {"number": number, "goal": commitment.goal}


def _changed(change: AppliedChange, commitment: Commitment, about: str) -> Event:
    titles = {step.pk: step.title for step in commitment.steps.all()}
    words = _("Changed: %(part)s") % {"part": change.part_label}
    if change.step is not None:
        facts = {"part": change.part_label, "step": titles[change.step]}
        words = _("Changed: %(part)s of step “%(step)s”") % facts
    return Event(
        f"change-{change.number}",
        change.at,
        words,
        about,
        old=str(change.old) or _("none"),
        new=str(change.new),
        reason=change.reason,
        tone=Tone.WAITING,
    )


def _reported(step: CommitmentStep, about: str) -> Iterator[Event]:
    reports: Iterable[StepReport] = step.reports.all()
    for report in reports:
        words = (
            _("Added evidence: %(step)s") if report.question_id else _("Reported done: %(step)s")
        ) % {"step": step.title}
        closes = report.question_id is None and report.taken_back_at is None
        late = days_late(step.promise, timezone.localdate()) if closes else 0
        if late:
            words += _("(%(days)s days late)") % {"days": late}
        text, figures = report.evidence, figures_words(report)
        if figures and figures not in text:
            text = "\n".join(
                part for part in (text, _("Figures: %(figures)s") % {"figures": figures}) if part
            )
        yield Event(
            f"report-{report.pk}",
            report.reported_at,
            words,
            about,
            text,
            tone=Tone.NEUTRAL if report.question_id or late else Tone.POSITIVE,
        )
        if report.taken_back_at is not None:
            words = _("Completion taken back: %(step)s") % {"step": step.title}
            yield Event(
                f"taken-back-{report.pk}",
                report.taken_back_at,
                words,
                about,
                reason=report.taken_back_why,
                tone=Tone.NEGATIVE,
            )


def _endings(project: Project, commitments: list[Commitment]) -> Iterator[Event]:
    for row in trail_of(project).filter(step__in=("terminate", "reopen")):
        event = _ended(row)
        if event is not None:
            yield event
    if project.cycle.state not in ANNOUNCED:
        return
    announced = last_entry(project.cycle, "announce")
    if announced is not None:
        if grade := announced_grade(project):
            words = _("Grade: %(grade)s") % {"grade": grade}
            yield Event("graded", announced.at, words, tone=Tone.POSITIVE)
        yield from _unkept(commitments, announced.at)


def _unkept(commitments: list[Commitment], when: datetime) -> Iterator[Event]:
    """Yield what was not kept, beside the grade: a history that left it out would be praise."""
    for at, one in enumerate(commitments, start=1):
        if mark_of(one.promise, timezone.localdate()) == Mark.MISSED:
            about, reason = _about(at, one), explanation_of(one)
            words = str(Mark.MISSED.label)
            yield Event(f"unkept-{one.pk}", when, words, about, reason=reason, tone=Tone.NEGATIVE)


def _ended(row: TransitionRecord) -> Event | None:
    if row.step == "terminate":
        words = _("Project terminated")
        return Event(f"ended-{row.pk}", row.at, words, reason=row.reason, tone=Tone.WITHDRAWN)
    if row.from_state == ProjectState.TERMINATED:
        return Event(f"resumed-{row.pk}", row.at, _("Project taken up again"), tone=Tone.POSITIVE)
    return None


def as_entries(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return events as a timeline shows them."""
    return [
        {
            "id": event.code,
            "when": event.when,
            "title": event.title,
            "who": event.about,
            "text": event.text,
            "old": event.old,
            "new": event.new,
            "note": _("Reason: %(reason)s") % {"reason": event.reason} if event.reason else "",
            "tone": event.tone,
        }
        for event in events
    ]
