"""The filters of a list are written as Django would write them."""

from django import forms
from django.utils.translation import gettext_lazy

from partybuilding.core.pages.widgets import Picker, Ticks

CHOICES = [("", gettext_lazy("Filters")), ("a", '<b> & "quoted"'), ("b'", "乙（2）")]


def drawn(field: forms.Field) -> str:
    form = forms.Form(auto_id="filter_%s")
    form.fields["unit"] = field
    return str(form["unit"])


def test_checkboxes_are_those_of_django() -> None:
    for on in ([], ["a"], ["a", "b'"]):
        ours, djangos = (
            drawn(forms.MultipleChoiceField(choices=CHOICES, initial=on, widget=widget))
            for widget in (Ticks, forms.CheckboxSelectMultiple)
        )
        assert ours == djangos
        assert ours.count(" checked") == len(on)


def test_a_select_is_that_of_django() -> None:
    for on in ("", "a", "b'"):
        fields = [
            forms.ChoiceField(choices=CHOICES, initial=on, required=False, widget=widget)
            for widget in (Picker, forms.Select)
        ]
        ours, djangos = map(drawn, fields)
        assert ours == djangos
        assert ours.count(" selected") == 1
