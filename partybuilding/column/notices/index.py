"""The list of notices that residents read: narrowed by kind, year and where the period stands; its feed."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.column.notices.pages import NoticePage, standing
from partybuilding.column.notices.states import NoticeKind, NoticeState
from partybuilding.core.pages.facets import Facet, choice_facet, year_facet
from partybuilding.core.pages.feeds import Entry, ListFeed
from partybuilding.core.pages.lists import ListIndexPage, Listing

ORDER = ("-first_published_at", "-pk")
#: The states in the order in which readers look for them.
STATES = (NoticeState.OPEN, NoticeState.UPCOMING, NoticeState.CLOSED)


def readable_notices() -> QuerySet[NoticePage]:
    """Return every notice that residents may read, the newest first, with the year it belongs to."""
    published = ExtractYear("first_published_at")
    year = Coalesce(F("cycle__year"), published, output_field=IntegerField())
    notices = NoticePage.objects.readable().annotate(year=year)
    return notices.defer("body", "attachments").order_by(*ORDER)


def line_of(notice: NoticePage, request: HttpRequest, today: date | None = None) -> dict[str, Any]:
    """Return what one line of a list of links shows of a notice."""
    today = today or timezone.localdate()
    state, period = notice.state(today), notice.period
    return {
        "href": notice.get_url(request) or "",
        "title": notice.title,
        "date": notice.first_published_at,
        "meta": period.words_left(today) if period else "",
        "state": str(state.label) if state else "",
        "tone": state.tone if state else "",
    }


class NoticeIndexPage(ListIndexPage):
    """All public notices, with filters."""

    column_type = pgettext_lazy("column type", "Notices")
    subpage_types = ["partybuilding.NoticePage"]
    template = "partybuilding/column/notice_index_page.html"

    facets = (
        choice_facet("kind", pgettext_lazy("notices", "Kind"), "kind", NoticeKind),
        Facet(
            "state",
            pgettext_lazy("notices", "Period"),
            "standing",
            words=lambda state: NoticeState(state).label,
            order=[state.value for state in STATES].index,
        ),
        year_facet("year", words=str),
    )
    order = ORDER

    class Meta:
        verbose_name = gettext_lazy("index of public notices")
        verbose_name_plural = gettext_lazy("indexes of public notices")

    @classmethod
    def listed(cls) -> QuerySet[NoticePage]:
        """Return every notice, with where its period stands today."""
        today = timezone.localdate()
        cases = (When(standing(state.value, today), then=Value(state.value)) for state in STATES)
        return readable_notices().annotate(standing=Case(*cases, output_field=CharField()))

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return the notices as lines, and the list as a feed."""
        feed = reverse("notices_feed")
        return {
            "lines": [line_of(notice, request) for notice in listing.page],
            "feed_url": feed,
            "feed_links": [{"text": _("Public notices"), "href": feed, "kind": "Atom"}],
        }


class NoticeFeed(ListFeed):
    """The notices that a query of the list finds, newest first."""

    index_model = NoticeIndexPage
    heading = gettext_lazy("Public notices")

    def rows(self) -> QuerySet:
        """Return every notice; how its period stands today no entry tells."""
        return readable_notices()

    def entry_of(self, one: NoticePage, request: HttpRequest) -> Entry:
        """Tell one notice by its kind and its period."""
        parts = (one.get_kind_display(), one.period.words if one.period else "")
        return Entry(
            title=one.title,
            text="；".join(part for part in parts if part),
            href=one.get_url(request) or "",
            author=one.issuer,
            published=one.first_published_at,
            updated=one.last_published_at,
        )
