"""What a page says without its layout: every block of a body, and when two say the same."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail import blocks
from wagtail.documents import get_document_model

from partybuilding.core.pages.blocks import BodyBlock
from partybuilding.core.pages.manuscript import (
    TELLERS,
    Facts,
    Figure,
    Heading,
    Manuscript,
    Numbers,
    Prose,
    Quote,
    Table,
    Ways,
    elements_of,
    facts,
)
from partybuilding.spreading.blocks import StoryBlock
from tests.factories.column import make_image

pytestmark = pytest.mark.django_db


class NewBody(BodyBlock):
    """A body with a block that has no teller."""

    stages = blocks.ListBlock(blocks.CharBlock())


def body(*parts: tuple[str, Any], of: type[BodyBlock] = BodyBlock) -> Any:
    """Return a body of these blocks, as it is stored."""
    return of().to_python([{"type": kind, "value": value} for kind, value in parts])


def test_every_block_has_a_teller() -> None:
    assert set(TELLERS) == set(StoryBlock().child_blocks)


def test_each_block_is_told_by_its_element() -> None:
    image, file = make_image(), ContentFile(b"x", name="plan.txt")
    document = get_document_model().objects.create(title="方案", file=file)
    figure = {"image": image.pk, "caption": "五楼", "alt": "开会"}
    table = {
        "columns": [{"type": "text", "heading": "议题"}, {"type": "number", "heading": "数量"}],
        "rows": [{"values": ["停车", "12"]}],
        "caption": "议题",
    }
    found = list(
        elements_of(
            body(
                ("heading", "怎么做"),
                ("text", "<p>一</p>"),
                ("figure", figure),
                ("gallery", [figure, figure]),
                ("quote", {"text": "好", "who": "书记"}),
                ("table", {"table": table, "row_header": True}),
                ("numbers", [{"number": "407", "unit": "户", "label": "办证"}]),
                ("files", [{"file": document.pk, "title": "方案"}]),
            )
        )
    )
    shown = Figure(image, "开会", "五楼")
    assert found == [
        Heading("怎么做"),
        Prose("<p>一</p>"),
        *(shown, replace(shown, goes_on=True), shown),
        Quote("好", "书记"),
        Table("议题", ("议题", "数量"), (("停车", "12"),), (False, True), row_header=True),
        Numbers((("407", "户", "办证"),)),
        Ways("附件", (("方案", document.url),)),
    ]


def test_a_block_that_nobody_knows_is_told_by_its_words() -> None:
    found = list(elements_of(body(("stages", ["先议<", "后办"]), of=NewBody)))
    assert found == [Prose("<p>先议&lt;</p><p>后办</p>")]


def test_a_body_may_bring_a_teller_of_its_own() -> None:
    steps = body(("stages", ["先议", "后办"]), of=NewBody)
    assert list(elements_of(steps, stages=lambda value: map(Heading, value))) == [
        Heading("先议"),
        Heading("后办"),
    ]


def test_facts_without_a_value_are_left_out() -> None:
    rows = [
        {"label": "书记", "value": "李示例", "note": "党委书记"},
        {"label": "等次", "value": ""},
    ]
    assert list(facts(rows)) == [Facts((("书记", "李示例，党委书记"),))]
    assert list(facts(rows[1:])) == []


def test_two_manuscripts_are_the_same_text_when_readers_are_told_the_same() -> None:
    image = make_image()
    told = Manuscript(
        "题", "者", "要", "/a/", cover=image, body=(Figure(image, "开会"), Heading("一"))
    )
    same = replace(told, href="/b/", cover=type(image).objects.get(pk=image.pk))
    assert told.digest_of_text == same.digest_of_text
    others = (
        replace(told, title="别的"),
        replace(told, digest="别的"),
        replace(told, cover=None),
        replace(told, body=told.body[:1]),
        replace(told, body=(Figure(image, "散会"), Heading("一"))),
        replace(told, body=(Figure(make_image("别的"), "开会"), Heading("一"))),
    )
    assert told.digest_of_text not in {other.digest_of_text for other in others}
