"""What residents read of a project's supervision: what was held, what was found, what became of it.

Published with the record itself; who was there and who recorded it never leaves the staff side.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.answers.wording import worded
from partybuilding.core.states import Tone
from partybuilding.projects.page.changed import newest
from partybuilding.projects.page.parts import (
    SUPERVISION,
    PageSection,
    Reading,
)
from partybuilding.supervision.corrections import told as corrected
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.selectors.figures import (
    Activities,
    Rectifications,
    activities_among,
    rectifications_among,
)
from partybuilding.supervision.selectors.files import supervision_of
from partybuilding.supervision.states import HELD, ActivityKind, Standing
from partybuilding.supervision.wording import (
    closing_words,
    correction_words,
    deadline_words,
    late_words,
    when_words,
)

if TYPE_CHECKING:
    from partybuilding.projects.models import Project


def supervision_part(reading: Reading) -> Mapping[str, Any] | None:
    """Return the rounds, findings and good practice of a project whose promises are public."""
    if not reading.project.has_promised:
        return None
    notices = _notices(reading)
    activities = supervision_of(reading.project)
    held = [one for one in activities if one.done_on is not None]
    visits = activities_among((one for one in activities if one.kind in HELD), reading.today)
    if not (held or visits.missed or notices):
        return None
    findings = [finding for one in held for finding in one.rectifications.all()]
    summary = _summary(visits, rectifications_among(findings, reading.today))
    return {
        "sum": "".join(summary),
        "entries": _entries(held, notices),
        "findings": [_finding(one, reading) for one in findings],
        "practice": [text for one in held if (text := _practice(one))],
    }


def words_of_supervision(project: "Project") -> Iterator[str]:
    """Yield what was seen, what was good, what was found, asked for and done about it."""
    for activity in supervision_of(project):
        if activity.done_on is None:
            continue
        visit = getattr(activity, "visit", None)
        yield visit.summary if visit else ""
        yield _practice(activity)
        for one in activity.rectifications.all():
            yield from (one.finding, one.requirement)
            yield _report_of(one)
            yield one.withdrawal


def _summary(visits: Activities, findings: Rectifications) -> list[str]:
    """Return the numbers as sentences; a feedback notice is no visit, what was withdrawn no finding."""
    words = [_("Supervised %(count)s times.") % {"count": visits.done}]
    if findings.found:
        told = {"count": findings.found, "closed": findings.closed}
        words.append(_("%(count)s findings, %(closed)s of them rectified and verified.") % told)
    elif visits.done:
        words.append(_("No findings."))
    if visits.missed:
        words.append(_("%(count)s activities were not held in time.") % {"count": visits.missed})
    return words


def changes_of(project: "Project") -> Iterator[Any]:
    """Yield when supervision of a project last told something new, as expressions."""
    yield newest(Visit.objects.filter(activity__project=project), "recorded_at")
    yield newest(Rectification.objects.filter(project=project), "state_since")
    yield newest(FeedbackNotice.objects.readable().filter(project=project), "state_since")


def _notices(reading: Reading) -> dict[int, list[FeedbackNotice]]:
    """Return the notices on the project that were issued, by their activity."""
    found: dict[int, list[FeedbackNotice]] = {}
    for notice in _notices_on(reading.project.pk):
        found.setdefault(notice.activity_id, []).append(notice)
    return found


@worded
def _notices_on(project: int) -> QuerySet[FeedbackNotice]:
    """Return the notices on a project that were issued, each with the number of the one that corrects it."""
    later = FeedbackNotice.objects.readable().filter(corrects=OuterRef("pk"))
    told = FeedbackNotice.objects.readable().filter(project=project)
    later_number = Subquery(later.order_by("-pk").values("number")[:1])
    told = told.annotate(later_number=later_number)  # type: ignore[no-redef]
    return told.order_by("pk")


def _entries(
    held: list[Activity], notices: dict[int, list[FeedbackNotice]]
) -> list[dict[str, Any]]:
    """Return what was held, the newest first, and the notices that were revoked without another."""
    told = [_entry(one, notices.pop(one.pk, [])) for one in held]
    revoked = [_revoked(one) for rest in notices.values() for one in rest]
    return sorted([*told, *revoked], key=lambda entry: entry["when"], reverse=True)


def _revoked(notice: FeedbackNotice) -> dict[str, Any]:
    return {
        "when": notice.issued_on,
        "title": ActivityKind.NOTICE.label,
        "text": _notice_words(notice),
        "tone": Tone.WITHDRAWN,
    }


def _entry(activity: Activity, notices: list[FeedbackNotice]) -> dict[str, Any]:
    visit = getattr(activity, "visit", None)
    corrections = map(correction_words, corrected(visit.corrections)) if visit else ()
    told = [visit.summary if visit else "", *corrections, *map(_notice_words, notices)]
    late = activity.stands() == Standing.HELD_LATE
    return {
        "when": activity.done_on,
        "title": activity.get_kind_display(),
        "who": when_words(activity),
        "text": "\n".join(text for text in told if text),
        "state": Standing.HELD_LATE.label if late else "",
        "tone": "waiting" if late else "positive",
    }


def _notice_words(notice: FeedbackNotice) -> str:
    """Name a notice by its number; a revoked one keeps it, with the reason."""
    if notice.revocation:
        told = {"number": notice.number, "reason": notice.revocation}
        return _("%(number)s (revoked: %(reason)s)") % told
    if notice.later_number:
        told = {"number": notice.number, "later": notice.later_number}
        return _("%(number)s (corrected by %(later)s)") % told
    return notice.number


def _practice(activity: Activity) -> str:
    visit = getattr(activity, "visit", None)
    return visit.good_practice if visit else ""


def _report_of(one: Rectification) -> str:
    """Return what was done about a finding, once it was verified."""
    return one.report if one.verified_on else ""


def _finding(one: Rectification, reading: Reading) -> dict[str, Any]:
    return {
        "finding": one.finding,
        "requirement": one.requirement,
        "found": _("%(when)s, %(kind)s")
        % {"when": when_words(one.activity), "kind": one.activity.get_kind_display()},
        "deadline": deadline_words(one),
        "state": one.state_row.public,
        "tone": one.state_row.tone,
        "late": late_words(one.days_late(reading.today)),
        "closed": closing_words(one),
        "report": _report_of(one),
        "withdrawn": one.withdrawal,
        "corrections": list(corrected(one.corrections)),
    }


SECTION = PageSection(
    "supervision",
    gettext_lazy("Supervision and rectification"),
    "partybuilding/supervision/part.html",
    supervision_part,
    SUPERVISION,
)
