"""Reasons and evidence say something, telephones can be called, papers can print what is typed."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from home.site_settings import ColumnSettings
from partybuilding.column.notices.pages import NoticePage
from partybuilding.core.text.validators import (
    TOLD,
    TelephoneField,
    has_words,
    is_telephone,
    validate_printable,
    validate_told,
    validate_words,
)
from partybuilding.projects.models import Project


@pytest.mark.parametrize("text", ["同意", "8人", "已完成。", "OK", "无异议", "ཀཁ"])
def test_these_are_words(text: str) -> None:
    assert has_words(text)
    validate_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "。",
        "……",
        "😀😀👍",
        "1",
        "12345",
        "无",
        "a",
        "哈哈哈哈",
        "①②",
        "——！",
        "\u200b\u3164",
        "\ufe0f",
    ],
)
def test_these_are_no_words(text: str) -> None:
    assert not has_words(text)
    with pytest.raises(ValidationError):
        validate_words(text)


@pytest.mark.parametrize(
    ("text", "tells"), [("场地停用", True), ("已完成", False), ("好的好的。", False)]
)
def test_what_everybody_reads_is_more_than_a_nod(text: str, tells: bool) -> None:
    assert has_words(text, TOLD) is tells
    if not tells:
        with pytest.raises(ValidationError):
            validate_told(text)


@pytest.mark.parametrize(
    "text",
    [
        "13912345678",
        "139 1234 5678",
        "139-1234-5678",
        "+86 13912345678",
        "１３９１２３４５６７８",
        "023-79220000",
        "(023) 7922 0000",
        "（023）79220000",
        "02379220000",
        "0755-8888123",
        "023-79220000-801",
        "023-79220000转801",
        "010-12345678 分机 8",
        "400-123-4567",
        "12380",
        "023-79220000、13912345678",
        "023-79220000（工作日）",
    ],
)
def test_these_can_be_called(text: str) -> None:
    assert is_telephone(text)


@pytest.mark.parametrize(
    "text",
    [
        "随便写",
        "",
        "。",
        "123",
        "1391234567",
        "139123456789",
        "7922000",
        "无电话",
        "电话023-79220000",
        "²¹³⁴⁵",
    ],
)
def test_these_cannot_be_called(text: str) -> None:
    assert not is_telephone(text)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Project, "contact_phone"),
        (NoticePage, "objection_phone"),
        (ColumnSettings, "objection_phone"),
        (ColumnSettings, "contact"),
    ],
)
def test_every_telephone_is_of_the_one_kind(model: Any, name: str) -> None:
    field = model._meta.get_field(name)
    assert isinstance(field, TelephoneField)
    with pytest.raises(ValidationError):
        field.formfield().clean("随便写")
    assert field.deconstruct()[1] == "django.db.models.CharField"


def test_an_emoji_is_named_and_a_rare_letter_of_a_name_may_stay() -> None:
    with pytest.raises(ValidationError, match="😀") as refused:
        validate_printable("圆满完成😀。")
    assert "U+1F600" in refused.value.messages[0]
    validate_printable("联系人：王𬭎，①～⑩、㎡、《通知》")
    assert forms.CharField(validators=[validate_printable]).clean("党员议事厅") == "党员议事厅"
