"""No text, wherever it comes from, holds what a feed, a workbook, a paper or a mail cannot."""

import json
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django import forms
from django.apps import apps
from django.contrib.syndication.views import Feed
from docx import Document
from openpyxl import load_workbook
from wagtail import blocks
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.fields import StreamField
from wagtail.rich_text import RichText

from partybuilding.core.pages.blocks import TableBlock, TextBlock
from partybuilding.core.pages.feeds import PublicFeed, SteadyAtom
from partybuilding.core.papers.typesetting import application_form_pdf
from partybuilding.core.papers.word import application_form_docx
from partybuilding.core.registers.exports import csv_text, workbook
from partybuilding.core.text import characters
from tests.factories.documents import application_form

#: What breaks the line in a text and is a blank in one line.
BREAKS = ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"]
#: What no text keeps: controls, marks of direction, what has no width, halves and non-characters.
HIDDEN = [
    *map(chr, (0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 27, 28, 29, 30, 31, 0x7F, 0x80, 0x84, 0x9F)),
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200e", "\u200f", "\u202a"),
    *("\u202b", "\u202c", "\u202d", "\u202e", "\u2060", "\u2061", "\u2066", "\u2067", "\u2069"),
    *("\u206a", "\u2800", "\u3164", "\ufeff", "\uffa0", "\ufff9", "\ufffc", "\ufffe", "\uffff"),
    *("\ud800", "\udfff", "\ufdd0", "\U0001fffe", "\U000e0001", "\U000e0041"),
]
ODD = [*BREAKS, *HIDDEN]
#: What people mean and keep: width, quotes, rare characters, minorities' letters.
KEPT = ["　", "“", "·", "𬭎", "䶮", "ཀ", "é", "～", "①", "㎡"]


def fields_of_forms() -> Iterator[tuple[type, str, forms.CharField]]:
    """Yield every text field of every form that is written down anywhere."""
    import_module("config.urls")
    waiting = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field, forms.CharField):
                yield form, name, field


def blocks_of_pages() -> Iterator[tuple[str, blocks.FieldBlock]]:
    """Yield every block of every page that takes words."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                yield from _inside(f"{model.__name__}.{field.name}", field.stream_block)


def _inside(place: str, block: Any) -> Iterator[tuple[str, blocks.FieldBlock]]:
    if isinstance(getattr(block, "field", None), forms.CharField):
        yield place, block
    children = getattr(block, "child_blocks", {})
    if only := getattr(block, "child_block", None):
        children = {**children, "item": only}
    for name, child in children.items():
        yield from _inside(f"{place}.{name}", child)


def readable_by_all(text: str) -> bool:
    """Tell whether a text holds none of the odd characters, and XML takes it."""
    ElementTree.fromstring(f"<p>{text.replace('<br/>', '')}</p>".encode())
    return not set(text) & set("".join(HIDDEN))


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_every_text_field_of_every_form_cleans(odd: str) -> None:
    found = list(fields_of_forms())
    assert len({form for form, *_rest in found}) > 60
    for form, name, field in found:
        if isinstance(field.widget, forms.PasswordInput) or isinstance(field, forms.JSONField):
            continue
        taken = field.to_python(f"党{odd}员")
        assert readable_by_all(str(taken)), (form, name)
        one_line = type(field.widget).input_type if hasattr(field.widget, "input_type") else ""
        if one_line == "text" and type(field) is forms.CharField:
            assert taken == ("党 员" if odd in BREAKS else "党员"), (form, name)


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_every_block_of_every_page_cleans(odd: str) -> None:
    found = list(blocks_of_pages())
    assert len(found) > 20
    for place, block in found:
        given = f"党{odd}员"
        is_rich = isinstance(block, blocks.RichTextBlock)
        taken = block.clean(RichText(f"<p>{given}</p>") if is_rich else given)
        assert readable_by_all(taken.source if is_rich else str(taken)), place


def test_words_that_are_only_hidden_are_no_words() -> None:
    with pytest.raises(forms.ValidationError):
        forms.CharField().clean("\u200b\u3164\ufeff")
    assert forms.CharField(required=False, empty_value=None).clean("\u200b") is None


def test_a_soft_break_is_a_line_in_a_text_and_a_blank_in_a_line() -> None:
    assert forms.CharField(widget=forms.Textarea).clean("一\v二") == "一\n二"
    assert forms.CharField().clean("一\v二") == "一 二"


@pytest.mark.parametrize("kept", KEPT)
def test_what_people_mean_stays(kept: str) -> None:
    assert forms.CharField().clean(f"党{kept}员") == f"党{kept}员"
    assert forms.CharField(widget=forms.Textarea).clean(f"党{kept}员") == f"党{kept}员"


def test_a_password_is_taken_as_it_was_typed() -> None:
    field = forms.CharField(strip=False, widget=forms.PasswordInput)
    assert field.clean(" 密\u200b码 ") == " 密\u200b码 "


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_what_the_editor_of_rich_text_sends_is_cleaned(odd: str) -> None:
    block = {"key": "a", "text": f"党{odd}员", "type": "unstyled", "depth": 0}
    block |= {"inlineStyleRanges": [], "entityRanges": []}
    sent = {"text": json.dumps({"blocks": [block], "entityMap": {}})}
    widget = get_rich_text_editor_widget(features=["bold"])
    field = TextBlock(features=["bold"])
    taken = field.clean(field.value_from_datadict(sent, {}, "text")).source
    assert readable_by_all(taken.replace(' data-block-key="a"', ""))
    assert forms.CharField(widget=widget).clean(widget.value_from_datadict(sent, {}, "text"))


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_captions_headings_and_cells_of_a_table_are_cleaned(odd: str) -> None:
    table = TypedTableBlock([("text", blocks.CharBlock())])
    column = {"block": table.child_blocks["text"], "heading": f"栏{odd}目"}
    value = TypedTable([column], [{"values": [f"格{odd}子"]}], f"表{odd}格")
    taken = TableBlock().clean({"table": value, "row_header": True})["table"]
    said = f"{taken.caption}{taken.columns[0]['heading']}{taken.row_data[0]['values'][0]}"
    assert readable_by_all(said)
    assert said.replace(" ", "") == "表格栏目格子"


def test_every_feed_takes_every_text() -> None:
    feed = SteadyAtom("\v".join(ODD), "https://x/", "", author_name="\x01")
    feed.add_item("题\v目", "https://x/1", "".join(ODD), categories=("\x02", "类"))
    written = StringIO()
    feed.write(written, "utf-8")
    entry = ElementTree.fromstring(written.getvalue().encode()).find("{*}entry")
    assert entry is not None
    assert entry.findtext("{*}title") == "题\n目"


def test_every_feed_of_the_site_is_written_so() -> None:
    found = {PublicFeed, *PublicFeed.__subclasses__()}
    assert all(feed.feed_type is SteadyAtom for feed in found)
    ours = [feed for feed in Feed.__subclasses__() if not feed.__module__.startswith("django.")]
    assert ours == [PublicFeed]


def test_every_file_takes_every_text() -> None:
    text = f"一{''.join(ODD)}二"
    cell = load_workbook(BytesIO(workbook("表", [text], [[text]]))).active["A2"].value
    assert (cell[0], cell[-1], cell) == ("一", "二", characters.writable(cell))
    assert csv_text([text], [[text]]).encode("utf-8-sig")
    form = application_form(title=text, problem=text, organization=text)
    printed = "".join(paragraph.text for paragraph in _cells(application_form_docx(form)))
    assert {"一", "二"} <= set(printed)
    assert application_form_pdf(form).startswith(b"%PDF")


def _cells(content: bytes) -> Iterator[Any]:
    for table in Document(BytesIO(content)).tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


@pytest.mark.parametrize(
    "other",
    [
        "\uff21\uff22 党支部",
        "ab党支部",
        "AB\u3000党支部",
        "A\u200bB党支部",
        "AB党支部\u202e",
        "\uff21B党支部",
    ],
)
def test_names_that_look_the_same_share_their_key(other: str) -> None:
    assert characters.name_key(other) == characters.name_key("AB党支部")


def test_names_that_differ_to_the_eye_differ() -> None:
    assert characters.name_key("第一党支部") != characters.name_key("第二党支部")
