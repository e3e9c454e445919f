"""The signed stamp of a public form: which form it is and when it was opened (the time trap)."""

import secrets
from dataclasses import dataclass
from enum import Enum

from django.core.signing import BadSignature, Signer
from django.utils import timezone

SALT = "partybuilding.opinions.form"
#: Nobody reads and fills in the form in less, in seconds.
LEAST_SECONDS = 3
#: A form that was open longer is opened anew, with what was typed.
MOST_SECONDS = 24 * 60 * 60


class Age(Enum):
    """How old a stamp is."""

    FIT = "fit"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    FORGED = "forged"


@dataclass(frozen=True)
class Stamp:
    """A stamp as it was sent back; a forged one names no form."""

    nonce: str
    age: Age


def new_stamp() -> str:
    """Return the stamp of a form that is opened now."""
    return Signer(salt=SALT).sign(f"{secrets.token_urlsafe(16)}.{int(timezone.now().timestamp())}")


def read_stamp(sent: str) -> Stamp:
    """Return which form was sent, and how long it was open."""
    try:
        nonce, _dot, opened = Signer(salt=SALT).unsign(sent).rpartition(".")
    except BadSignature:
        return Stamp("", Age.FORGED)
    seconds = timezone.now().timestamp() - int(opened)
    if seconds < LEAST_SECONDS:
        return Stamp(nonce, Age.TOO_YOUNG)
    return Stamp(nonce, Age.TOO_OLD if seconds > MOST_SECONDS else Age.FIT)
