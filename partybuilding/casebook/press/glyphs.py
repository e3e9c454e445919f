"""Which characters of the book no font can draw, told with the case in which they stand."""

from collections.abc import Iterator
from typing import Any

from partybuilding.core.papers.typesetting import listing_of, missing_characters


def missing_in(book: dict[str, Any]) -> list[str]:
    """Return a line for each place of the book that holds characters without a glyph."""
    lines = []
    for place, texts in _places(book):
        missing = missing_characters(texts)
        if missing:
            lines.append(f"{place}：{listing_of(missing)}")
    return lines


def _places(book: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield each part of the book with its name."""
    for number, case in enumerate(book["cases"], start=1):
        yield f"案例{number}《{case['title']}》", case
    yield "书前书后各部分", {name: part for name, part in book.items() if name != "cases"}
