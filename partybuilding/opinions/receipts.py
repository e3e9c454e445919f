"""The receipt of an opinion: its number, and the code with which its sender looks it up.

The number is the day and six digits at random, so that nobody counts the opinions of others. The code
is eight digits, easy to note and to type on a telephone; the database holds only a keyed digest of it.
It is computed from the form that was sent: who sends the same form twice reads the same receipt.
"""

import re
import secrets
import unicodedata
from datetime import date

from django.utils.crypto import constant_time_compare, salted_hmac

CODE_DIGITS = 8
RANDOM_DIGITS = 6
_OF_CODE = "partybuilding.opinions.code"
_OF_HASH = "partybuilding.opinions.code_hash"
_OF_FORM = "partybuilding.opinions.form"
_NOT_DIGITS = re.compile(r"[^0-9]")


def new_number(day: date) -> str:
    """Return a receipt number of a day, e.g. 20220513-482731."""
    return f"{day:%Y%m%d}-{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"


def submission_of(nonce: str) -> str:
    """Return what the database keeps of a form: enough to know it again, too little to send it."""
    return salted_hmac(_OF_FORM, nonce, algorithm="sha256").hexdigest()


def code_of(nonce: str) -> str:
    """Return the lookup code of a form, in digits."""
    digest = salted_hmac(_OF_CODE, nonce, algorithm="sha256").hexdigest()
    return f"{int(digest, 16) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def code_hash(number: str, code: str) -> str:
    """Return what the database keeps of a code."""
    return salted_hmac(_OF_HASH, f"{number}:{code}", algorithm="sha256").hexdigest()


def fits(number: str, code: str, known: str) -> bool:
    """Tell whether a code is the one of a number, in a time that does not depend on the answer."""
    return constant_time_compare(code_hash(number, code), known)


def as_number(typed: str) -> str:
    """Return a receipt number as it is kept, however it was typed."""
    digits = _digits(typed)
    return f"{digits[:8]}-{digits[8:]}" if len(digits) == 8 + RANDOM_DIGITS else ""


def as_code(typed: str) -> str:
    """Return a code as it is kept, however it was typed."""
    return _digits(typed)


def written(code: str) -> str:
    """Write a code so that it is read without a slip: 4827 3105."""
    return f"{code[:4]} {code[4:]}"


def _digits(typed: str) -> str:
    return _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", typed))
