"""The forms of a draw: its witness, a reason for all, an exchange by hand."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.steps import StepForm, words_field
from partybuilding.evaluation.selectors.drawn import Names


class DrawStepForm(StepForm):
    """One step of a draw; holding it asks for the witness."""

    def add_first(self) -> None:
        """Ask who the witness is and what they say."""
        if "witness" not in self.step.asks:
            return
        self.fields["witness_name"] = forms.CharField(
            label=_("Name of the witness"),
            max_length=40,
            help_text=_("Somebody who neither carries a project out nor scores one."),
        )
        self.fields["witness_words"] = forms.CharField(
            label=_("Words that the witness says"),
            max_length=100,
            widget=forms.TextInput(attrs={"class": "party-aloud", "autocomplete": "off"}),
            help_text=_(
                "Any words, chosen on the spot and read aloud. Type them exactly as they are said; the "
                "result follows from every character."
            ),
        )

    def data_of_step(self) -> dict[str, Any]:
        """Return the witness."""
        names = ("witness_name", "witness_words")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class SwapForm(forms.Form):
    """A project to another group, in exchange for one of that group or alone."""

    project = forms.ChoiceField(label=_("project"))
    group = forms.ChoiceField(label=_("To the expert group"))
    other = forms.ChoiceField(
        label=_("In exchange for"),
        required=False,
        help_text=_("A project of that group that goes the other way; may be left empty."),
    )
    reason = words_field(
        _("reason"), required=True, rows=3, help_text=_("It stays with the draw for good.")
    )

    fields: dict[str, Any]

    def __init__(self, *args: Any, names: Names, placed: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placed = placed
        rows = [
            (code, f"{names.project(code)}（{names.group(placed.get(code, ''))}）")
            for code in sorted(names.draw.participants["traits"])
        ]
        self.fields["project"].choices = [("", "—"), *rows]
        groups = names.draw.participants["groups"]
        self.fields["group"].choices = [("", "—"), *((key, names.group(key)) for key in groups)]
        self.fields["other"].choices = [("", _("Nothing: it goes alone")), *rows]

    def clean(self) -> dict[str, Any]:
        """Hold project, group and exchange against each other."""
        cleaned = super().clean() or {}
        code, group, other = (cleaned.get(name, "") for name in ("project", "group", "other"))
        if code and group and self.placed.get(code) == group:
            self.add_error("group", _("It is in this group already."))
        if other and group and self.placed.get(other) != group:
            self.add_error("other", _("Choose a project of the group that takes the first one."))
        return cleaned
