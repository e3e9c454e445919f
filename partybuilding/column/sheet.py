"""The one-page notice of a project (公示单): its promises on paper for the village's board, with a code to scan."""

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from partybuilding.column.doing.views import readable_page
from partybuilding.column.sheet_size import fitting
from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.progress.parts import commitments_part
from partybuilding.projects.models import Commitment
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.page.parts import Reading
from partybuilding.projects.states import ChangedPart, Duty


def code_of(address: str) -> SafeString:
    """Draw a code to scan that leads to an address, as an SVG without a style of its own.

    A quarter of it may be soiled or torn; four cells of white stand around it.
    """
    code = segno.make(address, error="q", micro=False)
    drawn = code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(drawn)  # noqa: S308  # safe: of segno alone, the address stands in it as cells


@require_safe
def project_sheet(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show the sheet of a project that residents may read."""
    page = readable_page(year, code)
    project = page.project
    reading = Reading(page, project, request)
    part: dict[str, Any] = dict(commitments_part(reading) or {"rows": [], "say": []})
    rows = [
        {**row, "reasons": reasons_of(commitment, row)}
        for row, commitment in zip(part["rows"], reading.commitments, strict=True)
    ]
    size, has_summary = fitting(rows, page.title, page.summary)
    for row in rows:
        row["reasons"] = [Truncator(text).chars(size.reason, "……") for text in row["reasons"]]
    address = page.get_full_url(request)
    way_back = [*page.way_back(request), {"text": _("One-page notice"), "href": ""}]
    way_back[-2] = {**way_back[-2], "href": page.get_url(request) or ""}
    context = {
        "project_page": page,
        "project": project,
        "secretary": next((one for one in reading.posts if _leads(one, reading)), None),
        "grade": announced_grade(project),
        "say": part["say"],
        "rows": rows,
        "size": size.code,
        "summary": page.summary if has_summary else "",
        "caption": ngettext("%(count)s commitment", "%(count)s commitments", len(rows))
        % {"count": len(rows)},
        "days": project.cycle.opinion_answer_days,
        "today": timezone.localdate(),
        "code": code_of(address),
        "address": address.partition("://")[2],
        "page_href": page.get_url(request),
        "letterbox": reverse("letterbox"),
        "way_back": way_back,
    }
    response = render(request, "partybuilding/column/sheet.html", context)
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
    return response


def _leads(post: Any, reading: Reading) -> bool:
    return post.duty == Duty.SECRETARY and post.holds_on(reading.today)


def reasons_of(commitment: Commitment, row: dict[str, Any]) -> list[str]:
    """Say why a promise was moved, and why it was not kept; on the sheet each is cut to what there is room for."""
    moves = [
        change
        for change in commitment.applied_changes
        if change.step is None and change.part == ChangedPart.DEADLINE
    ]
    told = []
    if moves:
        words = {**row, "reason": moves[-1].reason}
        told.append(_("%(moved)s, %(moved_to)s: %(reason)s") % words)
    return [*told, *filter(None, [row["explanation"]])]
