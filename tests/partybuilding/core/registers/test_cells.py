"""The plain cells of registers say what they should, and nothing that was typed runs in them."""

from types import SimpleNamespace
from typing import Any

import pytest

from partybuilding.core.registers.cells import Column, TitleColumn


def row(**fields: Any) -> Any:
    return SimpleNamespace(**fields)


def test_a_cell_is_escaped() -> None:
    cell = Column("name", classname="party-unit").render_cell_html(row(name="<b>甲</b>"), {})
    assert cell == '<td class="party-unit">&lt;b&gt;甲&lt;/b&gt;</td>'


@pytest.mark.parametrize(("value", "words"), [(None, ""), (0, "0"), (1234, "1234"), ("", "")])
def test_a_cell_says_its_value_and_nothing_for_none(value: Any, words: str) -> None:
    assert Column("name").render_cell_html(row(name=value), {}) == f'<td class="">{words}</td>'


def test_a_title_leads_to_its_row() -> None:
    column = TitleColumn("name", get_url=lambda one: f"/{one.name}/?a=1&b=2")
    cell = column.render_cell_html(row(name="甲"), {})
    assert '<a href="/甲/?a=1&amp;b=2">甲</a>' in cell


def test_a_title_without_an_address_is_plain_words() -> None:
    cell = TitleColumn("name", get_url=lambda _one: "").render_cell_html(row(name="甲"), {})
    assert cell == '<td class="title"><div class="title-wrapper">甲</div></td>'


@pytest.mark.parametrize("value", ["", " ", None])
def test_a_title_without_words_can_still_be_opened(value: Any) -> None:
    column = TitleColumn("name", get_url=lambda _one: "/1/")
    cell = column.render_cell_html(row(name=value), {})
    assert f'<a href="/1/">{column.empty_value_display}</a>' in cell
