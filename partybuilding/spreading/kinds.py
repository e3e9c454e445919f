"""What a room says of one kind of record that spreads: its models, words, looks and addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from partybuilding.core.pages import ColumnPage, RecordPage
from partybuilding.core.registers.filters import with_next
from partybuilding.core.states import Text
from partybuilding.spreading.models import SpreadRecord


@dataclass(frozen=True)
class Kind:
    """One kind of what spreads.

    Args:
        code: the name of its screen's address, and with `_step` and `_page` of those below it.
        model: its records.
        page: their pages.
        index: the page under which those stand.
        projects: the path from a record to the projects that it came from.
        register: the name of the register's address.
        label: what its register is called.
        file_label: what the file of a record is called.
        line: the words of a desk's line, with `%(state)s`.
        icon: its icon.
        strip: the words of the status strip.
        refused: what is said to who may not write its pages.
        ended: what is said when a record that was turned down is to get a page.
        homeless: what is said when there is no index yet.
        phrases: standard phrases that are inserted into the words of a step, and finished in one's own.
    """

    code: str
    model: type[SpreadRecord]
    page: type[RecordPage]
    index: type[ColumnPage]
    projects: str
    register: str
    label: Text
    file_label: Text
    line: str
    icon: str
    strip: tuple[Text, ...]
    refused: Text
    ended: Text
    homeless: Text
    phrases: Mapping[str, Iterable[Text]] = field(default_factory=dict)

    @property
    def records(self) -> Any:
        """Its records."""
        return self.model._default_manager

    def address(self, record: Any, back: str = "") -> str:
        """Return the address of a record's file."""
        return with_next(reverse(f"partybuilding:{self.code}", args=[record.pk]), back)

    def step_address(self, record: Any, step: str) -> str:
        """Return the address of the form of a step."""
        return reverse(f"partybuilding:{self.code}_step", args=[record.pk, step])

    def page_address(self, record: Any) -> str:
        """Return the address at which the draft page of a record is made."""
        return reverse(f"partybuilding:{self.code}_page", args=[record.pk])

    def register_url(self, **filters: str) -> str:
        """Return the address of the register, narrowed."""
        address = reverse(self.register)
        return f"{address}?{urlencode(filters)}" if filters else address

    def page_of(self, record: Any) -> Any:
        """Return the page of a record; None when nobody has begun it."""
        return getattr(record, "page", None)
