"""The look-up by receipt: what its holder reads, and that nobody finds out anything without it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from partybuilding.opinions.models import Opinion
from partybuilding.opinions.receipts import as_code, as_number, code_of, new_number, written
from partybuilding.opinions.services import receive
from partybuilding.opinions.views import lookup
from tests.factories import Cast, make_cast, make_project
from tests.factories.opinions import ANSWER, TEXT, make_opinion, nonce, take

pytestmark = pytest.mark.django_db
URL = "/opinions/lookup/"
WRONG = "受理编号或查询码不对，请核对后再试。"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def received(cast: Cast, project: Any = None) -> tuple[Opinion, str]:
    receipt = receive(text=TEXT, nonce=nonce(), project=project)
    return receipt.opinion, receipt.code


def ask(number: str, code: str, **kwargs: Any) -> Any:
    return Client(enforce_csrf_checks=True, **kwargs).post(URL, {"number": number, "code": code})


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), ["已收到", "前告知是否受理"]),
        (("transfer",), ["已转办"]),
        (("accept",), ["办理中", "正在办理"]),
        (("accept", "prolong"), ["办理中", "需到现场核实。", "延长办理时间的原因"]),
        (("accept", "draft"), ["办理中"]),
        (("accept", "draft", "approve"), ["已答复", ANSWER, "采纳"]),
        (("refuse",), ["不予受理", "与本栏项目无关。", "与项目和承诺无关"]),
    ],
)
def test_the_holder_reads_where_it_stands(
    cast: Cast, steps: tuple[str, ...], words: list[str]
) -> None:
    opinion, code = received(cast, make_project("approved", cast))
    for step in steps:
        opinion = take(opinion, step, cast)
    answer = ask(opinion.number, code)
    assert answer.status_code == 200
    for word in (*words, TEXT, opinion.number):
        assert word in answer.text
    assert (ANSWER in answer.text) == (steps[-1:] == ("approve",))
    for name in ("unit", "department"):
        assert cast[name].first_name not in answer.text
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_a_late_answer_is_said_to_be_late(cast: Cast) -> None:
    opinion, code = received(cast)
    moment = timezone.make_aware(
        datetime.combine(opinion.answer_by + timedelta(days=1), datetime.min.time())
    )
    with time_machine.travel(moment):
        assert "现已超期" in ask(opinion.number, code).text


def test_numbers_are_read_however_they_are_typed(cast: Cast) -> None:
    opinion, code = received(cast)
    digits = opinion.number.replace("-", "")
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for number in (opinion.number, digits, f" {digits[:8]} {digits[8:]} ", digits.translate(wide)):
        for typed in (code, written(code), code.translate(wide), f"{code[:4]}-{code[4:]}"):
            assert TEXT in ask(number, typed).text


def test_a_wrong_code_and_a_wrong_number_get_the_same_answer(cast: Cast) -> None:
    opinion, code = received(cast)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    free = new_number(timezone.localdate())
    first, second = ask(opinion.number, wrong), ask(free, code)
    assert first.status_code == second.status_code == 200
    for answer in (first, second):
        assert WRONG in answer.text
        assert TEXT not in answer.text
    body = [
        answer.text.replace(opinion.number, "#").replace(free, "#") for answer in (first, second)
    ]
    assert body[0].replace(wrong, "%") == body[1].replace(code, "%")


def test_an_unknown_number_is_compared_like_a_known_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opinion, code = received(cast)
    compared = []

    def fits(*parts: str) -> bool:
        compared.append(parts)
        return original(*parts)

    original = lookup.fits
    monkeypatch.setattr(lookup, "fits", fits)
    assert lookup.find(opinion.number, code) == opinion
    assert lookup.find("20200101-000000", code) is None
    assert lookup.find(opinion.number, "00000000") is None
    assert [len(one[2]) for one in compared] == [64, 64, 64]


def test_the_code_of_another_receipt_opens_nothing(cast: Cast) -> None:
    (first, _code), (_second, code) = received(cast), received(cast)
    assert TEXT not in ask(first.number, code).text


@pytest.mark.usefixtures("whole_window")
def test_ten_wrong_codes_of_a_receipt_close_it_for_an_address(cast: Cast, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    (opinion, code), (other, others_code) = received(cast), received(cast)
    for number in range(10):
        assert ask(opinion.number, f"{number:08d}").status_code == 200
    closed = ask(opinion.number, code)
    assert closed.status_code == 429
    assert TEXT not in closed.text
    assert TEXT in ask(other.number, others_code).text
    elsewhere = ask(opinion.number, code, headers={"X-Forwarded-For": "192.0.2.7"})
    assert TEXT in elsewhere.text


@pytest.mark.usefixtures("whole_window")
def test_sixty_wrong_codes_of_any_receipt_close_the_look_up_for_an_address(cast: Cast) -> None:
    opinion, code = received(cast)
    for number in range(60):
        assert ask(new_number(timezone.localdate()), f"{number:08d}").status_code == 200
    assert ask(opinion.number, code).status_code == 429


def test_whoever_tries_codes_of_others_does_not_shut_the_owner_out(
    cast: Cast, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = 1
    opinion, code = received(cast)
    for number in range(30):
        ask(opinion.number, f"{number:08d}", headers={"X-Forwarded-For": f"192.0.2.{number}"})
    mine = ask(opinion.number, code, headers={"X-Forwarded-For": "192.0.2.200"})
    assert TEXT in mine.text


def test_right_codes_are_not_counted(cast: Cast) -> None:
    opinion, code = received(cast)
    for _turn in range(12):
        assert ask(opinion.number, code).status_code == 200


@pytest.mark.parametrize(("number", "code"), [("", ""), ("123", "12"), ("abc", "12345678")])
def test_what_cannot_be_a_receipt_is_said_beside_the_field(number: str, code: str) -> None:
    answer = ask(number, code)
    assert set(answer.context["form"].errors) <= {"number", "code"}
    assert answer.context["form"].errors


def test_the_code_is_kept_nowhere(cast: Cast) -> None:
    opinion, code = received(cast)
    kept = {str(value) for value in Opinion.objects.values().get(pk=opinion.pk).values()}
    assert not {one for one in kept if code in one}
    assert code_of("a") != code_of("b")


@pytest.mark.parametrize("typed", ["", "1", "20220513-48273", "20220513-4827311"])
def test_no_number_is_made_of_too_few_or_too_many_digits(typed: str) -> None:
    assert as_number(typed) == ""
    assert as_code("12 34") == "1234"


def test_a_shared_published_answer_leads_from_the_look_up(cast: Cast) -> None:
    opinion = make_opinion("received", cast)
    assert "查看公开页面" not in ask(opinion.number, "00000000").text
