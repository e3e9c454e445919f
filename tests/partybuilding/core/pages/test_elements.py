"""A body as plain data: every block read, nothing that somebody wrote lost."""

from typing import Any

import pytest
from wagtail import blocks
from wagtail.images import get_image_model

from partybuilding.core.pages.blocks import BodyBlock
from partybuilding.core.pages.elements import (
    elements_of,
    pictures_of_elements,
    rich_text,
    words_of,
)
from partybuilding.spreading.blocks import StoryBlock
from tests.factories.column import make_image


def body(*raw: tuple[str, Any], block: Any = None) -> Any:
    block = block or BodyBlock()
    return block.to_python([{"type": kind, "value": value} for kind, value in raw])


def kinds(elements: list[dict[str, Any]]) -> list[str]:
    return [element["kind"] for element in elements]


def plain(element: dict[str, Any]) -> str:
    return "".join(span["text"] for span in element["spans"])


def test_rich_text_becomes_paragraphs_lists_and_headings() -> None:
    found = rich_text(
        "<p>先<b>亮身份</b>，再<i>亮承诺</i>。</p><h3>三步</h3>"
        "<ol><li>看</li><li>听<ul><li>当面听</li></ul></li></ol><p></p><p>见<br/>下</p>"
    )
    assert kinds(found) == ["paragraph", "heading", "list", "paragraph", "paragraph"]
    assert [(s["text"], s["bold"], s["emphasis"]) for s in found[0]["spans"]] == [
        ("先", False, False),
        ("亮身份", True, False),
        ("，再", False, False),
        ("亮承诺", False, True),
        ("。", False, False),
    ]
    assert found[2]["ordered"]
    assert ["".join(s["text"] for s in item) for item in found[2]["items"]] == [
        "看",
        "听",
        "当面听",
    ]


def test_a_link_keeps_its_address() -> None:
    [paragraph] = rich_text('<p>见<a href="https://example.org/a">公告</a></p>')
    assert [span["href"] for span in paragraph["spans"]] == ["", "https://example.org/a"]


@pytest.mark.django_db
def test_every_block_of_a_body_is_read() -> None:
    image = make_image()
    figure = {"image": image.pk, "caption": "图说", "alt": "凉亭"}
    found = elements_of(
        body(
            ("heading", "怎么做"),
            ("text", "<p>一段话。</p>"),
            ("figure", figure),
            ("gallery", [figure, figure]),
            ("quote", {"text": "说了算。", "who": "居民代表"}),
            ("numbers", [{"number": "12", "unit": "次", "label": "议事"}]),
        )
    )
    assert kinds(found) == ["heading", "paragraph", "figures", "figures", "quote", "numbers"]
    pictures = list(pictures_of_elements(found))
    assert [one["image"] for one in pictures] == [image.pk] * 3
    assert {one["alt"] for one in pictures} == {"凉亭"}
    words = [text for element in found for text in words_of(element)]
    assert words == [
        *("怎么做", "一段话。", "图说", "图说", "图说", "说了算。", "居民代表", "议事12次"),
    ]


@pytest.mark.django_db
def test_a_picture_that_left_the_library_leaves_no_hole() -> None:
    image = make_image()
    stream = body(("figure", {"image": image.pk, "caption": "", "alt": "凉亭"}))
    get_image_model().objects.filter(pk=image.pk).delete()
    assert list(pictures_of_elements(elements_of(stream))) == []


def test_a_table_is_read_with_its_heads() -> None:
    table = {
        "table": {
            "columns": [{"type": "text", "heading": "事项"}, {"type": "number", "heading": "件"}],
            "rows": [{"values": ["停车", "66"]}],
            "caption": "办理情况",
        },
        "row_header": True,
    }
    [found] = elements_of(body(("table", table)))
    assert (found["caption"], found["heads"]) == ("办理情况", ["事项", "件"])
    assert (found["rows"], found["numeric"]) == ([["停车", "66"]], [False, True])
    assert words_of(found) == ["办理情况", "事项", "件", "停车", "66"]


def test_a_block_that_nothing_is_said_of_is_read_by_its_words() -> None:
    class Before(blocks.StructBlock):
        before = blocks.CharBlock()
        after = blocks.TextBlock()

    block = blocks.StreamBlock([("contrast", Before())])
    found = elements_of(body(("contrast", {"before": "水沟", "after": "步道"}), block=block))
    assert [plain(element) for element in found] == ["水沟", "步道"]


@pytest.mark.django_db
def test_the_blocks_of_a_case_are_read() -> None:
    image = make_image()
    found = elements_of(
        body(
            ("facts", {"title": "", "rows": [{"label": "人口", "value": "3200人"}]}),
            ("steps", {"name": "三步法", "steps": [{"title": "看", "text": "到现场看。"}]}),
            (
                "before_after",
                {
                    "before": {"image": image.pk, "caption": "水沟", "alt": "臭水沟"},
                    "after": {"image": image.pk, "caption": "", "alt": "步道"},
                },
            ),
            (
                "statistic",
                {"number": "96", "unit": "%", "label": "满意率", "source": "区统计局"},
            ),
            block=StoryBlock(),
        )
    )
    assert kinds(found) == ["list", "heading", "list", "figures", "numbers"]
    words = [text for element in found for text in words_of(element)]
    assert words == [
        *("人口：3200人", "三步法", "看　到现场看。", "实施前：水沟", "实施后"),
        "满意率（区统计局）96%",
    ]


def test_no_heading_of_running_text_skips_the_level_above_it() -> None:
    first = elements_of(body(("text", "<h3>小标题</h3><p>文</p>"), ("heading", "大标题")))
    assert [e["level"] for e in first if e["kind"] == "heading"] == [3, 3]
    second = elements_of(body(("heading", "大标题"), ("text", "<h3>小标题</h3><p>文</p>")))
    assert [e["level"] for e in second if e["kind"] == "heading"] == [3, 4]
