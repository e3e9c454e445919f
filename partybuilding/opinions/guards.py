"""What keeps the letterbox usable by everybody: limits by address, likeness, stamps, small questions."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from partybuilding.conf import setting
from partybuilding.opinions.models import Tally

_SALT = "partybuilding.opinions.limit"


@dataclass(frozen=True)
class Limit:
    """At most so many within so many seconds."""

    name: str
    most: int
    seconds: int

    def spend(self, key: str) -> int:
        """Count one more, and return for how many seconds it is too many; 0 when it is not."""
        window, passed = divmod(int(timezone.now().timestamp()), self.seconds)
        place = self._place(key, window)
        with transaction.atomic():
            until = datetime.fromtimestamp((window + 1) * self.seconds, UTC)
            row, is_first = Tally.objects.select_for_update().get_or_create(
                place=place, defaults={"until": until}
            )
            if is_first:
                Tally.objects.filter(until__lt=timezone.now()).delete()
                return 0 if self.most else self.seconds - passed
            Tally.objects.filter(place=place).update(count=F("count") + 1)
        return 0 if row.count < self.most else self.seconds - passed

    def is_spent(self, key: str) -> bool:
        """Tell whether one more would be too many, without counting one."""
        window = int(timezone.now().timestamp()) // self.seconds
        return Tally.objects.filter(place=self._place(key, window), count__gte=self.most).exists()

    def _place(self, key: str, window: int) -> str:
        digest = salted_hmac(_SALT, key, algorithm="sha256").hexdigest()[:32]
        return f"opinions:{self.name}:{window}:{digest}"


def sending() -> Limit:
    """Return the limit of opinions from one address."""
    return Limit("send", setting("OPINIONS_PER_ADDRESS"), 10 * 60)


def appraising() -> Limit:
    """Return the limit of appraisals of one project from one address: a family, not a campaign."""
    return Limit("appraise", setting("OPINIONS_PER_ADDRESS"), 24 * 60 * 60)


#: Wrong codes of one receipt from one address, and of any receipt from one. A receipt has no limit of
#: its own: whoever tries codes of others from elsewhere must not shut its owner out, and a hundred
#: million codes outlast every number of addresses.
TRYING_ONE = Limit("try-one", 10, 15 * 60)
TRYING = Limit("try", 60, 15 * 60)


#: From this one on within `WITHIN`, opinions with the same or nearly the same words are one of many alike.
MANY = 5
WITHIN = timedelta(hours=24)
#: Nearly the same: of the pairs of neighbouring characters of the longer text the other has at least so many.
NEAR = 0.5
#: Shorter texts say nearly the same by chance.
FEWEST_PAIRS = 6
#: With how many of the newest an opinion is compared, so that a flood slows nobody.
LOOK_BACK = 50
_NO_WORDS = re.compile(r"[\W\d_a-z]+")
_REPEATED = re.compile(r"(.)\1+")


def fingerprint(text: str, about: str = "") -> str:
    """Return the digest of a text's words: numbers, signs, Latin letters and repetitions do not count.

    Args:
        about: whom it concerns; the same words about two things are not the same.
    """
    words = _words(text) or _folded(text)
    return hashlib.sha256(f"{about}\n{words}".encode()).hexdigest()


def nearest(text: str, others: Iterable[tuple[str, str]]) -> str:
    """Return the name of the first other text that says nearly the same; empty when none does.

    Args:
        others: each with the name of its group before its text.
    """
    own = _pairs(text)
    if len(own) < FEWEST_PAIRS:
        return ""
    return next((name for name, other in others if _is_near(own, _pairs(other))), "")


def _is_near(own: frozenset[str], other: frozenset[str]) -> bool:
    return len(own & other) >= NEAR * max(len(own), len(other))


def _pairs(text: str) -> frozenset[str]:
    words = _words(text)
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def _words(text: str) -> str:
    return _REPEATED.sub(r"\1", _NO_WORDS.sub("", _folded(text)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


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
