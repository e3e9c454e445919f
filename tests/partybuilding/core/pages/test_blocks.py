"""The parts of a page's body: drawn so that all can read them, asked for when handed in, fetched at once."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model

from partybuilding.core.pages.blocks import BodyBlock
from tests.factories.column import make_image
from tests.factories.news import publish_news

pytestmark = pytest.mark.django_db
Part = dict[str, Any]


def drawn(*parts: Part) -> str:
    """Return a body as residents' browsers get it, without the space beside its tags."""
    block = BodyBlock()
    html = str(block.render(block.to_python(list(parts))))
    return re.sub(r"\s+(?=[<>])|(?<=>)\s+", "", " ".join(html.split()))


def figure(image: Any, alt: str = "居民开会") -> Part:
    return {"image": image.pk, "caption": "议事会现场", "alt": alt}


def table(*rows: tuple[str, ...], caption: str = "时间节点", **more: Any) -> Part:
    head, *body = rows
    columns = [{"type": "text", "heading": head[0]}]
    columns += [{"type": "number", "heading": heading} for heading in head[1:]]
    value = {"caption": caption, "columns": columns, "rows": [{"values": row} for row in body]}
    return {"type": "table", "value": {"table": value, "row_header": True, **more}}


def make_document(title: str = "申报表") -> Any:
    file = ContentFile(b"%PDF-1.4 ", name="form.pdf")
    return get_document_model().objects.create(title=title, file=file)


def test_every_part_is_drawn_with_what_tells_it_apart() -> None:
    image, document = make_image(), make_document()
    html = drawn(
        {"type": "heading", "value": "申报条件"},
        {"type": "text", "value": "<p>切口小、<b>易操作</b>。</p>"},
        {"type": "figure", "value": figure(image)},
        {"type": "gallery", "value": [figure(image, "左"), figure(image, "右")]},
        {"type": "quote", "value": {"text": "写过才知道难。", "who": "组织委员"}},
        table(("事项", "件数"), ("申报", "135"), ("立项", "64")),
        {"type": "numbers", "value": [{"number": "34.8", "unit": "万元", "label": "奖补资金"}]},
        {"type": "files", "value": [{"file": document.pk, "title": ""}]},
    )
    for said in (
        "<h2>申报条件</h2>",
        "<b>易操作</b>",
        'alt="居民开会"',
        "议事会现场</figcaption>",
        'alt="左"',
        "<blockquote",
        "组织委员",
        '<caption class="table__caption" id="table-6">时间节点</caption>',
        '<th scope="col" class="numeric">件数</th>',
        '<th scope="row">申报</th>',
        '<td class="numeric">135</td>',
        "奖补资金",
        '34.8<span class="numbers__unit">万元</span>',
        f'href="{document.url}"',
        "申报表</a>",
        "PDF",
    ):
        assert said in html, said
    assert html.count('loading="lazy"') == 3
    assert html.count('width="') >= 3


def test_a_table_may_have_no_names_of_rows_and_a_file_another_name() -> None:
    html = drawn(
        table(("事项", "件数"), ("申报", "135"), row_header=False),
        {"type": "files", "value": [{"file": make_document().pk, "title": "填写样例"}]},
    )
    assert 'scope="row"' not in html
    assert "填写样例</a>" in html
    assert "申报表" not in html


def test_a_lost_picture_or_file_leaves_no_hole() -> None:
    lost = make_image()
    lost.file.delete(save=False)
    document = make_document()
    parts = (
        {"type": "figure", "value": figure(lost)},
        {"type": "gallery", "value": [figure(lost), figure(lost)]},
        {"type": "files", "value": [{"file": document.pk, "title": ""}]},
    )
    document.delete()
    html = drawn(*parts)
    assert "<img" not in html
    assert "gallery" not in html
    assert "附件" not in html


def test_a_long_body_asks_the_database_no_more_than_a_short_one() -> None:
    linked = publish_news()

    def parts(number: int) -> list[Part]:
        images = [make_image() for _ in range(2 * number)]
        link = f'<p><a linktype="page" id="{linked.pk}">看这里</a></p>'
        made: list[Part] = []
        for at in range(number):
            made += [
                {"type": "text", "value": link},
                {"type": "figure", "value": figure(images[at])},
                {"type": "gallery", "value": [figure(images[at]), figure(images[number + at])]},
                {"type": "files", "value": [{"file": make_document().pk, "title": ""}]},
                table(("事项", "件数"), ("申报", "135")),
            ]
        return made

    def asked(body: list[Part]) -> int:
        drawn(*body)  # cuts what has not been cut yet
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            html = drawn(*body)
        assert html.count(f'href="{linked.url}"') == len(body) // 5
        return len(queries)

    drawn({"type": "text", "value": "<p>先暖一次。</p>"})
    assert asked(parts(1)) == asked(parts(8)) <= 8


def cleaned(*parts: Part, draft: bool = False) -> Any:
    block = BodyBlock()
    value = block.to_python(list(parts))
    return block.clean_deferred(value) if draft else block.clean(value)


H3 = {"type": "text", "value": "<h3>小标题</h3><p>正文。</p>"}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (table(("事项", "件数"), ("申报", "1"), caption=""), "表格标题"),
        (table(("事项", " "), ("申报", "1")), "每一列"),
        (table(("事项", "件数")), "添加列和行"),
        (H3, "先添加一个“小标题”"),
    ],
)
def test_what_cannot_be_read_aloud_is_refused_when_handed_in_and_not_before(
    part: Part, words: str
) -> None:
    assert cleaned(part, draft=True)
    with pytest.raises(ValidationError) as refused:
        cleaned(part)
    assert words in str(refused.value.as_json_data())


def test_a_figure_needs_its_words() -> None:
    part = {"type": "figure", "value": figure(make_image(), alt="")}
    assert cleaned(part, draft=True)
    with pytest.raises(ValidationError):
        cleaned(part)


def test_small_headings_below_a_heading_are_in_order() -> None:
    assert cleaned({"type": "heading", "value": "一、条件"}, H3)
    assert cleaned({"type": "text", "value": "<p>正文。</p>"}, {"type": "heading", "value": "一"})
