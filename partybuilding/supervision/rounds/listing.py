"""The feedback notices that residents read, as a narrowed list, and the table of its rounds."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
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
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from partybuilding.core.answers.memory import remembered
from partybuilding.core.answers.wording import built_once, worded
from partybuilding.core.pages.facets import Facet, choice_facet, year_facet
from partybuilding.core.pages.lists import Listing, heads, list_of, number
from partybuilding.core.states import Tone
from partybuilding.core.text.phrases import in_a_row
from partybuilding.organizations.filters import sector_facet, unit_facet
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.bar import bar_of
from partybuilding.projects.promises.saying import told
from partybuilding.projects.promises.selectors import HEAVY
from partybuilding.projects.states import Mark
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity
from partybuilding.supervision.notices.models import FeedbackNotice, NoticeFinding
from partybuilding.supervision.notices.sections import public_card
from partybuilding.supervision.notices.selectors import is_told, with_findings
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.selectors.figures import (
    Activities,
    Rectifications,
    activity_figures,
    public_activities,
    public_rectifications,
    rectification_figures,
)
from partybuilding.supervision.states import UNRESOLVED, ActivityKind, RectificationState
from partybuilding.supervision.wording import quarter_name, quarter_words, when_words

#: The filters of the list that narrow the rounds too, with the fields of a project.
NARROWING = {
    "year": "project__cycle__year",
    "unit": "project__organization__unit",
    "sector": "project__sector",
}
#: How many of the newest calendar years are shown until a programme year is asked for.
YEARS = 2


def rounds_of(listing: Listing, today: date | None = None) -> dict[str, Any] | None:
    """Return the table of the programme years that a list asks for, or of the newest calendar years.

    Of the same rows as the bulletins: of projects whose page residents may read, on the day `day`.
    """
    today = today or timezone.localdate()
    read = partial(_figures, listing, today)
    is_shared = not any(listing.chosen(name) for name in NARROWING)
    held, found, untold = remembered(("rounds", today), read) if is_shared else read()
    quarters = sorted({Quarter(*key[:2]) for key in (*held, *found)}, reverse=True)
    if not listing.chosen("year"):
        years = sorted({quarter.year for quarter in quarters}, reverse=True)[:YEARS]
        quarters = [quarter for quarter in quarters if quarter.year in years]
    if not quarters:
        return None
    there = {kind for *quarter, kind in held if Quarter(*quarter) in quarters}
    kinds = [code for code in ActivityKind.values if code in there]
    rows = []
    for one in quarters:
        of_kinds = [held.get((one.year, one.number, code), Activities()) for code in kinds]
        findings = found.get((one.year, one.number), Rectifications())
        rows.append(
            [
                quarter_words(one),
                *(
                    number(_("%(held)s/%(planned)s") % {"held": n.done, "planned": n.planned})
                    for n in of_kinds
                ),
                *map(number, (findings.found, findings.closed, findings.overdue)),
            ]
        )
    columns = heads(
        pgettext("column", "Quarter"),
        *(str(ActivityKind(code).label) for code in kinds),
        pgettext("rounds", "Findings"),
        pgettext("rounds", "Closed"),
        pgettext("rounds", "Overdue"),
    )
    shown = [numbers for key, numbers in found.items() if Quarter(*key[:2]) in quarters]
    left = sum(n.found for key, n in untold.items() if Quarter(*key[:2]) in quarters)
    return {
        "columns": columns,
        "rows": rows,
        "day": today,
        "untold": untold_words(left),
        **_summary(shown),
    }


def _figures(
    listing: Listing, today: date
) -> tuple[dict[Any, Activities], dict[Any, Rectifications], dict[Any, Rectifications]]:
    """Count what was to be held, by quarter and kind, what was found, and what of it no notice tells, by quarter."""
    activities = _narrowed(public_activities().begun(today), listing)
    findings = _narrowed(public_rectifications().counted(), listing)
    of_quarter = ("activity__year", "activity__quarter")
    return (
        activity_figures(activities, "year", "quarter", "kind", today=today),
        rectification_figures(findings, *of_quarter, today=today),
        rectification_figures(findings.filter(~is_told()), *of_quarter, today=today),
    )


def untold_words(count: int) -> str:
    """Say why the list and the open data have fewer findings than were counted; nothing where they have all."""
    if not count:
        return ""
    return ngettext(
        "%(count)s of them stands in no issued feedback notice yet: its project's page shows it, the list below"
        " and the open data will once the notice is out.",
        "%(count)s of them stand in no issued feedback notice yet: their projects' pages show them, the list below"
        " and the open data will once the notices are out.",
        count,
    ) % {"count": count}


#: What the marks are called of findings, and how a sentence counts them.
LABELS = {
    Mark.DONE: pgettext_lazy("findings", "Closed in time"),
    Mark.DONE_LATE: pgettext_lazy("findings", "Closed late"),
    Mark.UNDER_WAY: gettext_lazy("Being rectified"),
    Mark.LATE: gettext_lazy("Rectification overdue"),
}
COUNTED = {
    Mark.DONE: pgettext_lazy("findings", "%(count)s closed in time"),
    Mark.DONE_LATE: pgettext_lazy("findings", "%(count)s closed late"),
    Mark.UNDER_WAY: pgettext_lazy("findings", "%(count)s being rectified"),
    Mark.LATE: pgettext_lazy("findings", "%(count)s overdue"),
}


def _summary(found: Sequence[Rectifications]) -> dict[str, Any]:
    """Say what the rounds found and what became of it, in a sentence and as a bar."""
    counts = {
        Mark.DONE: sum(one.closed - one.closed_late for one in found),
        Mark.DONE_LATE: sum(one.closed_late for one in found),
        Mark.UNDER_WAY: sum(one.open - one.overdue for one in found),
        Mark.LATE: sum(one.overdue for one in found),
    }
    total = sum(counts.values())
    opening = _("%(count)s problems found in these quarters") if total else _("No problem found")
    clauses: list[tuple[Mark | None, str]] = [(None, opening % {"count": total})]
    clauses += [
        (mark, words % {"count": counts[mark]}) for mark, words in COUNTED.items() if counts[mark]
    ]
    return {"say": told(clauses), "bar": bar_of(counts, labels=LABELS)}


def held_rounds() -> QuerySet[Activity]:
    """Return the visits that were held on projects whose page residents may read."""
    return public_activities().visits().filter(done_on__isnull=False)


def _narrowed(rows: Any, listing: Listing) -> Any:
    """Keep what is of the projects that the list asks for."""
    for name, lookup in NARROWING.items():
        if values := listing.chosen(name):
            rows = rows.filter(**{f"{lookup}__in": values})
    return rows


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
