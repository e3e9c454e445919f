"""The kinds of numbers that name a person, and how each is shown without naming anybody."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a number is."""

    ID_CARD = "id_card", _("identity card number")
    MOBILE = "mobile", _("mobile telephone number")
    BANK_CARD = "bank_card", _("bank card number")


#: How many digits stay readable at the beginning; four stay at the end.
SHOWN = {Kind.ID_CARD: 6, Kind.MOBILE: 3, Kind.BANK_CARD: 4}
SHOWN_LAST = 4


def masked(kind: Kind, digits: str) -> str:
    """Return a number with its middle hidden, such as 138****1234."""
    first = SHOWN[kind]
    hidden = "*" * (len(digits) - first - SHOWN_LAST)
    return digits[:first] + hidden + digits[-SHOWN_LAST:]
