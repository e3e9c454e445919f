"""The list of notices that residents read: narrowed by kind, year and where the period stands."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from partybuilding.column.notices.pages import NoticePage, standing
from partybuilding.column.notices.states import NoticeKind, NoticeState
from partybuilding.core.pages.facets import Facet, choice_facet, year_facet
from partybuilding.core.pages.lists import Listing, list_of

ORDER = ("-first_published_at", "-pk")
#: The states in the order in which readers look for them.
STATES = (NoticeState.OPEN, NoticeState.UPCOMING, NoticeState.CLOSED)
FACETS = (
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


def readable_notices() -> QuerySet[NoticePage]:
    """Return every notice that residents may read, the newest first, with the year it belongs to."""
    published = ExtractYear("first_published_at")
    year = Coalesce(F("cycle__year"), published, output_field=IntegerField())
    notices = NoticePage.objects.readable().annotate(year=year)
    return notices.defer("body", "attachments").order_by(*ORDER)


def notice_list(query: Any, path: str = "", today: date | None = None) -> Listing:
    """List what an address asks for; unknown parameters and values are ignored, never an error."""
    today = today or timezone.localdate()
    cases = (When(standing(state.value, today), then=Value(state.value)) for state in STATES)
    standing_on = Case(*cases, output_field=CharField())
    notices = readable_notices().annotate(standing=standing_on)
    return list_of(notices, query, FACETS, path, *ORDER)


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
