"""The fields of the second factor: a code, and the password where the factor itself is changed."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
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


class PasswordAgainForm(forms.Form):
    """Ask once more for the password of whoever is signed in; wrong ones count as failed sign-ins."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """Hold it against the account."""
        user, password = self.request.user, self.cleaned_data["password"]
        known = authenticate(self.request, username=user.get_username(), password=password)
        if known is None or known.pk != user.pk:
            raise forms.ValidationError(_("The password is wrong."))
        return password


class NextPhoneForm(CodeForm, PasswordAgainForm):
    """The first code of a phone that takes the place of another one."""
