"""The register of reminders: what was reminded of, by which rule, whom it reached when; to be read only."""

from collections.abc import Iterator
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from partybuilding.boards.models import Recipient, Reminder
from partybuilding.boards.permissions import user_can_see_reminders
from partybuilding.boards.selectors.plan import LATELY, runs_lately
from partybuilding.boards.states import ReminderStage, Settled
from partybuilding.core.machine.wording import day_words
from partybuilding.core.registers.admin import RegisterAdmin, RegisterView
from partybuilding.core.registers.cells import Column, TitleColumn
from partybuilding.core.registers.filters import AnyOf
from partybuilding.core.registers.trail import TrailAdmin
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import user_oversees

BOXES = forms.CheckboxSelectMultiple
#: The most names in a row; the file has all of them.
NAMES = 6


def matter_choices() -> list[tuple[str, str]]:
    """Return the kinds of what was reminded of, each as it was called last."""
    rows = Reminder.objects.order_by().values("matter").annotate(word=Max("kind"))
    return sorted(((row["matter"], row["word"]) for row in rows), key=lambda one: one[1])


class ReminderFilters(WagtailFilterSet):
    """What the register of reminders can be narrowed to."""

    matter = AnyOf(label=pgettext_lazy("reminder", "matter"), choices=matter_choices, widget=BOXES)
    stage = AnyOf(
        label=pgettext_lazy("reminder", "rule"), choices=ReminderStage.choices, widget=BOXES
    )
    outcome = AnyOf(
        label=pgettext_lazy("reminder", "outcome"), choices=Settled.choices, widget=BOXES
    )
    at = django_filters.DateFromToRangeFilter(
        label=pgettext_lazy("reminder", "told on"), widget=DateRangePickerWidget
    )
    due_on = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("due on"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Reminder
        fields: ClassVar[list[str]] = []


def moment(row: Reminder) -> str:
    """Return when it was told or passed, to the minute."""
    return f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}"


def due(row: Reminder) -> str:
    """Say by when it was due, so that it is understood where columns have no headings."""
    return _("due %(day)s") % {"day": day_words(row.due_on)}


def names(row: Reminder, most: int | None = None) -> str:
    """Name whom it was for; whom it did not reach is marked, and what is beyond the most is counted."""
    people = row.recipients.all()
    said = [
        one.name if one.told_at else _("%(name)s (not reached)") % {"name": one.name}
        for one in people[:most]
    ]
    words = "、".join(said)
    if len(people) <= len(said):
        return words
    return _("%(names)s and others, %(n)s in all") % {"names": words, "n": len(people)}


def few_names(row: Reminder) -> str:
    """Name the first of those whom it was for."""
    return names(row, NAMES)


class ReminderView(RegisterView):
    """The register, with the last run and the missed days above it."""

    template_name = "partybuilding/boards/reminders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how the reminders ran lately."""
        runs = runs_lately(timezone.localdate())
        return super().get_context_data(runs=runs, lately=LATELY, **kwargs)


class ReminderAdmin(RegisterAdmin):
    """What was reminded of, to whom, when."""

    model = Reminder
    index_view_class = ReminderView
    base_url_path = "party/reminders"
    menu_label = pgettext_lazy("register", "Reminders")
    menu_icon = "mail"
    filterset_class = ReminderFilters
    search_fields = ("title", "item")
    default_ordering = ("-at", "outcome", "-pk")
    export_columns = (
        (pgettext_lazy("reminder", "told on"), moment),
        (pgettext_lazy("reminder", "matter"), lambda row: row.kind),
        (gettext_lazy("title at the time"), lambda row: row.title),
        (pgettext_lazy("reminder", "rule"), lambda row: row.get_stage_display()),
        (gettext_lazy("due on"), lambda row: row.due_on),
        (pgettext_lazy("reminder", "to whom"), names),
        (pgettext_lazy("reminder", "outcome"), lambda row: row.get_outcome_display()),
    )

    def may_list(self, user: AnyUser) -> bool:
        """Show it to the department and administrators."""
        return user_can_see_reminders(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reminder]:
        """Return every reminder with whom it was for."""
        return Reminder.objects.prefetch_related("recipients")

    @staticmethod
    def search_extra(word: str) -> Q:
        """Find reminders by the names of those whom they were for, too."""
        found = Recipient.objects.filter(name__icontains=word)
        return Q(pk__in=found.values("reminder"))

    def opened_at(self, item: Reminder) -> str:
        """Return where staff open what it was about."""
        return item.url

    def get_columns(self, request: HttpRequest) -> list[Any]:
        """Return the columns of the list."""
        return list(self._columns())

    def _columns(self) -> Iterator[Any]:
        yield Column(
            "at",
            label=pgettext_lazy("reminder", "told on"),
            accessor=moment,
            sort_key="at",
            classname="party-number",
        )
        yield TitleColumn(
            "title",
            label=gettext_lazy("title at the time"),
            get_url=self.opened_at,
            sort_key="title",
        )
        yield Column(
            "kind",
            label=pgettext_lazy("reminder", "matter"),
            sort_key="kind",
            classname="party-place",
        )
        yield Column(
            "stage",
            label=pgettext_lazy("reminder", "rule"),
            accessor="get_stage_display",
            sort_key="stage",
            classname="party-strong",
        )
        yield Column(
            "due_on",
            label=gettext_lazy("due on"),
            accessor=due,
            sort_key="due_on",
            classname="party-number",
        )
        yield Column(
            "names",
            label=pgettext_lazy("reminder", "to whom"),
            accessor=few_names,
            classname="party-long",
        )
        yield Column(
            "outcome",
            label=pgettext_lazy("reminder", "outcome"),
            accessor="get_outcome_display",
            sort_key="outcome",
        )


class OverseersTrailAdmin(TrailAdmin):
    """The trail, for those who see every record."""

    shown_to = staticmethod(user_oversees)
