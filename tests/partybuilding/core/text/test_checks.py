"""What tells the number of a person from any other: places, days, check characters, as the standards say.

The numbers are the examples of GB 11643 and others worked out by hand; none is anybody's.
"""

from datetime import date, timedelta

import pytest

from partybuilding.core.text.personal_data import checks, findings
from partybuilding.core.text.personal_data.kinds import Kind, masked

LATEST = date(2022, 6, 30)
DAY = timedelta(days=1)


def test_the_weights_are_those_of_the_standards() -> None:
    # GB 11643: 2 to the power of the place from the right, modulo 11.
    assert tuple(pow(2, 17 - place, 11) for place in range(17)) == checks.ID_WEIGHTS
    # GB 32100, table 3.
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    assert weights == checks.CREDIT_WEIGHTS


@pytest.mark.parametrize(
    ("number", "ok"),
    [
        ("11010519491231002X", True),
        ("440524188001010014", True),  # born on the first day that counts
        ("440524187912310013", False),  # the day before it
        ("110105194912310021", False),  # another check character
        ("990105194912310023", False),  # no such place
        ("1101051949123100XX", False),  # no digits
        ("11010519491331002X", False),  # no such month
    ],
)
def test_an_identity_card_has_a_place_a_day_of_birth_and_a_check(number: str, ok: bool) -> None:
    assert checks.is_id_card(number, latest=LATEST) is ok


def card_of(born: date) -> str:
    """Return the number of somebody born on a day, with the check of GB 11643."""
    body = f"110105{born:%Y%m%d}002"
    left = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(body)) % 11
    return body + str("X" if (12 - left) % 11 == 10 else (12 - left) % 11)


@pytest.mark.parametrize(("days", "ok"), [(-1, True), (0, True), (1, False)])
def test_nobody_was_born_after_today(days: int, ok: bool) -> None:
    assert card_of(date(1949, 12, 31)) == "11010519491231002X"
    number = card_of(LATEST + days * DAY)
    assert checks.is_id_card(number, latest=LATEST) is ok


@pytest.mark.parametrize(
    ("number", "ok"),
    [
        ("110105491231002", True),
        ("110105991231002", True),  # the last day of such numbers
        ("110105991232002", False),
        ("110105991331002", False),
        ("990105491231002", False),
    ],
)
def test_an_identity_card_of_former_years_has_a_place_and_a_day(number: str, ok: bool) -> None:
    assert checks.is_old_id_card(number) is ok


@pytest.mark.parametrize(
    ("number", "ok"),
    [
        ("6222222266666600", True),
        ("6222222266666601", False),  # another check
        ("6222222266666626", False),  # two digits over and over are an example
        ("7222222266666600", False),  # no bank begins so
        ("622222226666660", False),  # too short
    ],
)
def test_a_bank_card_has_a_beginning_a_length_and_a_check(number: str, ok: bool) -> None:
    assert checks.is_bank_card(number) is ok


@pytest.mark.parametrize(
    ("number", "ok"),
    [("4539578763621486", True), ("79927398713", True), ("79927398710", False), ("0", True)],
)
def test_the_last_digit_checks_the_others(number: str, ok: bool) -> None:
    assert checks.luhn(number) is ok


@pytest.mark.parametrize(
    ("code", "ok"),
    [
        ("91500114MA5U00001E", True),
        ("91990114MA5U00001E", False),  # another place, and another check
        ("90500114MA5U00001H", False),  # no office registers so
        ("91100114MA5U00001K", True),  # 10: registered with the State Administration
        ("915001A4MA5U00001R", False),  # the place has a letter
        ("9150011AMA5U000015", False),
        ("91500114MA5U00001", False),
        ("91500114MA5U00001EE", False),
        ("91500114MA5U00001F", False),
    ],
)
def test_the_code_of_an_office_has_who_registers_a_place_and_a_check(code: str, ok: bool) -> None:
    assert checks.is_credit_code(code) is ok


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        (Kind.ID_CARD, "11010519491231002X", "110105********002X"),
        (Kind.MOBILE, "13812345678", "138****5678"),
        (Kind.BANK_CARD, "6222222266666600", "6222********6600"),
    ],
)
def test_each_kind_is_shown_by_its_beginning_and_its_last_four(
    kind: Kind, number: str, shown: str
) -> None:
    assert masked(kind, number) == shown


@pytest.mark.parametrize(
    ("text", "excerpts"),
    [
        # Eight characters on both sides, or as many as there are.
        ("甲乙丙13812345678丁戊", ["甲乙丙138****5678丁戊"]),
        (
            "一二三四五六七八甲13812345678乙一二三四五六七",
            ["一二三四五六七八甲138****5678乙一二三四五六七"[1:]],
        ),
        # A number that reaches into them is shown hidden and whole, one that only touches is not.
        (
            "13812345678，请拨打或发短13912345678",
            [
                "138****5678，请拨打或发短1"[:-1] + "139****5678",
                "138****5678，请拨打或发短139****5678",
            ],
        ),
        (
            "13812345678，请拨打或发短信13912345678",
            ["138****5678，请拨打或发短信", "，请拨打或发短信139****5678"],
        ),
    ],
)
def test_an_excerpt_shows_eight_characters_on_both_sides(text: str, excerpts: list[str]) -> None:
    assert [one.excerpt for one in findings(text)] == excerpts
