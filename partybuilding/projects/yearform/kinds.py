"""Every kind of question that a year can ask: the plain ones, and an organisation of the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.sheets import kinds
from partybuilding.core.sheets.questions import Question
from partybuilding.core.text.characters import clean_line
from partybuilding.organizations.models import Organization

#: How many organisations are named that resemble what was typed.
ALIKE = 5


class OrganizationField(forms.CharField):
    """The name or the code of an organisation of the register, as one types it."""

    def clean(self, value: Any) -> dict[str, Any] | None:
        """Return the organisation with the name that it has today; None where nothing was typed.

        Raises:
            ValidationError: the register has none of this name; it names those that are alike.
        """
        typed = clean_line(super().clean(value)).strip()
        if not typed:
            return None
        register = Organization.objects.active()
        found = register.filter(Q(name=typed) | Q(code=typed)).first()
        if found is None:
            raise forms.ValidationError(_none_of(typed))
        return {"id": found.pk, "name": found.name}


def _none_of(typed: str) -> str:
    words = Q()
    for word in typed.split():
        words &= Q(name__icontains=word)
    alike = Organization.objects.active().filter(words).order_by("name_key")[:ALIKE]
    if names := "、".join(alike.values_list("name", flat=True)):
        return _("The register has no “%(typed)s”; alike are: %(names)s.") % {
            "typed": typed,
            "names": names,
        }
    return _("The register has no “%(typed)s”; enter the whole name or the code.") % {
        "typed": typed
    }


@dataclass(frozen=True, kw_only=True, eq=False)
class OfRegister(Question):
    """An organisation of the register; kept with the name that it had."""

    kind = "organization"
    name = gettext_lazy("Party organization")

    def say(self, value: Any) -> str:
        return str((value or {}).get("name", ""))

    def canonical(self, value: Any) -> Any:
        said = value if isinstance(value, Mapping) else {}
        pk, name = said.get("id"), said.get("name")
        return {"id": pk, "name": name} if type(pk) is int and name and type(name) is str else None

    def initial(self, value: Any) -> str:
        """Return the name of today, which is what the register is asked for."""
        today = Organization.objects.filter(pk=value["id"]).first() if value else None
        return today.name if today else self.say(value)

    def input(self) -> forms.Field:
        field = super().input()
        field.help_text = field.help_text or _("The whole name as in the register, or the code.")
        return field

    def input_class(self) -> type[forms.Field]:
        return OrganizationField

    def input_options(self) -> dict[str, Any]:
        return {"max_length": Organization._meta.get_field("name").max_length}


KINDS: dict[str, type[Question]] = {**kinds.KINDS, OfRegister.kind: OfRegister}


def question_of(said: Mapping[str, Any]) -> Question:
    """Build the question of what a version keeps, by its kind."""
    return KINDS[said["kind"]].of(said)
