"""The form of a draft: the words before and after what was assembled."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from partybuilding.core.validators import OnPaper
from partybuilding.supervision.notices.models import WORDS_LENGTH


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
