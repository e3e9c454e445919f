"""Two snapshots compared: which parts differ, and which words in them."""

from functools import partial

import pytest

from partybuilding.projects.casefile import comparison
from partybuilding.projects.casefile.comparison import Piece, pieces
from partybuilding.projects.sheet import APPLICATION

changes = partial(comparison.changes, APPLICATION)
changed_parts = partial(comparison.changed_parts, APPLICATION)

EMPTY = {
    "title": "议事厅",
    "sector": "urban",
    "topic": "基层治理",
    "problem": "停车难",
    "partners": [],
    "plan": [["走访", "全覆盖", "2026-12-01", "李示例", ""]],
    "attachments": ["方案.pdf"],
}


def test_equal_snapshots_have_no_changes() -> None:
    assert changes(EMPTY, dict(EMPTY)) == []


@pytest.mark.parametrize(
    ("key", "value", "section"),
    [
        ("title", "邻里议事厅", "basics"),
        ("sector", "rural", "basics"),
        ("partners", ["小万村党支部"], "basics"),
        ("problem", "停车难、堆物多", "problem"),
        ("plan", [], "plan"),
        ("attachments", ["方案.pdf", "照片.png"], "attachments"),
        ("overview", "三步推进", "plan"),
    ],
)
def test_the_part_that_differs_is_named(key: str, value: object, section: str) -> None:
    assert [change.section for change in changes(EMPTY, {**EMPTY, key: value})] == [section]


def test_a_code_is_shown_in_words() -> None:
    change = changes(EMPTY, {**EMPTY, "sector": "rural"})[0]
    assert "".join(piece.text for piece in change.before) == "城市"
    assert "".join(piece.text for piece in change.after) == "农村"


def test_a_row_of_the_plan_reads_as_a_line() -> None:
    change = changes({**EMPTY, "plan": []}, EMPTY)[0]
    assert change.before == ()
    assert change.after == (Piece("1. 走访；全覆盖；2026-12-01；李示例", True),)


def test_only_the_changed_words_are_marked() -> None:
    before, after = pieces("办结议题60件，满意", "办结议题80件，满意")
    assert before == (Piece("办结议题"), Piece("6", True), Piece("0件，满意"))
    assert after == (Piece("办结议题"), Piece("8", True), Piece("0件，满意"))


def test_nothing_of_either_text_is_lost() -> None:
    old, new = "一二三四五六七", "一三四X五七八"
    before, after = pieces(old, new)
    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new


def test_line_ends_of_browsers_are_no_change() -> None:
    assert changes({**EMPTY, "problem": "一\r\n二"}, {**EMPTY, "problem": "一\n二"}) == []


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert changes({**EMPTY, "sector": "x"}, EMPTY)[0].before == (Piece("x", True),)


def test_a_telephone_and_a_file_of_another_content_show_as_changed() -> None:
    kept = {**EMPTY, "contact_phone": "023-79220000", "contents": ["aa"]}
    after = {**kept, "contact_phone": "13912345678", "contents": ["bb"]}
    told = {change.section: change for change in changes(kept, after)}
    assert "".join(piece.text for piece in told["basics"].after) == "13912345678"
    assert "".join(piece.text for piece in told["attachments"].after) == "方案.pdf（内容已更换）"
    assert changed_parts(kept, after) == {"basics", "attachments"}


def test_what_former_snapshots_did_not_keep_does_not_show() -> None:
    after = {**EMPTY, "contact_phone": "13912345678", "contents": ["bb"]}
    assert changes(EMPTY, after) == []
    assert changed_parts(EMPTY, after) == set()
    assert changed_parts({}, {"title": "议事厅"}) == {"basics"}
