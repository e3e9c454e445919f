"""The trail as a register: who moved what, when, from where to where and why; to be read only."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from partybuilding.core.machine.registry import Machine, all_machines, machine_named
from partybuilding.core.models import TransitionRecord
from partybuilding.core.models.trail import NOTE_LABELS
from partybuilding.core.registers.admin import RegisterAdmin
from partybuilding.core.registers.cells import Column, TitleColumn
from partybuilding.core.registers.filters import AnyOf


def machines_shown() -> list[Machine]:
    """Return the machines of which the register tells."""
    return [machine for machine in all_machines() if not machine.is_private]


def machine_choices() -> list[tuple[str, str]]:
    """Return every machine with the name of its records."""
    return [(one.code, str(one.model._meta.verbose_name)) for one in machines_shown()]


def step_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every step by machine, and the facts that are noted beside steps."""
    groups = [
        (
            str(machine.model._meta.verbose_name),
            [(step.code, str(step.label)) for step in machine.table.steps],
        )
        for machine in machines_shown()
    ]
    return [*groups, (str(_("Notes")), [(code, str(text)) for code, text in NOTE_LABELS.items()])]


class TrailFilters(WagtailFilterSet):
    """What the trail can be narrowed to."""

    machine = AnyOf(label=_("Kind of record"), choices=machine_choices)
    step = AnyOf(label=_("step"), choices=step_choices)
    at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)


def moment(row: TransitionRecord) -> str:
    """Return when it happened, to the second."""
    return f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"


def way(row: TransitionRecord) -> str:
    """Return from where to where, in words; only where it stood for what moved nothing."""
    return row.to_label if row.is_note else f"{row.from_label} → {row.to_label}"


def person(row: TransitionRecord) -> str:
    """Return who it was, as what, when it happened."""
    return " ".join(part for part in (row.by_name, row.by_organization, row.by_post) if part)


def kind(row: TransitionRecord) -> str:
    """Return the name of the kind of record."""
    return dict(machine_choices()).get(row.machine, row.machine)


class TrailAdmin(RegisterAdmin):
    """The trail's register; a room above says who reads it and where records are opened."""

    model = TransitionRecord
    base_url_path = "party/trail"
    menu_label = _("Trail")
    menu_icon = "history"
    filterset_class = TrailFilters
    search_fields = ("record_label", "by_name", "by_organization", "reason")
    default_ordering = ("-at", "-pk")
    export_columns = (
        (_("when"), moment),
        (_("Kind of record"), kind),
        (_("title at the time"), lambda row: row.record_label),
        (_("step"), lambda row: row.step_label),
        (_("From and to"), way),
        (_("by"), person),
        (_("reason"), lambda row: row.reason),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[TransitionRecord]:
        """Return the rows of every machine that is told of."""
        private = [machine.code for machine in all_machines() if machine.is_private]
        return TransitionRecord.objects.exclude(machine__in=private)

    def opened_at(self, item: TransitionRecord) -> str:
        """Return where the record of a row is opened."""
        machine = machine_named(item.machine)
        return reverse(machine.screen, args=[item.record_id]) if machine and machine.screen else ""

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield Column(
            "at", label=_("when"), accessor=moment, sort_key="at", classname="party-number"
        )
        yield Column("step_label", label=_("step"), sort_key="step", classname="party-strong")
        yield TitleColumn(
            "record_label",
            label=_("title at the time"),
            get_url=self.opener(request),
            sort_key="record_label",
        )
        yield Column("way", label=_("From and to"), accessor=way)
        yield Column("by_name", label=_("by"), accessor=person, sort_key="by_name")
        yield Column("reason", label=_("reason"), classname="party-long")
