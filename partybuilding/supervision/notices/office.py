"""Who issues feedback notices and with which code letters; the site's settings say it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class IssuingOffice:
    """The office whose name stands above and below a notice.

    Args:
        name: as it signs.
        code: its code letters in the numbers of its documents, e.g. 区委组督.
    """

    name: str = ""
    code: str = ""


_sources: list[Callable[[], IssuingOffice]] = []


def register_issuing_office(function: Callable[[], IssuingOffice]) -> None:
    """Say who knows the office: the site that holds its settings."""
    _sources[:] = [function]


def issuing_office() -> IssuingOffice:
    """Return the office as the settings name it now."""
    return _sources[0]() if _sources else IssuingOffice()
