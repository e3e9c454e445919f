"""Is a candidate the number of a person: its digits, its grouping and what stands around it, together."""

import re
from dataclasses import dataclass
from datetime import date

from partybuilding.core.text.personal_data import checks
from partybuilding.core.text.personal_data.kinds import Kind
from partybuilding.core.text.personal_data.rows import Candidate

#: How far back a label is looked for.
REACH = 16
FAR = 200
_THEN = r"(?:[^\w\n]|_|是|为|号|码|及|和){0,6}$"

#: Names of numbers that are nobody's: orders, files, notices, registrations.
OTHER = re.compile(
    r"(?:编号|编码|单号|订单号?|流水号?|档号|案号|文号|批号|批次号?|序列号?|条形?码|注册号|登记证号?"
    r"|许可证号?|备案号?|受理号|宗地号|代码|标识码?|户号|货号|型号|图号|件号|书号|刊号|期号|合同号|票号"
    rf"|招标号|采购号|项目号|[Nn][Oo]\.?){_THEN}"
)
CREDIT_CODE = re.compile(rf"(?:信用代码|机构代码|代码证|税号|识别号){_THEN}")
MOBILE = re.compile(
    rf"(?i:电话|手机|联系|热线|微信|致电|短信|号码|☎|☏|📞|📱|tel|phone|mobile){_THEN}"
)
ID_CARD = re.compile(rf"(?:身份证|身份证件|证件|公民身份|证号){_THEN}")
BANK_CARD = re.compile(rf"(?:卡|账户|帐户|账|帐|开户行|银行){_THEN}")

#: “Tel” and the like, and the end of an identity card's number.
LETTERS_OF_A_MOBILE = re.compile(
    r"(?:(?<![A-Za-z0-9])(?i:tel|phone|mobile|mob|cell|wx|vx|v|qq|t|m|p)|\d{12}X)$"
)
LETTER = re.compile(r"[A-Za-z]")
ADDRESS = re.compile(r"(?i:https?://|ftp://|www\.)[!-~]*$")
PLACE = re.compile(r"(?:坐标|经度|纬度|东经|北纬|经纬)[^\w\n]{0,3}(?:[\d.°,;\s]|东经|北纬){0,40}$")
MONEY = re.compile(r"[¥$€£][ ]?$")
UNIT = re.compile(
    r"(?:\.\d{1,4})?[ ]?(?:[元亿吨亩米株㎡%°]|万[元吨亩人户株斤]|平方|公里|千克|立方|人次|户次|余元)"
)


def before(text: str, start: int, reach: int = REACH) -> str:
    """Return what stands before a place."""
    return text[max(start - reach, 0) : start]


def is_labelled(text: str, start: int, label: re.Pattern[str]) -> bool:
    """Tell whether a label of some kind stands before a number."""
    return label.search(before(text, start)) is not None


def is_amount(text: str, start: int, end: int) -> bool:
    """Tell whether a number is counted in something, or is a place on the map."""
    counted = UNIT.match(text, end) is not None or MONEY.search(before(text, start)) is not None
    return counted or PLACE.search(before(text, start, 60)) is not None


def is_in_address(text: str, start: int) -> bool:
    """Tell whether a number is part of the address of a page on the web."""
    return ADDRESS.search(before(text, start, FAR)) is not None


def is_in_code(text: str, start: int, end: int) -> bool:
    """Tell whether letters join a number into a longer code; “Tel” and a mail address do not."""
    if text[end : end + 1] == "@":
        return False
    if LETTER.match(text, end):
        return True
    near = before(text, start)
    return LETTER.match(near, len(near) - 1) is not None and not LETTERS_OF_A_MOBILE.search(near)


#: Country code and the prefixes of cheap long-distance calls.
PREFIX = re.compile(r"^(?:0{0,2}86|0|17951|17911|12593)(?=1[3-9])")
MOBILE_SHAPES = {
    *((3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (3, 5, 3), (3, 3, 3, 2), (5, 6)),
    *((6, 5), (3, 4, 2, 2), (3, 2, 3, 3), (2, 3, 3, 3), (4, 7), (8, 3)),
}
CARD_SHAPES = {
    *((4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 10), (6, 13), (4, 12)),
    *(
        (8, 8),
        (8, 11),
        (4, 15),
        (4, 6, 5),
        (4, 4, 4, 3),
        (6, 6, 6),
        (6, 6, 7),
        (5, 5, 5, 4),
        (4, 4, 8),
    ),
}
OLD_ID_SHAPES = {(6, 6, 3), (6, 9), (12, 3), (3, 3, 3, 3, 3), (5, 5, 5), (4, 4, 4, 3)}
#: A date written in eight digits, which no telephone number is made of.
DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
ROW_NUMBER = 3
#: Numbers of cases begin with the place and the day; so do identity cards of small children.
SMALL_CHILD = 6


@dataclass(frozen=True)
class Number:
    """A number of a person: what it is, its digits, and where it stands in the folded text."""

    kind: Kind
    digits: str
    start: int
    end: int


def number_in(candidate: Candidate) -> list[Number]:
    """Return the number of a person that a candidate is; several, when they are written without a gap."""
    length = len(candidate.digits)
    if length == checks.ID_LENGTH and _is_id_card(candidate):
        return [_whole(candidate, Kind.ID_CARD)]
    mobile = PREFIX.sub("", candidate.digits, count=1)
    if checks.is_mobile(mobile):
        start = _start_of(candidate, len(mobile))
        if _is_written_as_mobile(candidate, start):
            return [Number(Kind.MOBILE, mobile, start, candidate.end)]
    if length == checks.OLD_ID_LENGTH and _is_old_id_card(candidate):
        return [_whole(candidate, Kind.ID_CARD)]
    if checks.is_bank_card(candidate.digits) and _is_written_as_card(candidate):
        return [_whole(candidate, Kind.BANK_CARD)]
    longer = length > checks.ID_LENGTH and len(candidate.groups) == 1
    return _glued(candidate) if longer and not _is_nobodys(candidate) else []


def _whole(candidate: Candidate, kind: Kind) -> Number:
    return Number(kind, candidate.digits, candidate.start, candidate.end)


def _start_of(candidate: Candidate, length: int) -> int:
    """Return where a number's own digits begin, behind a prefix, given how many they are."""
    places = [place for group in candidate.groups for place in range(*group)]
    return places[len(candidate.digits) - length]


def _is_id_card(candidate: Candidate) -> bool:
    today = date.today()  # noqa: DTZ011 - the day where the server stands is exact enough
    if not checks.is_id_card(candidate.digits, latest=today):
        return False
    text, start = candidate.text, candidate.start
    if checks.is_credit_code(candidate.digits):
        return not is_labelled(text, start, CREDIT_CODE)
    child = int(candidate.digits[6:10]) > today.year - SMALL_CHILD
    return not (child and is_labelled(text, start, OTHER))


def _is_old_id_card(candidate: Candidate) -> bool:
    if not checks.is_old_id_card(candidate.digits) or _is_nobodys(candidate):
        return False
    return _is_grouped(candidate, OLD_ID_SHAPES, ID_CARD)


def _is_written_as_mobile(candidate: Candidate, own: int) -> bool:
    """Tell whether the digits are grouped as a telephone number is.

    Args:
        own: where the number begins, behind its country code.
    """
    text, end = candidate.text, candidate.end
    if is_in_code(text, candidate.start, end) or _is_fraction(text, own):
        return False
    if _is_nobodys(candidate) or any(
        DAY.fullmatch(text[slice(*each)]) for each in candidate.groups
    ):
        return False
    shape = _without(candidate.shape, len(candidate.digits) - checks.MOBILE_LENGTH)
    if shape in MOBILE_SHAPES and candidate.separators == {"."}:
        return len(shape) > 2  # One point makes a decimal fraction.
    if len(shape) == 1 or shape in MOBILE_SHAPES or set(shape) == {1} or _is_paired(candidate):
        return True
    return is_labelled(text, candidate.start, MOBILE)


def _without(shape: tuple[int, ...], lead: int) -> tuple[int, ...]:
    """Return a shape without the digits of a prefix."""
    rest = list(shape)
    while lead and rest:
        taken = min(lead, rest[0])
        lead -= taken
        rest[0] -= taken
        if not rest[0]:
            rest.pop(0)
    return tuple(rest)


def _is_paired(candidate: Candidate) -> bool:
    """Tell whether the digits stand in twos and threes, with a pair like 05 that is no number of its own."""
    pairs = [candidate.text[start:end] for start, end in candidate.groups]
    return max(map(len, pairs)) <= ROW_NUMBER and any(
        len(pair) > 1 and pair[0] == "0" for pair in pairs
    )


def _is_written_as_card(candidate: Candidate) -> bool:
    text, digits = candidate.text, candidate.digits
    if _is_nobodys(candidate) or checks.is_credit_code(digits):
        return False
    if is_in_code(text, candidate.start, candidate.end):
        return False
    if candidate.separators == {"."} and len(candidate.shape) == 2:
        return False  # One point makes a decimal fraction.
    return _is_grouped(candidate, CARD_SHAPES, BANK_CARD)


def _is_grouped(candidate: Candidate, shapes: set[tuple[int, ...]], label: re.Pattern[str]) -> bool:
    """Tell whether digits stand together, one by one, as people group them, or behind their name."""
    shape = candidate.shape
    if len(shape) == 1 or shape in shapes or set(shape) == {1}:
        return True
    return is_labelled(candidate.text, candidate.start, label)


def _is_nobodys(candidate: Candidate) -> bool:
    """Tell whether what stands around says that this is a code, an amount, a place or an address."""
    text, start, end = candidate.text, candidate.start, candidate.end
    return (
        is_labelled(text, start, OTHER)
        or is_amount(text, start, end)
        or is_in_address(text, start)
        or _is_fraction(text, start)
    )


def _is_fraction(text: str, start: int) -> bool:
    """Tell whether the digits follow a decimal point; “1.” before a number only counts the lines."""
    return re.search(r"(?:\d{3}|(?<!\d)0)\.$", before(text, start)) is not None


def _glued(candidate: Candidate) -> list[Number]:
    """Return the numbers in a row without a gap: identity card and telephone, also after a row number."""
    digits, start = candidate.digits, candidate.start
    today = date.today()  # noqa: DTZ011 - as above
    for lead in range(ROW_NUMBER + 1):
        parts = _parts(digits[lead:], today)
        if parts and (lead == 0 or parts[0][0] == Kind.ID_CARD):
            numbers, place = [], start + lead
            for kind, number in parts:
                numbers.append(Number(kind, number, place, place + len(number)))
                place += len(number)
            return numbers
    return []


def _parts(digits: str, today: date) -> list[tuple[Kind, str]]:
    """Return identity cards and telephones of which a row of digits consists wholly; else nothing."""
    parts: list[tuple[Kind, str]] = []
    while digits:
        id_card, mobile = digits[: checks.ID_LENGTH], digits[: checks.MOBILE_LENGTH]
        if len(id_card) == checks.ID_LENGTH and checks.is_id_card(id_card, latest=today):
            parts.append((Kind.ID_CARD, id_card))
        elif checks.is_mobile(mobile):
            parts.append((Kind.MOBILE, mobile))
        else:
            return []
        digits = digits[len(parts[-1][1]) :]
    return parts
