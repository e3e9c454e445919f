"""The kinds of questions: what is typed is kept, and reads the same wherever it is shown."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from partybuilding.core.sheets import Condition, Part, Sheet
from partybuilding.core.sheets.kinds.choices import OneOf, SeveralOf, YesNo
from partybuilding.core.sheets.kinds.measures import Day, Number
from partybuilding.core.sheets.kinds.rows import LONGEST_CELL, Person, Table
from partybuilding.core.sheets.kinds.texts import LongAnswer, ShortAnswer
from partybuilding.core.sheets.questions import Question
from partybuilding.projects.yearform.kinds import KINDS, question_of

OPTIONS = (("a1", "红"), ("a2", "黄"), ("a3", "蓝"))
ONE = OneOf(key="q1", label="颜色", options=OPTIONS)
SEVERAL = SeveralOf(key="q1", label="颜色", options=OPTIONS)
YES_NO = YesNo.of({"key": "q1", "label": "有无"})
DAY = Day(key="q1", label="日期")
AREA = Number(key="q1", label="面积", unit="平方米", places=2)
SHORT, LONG = ShortAnswer(key="q1", label="名称"), LongAnswer(key="q1", label="说明")


TABLE = Table(key="q1", label="设备", columns=(("c1", "名称"), ("c2", "数量")), most=3)
PERSON = Person(key="q1", label="经办人")


def record(**answers: Any) -> Any:
    return SimpleNamespace(answers=answers)


def typed(question: Question, **posted: Any) -> tuple[Any, list[str]]:
    """Type into the form of one question; return what would be stored, and the errors."""
    form = type("Form", (forms.Form,), {"q1": question.input()})(posted)
    form.is_valid()
    return question.canonical(form.cleaned_data.get("q1")), form.errors.get("q1", [])


@pytest.mark.parametrize(
    ("question", "posted", "kept", "words"),
    [
        (SHORT, "  网格\u200b长 ", "网格长", "网格长"),
        (LONG, "一\r\n二", "一\n二", "一\n二"),
        (AREA, "85.50", 85.5, "85.5平方米"),
        (AREA, "9", 9, "9平方米"),
        (DAY, "2026-03-05", "2026-03-05", "2026年3月5日"),
        (ONE, "a2", "a2", "黄"),
        (SEVERAL, ["a3", "a1"], ["a1", "a3"], "红、蓝"),
        (YES_NO, "no", False, "否"),
    ],
)
def test_what_is_typed_is_kept_and_read(
    question: Question, posted: Any, kept: Any, words: str
) -> None:
    assert typed(question, q1=posted) == (kept, [])
    assert question.words(record(q1=kept)) == words
    assert question.snapshot_words(question.to_snapshot(record(q1=kept)), {}) == words
    shown = question.initial(kept)
    assert question.canonical(question.input().clean(shown)) == kept


@pytest.mark.parametrize("question", [SHORT, LONG, AREA, DAY, ONE, SEVERAL, YES_NO])
def test_no_answer_is_no_key_and_no_words(question: Question) -> None:
    assert typed(question, q1="")[0] is None
    assert question.words(record()) == ""
    assert question.to_snapshot(record()) == {}
    assert not question.is_begun(record())


@pytest.mark.parametrize(
    ("question", "posted"),
    [
        (AREA, "NaN"),
        (AREA, "Infinity"),
        (AREA, "1.234"),
        (AREA, "1" * 13),
        (DAY, "2026-02-30"),
        (ONE, "a9"),
        (SEVERAL, ["a9"]),
        (ShortAnswer(key="q1", label="名称", longest=3), "四个字的"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(question: Question, posted: Any) -> None:
    assert typed(question, q1=posted)[1]


@pytest.mark.parametrize(
    ("question", "forged"),
    [
        (SHORT, ["a"]),
        (SHORT, "\x00\ud800"),
        (LONG, {"a": 1}),
        (AREA, True),
        (AREA, float("nan")),
        (AREA, float("inf")),
        (AREA, 10**400),
        (AREA, "5"),
        (DAY, "gestern"),
        (DAY, 5),
        (ONE, "a9"),
        (ONE, ["a1"]),
        (SEVERAL, "a1"),
        (SEVERAL, [["a1"]]),
        (YES_NO, 1),
    ],
)
def test_what_no_form_sends_is_no_answer(question: Question, forged: Any) -> None:
    assert question.canonical(forged) is None


def cells(*rows: tuple[str, str]) -> dict[str, str]:
    """Return what a browser sends for these rows, and the empty ones that wait below."""
    every = [*rows, ("", ""), ("", "")]
    return {
        f"q1-{place}-{code}": cell
        for place, row in enumerate(every)
        for code, cell in zip(("c1", "c2"), row, strict=True)
    }


def test_a_table_keeps_the_rows_that_say_anything_and_reads_by_its_columns() -> None:
    kept, errors = typed(TABLE, **cells(("路灯", "12"), ("", ""), ("座椅", "")))
    assert errors == []
    assert kept == [{"c1": "路灯", "c2": "12"}, {"c1": "座椅"}]
    assert TABLE.words(record(q1=kept)) == "1. 名称：路灯；数量：12\n2. 名称：座椅"
    assert TABLE.snapshot_words({"q1": kept}, {}) == TABLE.words(record(q1=kept))
    assert TABLE.canonical(TABLE.initial(kept)) == kept
    shown = type("Form", (forms.Form,), {"q1": TABLE.input()})(initial={"q1": kept}).as_p()
    assert 'value="路灯"' in shown
    assert shown.count('name="q1-') == 6  # two rows, and as many as still fit


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("甲", "1")] * 4, "最多3行"),
        ([("长" * (LONGEST_CELL + 1), "1")], "200"),
        ([("灯😀", "1")], "无法在公文中打印"),
    ],
)
def test_what_does_not_fit_a_table_is_said(rows: list[tuple[str, str]], words: str) -> None:
    assert words in str(typed(TABLE, **cells(*rows))[1])


def test_a_table_takes_no_other_shape() -> None:
    for forged in ("x", [["c1"]], [{"c9": "x"}], {"c1": "x"}, [{"c1": ["x"]}], 5):
        assert TABLE.canonical(forged) is None
    assert TABLE.canonical([{"c1": "甲"}] * 9) == [{"c1": "甲"}] * 3


def test_a_person_is_a_name_and_a_post() -> None:
    kept, errors = typed(PERSON, **{"q1-0-name": " 王示例 ", "q1-0-post": "网格员"})
    assert (kept, errors) == ({"name": "王示例", "post": "网格员"}, [])
    assert PERSON.words(record(q1=kept)) == "王示例 网格员"
    assert PERSON.canonical(PERSON.initial(kept)) == PERSON.canonical(kept) == kept
    assert typed(PERSON, **{"q1-0-name": "", "q1-0-post": ""})[0] is None


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=2))
def test_numbers_lose_no_digit(number: Decimal) -> None:
    kept = AREA.canonical(number)
    assert Decimal(str(kept)) == number
    assert AREA.canonical(kept) == kept


@given(st.dates())
def test_days_come_back(day: date) -> None:
    assert DAY.initial(DAY.canonical(day)) == day


@given(st.text())
def test_a_kept_text_is_kept_the_same_when_it_is_saved_again(text: str) -> None:
    for question in (SHORT, LONG):
        kept = question.canonical(text)
        assert question.canonical(kept) == kept
        assert kept is None or kept.encode()


@given(st.lists(st.sampled_from([code for code, _label in OPTIONS])))
def test_several_choices_stand_in_the_order_of_the_form(codes: list[str]) -> None:
    kept = SEVERAL.canonical(codes)
    assert (kept or []) == sorted(set(codes))


def test_a_required_question_asks_and_a_number_of_a_person_is_refused() -> None:
    must = question_of({"kind": "text", "key": "q1", "label": "经办人", "required": True})
    assert [str(one) for one in must.missing(record())] == ["“经办人”尚未填写。"]
    assert list(must.missing(record(q1="网格长"))) == []
    for number in ("11010519491231002X", "13912345678"):
        (said,) = must.missing(record(q1=f"电话或证件 {number}"))
        assert "个人号码" in str(said)
        assert number not in str(said)


def test_every_kind_is_built_from_what_a_version_keeps() -> None:
    for code, kind in KINDS.items():
        question = question_of({"kind": code, "key": "q1", "label": "题"})
        assert isinstance(question, kind)
        assert question.is_own


def chain() -> Sheet:
    first = OneOf(key="q1", label="一", options=OPTIONS)
    second = OneOf(
        key="q2", label="二", options=OPTIONS, when=(Condition("q1", frozenset({"a1"})),)
    )
    third = ShortAnswer(key="q3", label="三", when=(Condition("q2", frozenset({"a1"})),))
    return Sheet((Part("p", "部分", (first, second)), Part("r", "后部分", (third,))))


def test_a_hidden_question_hides_what_hangs_on_it_and_a_part_without_questions() -> None:
    sheet = chain()
    shown = sheet.shown_to(record(q1="a2", q2="a1", q3="已写"))
    assert [field.key for field in shown.fields] == ["q1"]
    assert [part.code for part in shown.parts] == ["p"]
    back = sheet.shown_to(record(q1="a1", q2="a1", q3="已写"))
    assert [field.words(record(q1="a1", q2="a1", q3="已写")) for field in back.fields][-1] == "已写"


def test_a_form_without_conditions_is_itself() -> None:
    sheet = Sheet((Part("p", "部分", (SHORT,)),))
    assert sheet.shown_to(record()) is sheet
