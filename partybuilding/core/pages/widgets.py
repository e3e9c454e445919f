"""The choices of a list's filters, written as Django's templates write them, which are two or three for each."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from partybuilding.core.pages.facets import Choice, Facet, with_number


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


def words_field(typed: str, longest: int) -> forms.Field:
    """Return the field for what is looked for."""
    attrs = {"type": "search", "maxlength": longest, "enterkeyhint": "search"}
    return forms.CharField(
        label=pgettext("column", "Words"),
        required=False,
        initial=typed,
        widget=forms.TextInput(attrs=attrs),
    )


def facet_field(facet: Facet, choices: list[Choice], on: list[str]) -> forms.Field:
    """Return the field of a facet with its choices and what stands behind each."""
    offered = [(choice.value, with_number(choice.label, choice.count)) for choice in choices]
    if facet.several:
        return forms.MultipleChoiceField(
            label=str(facet.label), required=False, initial=on, choices=offered, widget=Ticks
        )
    return forms.ChoiceField(
        label=str(facet.label),
        required=False,
        initial=on[0] if len(on) == 1 else "",
        choices=[("", pgettext("column", "All")), *offered],
        widget=Picker,
    )
