"""What a page says, without its layout, so that it can be told elsewhere: title, cover, and a row of elements.

A page type hands its manuscript over in one place, `manuscript()`, as it tells its head in `meta()`. A new
block of the body becomes elements by one line in `TELLERS`; until it has one, its words stand as paragraphs.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.rich_text import RichText, expand_db_html

from partybuilding.core.pages.blocks import expand_links, file_entry
from partybuilding.core.text.characters import clean_html


@dataclass(frozen=True)
class Heading:
    """A heading of a section, or a small one below it."""

    text: str
    is_small: bool = False


@dataclass(frozen=True)
class Prose:
    """Running text as HTML, its links as addresses."""

    html: str


@dataclass(frozen=True)
class Figure:
    """A picture of the library; two of them are the same when they show the same file in the same words.

    Args:
        goes_on: the next picture stands beside it.
    """

    image: Any
    alt: str = ""
    caption: str = ""
    goes_on: bool = False


@dataclass(frozen=True)
class Quote:
    """What somebody said, and who."""

    text: str
    who: str = ""


@dataclass(frozen=True)
class Table:
    """Rows below headings; a caption says what they show.

    Args:
        numeric: by column, whether it holds figures; of tables that editors made.
        row_header: whether the first column names the rows.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...] = ()
    row_header: bool = False


@dataclass(frozen=True)
class Numbers:
    """Figures in large type: figure, unit, what it counts."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Facts:
    """What is known at a glance: label and value."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ways:
    """Files and pages that lead on: name and address."""

    title: str
    rows: tuple[tuple[str, str], ...]


Element: TypeAlias = Heading | Prose | Figure | Quote | Table | Numbers | Facts | Ways
Teller = Callable[[Any], Iterable[Element]]


@dataclass(frozen=True)
class Manuscript:
    """What a page says.

    Args:
        title, author, digest: as lists show them.
        href: the address of the page on the site.
        cover, cover_alt: its picture in lists, from the library; None when it has none.
        body: its elements in the order of reading.
    """

    title: str
    author: str
    digest: str
    href: str
    cover: Any = None
    cover_alt: str = ""
    body: tuple[Element, ...] = ()

    @property
    def digest_of_text(self) -> str:
        """The SHA-256 of everything it says: equal as long as readers are told the same."""
        told = (self.title, self.author, self.digest, _plain(self.cover), *map(_plain, self.body))
        return hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()

    @property
    def images(self) -> list[Any]:
        """The pictures of the body, in order, without those whose image is gone."""
        return [one.image for one in self.body if isinstance(one, Figure) and one.image]


def _plain(part: Any) -> str:
    """Write a part so that it is the same text on every machine: pictures by their file."""
    if isinstance(part, Figure):
        return f"{_plain(part.image)} {part.alt} {part.caption}"
    return str(getattr(getattr(part, "file", None), "name", part))


def words(text: str) -> Iterator[Prose]:
    """Yield plain words as running text, one paragraph a line; nothing for nothing."""
    lines = (line.strip() for line in text.splitlines())
    html = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    if html:
        yield Prose(html)


def facts(rows: Iterable[Mapping[str, Any]]) -> Iterator[Facts]:
    """Yield the facts beside a text, as pages draw them, without those that have no value."""
    told = [
        (str(row["label"]), "，".join(filter(None, (str(row["value"]), row.get("note") or ""))))
        for row in rows
        if row["value"]
    ]
    if told:
        yield Facts(tuple(told))


def ways(title: str, entries: Iterable[Mapping[str, Any]]) -> Iterator[Ways]:
    """Yield files or links as pages draw them, by name and address."""
    rows = [(str(one.get("name") or one.get("title")), str(one["href"])) for one in entries]
    if rows:
        yield Ways(title, tuple(rows))


def table(caption: str, heads: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[Table]:
    """Yield a table as pages draw it; a cell is a text, or a mapping with `text`."""
    lines = tuple(tuple(map(_cell, row)) for row in rows)
    if lines:
        yield Table(str(caption), tuple(map(_cell, heads)), lines)


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("text", value.get("label", ""))
    return "" if value is None else str(value)


def _prose(value: RichText) -> Iterator[Prose]:
    known = getattr(value, "expanded", None)
    html = expand_db_html(value.source) if known is None else known
    yield Prose(clean_html(html))


def _figure(value: Any) -> Iterator[Figure]:
    yield Figure(value["image"], value["alt"], value["caption"])


def _table(value: Any) -> Iterator[Table]:
    told = value["table"]
    heads = [column["heading"] for column in told.columns]
    cells = ([cell.value for cell in row] for row in told.rows)
    numeric = tuple(column["block"].name == "number" for column in told.columns)
    for one in table(told.caption or "", heads, cells):
        yield replace(one, numeric=numeric, row_header=bool(value["row_header"]))


def _numbers(value: Any) -> Iterator[Numbers]:
    yield Numbers(tuple((one["number"], one["unit"] or "", one["label"]) for one in value))


def _beside(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Yield pictures that stand beside each other."""
    row = list(figures)
    yield from (replace(one, goes_on=one is not row[-1]) for one in row)


def _gallery(value: Any) -> Iterator[Figure]:
    yield from _beside(figure for item in value for figure in _figure(item))


def _before_after(value: Any) -> Iterator[Figure]:
    """Tell two pictures of one place; the words that tell them apart stand before their captions."""
    words = {"before": pgettext("picture", "Before"), "after": pgettext("picture", "After")}
    yield from _beside(
        replace(figure, caption="：".join(filter(None, (word, figure.caption))))
        for name, word in words.items()
        for figure in _figure(value[name])
    )


def _title(text: str) -> Iterator[Heading]:
    if text:
        yield Heading(text, is_small=True)


def _facts_box(value: Any) -> Iterator[Element]:
    yield from _title(value["title"])
    yield from facts(value["rows"])


def _method(value: Any) -> Iterator[Element]:
    yield from _title(value["name"])
    steps = (
        f"<li><b>{escape(one['title'])}</b>　{escape(one['text'])}</li>" for one in value["steps"]
    )
    yield Prose(f"<ol>{''.join(steps)}</ol>")


def _statistic(value: Any) -> Iterator[Numbers]:
    label = f"{value['label']}（{value['source']}）" if value["source"] else value["label"]
    yield Numbers(((value["number"], value["unit"] or "", label),))


def _files(value: Any) -> Iterator[Ways]:
    entries = [file_entry(one["file"], one["title"]) for one in value if one["file"]]
    yield from ways(pgettext("body", "Attachments"), entries)


#: How a block of the body is told, by its name; what stands in no line here is told by its words.
TELLERS: dict[str, Teller] = {
    "heading": lambda value: [Heading(value)],
    "text": _prose,
    "figure": _figure,
    "gallery": _gallery,
    "quote": lambda value: [Quote(value["text"], value["who"])],
    "table": _table,
    "numbers": _numbers,
    "files": _files,
    "facts": _facts_box,
    "steps": _method,
    "before_after": _before_after,
    "statistic": _statistic,
}


def elements_of(body: Any, **more: Teller) -> Iterator[Element]:
    """Yield what the body of a page says; the links of its texts are looked up at once.

    Args:
        more: how blocks are told that only this body has, by their names.
    """
    expand_links(body)
    tellers = {**TELLERS, **more}
    for child in body:
        tell = tellers.get(child.block_type)
        yield from tell(child.value) if tell else _by_its_words(child)


def _by_its_words(child: Any) -> Iterator[Prose]:
    said = child.block.get_searchable_content(child.value)
    yield from words("\n".join(map(str, said)))


def attachments(entries: Iterable[Mapping[str, Any]]) -> Iterator[Ways]:
    """Yield the files that stand below a text."""
    yield from ways(_("Attachments"), entries)
