"""The one field of the second factor."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """Take a code as people type it, with spaces and capitals."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).lower()

    def refuse(self) -> None:
        """Say that the code is wrong, and what to do."""
        self.add_error(
            None,
            _("The code is wrong or was used already. Wait for the next one and type it again."),
        )
