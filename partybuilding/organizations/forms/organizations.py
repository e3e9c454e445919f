"""The form of an organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partybuilding.core.text.validators import OnPaper
from partybuilding.organizations.forms.fields import OrganizationField, refuse_alike
from partybuilding.organizations.models import Organization


class OrganizationForm(OnPaper, forms.ModelForm):
    """The facts of an organisation; where it reports follows from its place."""

    parent = OrganizationField(
        label=_("superior organization"),
        required=False,
        help_text=_("Type a part of the code or name and choose. Districts' own need none."),
    )

    class Meta:
        model = Organization
        fields = [
            "name",
            "code",
            "kind",
            "sector",
            "parent",
            "is_reporting_unit",
            "secretary_name",
            "secretary_post",
            "township",
            "tile_row",
            "tile_column",
            "place",
        ]
        labels = {"name": _("organization name")}
        help_texts = {
            "name": _("The full name, as it stands in the statistics."),
            "is_reporting_unit": _("Organizations below it then report through it."),
            "secretary_name": _(
                "The first responsible person of its projects; without, none can be submitted."
            ),
        }
        error_messages = {
            "name": {"unique": _("Another organization already has this name.")},
            "code": {"unique": _("Another organization already has this code.")},
        }

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(Organization.objects.active().exclude(pk=self.instance.pk))

    def clean_name(self) -> str:
        """Refuse a name that looks like another's."""
        return refuse_alike(self, "name")

    def clean(self) -> dict[str, Any]:
        """Ask for both coordinates of a tile or none, free ones, and only of a township or street."""
        said = super().clean() or {}
        tile = (said.get("tile_row"), said.get("tile_column"))
        if said.get("township") and not said.get("is_reporting_unit"):
            self.add_error("township", _("Only a reporting unit is a township or street here."))
        if any(tile) and not said.get("township"):
            self.add_error("tile_row", _("Only a township or street has a place on the map."))
        elif any(tile) and not all(tile):
            self.add_error("tile_row", _("Give both the row and the column, or neither."))
        elif all(tile) and (other := self._on_tile(*tile)):
            words = _("%(name)s already stands there on the map.") % {"name": other.township}
            self.add_error("tile_row", words)
        return said

    def _on_tile(self, row: int | None, column: int | None) -> Organization | None:
        others = Organization.objects.townships().exclude(pk=self.instance.pk)
        return others.filter(tile_row=row, tile_column=column).first()
