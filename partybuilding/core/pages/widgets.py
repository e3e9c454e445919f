"""The choices of a list's filters, written as Django's templates write them, which are two or three for each."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Ticks(forms.CheckboxSelectMultiple):
    """Checkboxes as Django's templates write them."""

    row = (
        '<div>\n    <label for="{0}"><input type="checkbox" name="{1}" value="{2}" id="{0}"{3}>'
        "\n {4}</label>\n\n</div>"
    )

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the checkboxes."""
        widget = self.get_context(name, value, attrs)["widget"]
        rows = (
            (
                option["attrs"]["id"],
                option["name"],
                option["value"],
                " checked" if option["selected"] else "",
                option["label"],
            )
            for _group, options, _index in widget["optgroups"]
            for option in options
        )
        choices = format_html_join("", self.row, rows)
        return format_html('<div id="{}">{}\n</div>', widget["attrs"]["id"], choices)


class Picker(forms.Select):
    """A select as Django's templates write it."""

    row = '\n  <option value="{}"{}>{}</option>\n'

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the select."""
        widget = self.get_context(name, value, attrs)["widget"]
        rows = (
            (
                option["value"],
                " selected" if option["selected"] else "",
                option["label"],
            )
            for _group, options, _index in widget["optgroups"]
            for option in options
        )
        choices = format_html_join("", self.row, rows)
        frame = '<select name="{}"{}>{}\n</select>'
        return format_html(frame, widget["name"], flatatt(widget["attrs"]), choices)
