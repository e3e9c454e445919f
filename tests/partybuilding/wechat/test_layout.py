"""How each element looks in an article: golden files, one an element; and what holds for every article.

Run with GOLDEN=1 to write the files anew, and read the difference.
"""

import os
from pathlib import Path

import pytest

from partybuilding.core.pages.manuscript import (
    Element,
    Facts,
    Figure,
    Heading,
    Numbers,
    Prose,
    Quote,
    Table,
    Ways,
    words,
)
from partybuilding.wechat import styles
from partybuilding.wechat.layout import plain_text
from partybuilding.wechat.tree import read
from tests.factories.wechat import IMAGE, LOST, set_body

GOLDEN = Path(__file__).parent / "golden"
NESTED = "<ul><li>先议<ol><li>支部</li><li>楼栋</li></ol></li><li>后办</li></ul>"

ELEMENTS: dict[str, list[Element]] = {
    "heading": [Heading("怎么做")],
    "prose": [
        Prose("<p>党员<b>认领</b>楼栋，<i>每月</i>议事。<br/>办没办成都公开。</p><h3>议什么</h3>")
    ],
    "list": [Prose("<ul><li>停车</li><li>飞线</li></ul><ol><li>先议</li><li>后办</li></ol>")],
    "nested_list": [Prose(NESTED)],
    "links": [
        Prose(
            '<p>见<a href="/news/yi-shi/">上期</a>和<a href="https://example.org/a">规定</a>，'
            '<a href="/news/yi-shi/">同一期</a>，<a href="https://mp.weixin.qq.com/s/x">推文</a>，'
            '<a href="#top">页首</a>，<a href="mailto:a@example.org">写信</a>。</p>'
        )
    ],
    "figure": [Figure(IMAGE, "居民在开会", "五楼的议事厅")],
    "gallery": [Figure(IMAGE, "开会前"), Figure(LOST, "丢了"), Figure(IMAGE, "开会后")],
    "quote": [Quote("事情办没办成，\n大家说了算。", "石城社区党委书记")],
    "table": [Table("议题", ("议题", "数量"), (("停车", "12"), ("飞线", "3")))],
    "wide_table": [
        Table(
            "",
            ("单位", "应办", "已办", "逾期"),
            (("城东街道", "12", "11", ""), ("太极镇", "3", "3", "0")),
        )
    ],
    "numbers": [Numbers((("407", "户", "就近办证"), ("1100", "", "解决的事")))],
    "facts": [Facts((("牵头书记", "李示例，党委书记"), ("领域", "城市")))],
    "files": [Ways("附件", (("方案.pdf", "/documents/3/plan.pdf"),))],
    "plain_words": list(words("第一行 <b>\n\n第二行")),
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_looks_as_it_was_agreed(name: str) -> None:
    html = set_body(*ELEMENTS[name]).replace("><", ">\n<") + "\n"
    golden = GOLDEN / f"{name}.html"
    if os.environ.get("GOLDEN"):
        golden.write_text(html, encoding="utf-8")
    assert html == golden.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(ELEMENTS)


def test_the_same_address_is_one_note_wherever_it_stands() -> None:
    html = set_body(
        Prose('<p><a href="/a/">一</a><a href="/b/">二</a></p>'), Ways("附件", (("三", "/a/"),))
    )
    assert html.count("https://dj.example.org/a/") == 1
    assert "一[1]二[2]" in html
    assert "三[1]" in html


def test_the_words_can_be_pasted_without_their_looks() -> None:
    html = set_body(Heading("怎么做"), Prose("<p>一<b>二</b></p><ul><li>三</li><li>四</li></ul>"))
    assert plain_text(html).split("\n")[:4] == ["怎么做", "一二", "三", "四"]


def test_a_style_is_paid_for_once_and_not_in_every_paragraph() -> None:
    text = "党员认领楼栋，居民每月议事，事项公开销号。" * 3
    html = set_body(*(Prose(f"<p>{text}</p>") for _ in range(50)))
    assert len(html) < 1.8 * 50 * len(text)


def test_every_style_that_is_used_is_allowed_whole() -> None:
    html = set_body(*(one for body in ELEMENTS.values() for one in body))
    used = {node.attributes["style"] for node in read(html).walk() if "style" in node.attributes}
    known = {value for name, value in vars(styles).items() if name.isupper() and ":" in value}
    assert used <= known
    assert len(used) > 20
