"""Supervision taken along: the public findings as CSV and as JSON, bulletins and notices as an Atom feed."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.core.pages.feeds import NEWEST, Asked, Entry, ListFeed
from partybuilding.core.pages.lists import Listing
from partybuilding.core.registers.exports import ExportColumn as Column
from partybuilding.core.registers.exports import Kind, as_csv, as_data
from partybuilding.supervision.bulletins.presentation import Figures
from partybuilding.supervision.bulletins.selectors import readable_bulletins
from partybuilding.supervision.index import SupervisionIndexPage
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.notices.models import FeedbackNotice, NoticeFinding
from partybuilding.supervision.notices.presentation import corrected_words, told_state
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.rounds.listing import address_of, notice_list, with_what_is_shown
from partybuilding.supervision.wording import when_words

for_any_cache = cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)


class Row(NamedTuple):
    """One public finding with the notice that tells it, and where its rectification stands."""

    notice: FeedbackNotice
    line: NoticeFinding
    stands: dict[str, Any]
    url: str

    @property
    def rectification(self) -> Rectification:
        """What became of the finding."""
        return self.line.rectification


COLUMNS = (
    Column(gettext_lazy("document number"), lambda row: row.notice.number, "number"),
    Column(gettext_lazy("issued at"), lambda row: row.notice.issued_on, "issued_on", Kind.DAY),
    Column(gettext_lazy("calendar year"), lambda row: row.notice.told.year, "year", Kind.NUMBER),
    Column(
        pgettext_lazy("column", "Quarter"),
        lambda row: row.notice.told.quarter,
        "quarter",
        Kind.NUMBER,
    ),
    Column(pgettext_lazy("column", "Number"), lambda row: row.notice.project.code, "code"),
    Column(gettext_lazy("project title"), lambda row: row.notice.project.page.title, "project"),
    Column(
        gettext_lazy("Leading organization"),
        lambda row: row.notice.told.organizations[0],
        "organization",
    ),
    Column(pgettext_lazy("column", "Reporting unit"), lambda row: row.notice.told.unit, "unit"),
    Column(gettext_lazy("finding"), lambda row: row.line.finding, "finding"),
    Column(gettext_lazy("what is asked for"), lambda row: row.line.requirement, "requirement"),
    Column(
        gettext_lazy("first deadline"),
        lambda row: row.rectification.first_deadline,
        "first_deadline",
        Kind.DAY,
    ),
    Column(
        gettext_lazy("to be rectified by"),
        lambda row: row.rectification.rectify_by,
        "rectify_by",
        Kind.DAY,
    ),
    Column(gettext_lazy("state"), lambda row: row.stands["state"], "state"),
    Column(gettext_lazy("code of the state"), lambda row: row.rectification.state, "state_code"),
    Column(
        gettext_lazy("days late against the first deadline"),
        lambda row: row.stands["days"],
        "days_late",
        Kind.NUMBER,
    ),
    Column(
        gettext_lazy("verified on"),
        lambda row: row.rectification.verified_on,
        "verified_on",
        Kind.DAY,
    ),
    Column(gettext_lazy("Address of the page"), lambda row: row.url, "url"),
)


def rows_of(listing: Listing, request: HttpRequest) -> Iterator[Row]:
    """Yield every finding of the notices that a query finds; revoked notices have none."""
    today = timezone.localdate()
    for notice in with_what_is_shown(listing.found):
        if notice.state != FeedbackState.ISSUED:
            continue
        url = request.build_absolute_uri(address_of(notice, request))
        for line in notice.findings.all():
            yield Row(notice, line, told_state(line.rectification, today), url)


@require_safe
@for_any_cache
def list_csv(request: HttpRequest) -> HttpResponse:
    """Return what the query lists as CSV."""
    rows = rows_of(notice_list(request.GET), request)
    return as_csv(_("Findings of supervision"), COLUMNS, rows)


@require_safe
@for_any_cache
def list_json(request: HttpRequest) -> HttpResponse:
    """Return what the query lists as JSON."""
    listing = notice_list(request.GET)
    findings = as_data(COLUMNS, rows_of(listing, request))
    content = {"query": listing.query, "notices": listing.count, "findings": findings}
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


class SupervisionFeed(ListFeed):
    """The newest bulletins, and the notices that a query of the page finds."""

    index_model = SupervisionIndexPage
    heading = gettext_lazy("Supervision and rectification")

    def items(self, asked: Asked) -> list[Entry]:
        """Return the newest; bulletins are about all projects, so a narrowed list has none but of its years."""
        found = with_what_is_shown(asked.listing.found).order_by("-issued_at", "-pk")[:NEWEST]
        entries = [self.entry_of(notice, asked.request) for notice in found]
        if not any(asked.listing.chosen(name) for name in ("unit", "sector", "standing")):
            entries += _bulletins(asked)
        entries.sort(key=lambda entry: entry.published.timestamp() if entry.published else 0)
        return entries[::-1][:NEWEST]

    def entry_of(self, one: FeedbackNotice, request: HttpRequest) -> Entry:
        """Tell one notice by its number and its findings."""
        count = len(one.told.findings)
        words = ngettext("%(n)s finding", "%(n)s findings", count) % {"n": count}
        facts = {"project": one.project.page.title, "quarter": when_words(one.told)}
        return Entry(
            title=_("Feedback notice on %(project)s, %(quarter)s") % facts,
            text="；".join(
                filter(None, (one.number, one.revocation or words, corrected_words(one)))
            ),
            href=address_of(one, request),
            author=one.issuer,
            published=one.issued_at,
            updated=one.state_since,
        )


def _bulletins(asked: Asked) -> list[Entry]:
    found = readable_bulletins()
    if years := asked.listing.chosen("year"):
        found = found.filter(cycle__year__in=years)
    return [
        Entry(
            title=page.title,
            text=Figures(page.figures).sentence,
            href=page.get_url(asked.request) or "",
            author=page.issuer,
            published=page.first_published_at,
            updated=page.last_published_at,
        )
        for page in found[:NEWEST]
    ]
