"""The forms of decision sessions: open one, note a decision, close it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.steps.forms import LONGEST
from partybuilding.core.text.validators import OnPaper
from partybuilding.projects.sessions.selectors import SectorCount
from partybuilding.projects.sessions.services import LONGEST_TITLE
from partybuilding.projects.states import GROUNDS, Decision


class OpenForm(OnPaper, forms.Form):
    """A new session: its title, and the fields whose projects it decides on."""

    title = forms.CharField(
        label=_("session title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give the session a title.")},
    )
    sectors = forms.MultipleChoiceField(
        label=_("Projects of these fields"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one field.")},
    )

    fields: dict[str, Any]

    def __init__(self, *args: Any, counts: Iterable[SectorCount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sectors"].choices = [
            (count.sector.value, count.sector.label) for count in counts
        ]
        self.fields["sectors"].initial = [code for code, _label in self.fields["sectors"].choices]


class NoteForm(OnPaper, forms.Form):
    """One decision with what it asks for: grounds, words, or the reason for exceeding the quota."""

    decision = forms.ChoiceField(choices=Decision.choices, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, decision: str, year: int, over_quota: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("auto_id", f"{decision}-%s")
        self.year = year
        super().__init__(*args, **kwargs)
        self.fields["decision"].initial = decision
        if decision == Decision.DECLINE:
            self.fields["grounds"] = forms.MultipleChoiceField(
                label=_("grounds"),
                choices=GROUNDS.offered(year=year),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose at least one ground.")},
            )
        if decision == Decision.APPROVE and over_quota:
            self.fields["quota_reason"] = forms.CharField(
                label=_("reason for exceeding the quota"),
                max_length=300,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["reason"] = forms.CharField(
            label=_LABELS.get(decision, _("Explanation, if any")),
            required=decision == Decision.SEND_BACK,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for words when the ground is "other"."""
        cleaned = super().clean() or {}
        if GROUNDS.asks_text(cleaned.get("grounds", []), self.year) and not cleaned.get("reason"):
            self.add_error("reason", _("Explain the other ground in words."))
        return cleaned


_LABELS: dict[str, Any] = {
    Decision.DECLINE: _("Explanation for the applicant, if any"),
    Decision.SEND_BACK: _("What is to be changed"),
}


class CloseForm(forms.Form):
    """The confirmation that what was read is what takes effect."""

    stamp = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label=_("The list was checked; let the decisions take effect."),
        error_messages={"required": _("Please confirm that the list was checked.")},
    )
