"""The forms with which the registers are kept."""

from partybuilding.organizations.forms.groups import ExpertGroupForm
from partybuilding.organizations.forms.importing import UploadForm
from partybuilding.organizations.forms.organizations import OrganizationForm
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
