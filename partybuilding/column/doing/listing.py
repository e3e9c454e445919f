"""The lists of what was done and of what is late or due soon: readable projects only, narrowed by an address."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.column.doing.lateness import address_of, foot_of
from partybuilding.core.pages.facets import Facet, year_facet
from partybuilding.core.text.phrases import in_a_row
from partybuilding.organizations.filters import sector_facet, unit_facet
from partybuilding.organizations.states import SECTORS
from partybuilding.progress.models import CommitmentChange, StepReport
from partybuilding.progress.models.report import StepReportQuerySet
from partybuilding.progress.states import QuestionState
from partybuilding.progress.words import figures_words, pictures_of, taken_back_words
from partybuilding.projects.models import Commitment
from partybuilding.projects.promises.cards import (
    deadline_words,
    lateness_words,
    marked,
    moved_words,
    state_words,
)
from partybuilding.projects.promises.progress import mark_of
from partybuilding.projects.promises.selectors import HEAVY, readable_promises
from partybuilding.projects.states import KEEPING, ChangedPart, Mark

#: Days ahead in which a deadline is near.
SOON = 30
#: How many pictures of each entry a list shows; the others stand on the project's page.
SHOWN_OF_EACH = 1
LATE, MOVED, NEAR = "late", "moved", "near"
KINDS = {
    LATE: gettext_lazy("Overdue now"),
    MOVED: gettext_lazy("Moved, past the first deadline"),
    NEAR: gettext_lazy("Due within 30 days"),
}


KIND = Facet(
    "kind",
    pgettext_lazy("overdue", "How late"),
    "kind",
    words=KINDS.__getitem__,
    order=list(KINDS).index,
)


def facets_of(project: str) -> tuple[Facet, ...]:
    """Return the facets of year, field and unit.

    Args:
        project: the way from the listed rows to their project.
    """
    return (
        year_facet(f"{project}__cycle__year"),
        sector_facet(f"{project}__sector"),
        unit_facet(f"{project}__organization__unit"),
    )


def readable_reports() -> StepReportQuerySet:
    """Return the reports that residents may read, of published commitments of readable pages."""
    says_something = ~Q(evidence="") | ~Q(pictures=[])
    reports = StepReport.objects.public().filter(says_something)
    return reports.filter(step__commitment__in=readable_promises())


def shown_reports() -> QuerySet[StepReport]:
    """Return the reports with what the list shows of them."""
    return (
        readable_reports()
        .select_related(
            "step__commitment__project__organization", "step__commitment__project__page"
        )
        .defer(*(f"step__commitment__{name}" for name in HEAVY))
        .with_outcome()
    )


def report_entry(report: StepReport, request: HttpRequest, *, pictured: bool) -> dict[str, Any]:
    """Return what a list of progress shows of a report."""
    step = report.step
    project = step.commitment.project
    entry = {
        "id": f"report-{report.pk}",
        "when": report.reported_on,
        "title": step.title,
        "href": f"{project.page.get_url(request) or ''}#report-{report.pk}",
        "who": in_a_row(project.page.title, project.told.organization),
        "heading": step.commitment.name,
        "meta": [step.title, project.page.title, project.told.organization],
        "day": report.reported_on,
        "sign": SECTORS.sign(project.sector),
        "text": report.evidence,
        "figures": figures_words(report),
        "pictures": pictures_of(report)[:SHOWN_OF_EACH] if pictured else [],
    }
    if report.question_id:
        return {**entry, "state": _("Added evidence")}
    if report.taken_back_at is not None:
        words = taken_back_words(report.taken_back_at, report.taken_back_why)
        state = QuestionState.UPHELD.label
        return {**entry, "state": state, "note": words}
    if step.closed_on != report.reported_on:
        return {**entry, "state": ""}
    promise, today = step.promise, timezone.localdate()
    return {**entry, "state": state_words(promise, today), "mark": mark_of(promise, today).value}


def due_commitments(today: date) -> QuerySet[Commitment]:
    """Return what is overdue, due within 30 days, or was moved and is past its first deadline.

    Only of projects that are still carried out; each has its `kind`.
    """
    moved = CommitmentChange.objects.applied().filter(
        commitment=OuterRef("pk"), step=None, part=ChangedPart.DEADLINE, old_day__lt=today
    )
    return (
        readable_promises()
        .filter(project__state__in=KEEPING)
        .unkept()
        .annotate(was_moved=Exists(moved))
        .filter(Q(deadline__lte=today + timedelta(days=SOON)) | Q(was_moved=True))
        .annotate(
            kind=Case(
                When(deadline__lt=today, then=Value(LATE)),
                When(was_moved=True, then=Value(MOVED)),
                default=Value(NEAR),
                output_field=CharField(),
            )
        )
    )


def shown_commitments() -> QuerySet[Commitment]:
    """Return what is late or due soon with what the list shows of it."""
    rows = due_commitments(timezone.localdate())
    rows = rows.select_related("project__organization__unit", "project__page").defer(*HEAVY)
    return rows.prefetch_related("steps")


def due_entry(commitment: Commitment, request: HttpRequest, today: date) -> dict[str, Any]:
    """Return what the list of late and near deadlines shows of a commitment."""
    promise = commitment.promise
    left = (commitment.deadline - today).days if commitment.deadline else 0
    near = _("due today") if left == 0 else _("%(days)s days left") % {"days": left}
    mark = marked(promise, today)
    is_late = mark["mark"] == Mark.LATE
    told = {
        "href": address_of(commitment, request),
        "title": commitment.name,
        "mark": mark["mark"],
        "is_late": is_late,
        "state": mark["state"] if is_late else near,
    }
    deadline = deadline_words(promise)
    steps = _("%(done)s of %(total)s steps done") % {"done": promise.closed, "total": promise.steps}
    whose = foot_of(commitment)
    if is_late:
        words = _("promised by %(deadline)s") % {"deadline": deadline}
        return {**told, "meta": in_a_row(words, steps), "foot": whose}
    facts = (*whose, deadline, lateness_words(promise, today), steps)
    return {**told, "meta": in_a_row(*facts), "moved": moved_words(commitment)}
