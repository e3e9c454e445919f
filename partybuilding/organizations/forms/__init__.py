"""The forms with which the registers are kept."""

from partybuilding.organizations.forms.fields import ExpertGroupForm, OrganizationForm, UploadForm
from partybuilding.organizations.forms.people import (
    AppointForm,
    EndForm,
    NewPersonForm,
    PasswordForm,
    PersonForm,
    PostForm,
)

__all__ = [
    "AppointForm",
    "EndForm",
    "ExpertGroupForm",
    "NewPersonForm",
    "OrganizationForm",
    "PasswordForm",
    "PersonForm",
    "PostForm",
    "UploadForm",
]
