"""The registers of what spreads: who has a record, for how long, and the way to its file."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partybuilding.core.registers.admin import DUE_FIRST, RegisterAdmin
from partybuilding.core.registers.cells import TitleColumn, day_of
from partybuilding.organizations.permissions import user_is_staff
from partybuilding.spreading.kinds import Kind


class SpreadAdmin(RegisterAdmin):
    """The register of one kind of what spreads."""

    kind: Kind
    shown_to = staticmethod(user_is_staff)
    default_ordering = DUE_FIRST
    #: The columns of an export that say where a record stands.
    standing_export = (
        (_("state"), lambda record: record.state_row.label),
        (_("in this state since"), lambda record: day_of(record.state_since)),
        (_("due on"), lambda record: record.due_on),
    )

    def opened_at(self, item: Any) -> str:
        """Return the address of a record's file."""
        return self.kind.address(item)

    def title_column(self, request: HttpRequest, name: str, label: Any) -> TitleColumn:
        """Return the first column, which leads to the file."""
        return TitleColumn(
            name, label=label, accessor=str, sort_key=name, get_url=self.opener(request)
        )
