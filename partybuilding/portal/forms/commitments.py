"""One public commitment as a form with the rows of its steps."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.portal.forms.fields import DayInput, OrderedRows, RowForm, TextKept
from partybuilding.projects.models import Commitment, CommitmentStep

MAX_STEPS = 20


class CommitmentForm(TextKept, forms.ModelForm):
    """Goal, deadline, person and post of a promise."""

    class Meta:
        model = Commitment
        fields = ["goal", "short_name", "deadline", "person", "post"]
        labels = {
            "goal": _("Goal and task"),
            "short_name": pgettext_lazy("portal", "Short name for residents"),
            "deadline": _("To be finished by"),
            "person": pgettext_lazy("portal", "Responsible person"),
            "post": _("Post held"),
        }
        help_texts = {
            "goal": _("What will be reached, so that everybody can check it."),
            "short_name": _(
                "At most 20 characters that read alone: what is done, and how much of it. "
                "Left empty, the column shows the whole goal."
            ),
        }
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


CommitmentStepRows: Any = formset_factory(
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
