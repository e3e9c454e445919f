"""One public commitment as a form with the rows of its steps."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.files.fields import ManyFilesField
from partybuilding.core.text.validators import OnPaper, validate_words
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Commitment, CommitmentStep
from partybuilding.projects.states import Consent


class DayInput(forms.DateInput):
    """A native date input; browsers without one take 2026-03-05 as text."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


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


class StartForm(forms.Form):
    """Choose the organisation and the year of a new application."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=pgettext_lazy("portal", "Applying organization"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the organization that applies.")},
    )
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(),
        label=_("Year of the programme"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the year.")},
    )

    def __init__(self, *args: Any, organizations: Any, cycles: list[Cycle], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
        self.fields["cycle"].queryset = Cycle.objects.filter(pk__in=[cycle.pk for cycle in cycles])
        for name, choices in (("organization", list(organizations)), ("cycle", cycles)):
            if len(choices) == 1:
                self.fields[name].initial = choices[0]


class UploadForm(forms.Form):
    """Choose attachments."""

    files = ManyFilesField(
        label=_("Choose files"),
        help_text=_(
            "PDF, OFD, Word, Excel or PowerPoint files and pictures, each at most 20 MB; several at once."
        ),
        kinds=None,
        error_messages={"required": _("Choose at least one file.")},
    )


class ConfirmForm(forms.Form):
    """Stand for what is handed in."""

    confirmed = forms.BooleanField(
        label=_("We have checked the application and answer for its truth."),
        error_messages={"required": _("Please confirm that you have checked the application.")},
    )


class ConsentForm(TextKept, forms.Form):
    """Say for a partner whether it takes part; a refusal has its reason."""

    answer = forms.ChoiceField(
        label=_("Do you take part in this application?"),
        choices=[
            (Consent.AGREED.value, _("We agree to carry the project out together")),
            (Consent.REFUSED.value, _("We do not take part")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you take part.")},
    )
    reason = forms.CharField(
        label=_("Reason, when you do not take part"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a refusal."""
        given = super().clean() or {}
        if given.get("answer") == Consent.REFUSED and not given.get("reason"):
            self.add_error("reason", _("Say why you do not take part."))
        return given


class ReasonForm(TextKept, forms.Form):
    """Give a reason in words."""

    reason = forms.CharField(
        label=_("Reason for withdrawing"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why you withdraw it.")},
        validators=[validate_words],
    )


MAX_STEPS = 20


class CommitmentForm(TextKept, forms.ModelForm):
    """Goal, deadline, person and post of a promise."""

    class Meta:
        model = Commitment
        fields = ["goal", "deadline", "person", "post"]
        labels = {
            "goal": _("Goal and task"),
            "deadline": _("To be finished by"),
            "person": pgettext_lazy("portal", "Responsible person"),
            "post": _("Post held"),
        }
        help_texts = {"goal": _("What will be reached, so that everybody can check it.")}
        widgets = {"goal": forms.Textarea(attrs={"rows": 3}), "deadline": DayInput}


class CommitmentStepForm(RowForm, forms.ModelForm):
    """One implementation step of a promise."""

    class Meta:
        model = CommitmentStep
        fields = ["title", "deadline"]
        labels = {
            "title": pgettext_lazy("portal", "Implementation step"),
            "deadline": _("To be finished by"),
        }
        widgets = {"deadline": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["required"] = _("Say what is done in this step.")


CommitmentStepRows = formset_factory(
    CommitmentStepForm,
    formset=OrderedRows,
    extra=1,
    can_order=True,
    can_delete=True,
    max_num=MAX_STEPS,
    validate_max=True,
)


class CommitmentPart:
    """A promise with its steps."""

    def __init__(self, commitment: Commitment | None, data: Mapping[str, Any] | None = None):
        self.form = CommitmentForm(data, instance=commitment)
        self.formset = _rows(commitment, data)

    def is_valid(self) -> bool:
        """Tell whether it can be saved; asks both, so that every error shows."""
        answers = [self.form.is_valid(), self.formset.is_valid()]
        return all(answers)

    def row(self) -> dict[str, Any]:
        """Return the promise as `save_commitments` takes it."""
        return {**self.form.cleaned_data, "steps": self.formset.rows()}


def _rows(commitment: Commitment | None, data: Mapping[str, Any] | None) -> OrderedRows:
    if data is not None:
        return CommitmentStepRows(data, prefix="steps")
    steps = list(commitment.steps.all()) if commitment else []
    initial = [
        {"ORDER": number, "title": step.title, "deadline": step.deadline}
        for number, step in enumerate(steps, start=1)
    ]
    rows = CommitmentStepRows(initial=initial, prefix="steps")
    rows.extra = 1 if steps else 3
    return rows
