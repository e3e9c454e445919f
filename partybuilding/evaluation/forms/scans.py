"""The form that takes in the signed paper of a score sheet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.core.files.fields import ManyFilesField
from partybuilding.evaluation.services.scans import SCANS


class ScanForm(forms.Form):
    """Choose the scan, or a picture of each page."""

    files = ManyFilesField(  # type: ignore[assignment]
        label=_("Scan of the signed sheet"),
        help_text=_("A PDF, or a picture of each page; at most 20 MB each."),
        kinds=SCANS,
        most=4,
        error_messages={"required": _("Choose the scan of the signed sheet.")},
    )
