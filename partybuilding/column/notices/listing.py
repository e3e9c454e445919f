"""The list of notices that residents read: narrowed by kind, year and where the period stands."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import F, IntegerField, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from partybuilding.column.facets import Choice, chosen_values
from partybuilding.column.notices.pages import NoticePage, standing
from partybuilding.column.notices.states import NoticeKind, NoticeState

PER_PAGE = 20
LABELS = {
    "kind": pgettext_lazy("notices", "Kind"),
    "state": pgettext_lazy("notices", "Period"),
    "year": pgettext_lazy("column", "Year"),
}
#: What a notice has to do with each filter: its values, read once for all notices.
Row = tuple[str, str, str]


@dataclass
class Listing:
    """The notices that one query asked for."""

    found: QuerySet[NoticePage]
    page: PaginatorPage
    today: date
    filters: dict[str, list[Choice]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of notices found, on all pages."""
        return self.page.paginator.count

    @property
    def active(self) -> list[tuple[str, Choice]]:
        """The filters that are on."""
        return [(n, one) for n, choices in self.filters.items() for one in choices if one.chosen]

    def query(self, *, without: tuple[str, str] | None = None) -> str:
        """Write the query in its one form, without the page and one value taken off."""
        out = QueryDict(mutable=True)
        for name, choice in self.active:
            if without != (name, choice.value):
                out.appendlist(name, choice.value)
        return out.urlencode()


def readable_notices() -> QuerySet[NoticePage]:
    """Return every notice that residents may read, the newest first, with the year it belongs to."""
    published = ExtractYear("first_published_at")
    year = Coalesce(F("cycle__year"), published, output_field=IntegerField())
    return (
        NoticePage.objects.readable()
        .annotate(year=year)
        .defer("body")
        .order_by("-first_published_at", "-pk")
    )


def notice_list(query: Any, today: date | None = None) -> Listing:
    """List what a query asks for; unknown parameters and values are ignored, never an error."""
    today = today or timezone.localdate()
    notices = readable_notices()
    filters = _filters(notices, query, today)
    found = notices
    for name, choices in filters.items():
        values = [choice.value for choice in choices if choice.chosen]
        if values:
            found = _NARROW[name](found, values, today)
    return Listing(found, Paginator(found, PER_PAGE).get_page(query.get("page")), today, filters)


def _filters(notices: QuerySet, query: Any, today: date) -> dict[str, list[Choice]]:
    """Return the values that some readable notice has, each with how many a list with it would hold."""
    rows = [_row(values, today) for values in notices.values_list(*_COLUMNS).order_by()]
    names = list(LABELS)
    offered = {name: {row[at] for row in rows} - {""} for at, name in enumerate(names)}
    chosen = {name: offered[name].intersection(chosen_values(query, name)) for name in names}
    return {
        name: [
            Choice(value, _label(name, value), count, value in chosen[name])
            for value, count in _counts(rows, at, chosen, offered[name])
        ]
        for at, name in enumerate(names)
    }


_COLUMNS = ("kind", "opens_on", "closes_on", "year")


def _row(values: tuple[Any, ...], today: date) -> Row:
    kind, opens, closes, year = values
    state = NoticePage(opens_on=opens, closes_on=closes).state(today)
    return kind, state.value if state else "", str(year or "")


def _counts(
    rows: list[Row], at: int, chosen: dict[str, set[str]], offered: set[str]
) -> list[tuple[str, int]]:
    others = [(place, chosen[name]) for place, name in enumerate(LABELS) if place != at]
    left = [row for row in rows if all(not of or row[place] in of for place, of in others)]
    numbers = Counter(row[at] for row in left)
    order = _ORDER[list(LABELS)[at]]
    return [(value, numbers[value]) for value in sorted(offered, key=order)]


_ORDER: dict[str, Callable[[str], Any]] = {
    "kind": NoticeKind.values.index,
    "state": [NoticeState.OPEN, NoticeState.UPCOMING, NoticeState.CLOSED].index,
    "year": lambda value: -int(value),
}


def _label(name: str, value: str) -> str:
    if name == "kind":
        return str(NoticeKind(value).label)
    return str(NoticeState(value).label) if name == "state" else value


def _in_states(notices: QuerySet, values: list[str], today: date) -> QuerySet:
    first, *others = [standing(value, today) for value in values]
    for other in others:
        first |= other
    return notices.filter(first)


_NARROW: dict[str, Callable[[QuerySet, list[str], date], QuerySet]] = {
    "kind": lambda notices, values, today: notices.filter(kind__in=values),
    "state": _in_states,
    "year": lambda notices, values, today: notices.filter(year__in=values),
}


class FilterForm(forms.Form):
    """One choice for every filter that has something to choose; it is drawn, never validated."""

    def __init__(self, listing: Listing) -> None:
        chosen = {name: [c.value for c in of if c.chosen] for name, of in listing.filters.items()}
        super().__init__(initial=chosen, auto_id="filter_%s")
        for name, choices in listing.filters.items():
            if len(choices) > 1 or chosen[name]:
                self.fields[name] = forms.MultipleChoiceField(
                    label=LABELS[name],
                    required=False,
                    choices=[(c.value, _with_number(c)) for c in choices],
                    widget=forms.CheckboxSelectMultiple,
                )


def _with_number(choice: Choice) -> str:
    return _("%(label)s (%(count)s)") % {"label": choice.label, "count": choice.count}


def filter_bar(listing: Listing, path: str) -> dict[str, Any]:
    """Return what the filter bar takes."""
    form = FilterForm(listing)
    active = [
        {
            "label": LABELS[name],
            "value": choice.label,
            "href": _address(path, listing.query(without=(name, choice.value))),
        }
        for name, choice in listing.active
    ]
    return {"more": [form[name] for name in form.fields], "active": active, "action": path}


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def line_of(notice: NoticePage, request: HttpRequest, today: date | None = None) -> dict[str, Any]:
    """Return what one line of a list of links shows of a notice."""
    today = today or timezone.localdate()
    state, period = notice.state(today), notice.period
    left = period.words_left(today) if period else ""
    return {
        "href": notice.get_url(request) or "",
        "title": notice.title,
        "date": notice.first_published_at,
        "meta": left,
        "state": str(state.label) if state else "",
        "tone": state.tone if state else "",
    }
