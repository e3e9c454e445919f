"""The form that begins a case study."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StartCaseForm(forms.Form):
    """The title of a new case study."""

    title = forms.CharField(
        label=_("case title"),
        max_length=255,
        help_text=_("May be changed on its page; a title that tells what was done reads better."),
    )
