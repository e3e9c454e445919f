"""What apps above the plugin add to the demonstration; they name themselves, so that it leans on none."""

from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Guest:
    """The dotted paths of two acts: one before everything, one after the years were played."""

    prepare: str
    tell: str


_guests: list[Guest] = []


def register_guest(guest: Guest) -> None:
    """Let an app take part in the demonstration; once, however often it says so."""
    if guest not in _guests:
        _guests.append(guest)


def prepare(company: Any) -> None:
    """Let every guest set up its part."""
    for guest in _guests:
        import_string(guest.prepare)(company)


def tell(company: Any, *, quiet: bool = False) -> None:
    """Let every guest play its part."""
    for guest in _guests:
        import_string(guest.tell)(company, quiet=quiet)
