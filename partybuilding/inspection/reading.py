"""What stands in the fields of a page, from the stored data alone: words, links and pictures with their places.

Nothing is looked up, so that a thousand pages cost as many queries as ten. Places read as the gate's do
(`core.pages.texts`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NamedTuple

from django.utils.translation import gettext
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from partybuilding.core.pages.texts import plain

LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
TAG = re.compile(r"<[^>]*>")


class Link(NamedTuple):
    """A link: to a page or document by its key, or to an address."""

    place: str
    words: str
    kind: str
    target: str


class Pictured(NamedTuple):
    """A picture with the words that stand for it."""

    place: str
    alt: str


@dataclass
class Contents:
    """What stands in the fields of one page."""

    words: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Pictured] = field(default_factory=list)

    def read_text(self, html: str, place: str) -> None:
        """Read rich text."""
        self.words.append((place, plain(html)))
        self.links += links_of(html, place)

    def read_picture(self, alt: str, place: str) -> None:
        """Read a picture of the page's own."""
        self.pictures.append(Pictured(place, alt))

    def read_block(self, block: Any, raw: Any, place: str) -> None:
        """Read the stored value of a block, and of those within it."""
        if raw is None or raw == "":
            return
        if isinstance(block, blocks.BaseStreamBlock):
            self._read_stream(block, raw, place)
        elif isinstance(block, blocks.BaseStructBlock):
            self._read_struct(block, raw, place)
        elif isinstance(block, blocks.ListBlock):
            for number, item in enumerate(raw, start=1):
                here = gettext("%(place)s, no. %(number)s") % {"place": place, "number": number}
                self.read_block(block.child_block, _value(item), here)
        elif isinstance(block, TypedTableBlock):
            self._read_table(raw, place)
        else:
            self._read_field(block, raw, place)

    def _read_field(self, block: Any, raw: Any, place: str) -> None:
        if isinstance(block, blocks.RichTextBlock):
            self.read_text(str(raw), place)
        elif isinstance(block, DocumentChooserBlock):
            self.links.append(Link(place, "", "document", str(raw)))
        elif isinstance(block, blocks.PageChooserBlock):
            self.links.append(Link(place, "", "page", str(raw)))
        elif isinstance(block, blocks.URLBlock):
            self.links.append(Link(place, "", "address", str(raw)))
        elif isinstance(raw, str) and not isinstance(block, blocks.ChoiceBlock):
            self.words.append((place, raw))

    def _read_stream(self, block: Any, raw: Any, place: str) -> None:
        for number, child in enumerate(raw, start=1):
            kind = block.child_blocks.get(child["type"])
            if kind is not None:
                names = {"place": place, "number": number, "kind": kind.label}
                here = gettext("%(place)s, part %(number)s (%(kind)s)") % names
                self.read_block(kind, child["value"], here)

    def _read_struct(self, block: Any, raw: Any, place: str) -> None:
        for name, child in block.child_blocks.items():
            if isinstance(child, ImageChooserBlock):
                if raw.get(name) and "alt" in block.child_blocks:
                    self.read_picture(raw.get("alt") or "", place)
            else:
                self.read_block(child, raw.get(name), f"{place} · {child.label}")

    def _read_table(self, raw: Any, place: str) -> None:
        self.words.append((place, raw.get("caption") or ""))
        self.words += [(place, column.get("heading") or "") for column in raw["columns"]]
        for number, row in enumerate(raw["rows"], start=1):
            here = gettext("%(place)s, row %(number)s") % {"place": place, "number": number}
            self.words += [(here, str(cell)) for cell in row["values"] if cell]


def _value(item: Any) -> Any:
    """Return the value of an item of a list, which older data hold bare."""
    return item["value"] if isinstance(item, dict) and item.get("type") == "item" else item


def links_of(html: str, place: str) -> Iterator[Link]:
    """Yield the links of rich text as it is stored."""
    for attributes, within in LINK.findall(html):
        said = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        words = unescape(TAG.sub("", within)).strip()
        if said.get("linktype") in {"page", "document"}:
            yield Link(place, words, said["linktype"], said.get("id", ""))
        elif said.get("href"):
            yield Link(place, words, "address", said["href"])
