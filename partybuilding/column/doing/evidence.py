"""The steps done last, as cards: with a picture of the evidence, else the seal of the field."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.column.doing.listing import readable_reports, shown_reports
from partybuilding.core.answers.wording import worded
from partybuilding.organizations.states import SECTORS
from partybuilding.progress.models import StepReport
from partybuilding.progress.words import figures_words, pictures_of
from partybuilding.projects.promises.cards import marked

#: Among so many of the newest reports those with a picture come first.
AMONG = 24


def latest_evidence(most: int, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the newest completed steps, one a project, those with pictures first; then by day."""
    chosen: dict[int, int] = {}
    for key, project, _is_pictured in sorted(_newest(), key=lambda row: not row[2]):
        chosen.setdefault(project, key)
    found = _told(tuple(chosen.values())[:most]) if chosen else []
    found.sort(key=lambda one: (one.reported_on, one.pk), reverse=True)
    return [card_of(report, request) for report in found]


@worded
def _newest() -> QuerySet[StepReport, Any]:
    """Return the newest reports of a step whose completion was not taken back: key, project, whether with pictures."""
    rows = readable_reports().filter(question=None, step__closed_on=F("reported_on"))
    pictured = ExpressionWrapper(~Q(pictures=[]), output_field=BooleanField())
    told = rows.annotate(is_pictured=pictured).order_by("-reported_on", "-pk")
    return told.values_list("pk", "step__commitment__project", "is_pictured")[:AMONG]


@worded
def _told(keys: tuple[int, ...]) -> QuerySet[StepReport]:
    return shown_reports().filter(pk__in=keys)


def card_of(report: StepReport, request: HttpRequest) -> dict[str, Any]:
    """Return what `components/evidence_card.html` shows of a report."""
    step = report.step
    project = step.commitment.project
    promise, today = step.promise, timezone.localdate()
    ahead = 0
    if promise.original and promise.closed_on:
        ahead = max(0, (promise.original - promise.closed_on).days)
    told = marked(promise, today)
    if ahead:
        told |= {"days": _("(%(days)s days early)") % {"days": ahead}, "is_early": True}
    pictures = pictures_of(report)
    figures = figures_words(report)
    return {
        "href": f"{project.page.get_url(request) or ''}#report-{report.pk}",
        "title": f"{step.title}：{figures}" if figures else step.title,
        "meta": project.told.organization,
        "date": report.reported_on,
        "image": pictures[0] if pictures else None,
        "sign": SECTORS.sign(project.sector),
        **told,
    }
