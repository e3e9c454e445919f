"""Supervision taken along: the public findings as CSV and as JSON, bulletins and notices as an Atom feed."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partybuilding.core.answers.wording import in_order
from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.core.pages.feeds import NEWEST, Asked, Entry, ListFeed
from partybuilding.core.registers.exports import AT_ONCE, LONG, Kind, as_csv, as_json, link_column
from partybuilding.core.registers.exports import ExportColumn as Column
from partybuilding.supervision.bulletins.presentation import Figures
from partybuilding.supervision.bulletins.selectors import readable_bulletins
from partybuilding.supervision.index import SupervisionIndexPage
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.notices.models import FeedbackNotice, NoticeFinding
from partybuilding.supervision.notices.presentation import corrected_words, told_state
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.rounds.listing import (
    address_of,
    issued_notices,
    notice_list,
    told_notices,
    with_what_is_shown,
)
from partybuilding.supervision.states import RectificationState
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
    Column(
        gettext_lazy("document number"),
        lambda row: row.notice.number,
        "number",
        meaning=gettext_lazy("Of the feedback notice that tells the finding."),
    ),
    Column(
        gettext_lazy("issued at"),
        lambda row: row.notice.issued_on,
        "issued_on",
        Kind.DAY,
        meaning=gettext_lazy("The day of the notice."),
    ),
    Column(
        gettext_lazy("calendar year"),
        lambda row: row.notice.told.year,
        "year",
        Kind.NUMBER,
        meaning=gettext_lazy("The year of the round of supervision."),
    ),
    Column(
        pgettext_lazy("column", "Quarter"),
        lambda row: row.notice.told.quarter,
        "quarter",
        Kind.NUMBER,
        meaning=gettext_lazy("The quarter of the round of supervision."),
    ),
    Column(
        pgettext_lazy("column", "Number"),
        lambda row: row.notice.project.code,
        "code",
        meaning=gettext_lazy("Of the project that was supervised."),
    ),
    Column(
        gettext_lazy("project title"),
        lambda row: row.notice.project.page.title,
        "project",
        meaning=gettext_lazy("As on its page."),
    ),
    Column(
        gettext_lazy("Leading organization"),
        lambda row: row.notice.told.organizations[0],
        "organization",
        meaning=gettext_lazy("As the notice names it."),
    ),
    Column(
        pgettext_lazy("column", "Reporting unit"),
        lambda row: row.notice.told.unit,
        "unit",
        meaning=gettext_lazy("As the notice names it."),
    ),
    Column(
        gettext_lazy("finding"),
        lambda row: row.line.finding,
        "finding",
        meaning=gettext_lazy("What was found wanting."),
    ),
    Column(
        gettext_lazy("what is asked for"),
        lambda row: row.line.requirement,
        "requirement",
        meaning=gettext_lazy("What is to be put right."),
    ),
    Column(
        gettext_lazy("first deadline"),
        lambda row: row.rectification.first_deadline,
        "first_deadline",
        Kind.DAY,
        meaning=gettext_lazy("The deadline that the notice set."),
    ),
    Column(
        gettext_lazy("to be rectified by"),
        lambda row: row.rectification.rectify_by,
        "rectify_by",
        Kind.DAY,
        meaning=gettext_lazy("The deadline that holds, prolonged or not."),
    ),
    Column(
        gettext_lazy("state"),
        lambda row: row.stands["state"],
        "state",
        meaning=gettext_lazy("Where the rectification stands, late or not."),
    ),
    Column(
        gettext_lazy("code of the state"),
        lambda row: row.rectification.state,
        "state_code",
        meaning=gettext_lazy("Where the rectification stands."),
        codes=dict(RectificationState.choices),
    ),
    Column(
        gettext_lazy("days late against the first deadline"),
        lambda row: row.stands["days"],
        "days_late",
        Kind.NUMBER,
        meaning=gettext_lazy("Counted to the day it was verified, or to the day of the data."),
        unit=pgettext_lazy("unit", "days"),
    ),
    Column(
        gettext_lazy("verified on"),
        lambda row: row.rectification.verified_on,
        "verified_on",
        Kind.DAY,
        meaning=gettext_lazy("When it was found put right."),
    ),
    link_column(lambda row: row.url),
)


def rows_of(
    notices: QuerySet[FeedbackNotice],
    absolute: Callable[[str], str],
    request: HttpRequest | None = None,
) -> Iterator[Row]:
    """Yield every finding of some notices; revoked notices have none.

    Args:
        absolute: makes an address one that others find.
    """
    today = timezone.localdate()
    for notice in with_what_is_shown(notices).iterator(chunk_size=AT_ONCE):
        if notice.state != FeedbackState.ISSUED:
            continue
        url = absolute(address_of(notice, request))
        for line in notice.findings.all():
            yield Row(notice, line, told_state(line.rectification, today), url)


@require_safe
@for_any_cache
def list_csv(request: HttpRequest) -> HttpResponseBase:
    """Return what the query lists as CSV."""
    listing = notice_list(request.GET)
    rows = rows_of(listing.found, request.build_absolute_uri, request)
    return as_csv(_("Findings of supervision"), COLUMNS, rows, is_long=listing.count > LONG)


@require_safe
@for_any_cache
def list_json(request: HttpRequest) -> HttpResponseBase:
    """Return what the query lists as JSON."""
    listing = notice_list(request.GET)
    about = {"query": listing.query, "notices": listing.count}
    rows = rows_of(listing.found, request.build_absolute_uri, request)
    return as_json(about, "findings", COLUMNS, rows, is_long=listing.count > LONG)


class SupervisionFeed(ListFeed):
    """The newest bulletins, and the notices that a query of the page finds."""

    index_model = SupervisionIndexPage
    heading = gettext_lazy("Supervision and rectification")
    dated = "issued_at"

    def rows(self) -> QuerySet:
        """Return every notice with what is told of it."""
        return with_what_is_shown(issued_notices())

    def newest(self, request: HttpRequest, since: datetime | None = None) -> list[Entry]:
        """Return the newest notices, and the bulletins."""
        return [*super().newest(request, since), *_bulletins(request)]

    def items(self, asked: Asked) -> list[Entry]:
        """Return the newest; bulletins are about all projects, so a narrowed list has none but of its years."""
        newest = asked.listing.found.order_by("-issued_at", "-pk")[:NEWEST]
        found = in_order(tuple(newest.values_list("pk", flat=True)), told_notices)
        entries = [self.entry_of(notice, asked.request) for notice in found]
        if not any(asked.listing.chosen(name) for name in ("unit", "sector", "standing")):
            entries += _bulletins(asked.request, asked.listing.chosen("year"))
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


def _bulletins(request: HttpRequest, years: Sequence[str] = ()) -> list[Entry]:
    found = readable_bulletins()
    if years:
        found = found.filter(cycle__year__in=years)
    return [
        Entry(
            title=page.title,
            text=Figures(page.figures).sentence,
            href=page.get_url(request) or "",
            author=page.issuer,
            published=page.first_published_at,
            updated=page.last_published_at,
        )
        for page in found[:NEWEST]
    ]
