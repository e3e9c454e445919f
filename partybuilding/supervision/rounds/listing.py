"""The feedback notices that residents read: narrowed by year, quarter, unit, field and what became of the findings."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.pages.lists import Facet, FacetList, facet_list
from partybuilding.organizations.models import Organization
from partybuilding.organizations.states import Sector
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import HEAVY
from partybuilding.supervision.notices.models import FeedbackNotice, NoticeFinding
from partybuilding.supervision.notices.sections import public_card
from partybuilding.supervision.notices.selectors import with_findings
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.rounds.states import FindingsStanding
from partybuilding.supervision.states import UNRESOLVED, RectificationState
from partybuilding.supervision.wording import quarter_name, when_words

ORDER = ("-activity__year", "-activity__quarter", "urgency", "project__code", "-pk")
UNIT = "project__organization__unit"


def readable_notices(today: date | None = None) -> QuerySet[FeedbackNotice]:
    """Return the issued notices on projects whose page residents may read, with where their findings stand."""
    today = today or timezone.localdate()
    pages = ProjectPage.objects.readable().order_by().values("project")
    told = NoticeFinding.objects.filter(notice=OuterRef("pk"))
    late = Q(rectification__state=RectificationState.ISSUED, rectification__rectify_by__lt=today)
    whens = (
        (Q(state=FeedbackState.REVOKED), FindingsStanding.REVOKED),
        (Q(state=FeedbackState.CORRECTED), FindingsStanding.CORRECTED),
        (Exists(told.filter(late)), FindingsStanding.OVERDUE),
        (
            Exists(told.filter(rectification__state__in=UNRESOLVED)),
            FindingsStanding.OPEN,
        ),
        (Exists(told), FindingsStanding.CLOSED),
    )
    urgency = [FindingsStanding(code).value for code in FindingsStanding]
    standing = Case(
        *(When(condition, then=Value(code.value)) for condition, code in whens),
        default=Value(FindingsStanding.NONE.value),
        output_field=CharField(),
    )
    return (
        FeedbackNotice.objects.readable()
        .filter(project__in=pages)
        .annotate(standing_now=standing)
        .annotate(
            urgency=Case(
                *(When(standing_now=code, then=Value(at)) for at, code in enumerate(urgency)),
                output_field=IntegerField(),
            )
        )
    )


def facets_of(units: dict[int, str]) -> tuple[Facet, ...]:
    """Return what the list can be narrowed to; units by their key, in the order of their codes."""
    places = list(units)
    return (
        Facet(
            "year",
            pgettext_lazy("column", "Year"),
            "project__cycle__year",
            lambda year: _("Year %(year)s") % {"year": year},
            order=lambda year: -year,
        ),
        Facet(
            "quarter",
            pgettext_lazy("column", "Quarter"),
            "activity__quarter",
            quarter_name,
            order=int,
        ),
        Facet(
            "unit",
            pgettext_lazy("column", "Reporting unit"),
            UNIT,
            lambda key: units.get(key, ""),
            order=lambda key: places.index(key) if key in units else len(places),
        ),
        Facet(
            "sector",
            pgettext_lazy("column", "Field"),
            "project__sector",
            lambda code: str(Sector(code).label),
            order=Sector.values.index,
        ),
        Facet(
            "standing",
            pgettext_lazy("column", "Rectification"),
            "standing_now",
            lambda code: str(FindingsStanding(code).label),
            order=FindingsStanding.values.index,
        ),
    )


def notice_list(query: Any, path: str = "", today: date | None = None) -> FacetList:
    """List what an address asks for; unknown parameters and values are ignored. Four queries with its page."""
    units = dict(Organization.objects.reporting_units().values_list("pk", "name"))
    return facet_list(readable_notices(today), query, facets_of(units), path, *ORDER)


def with_what_is_shown(notices: QuerySet[FeedbackNotice]) -> QuerySet[FeedbackNotice]:
    """Fetch what a card shows of each notice."""
    return (
        notices.select_related(
            "activity", "project__organization__unit", "project__page", "corrects"
        )
        .defer(*HEAVY)
        .prefetch_related(with_findings(), "corrections")
    )


def cards_of(
    notices: Iterable[FeedbackNotice], request: HttpRequest, today: date | None = None
) -> list[dict[str, Any]]:
    """Return the cards of a list: each notice under its project's name."""
    today = today or timezone.localdate()
    return [
        {
            **public_card(notice, today),
            "title": notice.project.page.title,
            "href": address_of(notice, request),
            "about": f"{notice.told.organizations[0]} · {when_words(notice.told)} · {notice.number}",
        }
        for notice in notices
    ]


def address_of(notice: FeedbackNotice, request: HttpRequest) -> str:
    """Return where residents read a notice: on its project's page."""
    return f"{notice.project.page.get_url(request) or ''}#supervision"


def chosen(listing: FacetList, name: str) -> list[str]:
    """Return the values of a facet that the address asks for."""
    return [choice.value for choice in listing.choices[name] if choice.chosen]
