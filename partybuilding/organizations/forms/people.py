"""The forms of people: who they are, what they are appointed to, when it ends, their password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Role
from partybuilding.core.types import User
from partybuilding.organizations.forms.fields import OrganizationField, day_field
from partybuilding.organizations.models import Membership, Organization, Person


def password_input(**attrs: str) -> forms.PasswordInput:
    """Return the input of a new password."""
    return forms.PasswordInput(attrs={"autocomplete": "new-password", **attrs})


class PersonForm(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label=_("name in full"), max_length=40)
    email = forms.EmailField(
        label=_("Email address"), required=False, help_text=_("Notices are also sent here.")
    )
    telephone = Person._meta.get_field("telephone").formfield()


class AppointForm(forms.Form):
    """What somebody is appointed to."""

    role = forms.ChoiceField(
        label=_("role"),
        choices=[("", _("Please choose")), *Role.choices],
        help_text=_("Unit reviewers belong to a reporting unit."),
    )
    organization = OrganizationField(
        label=_("Party organization"), help_text=_("Type a part of the code or name and choose.")
    )
    post = forms.CharField(
        label=_("post"), max_length=Membership._meta.get_field("post").max_length, required=False
    )
    since = day_field(_("since"))

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].offer(Organization.objects.active())
        self.fields["since"].initial = timezone.localdate


class NewPersonForm(PersonForm, AppointForm):
    """A new person with an account, and the first appointment."""

    username = UsernameField(
        label=_("login name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Letters, digits and @ . + - _"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("First password"),
        required=False,
        strip=False,
        widget=password_input(),
        help_text=_("May be left empty and set later; until then nobody can sign in."),
    )
    field_order = [
        *("name", "username", "email", "telephone", "password"),
        *("role", "organization", "post", "since"),
    ]

    def clean(self) -> dict[str, Any]:
        """Ask the site's validators about the password."""
        cleaned = super().clean() or {}
        check_password(self, "password", cleaned.get("password", ""))
        return cleaned


class PostForm(forms.Form):
    """Another post in the same role and organisation."""

    post = forms.CharField(label=_("New post"), max_length=100)
    since = day_field(_("since"), help_text=_("The present post ends the day before."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate


class EndForm(forms.Form):
    """The end of a membership."""

    until = day_field(
        _("Last day"),
        required=False,
        help_text=_("It still holds on this day. Leave it empty to end it at once."),
    )


class PasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(label=_("New password"), strip=False, widget=password_input())
    again = forms.CharField(label=_("New password again"), strip=False, widget=password_input())

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Compare both, and ask the site's validators."""
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ."))
        check_password(self, "password", password, self.person)
        return cleaned


def check_password(form: forms.Form, name: str, password: str | None, person: Any = None) -> None:
    """Say beside the field what is wrong with a password; an empty one is not asked about."""
    if not password:
        return
    try:
        validate_password(password, person)
    except ValidationError as error:
        form.add_error(name, error)
