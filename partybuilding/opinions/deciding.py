"""The forms in which staff decide: the steps of one opinion, its publication, many refusals, an appraisal's days."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from partybuilding.core.machine.steps import StepForm, words_field
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.rules import ANSWER_LENGTH
from partybuilding.opinions.states import OUTCOMES, REFUSALS, Withheld

PUBLISH, WITHHOLD = "publish", "withhold"


def refusal_field(year: int | None = None) -> forms.ChoiceField:
    """Return the choice of why it is not taken up."""
    return forms.ChoiceField(
        label=_("why it is not taken up"),
        choices=partial(REFUSALS.offered, year=year),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it is not taken up.")},
    )


def answer_fields(opinion: Opinion) -> dict[str, forms.Field]:
    """Return the fields of an answer, with what was drafted before."""
    return {
        "outcome": forms.ChoiceField(
            label=pgettext_lazy("of an opinion", "outcome"),
            choices=OUTCOMES.offered(opinion.outcome, opinion.cycle_id),
            initial=opinion.outcome,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose the outcome.")},
        ),
        "answer": forms.CharField(
            label=pgettext_lazy("to an opinion", "answer"),
            max_length=ANSWER_LENGTH,
            initial=opinion.answer,
            widget=AdminAutoHeightTextInput(attrs={"rows": 8}),
            help_text=_(
                "To the resident, in plain words: what was found, what is done, by when and by whom. "
                "No telephone numbers of persons."
            ),
            error_messages={"required": _("Write the answer.")},
        ),
    }


class OpinionStepForm(StepForm):
    """One step of an opinion, with what it asks for besides words."""

    def add_first(self) -> None:
        """Ask for the class of refusal, the other unit, or the answer."""
        if self.step.code == "refuse":
            self.fields["refusal"] = refusal_field(self.record.cycle_id)
        elif self.step.code == "transfer":
            self.fields["unit"] = forms.ModelChoiceField(
                label=_("Pass on to"),
                queryset=self.record.units_to_pass_to().order_by("code_key"),
                error_messages={"required": _("Choose another reporting unit.")},
            )
        elif self.step.code == "draft":
            self.fields.update(answer_fields(self.record))

    def add_last(self) -> None:
        """Say of words that the sender reads that the sender reads them."""
        if self.step.code in ("refuse", "prolong"):
            self.fields["reason"].help_text = _("The sender reads it.")

    def data_of_step(self) -> dict[str, Any]:
        """Return what was asked for, as the trail keeps it."""
        given = self.cleaned_data
        found: dict[str, Any] = {
            name: given[name] for name in ("refusal", "outcome", "answer") if name in given
        }
        if unit := given.get("unit"):
            found |= {"unit": unit.pk, "unit_name": unit.name}
        return found


class BulkRefusalForm(forms.Form):
    """The same refusal for many."""

    refusal = refusal_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = words_field(
            _("reason"), required=True, help_text=_("Every sender reads it.")
        )


class PublicationForm(forms.Form):
    """Whether everybody may read an exchange, and the question as they would read it."""

    decision = forms.ChoiceField(
        label=_("Publication of the exchange"),
        choices=[(PUBLISH, _("Publish question and answer")), (WITHHOLD, _("Do not publish"))],
        initial=PUBLISH,
        widget=forms.RadioSelect,
    )
    question = forms.CharField(
        label=_("question as published"),
        required=False,
        max_length=1200,
        widget=AdminAutoHeightTextInput(attrs={"rows": 6}),
        help_text=_("Masked automatically; please read it and mask what else names a person."),
    )
    withheld = forms.ChoiceField(
        label=_("why it is not published"),
        required=False,
        choices=[("", _("– only when it is not published –")), *Withheld.choices],
    )

    @property
    def publishes(self) -> bool:
        """Whether the decision is to publish."""
        return self.cleaned_data["decision"] == PUBLISH


class PeriodForm(forms.Form):
    """From when to when the projects of a year are appraised."""

    opens_on = forms.DateField(label=_("first day of the appraisal"), widget=AdminDateInput)
    closes_on = forms.DateField(label=_("last day of the appraisal"), widget=AdminDateInput)
