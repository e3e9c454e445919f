"""The form of a draft: the words before and after what was assembled."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from partybuilding.core.machine.steps import words_field
from partybuilding.core.text.validators import OnPaper
from partybuilding.supervision.notices.models import WORDS_LENGTH


class CorrectionForm(OnPaper, forms.Form):
    """Why an issued notice is corrected."""

    reason = words_field(
        _("reason of the correction"),
        required=True,
        rows=3,
        help_text=_(
            "Public on both notices. What is wrong in the records is corrected there first."
        ),
    )


class WordsForm(OnPaper, forms.Form):
    """Opening and closing words; what stands between them comes from the visits."""

    opening = forms.CharField(
        label=_("opening words"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=_("Public with the notice. Persons by name and post only."),
    )
    closing = forms.CharField(
        label=_("closing words"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
    )
