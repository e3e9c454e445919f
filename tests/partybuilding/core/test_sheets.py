"""A form as data: what its fields ask for, keep and say, without a database."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import TextChoices

from partybuilding.core.papers.data import Answer
from partybuilding.core.papers.form_outline import outline_form
from partybuilding.core.sheets import Choice, Fact, Line, LongText, Part, Sheet, Telephone
from partybuilding.core.words.lists import WordList
from partybuilding.projects.casefile.comparison import changed_parts, changes
from tests.factories.documents import application_form


class Colour(TextChoices):
    RED = "red", "红"


WHO = Part(
    "who",
    "基本情况",
    (
        Line(key="name", label="名称", required="请写名称。", min_signs=1, wide=True),
        Fact(key="lead", label="牵头单位", reads="told.lead"),
        Choice(
            key="colour",
            label="颜色",
            required="请选颜色。",
            options=WordList("colour", "颜色", Colour),
        ),
        Line(key="person", label="联系人", required="请写联系人和电话。", later=True),
        Telephone(
            key="phone",
            label="电话",
            required="请写联系人和电话。",
            wrong="电话打不通。",
            same_line=True,
        ),
    ),
)
WHY = Part("why", "心愿", (LongText(key="wish", source="column", label="心愿"),))
SHEET = Sheet((WHO, WHY))


def record(**facts: Any) -> SimpleNamespace:
    given = {"name": "驿站", "colour": "red", "person": "周某", "phone": "12380", "column": "话"}
    return SimpleNamespace(**{**given, "told": SimpleNamespace(lead="支部"), **facts})


@pytest.mark.parametrize(
    ("facts", "gaps"),
    [
        ({}, {}),
        ({"name": "……"}, {"who": ["请写名称。"]}),
        ({"colour": ""}, {"who": ["请选颜色。"]}),
        ({"person": " ", "phone": ""}, {"who": ["请写联系人和电话。"]}),
        ({"phone": "一二三"}, {"who": ["电话打不通。"]}),
        ({"person": "", "phone": "一二三"}, {"who": ["请写联系人和电话。", "电话打不通。"]}),
        ({"column": ""}, {}),
    ],
)
def test_each_gap_is_said_once_under_its_part(facts: dict, gaps: dict) -> None:
    assert SHEET.missing(record(**facts)) == gaps


def test_a_part_is_begun_by_what_somebody_wrote() -> None:
    untouched = record(name="", person="", phone="", column="")
    assert not WHO.is_begun(untouched)
    assert WHO.is_begun(record(person="", phone="", column=""))
    assert (WHO.is_required, WHY.is_required) == (True, False)


def test_a_snapshot_keeps_what_was_written_under_its_keys() -> None:
    kept = {"name": "驿站", "colour": "red", "person": "周某", "phone": "12380", "wish": "话"}
    assert SHEET.snapshot(record()) == kept
    assert SHEET.columns == ["name", "colour", "person", "phone", "column"]
    assert SHEET.long_columns == ["column"]


def test_screens_show_a_line_for_fields_that_belong_together() -> None:
    assert [[field.key for field in line] for line in WHO.lines()] == [
        ["name"],
        ["lead"],
        ["colour"],
        ["person", "phone"],
    ]
    assert WHO.fields[1].words(record()) == "支部"


def test_a_field_that_is_new_compares_with_nothing_and_a_later_one_not_at_all() -> None:
    before = SHEET.snapshot(record())
    for key in ("wish", "person"):
        del before[key]
    (change,) = changes(SHEET, before, SHEET.snapshot(record(person="吴某")))
    assert (change.section, change.label, change.before) == ("why", "心愿", ())
    assert changed_parts(SHEET, before, SHEET.snapshot(record())) == {"why"}


def test_short_answers_stand_in_pairs_on_paper_and_a_wide_one_alone() -> None:
    answers = [Answer(label, "", wide=label == "宽") for label in ("甲", "宽", "乙", "丙", "丁")]
    form = application_form()
    outline = outline_form(type(form)(cycle_year=2026, answers=tuple(answers)))
    rows = [[entry.label for entry in row] for row in outline.rows]
    assert rows == [["甲"], ["宽"], ["乙", "丙"], ["丁"]]
