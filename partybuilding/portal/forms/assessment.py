"""The form with which an expert records a pre-assessment."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.portal.forms.fields import DayInput, TextKept
from partybuilding.projects.models import Assessment


class AssessmentForm(TextKept, forms.ModelForm):
    """How, when, who and what was found."""

    class Meta:
        model = Assessment
        fields = ["method", "held_on", "participants", "findings"]
        labels = {
            "method": gettext_lazy("How it was assessed"),
            "held_on": gettext_lazy("Day of the assessment"),
            "participants": pgettext_lazy("portal", "Who took part"),
            "findings": pgettext_lazy("portal", "What was found"),
        }
        help_texts = {
            "participants": gettext_lazy("Names or the number of people."),
            "findings": gettext_lazy(
                "Strengths, doubts and advice; for the Organization Department only."
            ),
        }
        widgets = {
            "method": forms.RadioSelect,
            "held_on": DayInput,
            "findings": forms.Textarea(attrs={"rows": 8}),
        }

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = Assessment._meta.get_field("method").choices
        self.fields["held_on"].initial = timezone.localdate
