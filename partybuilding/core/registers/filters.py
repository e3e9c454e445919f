"""What registers are narrowed to: the kinds of filters, what every register of a machine has, and its pages.

A room declares only what is its own; where a record stands, the filters learn from its machine and
its paths.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator

from partybuilding.core.access.paths import paths_of_record, rows_where
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.types import Rows


def way_back(request: HttpRequest) -> str:
    """Return the page that one came from, when it is one of this site; otherwise nothing."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


def with_next(url: str, back: str) -> str:
    """Add the way back to an address."""
    return f"{url}?{urlencode({'next': back})}" if url and back else url


#: Days ahead that count as "soon".
SOON = 7
DUE = (
    ("overdue", _("Overdue")),
    ("today", _("Due today")),
    ("soon", _("Due within a week")),
)


def by_due(queryset: Rows, name: str, value: str) -> Rows:
    """Keep what is overdue, due today, or due soon."""
    today = timezone.localdate()
    spans = {
        "overdue": {"due_on__lt": today},
        "today": {"due_on": today},
        "soon": {"due_on__gte": today, "due_on__lte": today + timedelta(days=SOON)},
    }
    return queryset.filter(**spans[value]) if value else queryset


class OneOf(django_filters.ChoiceFilter):
    """One of some choices, or everything."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"empty_label": _("Everything"), "widget": forms.RadioSelect, **kwargs})


class AnyOf(django_filters.MultipleChoiceFilter):
    """Any of some choices, each with a box; a record has one of them, so none comes twice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.CheckboxSelectMultiple, "distinct": False, **kwargs})


class AnyRow(django_filters.ModelMultipleChoiceFilter):
    """Any of some rows, each with a box."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.CheckboxSelectMultiple, "distinct": False, **kwargs})


class StateFilter(AnyOf):
    """Any of the states of the records' machine."""

    def __init__(self) -> None:
        super().__init__(label=_("state"))

    @property
    def field(self) -> forms.Field:
        """Offer the states in the order of the table."""
        states = machine_of(self.model).table.states
        self.extra["choices"] = [(state.code, state.label) for state in states]
        return super().field


class DueFilter(OneOf):
    """By when the records should go on."""

    def __init__(self, method: Any = by_due) -> None:
        super().__init__(label=_("due on"), method=method, choices=DUE)


class PlaceFilter(AnyRow):
    """Any of the units or years at which records stand.

    Args:
        part: the name of the path among the records' paths, e.g. "unit".
    """

    def __init__(self, part: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.part = part

    def filter(self, queryset: Rows, value: Any) -> Rows:
        """Keep the records from which the path leads to one of them."""
        path = getattr(paths_of_record(self.model), self.part)
        return rows_where(queryset, path, value) if value else queryset


class RecordFilters(WagtailFilterSet):
    """What the register of a machine's records is narrowed to, before anything of its own."""

    desk = OneOf(label=_("On my desk"), method="by_desk", choices=[("mine", _("Waiting for me"))])
    state = StateFilter()
    due = DueFilter()

    def by_desk(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Keep what waits for the user."""
        return queryset.waiting_for(self.request.user) if value else queryset


#: Rows that a register counts and pages through; whoever looks for one beyond narrows the list.
COUNTED = 100_000


class KeysFirstPaginator(WagtailPaginator):
    """Find the keys of a page, then fetch its rows: a database sorts keys faster than case files."""

    @cached_property
    def count(self) -> int:
        """How many rows there are to page through."""
        return min(self._found, COUNTED)

    @cached_property
    def _found(self) -> int:
        # One more tells that there are more; to count all would cost more than everything else.
        return self.object_list.order_by().values("pk")[: COUNTED + 1].count()

    @cached_property
    def items_count_label(self) -> str:
        """Say how many there are."""
        if self._found > COUNTED:
            said = _("more than %(count)s, narrow the list to see the others")
            return str(said % {"count": f"{COUNTED:,}"})
        return str(_("%(count)s in all") % {"count": f"{self.count:,}"})

    def page(self, number: Any) -> Any:
        """Return a page of the list; it stays in order, and costs one query more."""
        page = super().page(number)
        keys = list(page.object_list.values_list("pk", flat=True))
        rows = self.object_list.order_by().in_bulk(keys)
        page.object_list = [rows[key] for key in keys if key in rows]
        return page
