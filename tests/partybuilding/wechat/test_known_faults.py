"""The twelve ways in which articles were known to break between a site and the official account.

Each is what the platform does (spreading.md, "WeChat"), and what an article does about it.
"""

import re
from html import unescape

from partybuilding.core.pages.manuscript import Figure, Heading, Prose, Table
from partybuilding.wechat.allowed import TAGS, only_allowed
from partybuilding.wechat.tree import Node, read
from tests.factories.wechat import IMAGE, set_body

NESTED = "<ul><li>先议<ol><li>支部</li><li>楼栋</li></ol></li><li>后办</li></ul>"
#: A text with everything in it that was ever pasted and vanished.
DIRTY = (
    '<style>p{color:red}</style><script>alert(1)</script><p id="a" class="b" onclick="x()" '
    'style="position:absolute;color:red">一</p><div style="background-image:url(a.png);display:flex">'
    '二</div><svg><circle/></svg><iframe src="https://example.org"></iframe><p style="color:var(--red)">三</p>'
)


def nodes(html: str) -> list[Node]:
    """Return every element of an article."""
    return list(read(html).walk())


def test_1_styles_outside_of_elements_vanish_so_there_are_none() -> None:
    assert {node.tag for node in nodes(set_body(Prose(DIRTY)))} <= TAGS


def test_2_names_and_classes_vanish_so_nothing_leans_on_them() -> None:
    attributes = {name for node in nodes(set_body(Prose(DIRTY))) for name in node.attributes}
    assert attributes <= {"style", "src", "alt", "href"}


def test_3_positions_grids_and_flexible_boxes_vanish() -> None:
    assert not re.search(r"position|flex|grid|float", set_body(Prose(DIRTY)))


def test_4_variables_and_sums_vanish() -> None:
    assert only_allowed('<p style="color:var(--red);width:calc(1px + 2px)">三</p>') == "<p>三</p>"


def test_5_pictures_in_the_background_vanish() -> None:
    assert "url(" not in set_body(Prose(DIRTY))


def test_6_scripts_frames_and_drawings_leave_no_words_behind() -> None:
    html = set_body(Prose(DIRTY))
    assert "alert" not in html
    assert "circle" not in html
    assert "一" in html
    assert "三" in html


def test_7_the_first_and_the_last_block_lose_their_style_so_they_have_none_to_lose() -> None:
    parts = [part for part in read(set_body(Heading("一"))).children if isinstance(part, Node)]
    for edge in (parts[0], parts[-1]):
        assert edge.tag == "p"
        assert edge.text == "\u00a0"
        assert "font-size:0" in edge.attributes["style"]
    assert [part.tag for part in parts] == ["p", "section", "p"]


def test_8_links_to_other_sites_die_so_their_addresses_stand_at_the_end() -> None:
    html = set_body(Prose('<p>见<a href="https://example.org/a?b=1&amp;c=2">规定</a></p>'))
    assert "<a " not in html
    assert "规定[1]" in html
    assert "[1] 规定：https://example.org/a?b=1&c=2" in unescape(html)


def test_9_links_of_the_site_itself_are_whole_addresses() -> None:
    html = set_body(Prose('<p><a href="/news/a/">上期</a><a href="javascript:x()">坏</a></p>'))
    assert "[1] 上期：https://dj.example.org/news/a/" in html
    assert "javascript" not in html


def test_10_lists_within_lists_are_flattened_with_marks() -> None:
    html = set_body(Prose(NESTED))
    assert not {"ul", "ol", "li"} & {node.tag for node in nodes(html)}
    assert [mark for mark in ("• 先议", "1. 支部", "2. 楼栋", "• 后办") if mark not in html] == []


def test_11_pictures_lose_their_width_so_the_box_around_them_has_one() -> None:
    html = set_body(Figure(IMAGE, "开会"))
    boxes = [
        node
        for node in nodes(html)
        if any(one.tag == "img" for one in node.children if isinstance(one, Node))
    ]
    assert [("max-width:100%" in box.attributes["style"]) for box in boxes] == [True]
    assert not re.search(r'<img[^>]*(width="|height=")', html)


def test_12_the_dark_look_turns_colours_round_so_the_root_has_one_and_tables_stay_narrow() -> None:
    heads = tuple("一二三四五")
    html = set_body(Table("", heads, (heads,)))
    root = next(
        part for part in read(html).children if isinstance(part, Node) and part.tag == "section"
    )
    assert root.attributes["style"].startswith("color:#")
    assert "table" not in {node.tag for node in nodes(html)}
    assert all(f"{head}：{head}" in html for head in heads[1:])
