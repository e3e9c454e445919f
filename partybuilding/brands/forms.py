"""The forms of a brand: begin one, and change its name or the projects that it grew from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.brands.models import NAME_LENGTH, Brand
from partybuilding.core.types import AnyUser
from partybuilding.projects.forms import ProjectField
from partybuilding.projects.models import Project
from partybuilding.projects.states import CHOSEN

#: The most projects that a brand is said to have grown from.
MOST = 5


def name_field() -> forms.CharField:
    """Return the field for the brand's name."""
    return forms.CharField(
        label=_("brand name"),
        max_length=NAME_LENGTH,
        help_text=_(
            "Short and telling, as residents would call it; it is fixed by the nomination."
        ),
    )


class StartBrandForm(forms.Form):
    """The name of a new brand."""

    name = name_field()


class BrandForm(StartBrandForm):
    """A brand's name and projects, the first of which lends it organisation and field."""

    def __init__(self, *args: Any, brand: Brand, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [origin.project for origin in brand.origins.all()]
        for at in range(MOST):
            field = ProjectField(label=_("Another project"), required=at == 0)
            field.offer(user, CHOSEN)
            if at == 0:
                field.label = _("Project that the brand grew from")
            field.initial = known[at] if at < len(known) else None
            self.fields[f"project_{at}"] = field

    def projects(self) -> list[Project]:
        """Return the projects in their order, each once."""
        given = (self.cleaned_data[f"project_{at}"] for at in range(MOST))
        return list(dict.fromkeys(project for project in given if project))
