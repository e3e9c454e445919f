"""Reads running text: paragraphs between empty lines, and in news what Markdown writers expect.

## A heading
> What somebody said
> —— who, by post
1. A step of an ordered list
![caption](scene 81)             several of them in one paragraph make a gallery
**46宗** 清核资产                 figures in large type, one a line
Table: its caption               then its rows, | head | head | first,
                                 or @name for rows that demonstration.figures counts
"""

import re
from collections.abc import Callable
from typing import Any

from demonstration.content.column_shapes import (
    Block,
    Body,
    Figure,
    Figures,
    FromRows,
    Gallery,
    Heading,
    Picture,
    Quote,
    Steps,
    Table,
)

BY, CAPTION, COUNTED = "—— ", "Table: ", "@"


def join(text: str) -> str:
    """Return a text in one line; Chinese is wrapped without a space."""
    return "".join(map(str.strip, text.splitlines()))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return what stands between empty lines, each in one line."""
    return tuple(map(join, re.split(r"\n\s*\n", text.strip())))


def body(text: str) -> Body:
    """Read a text with headings, quotes, lists, pictures, figures and tables.

    Raises:
        ValueError: a line is no part of what its paragraph began with.
    """
    return tuple(_block(part.splitlines()) for part in re.split(r"\n\s*\n", text.strip()))


def _block(lines: list[str]) -> Block:
    for mark, make in MARKED.items():
        if re.match(mark, lines[0]):
            return make(lines)
    return join("\n".join(lines))


def _each(pattern: str, lines: list[str]) -> list[Any]:
    found = [re.fullmatch(pattern, line) for line in lines]
    for line, match in zip(lines, found, strict=True):
        if match is None:
            raise ValueError(f"cannot be read: {line}")
    return [match.groups() for match in found if match]


def _quote(lines: list[str]) -> Quote:
    *said, who = (line for (line,) in _each(r"> (.+)", lines))
    if not who.startswith(BY) or not said:
        raise ValueError(f"a quote ends with “{BY}”, who said it: {lines[-1]}")
    return Quote("".join(said), who.removeprefix(BY))


def _pictures(lines: list[str]) -> Picture | Gallery:
    found = [
        Picture(scene, int(seed), caption)
        for caption, scene, seed in _each(r"!\[(.+)\]\((\w+) (\d+)\)", lines)
    ]
    return Gallery(tuple(found)) if len(found) > 1 else found[0]


def _table(lines: list[str]) -> Table | FromRows:
    caption, *rows = lines
    caption = caption.removeprefix(CAPTION)
    if len(rows) == 1 and rows[0].startswith(COUNTED):
        return FromRows(rows[0].removeprefix(COUNTED), caption)
    cells = [tuple(re.split(r" *\| *", row)) for (row,) in _each(r"\| (.+) \|", rows)]
    return Table(caption, tuple(cells))


MARKED: dict[str, Callable[[list[str]], Block]] = {
    "## ": lambda lines: Heading(_each("## (.+)", lines)[0][0]),
    "> ": _quote,
    r"\d+\. ": lambda lines: Steps(tuple(item for (item,) in _each(r"\d+\. (.+)", lines))),
    r"!\[": _pictures,
    r"\*\*": lambda lines: Figures(
        tuple(Figure(value, label) for value, label in _each(r"\*\*(.+?)\*\* (.+)", lines))
    ),
    CAPTION: _table,
}
