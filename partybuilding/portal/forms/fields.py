"""What the portal's forms share: native date inputs, text that is never cut, rows in order, what was seen."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BaseFormSet
from django.utils.translation import gettext_lazy as _

from partybuilding.core.sheets.kinds.measures import DayInput
from partybuilding.core.text.validators import OnPaper

__all__ = ["DayInput", "OrderedRows", "RowForm", "TextKept", "digest_of", "rows_in_order"]


class TextKept(OnPaper):
    """Let browsers pass on text that is too long, so that it comes back with an explanation.

    A `maxlength` in the page makes them cut what is pasted, without a word.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


class RowForm(TextKept):
    """A row of a formset: a number alone says nothing, so such a row counts as empty."""

    changed_data: list[str]

    def has_changed(self) -> bool:
        """Tell whether the row says anything."""
        return bool(set(self.changed_data) - {"ORDER", "DELETE"})


class OrderedRows(BaseFormSet):
    """Rows that carry their number, so that they can be put in another order without JavaScript."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "ORDER" in form.fields:
            form.fields["ORDER"].label = _("Place in the order")
            form.fields["ORDER"].help_text = _("The smaller number comes first.")
            form.fields["ORDER"].widget.attrs.update({"inputmode": "numeric", "min": "1"})

    def rows(self) -> list[dict[str, Any]]:
        """Return what the rows say, in order, without those removed or left empty."""
        kept = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        return rows_in_order(kept)


def rows_in_order(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the rows that say anything, by their number; those without one come last."""
    told = [(row.get("ORDER"), _said(row)) for row in rows]
    ordered = sorted(told, key=lambda pair: (pair[0] is None, pair[0] or 0))
    return [said for _number, said in ordered if any(said.values())]


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"ORDER", "DELETE"}}


def digest_of(said: list[Any]) -> str:
    """Return what tells whether something still reads as somebody saw it."""
    text = json.dumps(said, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
