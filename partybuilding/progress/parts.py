"""What a project's public page shows of how its promises are kept: cards with their changes, the progress."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partybuilding.core.pages.words import aside
from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport
from partybuilding.progress.states import QuestionState
from partybuilding.progress.words import change_words, figures_words, pictures_of, taken_back_words
from partybuilding.projects.models import Commitment, CommitmentStep
from partybuilding.projects.page.changed import newest
from partybuilding.projects.page.parts import (
    COMMITMENTS,
    PROGRESS,
    STEPS,
    PageSection,
    Place,
    Reading,
    commitment_ways,
)
from partybuilding.projects.promises.cards import card_of, explanation_of
from partybuilding.projects.promises.progress import days_late
from partybuilding.projects.promises.rows import row_of, year_of
from partybuilding.projects.promises.saying import said
from partybuilding.projects.promises.selectors import marks_of
from partybuilding.projects.states import Mark

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


def words_of_reports(project: "Project") -> Iterator[str]:
    """Yield what was reported, with figures and what pictures show, and why a promise was changed."""
    for report in StepReport.objects.public().with_outcome().filter(project=project):
        yield report.evidence
        yield figures_words(report)
        yield from (aside(picture["alt"]) for picture in report.pictures)
        yield report.taken_back_why or ""
    for change in CommitmentChange.objects.applied().filter(project=project):
        yield change.reason


def history_url(page: Any) -> str:
    """Return the address of the history of a project's page."""
    return reverse("project_history", args=[page.project.cycle.year, page.project.code])


def commitments_part(reading: Reading) -> Part:
    """Return the promises in a sentence, a row for each, and why one was not kept."""
    found = reading.commitments
    if not found:
        return None
    fetch_reports(found)
    year = year_of(found, reading.project.cycle.year)
    # A phone shows no head above the days: one of a year to come would be read as one of this year.
    left_out = year if year <= reading.today.year else 0
    rows = [
        {**row_of(item, at, reading.today, left_out), "href": _way_of(item, at)}
        for at, item in enumerate(found, start=1)
    ]
    why = [_why(row) for row in rows if row["explanation"]]
    leads = {Mark.MISSED: f"#{why[0]['id']}"} if why else None
    say = said(marks_of(found, reading.today), tells_lateness=True, leads=leads)
    return {"say": say, "rows": rows, "year": year, "why": why}


def _why(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return why a promise was not kept, as `components/flag.html` shows it."""
    who = {"name": row["person"], "post": row["post"]}
    words = _("Responsible: %(name)s (%(post)s)") if row["post"] else _("Responsible: %(name)s")
    is_missed = row["mark"] == Mark.MISSED
    title = (
        _("Why no. %(number)s was not kept") if is_missed else _("What is said of no. %(number)s")
    )
    return {
        "id": f"why-{row['number']}",
        "mark": Mark.MISSED.value if is_missed else Mark.LATE.value,
        "title": title % row,
        "lines": [{"text": row["explanation"]}],
        "foot": [words % who],
    }


def _way_of(commitment: Commitment, number: int) -> str:
    """Return where on the page more is told of a promise: why not, its evidence, or its steps."""
    if explanation_of(commitment):
        return f"#why-{number}"
    closed = [step for step in commitment.steps.all() if step.is_closed]
    return f"#{anchor_of(closed[-1])}" if closed else f"#commitment-{number}"


def anchor_of(step: CommitmentStep) -> str:
    """Return the anchor of the entry that tells of a closed step."""
    standing = standing_report(step)
    return f"report-{standing.pk}" if standing else f"step-{step.pk}"


def steps_part(reading: Reading) -> Part:
    """Return a card for each commitment: the goal in full, its steps, what was changed, ways to write."""
    found = reading.commitments
    if not found:
        return None
    ways = commitment_ways(reading)
    cards = [
        {**promise_card(item, at, reading), "ways": ways.get(item.pk, ())}
        for at, item in enumerate(found, start=1)
    ]
    for card in cards:
        for step in card["steps"]:
            step["evidence"] = ""  # stands with its pictures where it is told what was done
    steps = sum(card["total"] for card in cards)
    return {"cards": cards, "sum": ngettext("%(n)s step", "%(n)s steps", steps) % {"n": steps}}


def promise_card(commitment: Commitment, number: int, reading: Reading) -> dict[str, Any]:
    """Return a commitment's card with the changes told, and what of its steps was taken back."""
    card = card_of(commitment, number, reading.today)
    for step, shown in zip(commitment.steps.all(), card["steps"], strict=True):
        shown["taken_back"] = [
            taken_back_words(report.taken_back_at, report.taken_back_why)
            for report in step.reports.all()
            if report.taken_back_at
        ]
        if step.is_closed:
            shown["href"] = f"#{anchor_of(step)}"
    return {**card, "changes": [change_words(c) for c in commitment.applied_changes]}


def standing_report(step: CommitmentStep) -> StepReport | None:
    """Return the report by which a step is closed; the newest that nobody took back."""
    if not step.is_closed:
        return None
    return next((report for report in step.reports.all() if report.question_id is None), None)


def progress_part(reading: Reading) -> Part:
    """Return what was done, newest first, with the promise it belongs to; what was taken back stays in it."""
    found = reading.commitments
    entries = [
        {
            **entry,
            "heading": _("No. %(number)s: %(name)s") % {"number": number, "name": commitment.name},
            "meta": [step.title, entry["done"], _who(commitment)],
        }
        for number, commitment in enumerate(found, start=1)
        for step in commitment.steps.all()
        for entry in entries_of(step, reading)
    ]
    if not found:
        return None
    changes = sum(len(one.applied_changes) for one in found)
    words = ngettext("History (%(count)s change)", "History (%(count)s changes)", changes)
    part: dict[str, Any] = {
        "entries": sorted(entries, key=lambda entry: entry["when"], reverse=True)
    }
    if reading.page:
        way = {"href": history_url(reading.page), "text": words % {"count": changes}}
        part["way"] = way
    return part


def _who(commitment: Commitment) -> str:
    words = {"name": commitment.person, "post": commitment.post}
    return _("%(name)s (%(post)s)") % words if commitment.post else commitment.person


def entries_of(step: CommitmentStep, reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield the entries of a step: its completion, what was added to it, what was taken back."""
    standing = standing_report(step)
    if step.is_closed:
        yield {
            "id": anchor_of(step),
            "when": step.closed_on,
            "text": step.evidence,
            "done": _done_words(step, reading),
            **_extras(standing),
        }
    for report in step.reports.all():
        if report == standing:
            continue
        entry = {"when": report.reported_on, "text": report.evidence}
        entry["done"] = date_format(report.reported_on, "DATE_FORMAT")
        entry |= _extras(report)
        if report.question_id:
            yield {**entry, "state": _("Added evidence")}
        elif report.taken_back_at:
            yield {
                **entry,
                "state": QuestionState.UPHELD.label,
                "note": taken_back_words(report.taken_back_at, report.taken_back_why),
            }


def _done_words(step: CommitmentStep, reading: Reading) -> str:
    """Say when a step was done, and by how many days later than it was promised first."""
    promise = step.promise
    if step.closed_on is None:
        return ""
    words = {"day": date_format(step.closed_on, "DATE_FORMAT")}
    late = days_late(promise, reading.today)
    if not late or promise.original is None:
        return _("done on %(day)s") % words
    facts = {**words, "late": late, "due": date_format(promise.original, "DATE_FORMAT")}
    return _("done on %(day)s, %(late)s days later than promised (%(due)s)") % facts


def _extras(report: StepReport | None) -> dict[str, Any]:
    if report is None:
        return {}
    return {
        "id": f"report-{report.pk}",
        "figures": figures_words(report),
        "pictures": pictures_of(report),
    }


SECTIONS = tuple(
    PageSection(code, heading, f"{HERE}/{code}.html", context, order, place)
    for code, heading, context, order, place in (
        (
            *("commitments", gettext_lazy("Public commitments"), commitments_part),
            *(COMMITMENTS, Place.FIRST),
        ),
        ("progress", gettext_lazy("How it is going"), progress_part, PROGRESS, Place.MAIN),
        ("steps", gettext_lazy("Goals, steps and changes in full"), steps_part, STEPS, Place.FOLD),
    )
)
