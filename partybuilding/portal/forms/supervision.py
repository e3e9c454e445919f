"""The form in which an organisation reports a finding rectified."""

from django import forms
from django.utils.translation import gettext_lazy

from partybuilding.core.files.fields import ManyFilesField
from partybuilding.core.text.validators import validate_told
from partybuilding.portal.forms.fields import TextKept


class RectificationForm(TextKept, forms.Form):
    """What was done, with pictures or files that show it."""

    report = forms.CharField(
        label=gettext_lazy("What was done to rectify it"),
        max_length=2000,
        help_text=gettext_lazy(
            "What was done, since when, by whom. Public once verified: no telephone numbers, no identity cards."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say what was done to rectify it.")},
        validators=[validate_told],
    )
    files = ManyFilesField(  # type: ignore[assignment]
        label=gettext_lazy("Pictures or files that show it"),
        required=False,
        help_text=gettext_lazy(
            "PDF, OFD, Word, Excel or PowerPoint files and pictures, each at most 20 MB; several at once."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
