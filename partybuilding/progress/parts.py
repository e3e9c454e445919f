"""What a project's public page shows of how its promises are kept: cards with their changes, the progress."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.states import Tone
from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport
from partybuilding.progress.states import QuestionState
from partybuilding.progress.words import change_words, figures_words, pictures_of, taken_back_words
from partybuilding.projects.models import Commitment, CommitmentStep
from partybuilding.projects.page.changed import newest
from partybuilding.projects.page.parts import (
    COMMITMENTS,
    PROGRESS,
    PageSection,
    Reading,
    commitment_ways,
)
from partybuilding.projects.promises.cards import card_of, step_of, summary_words

if TYPE_CHECKING:
    from partybuilding.projects.models import Project

Part = Mapping[str, Any] | None
HERE = "partybuilding/progress/parts"


def fetch_reports(commitments: list[Commitment]) -> None:
    """Fetch what residents may read of the reports on commitments, once for a reading."""
    reports = StepReport.objects.public().with_outcome()
    prefetch_related_objects(commitments, Prefetch("steps__reports", reports))


def changes_of(project: "Project") -> Iterator[Any]:
    """Yield when a promise of a project was last reported on, opened again or changed, as expressions."""
    reports = StepReport.objects.filter(step__commitment__project=project)
    taken_back = StepQuestion.objects.filter(project=project, state=QuestionState.UPHELD)
    yield newest(reports, "reported_at")
    yield newest(taken_back, "state_since")
    yield newest(CommitmentChange.objects.applied().filter(project=project), "state_since")


def history_url(page: Any) -> str:
    """Return the address of the history of a project's page."""
    return reverse("project_history", args=[page.project.cycle.year, page.project.code])


def commitments_part(reading: Reading) -> Part:
    """Return a card for each commitment, and how many stand where in a sentence."""
    found = reading.commitments
    if not found:
        return None
    fetch_reports(found)
    ways = commitment_ways(reading)
    cards = [
        {**promise_card(item, at, reading), "ways": ways.get(item.pk, ())}
        for at, item in enumerate(found, start=1)
    ]
    summary = summary_words(found, reading.today)
    return {"cards": cards, "summary": summary, "history": history_url(reading.page)}


def promise_card(commitment: Commitment, number: int, reading: Reading) -> dict[str, Any]:
    """Return a commitment's card with the changes told, and what of its steps was taken back."""
    card = card_of(commitment, number, reading.today)
    for step, shown in zip(commitment.steps.all(), card["steps"], strict=True):
        shown["taken_back"] = [
            taken_back_words(report.taken_back_at, report.taken_back_why)
            for report in step.reports.all()
            if report.taken_back_at
        ]
        report = standing_report(step)
        if report and report.pictures:
            shown["href"] = f"#report-{report.pk}"
    return {**card, "changes": [change_words(c) for c in commitment.applied_changes]}


def standing_report(step: CommitmentStep) -> StepReport | None:
    """Return the report by which a step is closed; the newest that nobody took back."""
    if not step.is_closed:
        return None
    return next((report for report in step.reports.all() if report.question_id is None), None)


def progress_part(reading: Reading) -> Part:
    """Return what was done, newest first, as a timeline shows it; what was taken back stays in it."""
    found = reading.commitments
    entries = [
        {**entry, "who": _goal_words(number, commitment)}
        for number, commitment in enumerate(found, start=1)
        for step in commitment.steps.all()
        for entry in entries_of(step, reading)
    ]
    if not entries:
        return None
    return {"entries": sorted(entries, key=lambda entry: entry["when"], reverse=True)}


def _goal_words(number: int, commitment: Commitment) -> str:
    words = _("Commitment %(number)s: %(goal)s")
    return words % {"number": number, "goal": commitment.goal}


def entries_of(step: CommitmentStep, reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield the entries of a step: its completion, what was added to it, what was taken back."""
    standing = standing_report(step)
    if step.is_closed:
        shown = step_of(step, reading.today)
        yield {
            "title": step.title,
            "when": step.closed_on,
            "text": step.evidence,
            "state": shown["state"],
            "tone": shown["tone"],
            **_extras(standing),
        }
    for report in step.reports.all():
        if report == standing:
            continue
        entry = {"title": step.title, "when": report.reported_on, "text": report.evidence}
        entry |= _extras(report)
        if report.question_id:
            yield {**entry, "state": _("Added evidence"), "tone": Tone.NEUTRAL}
        elif report.taken_back_at:
            yield {
                **entry,
                "state": QuestionState.UPHELD.label,
                "tone": Tone.NEGATIVE,
                "note": taken_back_words(report.taken_back_at, report.taken_back_why),
            }


def _extras(report: StepReport | None) -> dict[str, Any]:
    if report is None:
        return {}
    return {
        "id": f"report-{report.pk}",
        "figures": figures_words(report),
        "pictures": pictures_of(report),
    }


SECTIONS = tuple(
    PageSection(code, heading, f"{HERE}/{code}.html", context, order)
    for code, heading, context, order in (
        ("commitments", gettext_lazy("Public commitments"), commitments_part, COMMITMENTS),
        ("progress", gettext_lazy("Progress of the commitments"), progress_part, PROGRESS),
    )
)
