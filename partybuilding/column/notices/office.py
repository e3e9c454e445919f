"""Who receives objections to a notice, and how; the site's settings say it, each notice may differ."""

from collections.abc import Callable
from dataclasses import dataclass

#: Working days of a public comment when the settings say nothing.
WORKING_DAYS = 5


@dataclass(frozen=True)
class Office:
    """What a new notice says of objections until somebody changes it.

    Args:
        name: the office that receives objections.
        form: in which form they are given, in a sentence.
        working_days: how many of them a public comment lasts at least.
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    form: str = ""
    working_days: int = WORKING_DAYS


_sources: list[Callable[[], Office]] = []


def register_office(function: Callable[[], Office]) -> None:
    """Say who knows the office: the site that holds its settings."""
    _sources[:] = [function]


def office() -> Office:
    """Return the office as the settings name it now."""
    return _sources[0]() if _sources else Office()
