"""The forms that change a run, decide on objections and record payments."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.steps import DayField, StepForm, words_field
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.selectors.results import Reading
from partybuilding.projects.models import Project

#: So many projects can be given another grade at a time.
MOST = 4


class OverrideForm(forms.Form):
    """Up to four projects with the grade that each is to have, and one reason."""

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(line.name, _told(line)) for line in reading.lines]
        grades = [(code, str(grade)) for code, grade in reading.grades.items()]
        for at in range(1, MOST + 1):
            self.fields[f"project_{at}"] = forms.ChoiceField(
                label=_("Project %(number)s") % {"number": at},
                choices=[("", "—"), *lines],
                required=at == 1,
            )
            self.fields[f"grade_{at}"] = forms.ChoiceField(
                label=_("its grade"), choices=[*grades, ("", _("No grade"))], required=False
            )
        self.fields["reason"] = words_field(_("reason"), required=True)

    def clean(self) -> dict[str, Any]:
        """Refuse a project that is named twice."""
        given = super().clean() or {}
        named = [given.get(f"project_{at}") for at in range(1, MOST + 1)]
        for at, name in enumerate(named, start=1):
            if name and name in named[: at - 1]:
                self.add_error(f"project_{at}", _("This project is named twice."))
        return given

    def changes(self) -> dict[str, str]:
        """Return by project the grade that it is to have."""
        given = self.cleaned_data
        return {
            given[f"project_{at}"]: given[f"grade_{at}"]
            for at in range(1, MOST + 1)
            if given[f"project_{at}"]
        }


def _told(line: Any) -> str:
    grade = str(line.grade) if line.grade is not None else str(_("No grade"))
    return f"{line.rank}. {line.project.code} {line.project}（{grade}）"


class ObjectionForm(forms.Form):
    """An objection that staff enter from a letter, a call or a visit."""

    name = forms.CharField(label=_("name of the person or organization"), max_length=60)
    contact = forms.CharField(label=_("telephone or address"), max_length=100)
    project = forms.ModelChoiceField(
        label=_("project"),
        queryset=Project.objects.none(),
        required=False,
        empty_label=_("The results as a whole"),
    )
    text = words_field(_("objection and reason"), required=True, rows=6)

    fields: dict[str, Any]

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [int(place.partition(":")[2]) for place in run.names if place.startswith("project:")]
        self.fields["project"].queryset = Project.objects.filter(pk__in=keys).order_by("code")


class PaymentForm(StepForm):
    """The day of a payment and the number of its receipt; a correction asks for its reason."""

    def add_first(self) -> None:
        """Ask for the payment where the step records one."""
        if "payment" not in self.step.asks:
            return
        today = timezone.localdate()
        self.fields["paid_on"] = DayField(label=_("paid on"), initial=today, last=today)
        self.fields["receipt"] = forms.CharField(label=_("number of the receipt"), max_length=60)

    def data_of_step(self) -> dict[str, Any]:
        """Return the payment as the trail keeps it."""
        if "payment" not in self.step.asks:
            return {}
        given = self.cleaned_data
        return {"paid_on": given["paid_on"].isoformat(), "receipt": given["receipt"]}
