"""The form above a list of projects, drawn from what the list can be narrowed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from partybuilding.column.listing import QUERY_LENGTH, SORT_LABELS, Listing

WORDS = pgettext_lazy("column", "Words")
LABELS = {
    "year": pgettext_lazy("column", "Year"),
    "sector": pgettext_lazy("column", "Field"),
    "unit": pgettext_lazy("column", "Reporting unit"),
    "state": pgettext_lazy("column", "Stage"),
    "overdue": pgettext_lazy("column", "Commitments"),
    "grade": pgettext_lazy("column", "Grade"),
}
#: The filters that narrow even when there is one choice alone.
PARTIAL = ("overdue", "grade")


class FilterForm(forms.Form):
    """Words, order and one group of boxes for every filter; it is drawn and never asked to validate."""

    q = forms.CharField(
        label=WORDS,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "maxlength": QUERY_LENGTH, "enterkeyhint": "search"}
        ),
    )
    sort = forms.ChoiceField(
        label=pgettext_lazy("column", "Order"), required=False, choices=list(SORT_LABELS.items())
    )

    def __init__(self, listing: Listing) -> None:
        chosen = {name: [c.value for c in of if c.chosen] for name, of in listing.filters.items()}
        super().__init__(
            initial={"q": listing.q, "sort": listing.sort, **chosen}, auto_id="filter_%s"
        )
        for name, choices in listing.filters.items():
            if len(choices) > 1 or chosen[name] or (choices and name in PARTIAL):
                self.fields[name] = forms.MultipleChoiceField(
                    label=LABELS[name],
                    required=False,
                    choices=[(c.value, _with_number(c.label, c.count)) for c in choices],
                    widget=forms.CheckboxSelectMultiple,
                )

    @property
    def always(self) -> list[Any]:
        """The fields that always show."""
        return [self["q"], self["sort"]]

    @property
    def more(self) -> list[Any]:
        """The groups of boxes."""
        return [self[name] for name in self.fields if name in LABELS]


def _with_number(label: str, count: int) -> str:
    return _("%(label)s (%(count)s)") % {"label": label, "count": count}


def filter_bar(listing: Listing, path: str) -> dict[str, Any]:
    """Return what the filter bar takes: fields, and what is on with the address without it."""
    form = FilterForm(listing)
    active = [
        {
            "label": LABELS[name],
            "value": choice.label,
            "href": _address(path, listing.query(without=(name, choice.value))),
        }
        for name, choice in listing.active
    ]
    if listing.q:
        words = {"label": WORDS, "value": listing.q}
        active.insert(0, {**words, "href": _address(path, listing.query(without=("q", listing.q)))})
    return {
        "fields": form.always,
        "more": form.more,
        "active": active,
        "action": path,
    }


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
