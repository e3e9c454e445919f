"""The letterbox in numbers, month by month of receipt: counted from the rows, published or not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from partybuilding.core.pages.lists import heads, number
from partybuilding.core.selectors import count_of
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.models.queries import in_time, late
from partybuilding.opinions.states import OUTCOMES, REFUSALS, OpinionState
from partybuilding.projects.promises.bar import bar_of
from partybuilding.projects.promises.saying import told
from partybuilding.projects.states import Mark

IN_TIME, LATE, REFUSED, RUNNING = "in_time", "late", "refused", "running"


@dataclass
class Numbers:
    """Some opinions, counted.

    Every one is exactly one of: answered in time, late (answered late, or unanswered after its day),
    refused, running.
    """

    standing: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    published: int = 0
    withheld: int = 0

    @property
    def received(self) -> int:
        """How many arrived."""
        return self.standing.total()

    @property
    def answered(self) -> int:
        """How many were answered, in time or late."""
        return self.outcomes.total()

    @property
    def in_time(self) -> int:
        """How many were answered in time."""
        return self.standing[IN_TIME]

    @property
    def late(self) -> int:
        """How many were answered late, or wait beyond their day."""
        return self.standing[LATE]

    @property
    def refused(self) -> int:
        """How many were not taken up."""
        return self.standing[REFUSED]

    @property
    def running(self) -> int:
        """How many wait within their time."""
        return self.standing[RUNNING]

    @property
    def share_in_time(self) -> str:
        """The share answered in time of those that had to be answered by now; empty when none had."""
        due = self.in_time + self.late
        return f"{self.in_time / due:.0%}" if due else ""

    @property
    def marks(self) -> dict[Mark, int]:
        """The same on the one scale of states: of the late ones those that were answered stand apart."""
        answered_late = self.answered - self.in_time
        return {
            Mark.DONE: self.in_time,
            Mark.DONE_LATE: answered_late,
            Mark.UNDER_WAY: self.running,
            Mark.LATE: self.late - answered_late,
            Mark.STOPPED: self.refused,
        }

    def add(self, row: dict[str, Any]) -> None:
        """Count a row of the database."""
        n = row["n"]
        self.standing[row["standing"]] += n
        if row["refusal"]:
            self.refusals[row["refusal"]] += n
        if row["state"] == OpinionState.ANSWERED:
            self.outcomes[row["outcome"]] += n
        self.published += row["n_published"]
        self.withheld += row["n_withheld"]


def numbers_by_month(
    opinions: QuerySet | None = None, today: date | None = None
) -> dict[date, Numbers]:
    """Count opinions by the month of their receipt, in one query."""
    today = today or timezone.localdate()
    found = Opinion.objects.all() if opinions is None else opinions
    rows = (
        found.order_by()
        .annotate(
            month=TruncMonth("created_at"),
            standing=Case(
                When(state=OpinionState.REFUSED, then=Value(REFUSED)),
                When(in_time(), then=Value(IN_TIME)),
                When(late(today), then=Value(LATE)),
                default=Value(RUNNING),
                output_field=CharField(),
            ),
        )
        .values("month", "standing", "state", "refusal", "outcome")
        .annotate(
            n=Count("pk"),
            n_published=Count("published_at"),
            n_withheld=Count("pk", filter=~Q(withheld="")),
        )
    )
    months: dict[date, Numbers] = {}
    for row in rows:
        first = timezone.localdate(row["month"])
        months.setdefault(first, Numbers()).add(dict(row))
    return dict(sorted(months.items()))


def together(numbers: Iterable[Numbers]) -> Numbers:
    """Add numbers up."""
    total = Numbers()
    for one in numbers:
        total.standing += one.standing
        total.refusals += one.refusals
        total.outcomes += one.outcomes
        total.published += one.published
        total.withheld += one.withheld
    return total


def month_began(today: date) -> datetime:
    """Return the first moment of the month of a day."""
    return datetime(today.year, today.month, 1, tzinfo=timezone.get_current_timezone())


def counts_of_month(first: datetime, today: date) -> dict[str, Coalesce]:
    """Return how many opinions arrived in the month of a day, were answered and are late, as expressions.

    A page that asks another question anyway asks these with it.

    Args:
        first: when the month began.
    """
    arrived = Opinion.objects.filter(created_at__gte=first)
    return {
        "opinions_received": count_of(arrived),
        "opinions_answered": count_of(arrived.filter(state=OpinionState.ANSWERED)),
        "opinions_late": count_of(arrived.late(today)),
    }


def months_chart(months: dict[date, Numbers], year: int) -> dict[str, Any] | None:
    """Return a programme year's letterbox as bars with the sentence that they show, and the table."""
    if not months:
        return None
    with_year = {first.year for first in months} != {year}
    name = _("Year %(year)s") % {"year": year}
    if with_year and min(months).year < year:
        since = date_format(min(months), "YEAR_MONTH_FORMAT")
        name = _("Year %(year)s, since %(month)s") % {"year": year, "month": since}
    shown = {_month(first, with_year=with_year): numbers for first, numbers in months.items()}
    total = together(shown.values())
    facts = {"year": name, "n": total.received, "answered": total.answered, "late": total.late}
    finding = (
        _("%(year)s: %(n)s opinions arrived, %(answered)s are answered, %(late)s late.") % facts
    )
    if total.share_in_time:
        finding = _(
            "%(year)s: %(n)s opinions arrived, %(answered)s are answered; %(share)s in time, %(late)s late."
        ) % {**facts, "share": total.share_in_time}
    rows = [_row(label, numbers) for label, numbers in shown.items()]
    return {
        "id": "opinions-by-month",
        "finding": finding,
        "bars": [
            {"label": label, "due": numbers.received, "done": numbers.in_time}
            for label, numbers in shown.items()
        ],
        "most": max(numbers.received for numbers in shown.values()),
        "caption": _("The letterbox in %(year)s by month of receipt") % {"year": year},
        "columns": heads(pgettext("column", "Month"), *_headings()),
        "rows": [*rows, _row(pgettext("of numbers", "In all"), total)],
        "details": [*_classes(total)],
    }


#: What the marks are called of opinions, and how a sentence counts them.
LABELS = {
    Mark.DONE: pgettext_lazy("opinions", "Answered in time"),
    Mark.DONE_LATE: pgettext_lazy("opinions", "Answered late"),
    Mark.UNDER_WAY: pgettext_lazy("opinions", "Waiting"),
    Mark.LATE: pgettext_lazy("opinions", "Unanswered after its day"),
    Mark.STOPPED: pgettext_lazy("opinions", "Not taken up"),
}
COUNTED = {
    Mark.DONE: gettext_lazy("%(count)s answered in time"),
    Mark.DONE_LATE: gettext_lazy("%(count)s answered late"),
    Mark.UNDER_WAY: gettext_lazy("%(count)s in hand"),
    Mark.LATE: gettext_lazy("%(count)s unanswered after their day"),
    Mark.STOPPED: gettext_lazy("%(count)s not taken up"),
}


def summary_of(total: Numbers) -> dict[str, Any]:
    """Say what became of some opinions, in a sentence and as a bar."""
    clauses: list[tuple[Mark | None, str]] = [
        (None, _("%(count)s opinions arrived") % {"count": total.received})
    ]
    clauses += [
        (mark, words % {"count": total.marks[mark]})
        for mark, words in COUNTED.items()
        if total.marks[mark]
    ]
    return {
        "say": told(clauses),
        "bar": bar_of(total.marks, labels=LABELS),
        "published": published_words(total.answered, total.published, total.withheld),
    }


def published_words(answered: int, published: int, withheld: int) -> str:
    """Say why fewer answers can be read than were given; nothing where all can be."""
    undecided = answered - published - withheld
    counted = (
        (published, _("%(count)s published")),
        (withheld, _("%(count)s told to the writer alone and not published")),
        (undecided, _("of %(count)s it is not decided yet")),
    )
    if published >= answered:
        return ""
    said = [words % {"count": count} for count, words in counted if count]
    between = pgettext("between clauses", ", ")
    return _("Of the answers given: %(counts)s.") % {"counts": between.join(said)}


def _month(first: date, *, with_year: bool) -> str:
    if with_year:
        return date_format(first, "YEAR_MONTH_FORMAT")
    return _("Month %(number)s") % {"number": first.month}


def _headings() -> tuple[str, ...]:
    return (
        pgettext("opinions", "Received"),
        pgettext("opinions", "Answered in time"),
        pgettext("opinions", "Late"),
        pgettext("opinions", "Not taken up"),
        pgettext("opinions", "Waiting"),
        pgettext("opinions", "Published"),
    )


def _row(label: str, numbers: Numbers) -> list[Any]:
    values = (
        numbers.received,
        numbers.in_time,
        numbers.late,
        numbers.refused,
        numbers.running,
        numbers.published,
    )
    return [label, *map(number, values)]


def _classes(total: Numbers) -> Iterable[dict[str, Any]]:
    """Return by what outcome the answered ended, and why the others were not taken up."""
    for heading, counts, name, words in (
        (pgettext("column", "Outcome"), total.outcomes, "outcome", OUTCOMES),
        (_("Why not taken up"), total.refusals, "refusalclass", REFUSALS),
    ):
        rows = [[label, number(counts[code])] for code, label in words.items() if counts[code]]
        if rows:
            yield {
                "id": f"opinions-{name}",
                "caption": heading,
                "columns": heads(heading, pgettext("opinions", "Number")),
                "rows": rows,
            }
