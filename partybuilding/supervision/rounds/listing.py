"""The feedback notices that residents read, as a narrowed list."""

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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.answers.wording import built_once, worded
from partybuilding.core.pages.facets import Facet, choice_facet, year_facet
from partybuilding.core.pages.lists import Listing, list_of
from partybuilding.core.states import Tone
from partybuilding.core.text.phrases import in_a_row
from partybuilding.organizations.filters import sector_facet, unit_facet
from partybuilding.organizations.states import SECTORS
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

    OVERDUE = "overdue", gettext_lazy("Rectification overdue")
    OPEN = "open", gettext_lazy("Being rectified")
    CLOSED = "closed", gettext_lazy("All rectified and closed")
    NONE = "none", gettext_lazy("Nothing to put right")
    REVOKED = "revoked", gettext_lazy("Notice revoked")
    CORRECTED = "corrected", gettext_lazy("Notice corrected by a later one")

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


def issued_notices() -> QuerySet[FeedbackNotice]:
    """Return the issued notices on projects whose page residents may read."""
    pages = ProjectPage.objects.readable().order_by().values("project")
    return FeedbackNotice.objects.readable().filter(project__in=pages)


def readable_notices(today: date | None = None) -> QuerySet[FeedbackNotice]:
    """Return the issued notices that residents may read, with where their findings stand."""
    return _readable_notices(today or timezone.localdate())


@built_once
def _readable_notices(today: date) -> QuerySet[FeedbackNotice]:
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
    # Of the same conditions, not of `standing_now`: each of its values would say all of them again.
    places = {code: Value(at) for at, code in enumerate(FindingsStanding)}
    urgency = Case(
        *(When(condition, then=places[code]) for condition, code in whens),
        default=places[FindingsStanding.NONE],
        output_field=IntegerField(),
    )
    return issued_notices().annotate(standing_now=standing, urgency=urgency)


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
    named = None if today else "notices"
    return list_of(readable_notices(today), query, FACETS, path, *ORDER, known_as=named)


def with_what_is_shown(notices: QuerySet[FeedbackNotice]) -> QuerySet[FeedbackNotice]:
    """Fetch what a card shows of each notice."""
    return (
        notices.select_related(
            "activity", "project__cycle", "project__organization__unit", "project__page", "corrects"
        )
        .defer(*HEAVY)
        .prefetch_related(with_findings(), "corrections")
    )


#: What a card shows of a notice's project.
OF_PROJECT = (
    *("project__sector", "project__cycle__year", "project__page__title"),
    *("project__page__path", "project__page__depth", "project__page__url_path"),
)


@worded
def told_notices(keys: tuple[int, ...]) -> QuerySet[FeedbackNotice]:
    """Return notices with what a card shows of them; what they say was frozen, so nothing else of their projects."""
    own = [field.name for field in FeedbackNotice._meta.concrete_fields]
    shown = (*own, *(f"corrects__{name}" for name in own), *OF_PROJECT)
    rows = FeedbackNotice.objects.filter(pk__in=keys)
    rows = rows.select_related("project__cycle", "project__page", "corrects").only(*shown)
    return rows.prefetch_related(with_findings(), "corrections")


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
            "sign": SECTORS.sign(notice.project.sector),
            "about": in_a_row(notice.told.organizations[0], _when(notice), notice.number),
        }
        for notice in notices
    ]


def _when(notice: FeedbackNotice) -> str:
    """Name the quarter; where it lies outside of the programme year, that too, so that nobody mixes them up."""
    when, year = when_words(notice.told), notice.project.cycle.year
    if notice.told.period.year == year:
        return when
    return _("%(when)s, on a project of %(year)s") % {"when": when, "year": year}


def address_of(notice: FeedbackNotice, request: HttpRequest | None) -> str:
    """Return where residents read a notice: on its project's page."""
    return f"{notice.project.page.get_url(request) or ''}#supervision"
