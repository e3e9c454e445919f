"""Is a row of digits an identity card, a mobile telephone, a bank card, the code of an office?

GB 11643 (identity cards), GB 32100 (unified social credit codes), ISO/IEC 7812 (Luhn).
"""

import re
from datetime import date

#: The first two digits of a place of registration (GB/T 2260); 81 to 83 are residence permits.
PROVINCES = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54"),
    *("61", "62", "63", "64", "65", "71", "81", "82", "83"),
}
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
ID_LENGTH, OLD_ID_LENGTH, MOBILE_LENGTH = 18, 15, 11
OLDEST = 1880

CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
CREDIT_LENGTH = 18
#: The office that registers, and what it registers; 62 is left to bank cards, which begin so.
CREDIT_BEGINNINGS = re.compile(
    r"(?:1[1239]|2[19]|3[1-59]|4[19]|5[1239]|6[19]|7[129]|8[19]|9[123]|A[19]|N[1239]|Y1)"
)

#: Beginnings of bank cards, each with the lengths that banks give out.
CARDS = re.compile(
    r"(?:62\d{14,17}"  # UnionPay
    r"|81\d{14,17}"
    r"|6[05]\d{14,17}"
    r"|4\d{15}(?:\d{3})?"  # Visa, and debit cards of older days
    r"|5[1-5]\d{14}"
    r"|2[2-7]\d{14}"
    r"|35\d{14}"
    r"|955[89]\d{15}"
    r"|3[47]\d{13})"
)
MOBILE = re.compile(r"1[3-9]\d{9}")


def is_id_card(number: str, *, latest: date) -> bool:
    """Tell whether 18 characters are an identity card's number: place, day of birth, check character."""
    if number[:2] not in PROVINCES or not number[:17].isdigit():
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(number, ID_WEIGHTS, strict=False))
    return number[17] == ID_CHECKS[weighed % 11] and _is_birthday(number[6:14], latest)


def is_old_id_card(number: str) -> bool:
    """Tell whether 15 digits are an identity card's number of before 1999."""
    return number[:2] in PROVINCES and _is_birthday("19" + number[6:12], date(1999, 12, 31))


def is_mobile(number: str) -> bool:
    """Tell whether 11 digits are a mobile telephone's number."""
    return MOBILE.fullmatch(number) is not None


def is_bank_card(number: str) -> bool:
    """Tell whether 15 to 19 digits are a bank card's number."""
    return CARDS.fullmatch(number) is not None and luhn(number) and len(set(number)) > 2


def luhn(number: str) -> bool:
    """Tell whether a number's last digit checks the others."""
    doubled = (divmod(int(digit) * 2, 10) for digit in number[-2::-2])
    return (sum(map(int, number[::-2])) + sum(map(sum, doubled))) % 10 == 0


def is_credit_code(code: str) -> bool:
    """Tell whether 18 characters are the unified social credit code of an organisation."""
    if len(code) != CREDIT_LENGTH:
        return False
    if not CREDIT_BEGINNINGS.match(code) or code[2:4] not in PROVINCES | {"10"}:
        return False
    if not code[2:8].isdigit() or any(each not in CREDIT_CHARACTERS for each in code):
        return False
    values = (CREDIT_CHARACTERS.index(each) for each in code[:17])
    weighed = sum(value * weight for value, weight in zip(values, CREDIT_WEIGHTS, strict=True))
    return CREDIT_CHARACTERS[-weighed % 31] == code[17]


def _is_birthday(digits: str, latest: date) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day.year >= OLDEST and day <= latest
