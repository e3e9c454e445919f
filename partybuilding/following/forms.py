"""The form of who wants to follow."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.opinions.forms import GuardedForm


class FollowForm(GuardedForm):
    """One address."""

    address = forms.EmailField(
        label=_("Your mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        help_text=_(
            "Used for these mails only. Nobody of the staff sees it, and one click deletes it."
        ),
        error_messages={
            "required": _("Please type your mail address."),
            "invalid": _("This is no mail address; it looks like name@example.com."),
        },
    )
