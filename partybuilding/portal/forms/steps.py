"""The small forms around an application: start, upload, confirm, withdraw."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.files.fields import ManyFilesField
from partybuilding.core.sheets.kinds.files import Enclosure
from partybuilding.core.text.validators import validate_words
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.portal.forms.fields import TextKept
from partybuilding.projects.states import Consent


class StartForm(forms.Form):
    """Choose the organisation and the year of a new application."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=pgettext_lazy("portal", "Applying organization"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the organization that applies.")},
    )
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(),
        label=_("Year of the programme"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the year.")},
    )

    fields: dict[str, Any]

    def __init__(self, *args: Any, organizations: Any, cycles: list[Cycle], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
        self.fields["cycle"].queryset = Cycle.objects.filter(pk__in=[cycle.pk for cycle in cycles])
        for name, choices in (("organization", list(organizations)), ("cycle", cycles)):
            if len(choices) == 1:
                self.fields[name].initial = choices[0]


class UploadForm(forms.Form):
    """Choose attachments: those that the year asks for by name, and any others."""

    fields: dict[str, Any]

    files = ManyFilesField(  # type: ignore[assignment]
        label=_("Choose files"),
        help_text=_(
            "PDF, OFD, Word, Excel or PowerPoint files and pictures, each at most 20 MB; several at once."
        ),
        kinds=None,
        required=False,
    )

    def __init__(self, *args: Any, asked: Iterable[Enclosure] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {one.key: one.input() for one in asked} | self.fields
        if len(self.fields) > 1:
            self.fields["files"].label = _("Other files")

    def clean(self) -> dict[str, Any]:
        """Take at least one file."""
        cleaned = super().clean() or {}
        if not any(cleaned.values()) and not self.errors:
            self.add_error(next(iter(self.fields)), _("Choose at least one file."))
        return cleaned


class ConfirmForm(forms.Form):
    """Stand for what is handed in."""

    confirmed = forms.BooleanField(
        label=_("We have checked the application and answer for its truth."),
        error_messages={"required": _("Please confirm that you have checked the application.")},
    )


class ConsentForm(TextKept, forms.Form):
    """Say for a partner whether it takes part; a refusal has its reason."""

    answer = forms.ChoiceField(
        label=_("Do you take part in this application?"),
        choices=[
            (Consent.AGREED.value, _("We agree to carry the project out together")),
            (Consent.REFUSED.value, _("We do not take part")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you take part.")},
    )
    reason = forms.CharField(
        label=_("Reason, when you do not take part"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a refusal."""
        given = super().clean() or {}
        if given.get("answer") == Consent.REFUSED and not given.get("reason"):
            self.add_error("reason", _("Say why you do not take part."))
        return given


class ReasonForm(TextKept, forms.Form):
    """Give a reason in words."""

    reason = forms.CharField(
        label=_("Reason for withdrawing"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why you withdraw it.")},
        validators=[validate_words],
    )
