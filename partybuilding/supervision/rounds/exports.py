"""The public findings as data: the same query as CSV and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict, astuple, dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.core.pages.lists import Listing
from partybuilding.core.registers.csv_files import csv_response
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.notices.words import told_state
from partybuilding.supervision.rounds.listing import address_of, notice_list, with_what_is_shown

for_any_cache = cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)

COLUMNS = {
    "number": gettext_lazy("document number"),
    "issued_on": gettext_lazy("issued at"),
    "year": gettext_lazy("calendar year"),
    "quarter": pgettext_lazy("column", "Quarter"),
    "code": pgettext_lazy("column", "Number"),
    "project": gettext_lazy("project title"),
    "organization": gettext_lazy("Leading organization"),
    "unit": pgettext_lazy("column", "Reporting unit"),
    "finding": gettext_lazy("finding"),
    "requirement": gettext_lazy("what is asked for"),
    "first_deadline": gettext_lazy("first deadline"),
    "rectify_by": gettext_lazy("to be rectified by"),
    "state": gettext_lazy("state"),
    "state_code": gettext_lazy("code of the state"),
    "days_late": gettext_lazy("days late against the first deadline"),
    "verified_on": gettext_lazy("verified on"),
    "url": gettext_lazy("Address of the page"),
}


@dataclass(frozen=True)
class FindingRow:
    """One public finding as data; days in ISO 8601, in the order of the columns."""

    number: str
    issued_on: str
    year: int
    quarter: int
    code: str
    project: str
    organization: str
    unit: str
    finding: str
    requirement: str
    first_deadline: str
    rectify_by: str
    state: str
    state_code: str
    days_late: int
    verified_on: str
    url: str


def rows_of(listing: Listing, request: HttpRequest) -> Iterator[FindingRow]:
    """Return every finding of the notices that a query finds; revoked notices have none."""
    today = timezone.localdate()
    for notice in with_what_is_shown(listing.found):
        if notice.state == FeedbackState.ISSUED:
            yield from _rows(notice, request, today)


def _rows(notice: FeedbackNotice, request: HttpRequest, today: Any) -> Iterator[FindingRow]:
    told, project = notice.told, notice.project
    for row in notice.findings.all():
        rectification, stands = row.rectification, told_state(row.rectification, today)
        yield FindingRow(
            number=notice.number,
            issued_on=_day(notice.issued_on),
            year=told.year,
            quarter=told.quarter,
            code=project.code or "",
            project=project.page.title,
            organization=told.organizations[0],
            unit=told.unit,
            finding=row.finding,
            requirement=row.requirement,
            first_deadline=_day(rectification.first_deadline),
            rectify_by=_day(rectification.rectify_by),
            state=stands["state"],
            state_code=rectification.state,
            days_late=stands["days"],
            verified_on=_day(rectification.verified_on),
            url=request.build_absolute_uri(address_of(notice, request)),
        )


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


@require_safe
@for_any_cache
def list_csv(request: HttpRequest) -> HttpResponse:
    """Return what the query lists as CSV."""
    rows = rows_of(notice_list(request.GET), request)
    return csv_response(
        _("Findings of supervision"),
        [str(heading) for heading in COLUMNS.values()],
        (astuple(row) for row in rows),
    )


@require_safe
@for_any_cache
def list_json(request: HttpRequest) -> HttpResponse:
    """Return what the query lists as JSON."""
    listing = notice_list(request.GET)
    findings = [asdict(row) for row in rows_of(listing, request)]
    content = {"query": listing.query, "notices": listing.count, "findings": findings}
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})
