"""The form with which a report is questioned."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.steps import words_field


class AskForm(forms.Form):
    """What is in doubt, in words for the applicant."""

    words = words_field(
        _("What is in doubt"),
        required=True,
        help_text=_("The applicant reads this and answers within the days of the year's rules."),
    )
