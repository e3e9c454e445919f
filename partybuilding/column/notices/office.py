"""Who receives objections to a notice, and how; the site's settings say it, each notice may differ."""

from dataclasses import dataclass

from partybuilding.core import rooms

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


def office() -> Office:
    """Return the office as the site's settings name it now."""
    for office_of_site in rooms.collect("office"):
        return office_of_site()
    return Office()
