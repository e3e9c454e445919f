"""The form in which an organisation reports a finding rectified."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.core.validators import validate_told
from partybuilding.portal.forms.fields import TextKept
from partybuilding.portal.forms.steps import ManyFilesField, ManyFilesInput

#: The most files of one report.
MOST_FILES = 10


class RectificationForm(TextKept, forms.Form):
    """What was done, with pictures or files that show it."""

    report = forms.CharField(
        label=_("What was done to rectify it"),
        max_length=2000,
        help_text=_(
            "What was done, since when, by whom. Public once verified: no telephone numbers, no identity cards."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say what was done to rectify it.")},
        validators=[validate_told],
    )
    files = ManyFilesField(
        label=_("Pictures or files that show it"),
        required=False,
        help_text=_(
            "Word (.docx), PDF, Excel (.xlsx), JPG or PNG, each at most 20 MB; several at once."
        ),
        widget=ManyFilesInput(
            attrs={"accept": ".jpg,.jpeg,.png,.pdf,.docx,.xlsx", "multiple": True}
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_files(self) -> list:
        """Refuse more files than a report holds."""
        files: list = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("At most %(most)s files at once."), params={"most": MOST_FILES}
            )
        return files
