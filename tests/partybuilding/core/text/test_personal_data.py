"""Numbers of persons are found however they are written; what officials write passes."""

import re
import time
from datetime import date
from itertools import cycle

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from partybuilding.core.text.personal_data import Kind, findings, mask
from partybuilding.core.text.personal_data.checks import (
    CREDIT_CHARACTERS,
    CREDIT_WEIGHTS,
    ID_WEIGHTS,
    is_credit_code,
)
from tests.partybuilding.core import personal_data_texts as texts

FOUND = [
    *((text, Kind.ID_CARD) for text in texts.ID_CARDS),
    *((text, Kind.MOBILE) for text in texts.MOBILES),
    *((text, Kind.BANK_CARD) for text in texts.BANK_CARDS),
]


def kinds(text: str) -> set[Kind]:
    return {finding.kind for finding in findings(text)}


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_a_number_of_a_person_is_found_however_it_is_written(text: str, kind: Kind) -> None:
    assert kinds(text) == {kind}
    assert findings(mask(text)) == []


@pytest.mark.parametrize(("text", "found"), texts.SEVERAL.items())
def test_several_numbers_are_found_in_order(text: str, found: list[str]) -> None:
    assert [finding.kind for finding in findings(text)] == found


@pytest.mark.parametrize("text", texts.HARMLESS)
def test_what_an_official_may_publish_passes(text: str) -> None:
    assert findings(text) == []
    assert mask(text) == text


def test_the_texts_are_enough_of_both_sorts() -> None:
    assert len(FOUND) + len(texts.SEVERAL) >= 100
    assert len(texts.HARMLESS) >= 100


def test_a_finding_shows_the_place_and_hides_the_number() -> None:
    text = "负责人张某，身份证号50023419010203001X，联系电话：138 0013 8000，请于月底前报名。"
    assert [finding.excerpt for finding in findings(text)] == [
        "人张某，身份证号500234********001X，联系电话：138****8000",
        "500234********001X，联系电话：138****8000，请于月底前报名",
    ]


def test_an_excerpt_hides_the_numbers_beside_it_too() -> None:
    numbers = "13800138000、13900139000、15012345678"
    for finding in findings(numbers):
        assert not re.search(r"\d{8}", finding.excerpt)


def test_an_amount_is_not_hidden_by_what_is_beside_it() -> None:
    assert mask("电话13800138000，合计13800138000元") == "电话138****8000，合计13800138000元"


def test_a_credit_code_that_reads_like_an_identity_card_is_told_by_its_label() -> None:
    code = next(filter(is_both, map(id_card, (f"51142019{n:02d}0101{n:03d}" for n in range(100)))))
    assert findings(f"统一社会信用代码：{code}") == []
    assert kinds(f"身份证：{code}") == {Kind.ID_CARD}


@pytest.mark.parametrize(
    "code",
    ["", "91500114MA5U00001", "91500114MA5U00001F", "9150O114MA5U00001E", "91500114MA5UO0001E"],
)
def test_a_code_with_a_fault_is_no_credit_code(code: str) -> None:
    assert is_credit_code("91500114MA5U00001E")
    assert not is_credit_code(code)


def id_card(body: str) -> str:
    """Return an identity card's number from its first 17 digits."""
    weighed = sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True))
    return body + "10X98765432"[weighed % 11]


def credit_code(body: str) -> str:
    """Return a unified social credit code from its first 17 characters."""
    values = map(CREDIT_CHARACTERS.index, body)
    weighed = sum(value * weight for value, weight in zip(values, CREDIT_WEIGHTS, strict=True))
    return body + CREDIT_CHARACTERS[-weighed % 31]


def is_both(number: str) -> bool:
    return credit_code(number[:17]) == number


def bank_card(body: str) -> str:
    """Return a bank card's number from all but its last digit."""
    doubled = [int(digit) * 2 for digit in body[::-2]]
    total = sum(map(int, body[-2::-2])) + sum(n - 9 if n > 9 else n for n in doubled)
    return body + str(-total % 10)


#: A busy machine is no fault of a text.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WIDTHS = [
    str.maketrans("", ""),
    *(
        str.maketrans("0123456789", digits)
        for digits in (
            "０１２３４５６７８９",
            "零一二三四五六七八九",
            "〇壹贰叁肆伍陆柒捌玖",
            "⓪①②③④⑤⑥⑦⑧⑨",
        )
    ),
    str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    str.maketrans("0123456789", "".join(map(chr, range(0x1D7CE, 0x1D7D8)))),
]
SEPARATORS = ["", " ", "\u3000", "\u2009", "\u00a0", "-", "－", "—", "·", "\u200b", " - ", "_"]
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2020, 12, 31))
ID_NUMBERS = st.builds(
    lambda place, day, serial: id_card(f"{place}{day:%Y%m%d}{serial:03d}"),
    st.sampled_from(
        ["110101", "230102", "310115", "410105", "500114", "511402", "520102", "653101", "810000"]
    ),
    DAYS,
    st.integers(1, 999),
)
MOBILE_NUMBERS = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
CARD_NUMBERS = st.from_regex(r"6[02][0-9]{13,16}|4[0-9]{14}", fullmatch=True).map(bank_card)
SURROUNDINGS = st.sampled_from(
    [("", ""), ("张某", "，男"), ("（", "）"), ("电话：", "。"), ("2022年", "一直")]
)


def written(number: str, sizes: tuple[int, ...], separator: str, width: int) -> str:
    """Return a number in groups of some sizes, in one of the widths of digits."""
    parts, rest, size = [], number, cycle(sizes)
    while rest:
        here = next(size)
        parts.append(rest[:here])
        rest = rest[here:]
    return separator.join(parts).translate(WIDTHS[width])


@patiently
@given(
    number=ID_NUMBERS,
    sizes=st.sampled_from([(18,), (6, 8, 4), (6, 4, 4, 4), (4,), (3,), (1,), (6,), (5, 7)]),
    separator=st.sampled_from(SEPARATORS),
    width=st.integers(0, len(WIDTHS) - 1),
    around=SURROUNDINGS,
)
def test_any_identity_card_is_found_in_any_writing(
    number: str, sizes: tuple[int, ...], separator: str, width: int, around: tuple[str, str]
) -> None:
    text = written(number, sizes, separator, width).join(around)
    assert kinds(text) == {Kind.ID_CARD}
    assert findings(mask(text)) == []


@patiently
@given(
    number=MOBILE_NUMBERS,
    prefix=st.sampled_from(["", "+86", "+86 ", "86-", "0086", "0086 "]),
    sizes=st.sampled_from([(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (1,)]),
    separator=st.sampled_from(SEPARATORS),
    width=st.integers(0, len(WIDTHS) - 1),
    around=SURROUNDINGS,
)
def test_any_mobile_number_is_found_in_any_writing(
    number: str,
    prefix: str,
    sizes: tuple[int, ...],
    separator: str,
    width: int,
    around: tuple[str, str],
) -> None:
    assume(sizes != (3, 8) or not re.match(r"(?:19|20)\d\d[01]", number[3:]))
    text = (prefix + written(number, sizes, separator, width)).join(around)
    assert kinds(text) == {Kind.MOBILE}
    assert findings(mask(text)) == []


@patiently
@given(
    number=CARD_NUMBERS,
    sizes=st.sampled_from([(19,), (4,), (6, 13), (1,)]),
    separator=st.sampled_from(SEPARATORS),
    width=st.integers(0, len(WIDTHS) - 1),
)
def test_any_bank_card_is_found_in_any_writing(
    number: str, sizes: tuple[int, ...], separator: str, width: int
) -> None:
    text = written(number, sizes, separator, width)
    if len(set(number)) > 2:
        assert Kind.BANK_CARD in kinds(f"卡号{text}") or kinds(text) == {Kind.ID_CARD}
        assert findings(mask(text)) == []


@patiently
@given(
    office=st.sampled_from(["11", "12", "51", "52", "53", "54", "91", "92", "93"]),
    place=st.sampled_from(["500114", "500000", "510107", "110101"]),
    serial=st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
)
def test_no_credit_code_is_taken_for_a_person(office: str, place: str, serial: str) -> None:
    assert findings(f"统一社会信用代码：{credit_code(office + place + serial)}") == []


@patiently
@given(st.text("0123456789一三八零X -.（）*+Oa，\n\u200b", max_size=120))
def test_masking_leaves_nothing_and_loses_no_line(text: str) -> None:
    hidden = mask(text)
    assert findings(hidden) == []
    assert hidden.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "13 ",
        "1-",
        "13800138000 ",
        "13800138000",
        "一",
        "O",
        "( ",
        " ",
        "1   ",
        "1.   ",
        "http://a",
    ],
)
def test_the_search_takes_ten_times_as_long_for_ten_times_as_much(piece: str) -> None:
    def seconds(characters: int) -> float:
        text = (piece * characters)[:characters]
        started = time.process_time()
        findings(text)
        return time.process_time() - started

    seconds(10_000)
    assert seconds(100_000) < 60 * max(seconds(10_000), 0.01)
