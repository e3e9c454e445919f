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
    TextChoices,
    Value,
    When,
)
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.pages.facets import Facet, choice_facet, year_facet
from partybuilding.core.pages.lists import Listing, list_of
from partybuilding.core.states import Tone
from partybuilding.organizations.facets import sector_facet, unit_facet
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import HEAVY
from partybuilding.supervision.notices.models import FeedbackNotice, NoticeFinding
from partybuilding.supervision.notices.sections import public_card
from partybuilding.supervision.notices.selectors import with_findings
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.states import UNRESOLVED, RectificationState
from partybuilding.supervision.wording import quarter_name, when_words

ORDER = ("-activity__year", "-activity__quarter", "urgency", "project__code", "-pk")


class FindingsStanding(TextChoices):
    """How far the findings of one notice were put right, what needs attention first."""

    OVERDUE = "overdue", _("Rectification overdue")
    OPEN = "open", _("Being rectified")
    CLOSED = "closed", _("All rectified and closed")
    NONE = "none", _("Nothing to put right")
    REVOKED = "revoked", _("Notice revoked")
    CORRECTED = "corrected", _("Notice corrected by a later one")

    @property
    def tone(self) -> Tone:
        """How it looks."""
        return TONES[self]


TONES = {
    FindingsStanding.OVERDUE: Tone.NEGATIVE,
    FindingsStanding.OPEN: Tone.ACTIVE,
    FindingsStanding.CLOSED: Tone.POSITIVE,
    FindingsStanding.NONE: Tone.NEUTRAL,
    FindingsStanding.REVOKED: Tone.WITHDRAWN,
    FindingsStanding.CORRECTED: Tone.WITHDRAWN,
}


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
                *(
                    When(standing_now=code.value, then=Value(at))
                    for at, code in enumerate(FindingsStanding)
                ),
                output_field=IntegerField(),
            )
        )
    )


FACETS = (
    year_facet("project__cycle__year"),
    Facet(
        "quarter",
        pgettext_lazy("column", "Quarter"),
        "activity__quarter",
        words=lambda quarter: quarter_name(int(quarter)),
        order=int,
    ),
    unit_facet("project__organization__unit"),
    sector_facet("project__sector"),
    choice_facet(
        "standing", pgettext_lazy("column", "Rectification"), "standing_now", FindingsStanding
    ),
)


def notice_list(query: Any, path: str = "", today: date | None = None) -> Listing:
    """List what an address asks for; unknown parameters and values are ignored."""
    return list_of(readable_notices(today), query, FACETS, path, *ORDER)


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
