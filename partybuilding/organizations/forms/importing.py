"""The form that takes a workbook in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.organizations.imports.workbook import MAX_ROWS


class UploadForm(forms.Form):
    """One workbook."""

    file = forms.FileField(
        label=_("Filled template (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Choose the filled template first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("At most %(number)s rows a sheet.")
        self.fields["file"].help_text = words % {"number": MAX_ROWS}
