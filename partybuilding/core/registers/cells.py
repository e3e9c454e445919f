"""The columns of registers: where a record stands, who has it, by when; plain cells that cost little."""

from collections.abc import Container, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui import tables
from wagtail.admin.ui.tables import BaseColumn

from partybuilding.core.access.paths import paths_of_record
from partybuilding.core.machine.wording import due_words, holder_words, waiting_words


class Column(tables.Column):
    """A column of words; one that says more brings a template of its own."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> SafeString:
        """Write the cell, unless it has a template of its own."""
        if self.cell_template_name != tables.Column.cell_template_name:
            return super().render_cell_html(instance, parent_context)
        return format_html('<td class="{}">{}</td>', self.classname or "", self.words_of(instance))

    def words_of(self, instance: Any) -> str:
        """Return what the cell says; nothing for what is empty."""
        value = self.get_value(instance)
        return "" if value is None else str(value)


class TitleColumn(tables.TitleColumn):
    """The column that leads to a row's own screen, when it has one."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> SafeString:
        """Write the cell with its link."""
        value, address = self.get_value(instance), self.get_link_url(instance, parent_context)
        words = str(value if value is not None else "").strip() or self.empty_value_display
        within = format_html('<a href="{}">{}</a>', address, words) if address else words
        classes = f"{self.classname} title" if self.classname else "title"
        return format_html(
            '<td class="{}"><div class="title-wrapper">{}</div></td>', classes, within
        )


HERE = "partybuilding/core/register"


class TickColumn(BaseColumn):
    """A box to tick beside each row that a decision on many at once may take.

    Args:
        states: where a row may be ticked.
        back: the address of the list as it is narrowed now.
        name: the attribute that says where a row stands.
    """

    header_template_name = f"{HERE}/tick_all.html"
    cell_template_name = f"{HERE}/tick.html"

    def __init__(self, states: Container[str], back: str, name: str = "state") -> None:
        super().__init__("tick", label=_("Tick"), classname="party-tick")
        self.states, self.back, self.attribute = states, back, name

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Say whether there is a box."""
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "tickable": self.takes(instance)}

    def takes(self, instance: Any) -> bool:
        """Tell whether a row may be ticked."""
        return getattr(instance, self.attribute) in self.states


class StateColumn(Column):
    """The state as a tag: its word in the look of its tone."""

    cell_template_name = f"{HERE}/state.html"


class DueColumn(Column):
    """By when it should go on; late ones say so in words."""

    cell_template_name = f"{HERE}/due.html"


def day_of(moment: datetime | None) -> date | None:
    """Return the day of a moment; nothing when there was none."""
    return timezone.localdate(moment) if moment else None


def state_column() -> Column:
    """Return the column of the state."""
    return StateColumn("state", label=_("state"), accessor="state_row", sort_key="state")


def due_column() -> Column:
    """Return the column of the day by which it should go on."""
    return DueColumn("due", label=_("due on"), accessor=due_words, sort_key="due_on")


def standing_columns() -> Iterator[Column]:
    """Yield where a record stands: its state, who has it, for how long, and by when it should go on."""
    yield state_column()
    yield Column(
        "holder", label=_("On whose desk"), accessor=holder_words, classname="party-holder"
    )
    yield Column(
        "waiting",
        label=_("Waiting time"),
        accessor=waiting_words,
        sort_key="state_since",
        classname="party-waiting",
    )
    yield due_column()


def unit_column(model: type[Model]) -> Column:
    """Return the column of the reporting unit."""
    path = paths_of_record(model).unit
    return _place("unit", _("reporting unit"), path, "", "code_key", "party-unit")


def place_column(model: type[Model], label: Any) -> Column:
    """Return the column of the organisation that carries the matter out."""
    path = paths_of_record(model).organization
    return _place("organization", label, path, ".name", "name_key", "party-place")


def _place(name: str, label: Any, path: str, shown: str, key: str, classname: str) -> Column:
    return Column(
        name,
        label=label,
        accessor=path.replace("__", ".") + shown,
        sort_key=f"{path}__{key}",
        classname=classname,
    )


def sector_column(project: str = "") -> Column:
    """Return the column of the field; `project` leads to the project that has it, e.g. "project__"."""
    return Column(
        "sector",
        label=_("field"),
        accessor=f"{project}get_sector_display".replace("__", "."),
        sort_key=f"{project}sector",
        classname="party-sector",
    )
