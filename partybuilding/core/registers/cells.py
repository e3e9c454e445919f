"""The plain columns of registers: their cells are written here, as a list of fifty rows has hundreds of them.

A template for each cell took a fifth of what a full register cost.
"""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.ui import tables


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
