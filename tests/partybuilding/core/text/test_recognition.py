"""What stands around a number decides where its digits alone do not: each rule on both its sides."""

from collections.abc import Callable
from datetime import date

import pytest

from partybuilding.core.text.personal_data import Kind, findings, mask
from tests.partybuilding.core.text.test_checks import card_of

OLDER, PHONE = "440524188001010014", "13812345678"
CARD, ADULT = "6222222266666600", "11010519491231002X"
YEAR = date.today().year  # noqa: DTZ011 - as the code that is tested asks


def kinds(text: str) -> list[str]:
    return [one.kind for one in findings(text)]


@pytest.mark.parametrize(
    ("born", "found"),
    [(YEAR - 7, True), (YEAR - 6, True), (YEAR - 5, False), (YEAR - 1, False)],
)
def test_the_number_of_a_case_may_read_like_a_small_childs(born: int, found: bool) -> None:
    number = card_of(date(born, 1, 1))
    assert (kinds(f"案号：{number}") == [Kind.ID_CARD]) is found
    assert kinds(f"儿童{number}") == [Kind.ID_CARD]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Called a credit code, it must be one to pass.
        (f"统一社会信用代码：{ADULT}", [Kind.ID_CARD]),
        ("统一社会信用代码：91500114MA5U00001E", []),
        # A row number before it, of three digits at most.
        ("序号103440524188001010014", [Kind.ID_CARD]),
        ("序号1003440524188001010014", []),
        # One point makes a decimal fraction, two points group a number.
        ("系数为138.00138000", []),
        ("请拨138.0013.8000", [Kind.MOBILE]),
        # Grouped as nobody groups a card, it must be called one.
        ("第62 2222 226666 6600行", []),
        ("银行卡号：62 2222 226666 6600", [Kind.BANK_CARD]),
        (f"请汇至{CARD}", [Kind.BANK_CARD]),
        ("请汇至6222 2222 6666 6600", [Kind.BANK_CARD]),
        ("系数为62222222.66666600", []),
        # The day of a report is no telephone.
        ("13920220630", [Kind.MOBILE]),
        ("139 20220630", []),
        # In twos and threes it is one number when a pair begins with 0, and may be several when none does.
        ("名额13 80 01 38 00 0", [Kind.MOBILE]),
        ("名额138 00 138 00 0", [Kind.MOBILE]),
        ("名额1380 01 38 00 0", []),
        ("名额13 81 21 38 19 0", []),
        # The code of the country is none of its digits, however it is set off.
        ("请拨86 138 0013 8000", [Kind.MOBILE]),
        ("请拨0086-13800138000", [Kind.MOBILE]),
        # An amount, and a place on the map.
        ("补助13812345678元", []),
        ("坐标：13812345678", []),
        # Joined by letters into a code, and not joined by the sign of a mail address or by “Tel”.
        ("A13812345678", []),
        ("13812345678B", []),
        ("13812345678@example.cn", [Kind.MOBILE]),
        ("Tel13812345678", [Kind.MOBILE]),
        ("https://example.cn/13812345678", []),
    ],
)
def test_what_stands_around_a_number_is_read(text: str, found: list[Kind]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    ("shape", "found"),
    [
        (lambda n: f"{n[:6]}-{n[6:12]}-{n[12:]}", True),
        (lambda n: f"{n[:2]}-{n[2:9]}-{n[9:]}", False),
        (lambda n: f"身份证{n[:2]}-{n[2:9]}-{n[9:]}", True),
        (lambda n: f"编号：{n}", False),
    ],
)
def test_an_old_identity_card_is_grouped_as_people_group_it(
    shape: Callable[[str], str], found: bool
) -> None:
    assert (kinds(shape("110105491231002")) == [Kind.ID_CARD]) is found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{OLDER}{PHONE}", "440524********0014138****5678"),
        (f"{PHONE}{PHONE}{PHONE}", "138****5678138****5678138****5678"),
        (f"1{OLDER}{PHONE}", "1440524********0014138****5678"),
        (f"{PHONE}{OLDER}", "138****5678440524********0014"),
        (f"1{PHONE}{PHONE}", f"1{PHONE}{PHONE}"),
    ],
)
def test_numbers_written_without_a_gap_are_hidden_each_in_its_place(text: str, shown: str) -> None:
    assert mask(text) == shown
