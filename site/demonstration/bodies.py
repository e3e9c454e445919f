"""Turn the demonstration's texts into the blocks of a page's body."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import singledispatchmethod
from typing import Any

from django.utils.html import escape

from demonstration.content import column_shapes as shapes
from demonstration.content.shapes import SOURCE_NOTES
from demonstration.figures import Facts
from demonstration.pictures import words

Block = dict[str, Any]
#: Takes a scene, its number and a title, and returns the key of a picture in the library.
Draw = Callable[[str, int, str], int]
#: A figure in large type: the number, with what stands before it, and its unit.
FIGURE = re.compile(r"(?P<number>\D?[\d.,]+)(?P<unit>.*)")


class Writer:
    """Writes the blocks of one text: figures from the rows, pictures into the library."""

    def __init__(self, facts: Facts, draw: Draw) -> None:
        self.facts, self.draw = facts, draw

    def body(self, parts: Iterable[shapes.Block]) -> list[Block]:
        """Return the blocks; paragraphs that follow each other make one."""
        blocks: list[Block] = []
        for part in parts:
            block = self.block(part)
            if block["type"] == "text" and blocks and blocks[-1]["type"] == "text":
                blocks[-1] = {"type": "text", "value": blocks[-1]["value"] + block["value"]}
            else:
                blocks.append(block)
        return blocks

    @singledispatchmethod
    def block(self, part: Any) -> Block:
        """Return one part as a block."""
        raise TypeError(part)

    @block.register
    def _(self, part: str) -> Block:
        return text(self.facts.fill(part))

    @block.register
    def _(self, part: shapes.Heading) -> Block:
        return heading(self.facts.fill(part.text))

    @block.register
    def _(self, part: shapes.Quote) -> Block:
        return {"type": "quote", "value": {"text": self.facts.fill(part.text), "who": part.by}}

    @block.register
    def _(self, part: shapes.Steps) -> Block:
        return listing(map(self.facts.fill, part.items), ordered=True)

    @block.register
    def _(self, part: shapes.Figures) -> Block:
        return {"type": "numbers", "value": [self._number(figure) for figure in part.items]}

    @block.register
    def _(self, part: shapes.Table) -> Block:
        return self._table(part.caption, part.rows)

    @block.register
    def _(self, part: shapes.FromRows) -> Block:
        return self._table(part.caption, self.facts.table(part.name))

    @block.register
    def _(self, part: shapes.Picture) -> Block:
        return {"type": "figure", "value": self._picture(part)}

    @block.register
    def _(self, part: shapes.Gallery) -> Block:
        return {"type": "gallery", "value": [self._picture(picture) for picture in part.pictures]}

    @block.register
    def _(self, part: shapes.Method) -> Block:
        steps = [{"title": step.title, "text": step.text} for step in part.steps]
        return {"type": "steps", "value": {"name": part.name, "steps": steps}}

    @block.register
    def _(self, part: shapes.Statistic) -> Block:
        figure = self._number(shapes.Figure(part.value, part.label))
        return {"type": "statistic", "value": {**figure, "source": part.source}}

    def before_and_after(self, before: shapes.Picture, after: shapes.Picture) -> Block:
        """Return two pictures of one place as a block."""
        value = {"before": self._picture(before), "after": self._picture(after)}
        return {"type": "before_after", "value": value}

    def _number(self, figure: shapes.Figure) -> dict[str, str]:
        found = FIGURE.fullmatch(self.facts.fill(figure.value))
        if found is None:
            raise ValueError(figure)
        return {**found.groupdict(), "label": self.facts.fill(figure.label)}

    def _table(self, caption: str, rows: Iterable[tuple[str, ...]]) -> Block:
        head, *others = [[self.facts.fill(cell) for cell in row] for row in rows]
        columns = [
            {"type": "number" if place and _counts(others, place) else "text", "heading": label}
            for place, label in enumerate(head)
        ]
        table = {
            "columns": columns,
            "rows": [{"values": row} for row in others],
            "caption": self.facts.fill(caption),
        }
        return {"type": "table", "value": {"table": table, "row_header": True}}

    def _picture(self, picture: shapes.Picture) -> dict[str, Any]:
        image = self.draw(picture.scene, picture.seed, picture.caption)
        return {"image": image, "caption": picture.caption, "alt": words(picture.scene)}


def _counts(rows: list[list[str]], place: int) -> bool:
    """Tell whether a column holds nothing but short figures."""
    return all(re.fullmatch(r"[\d.]+\D{0,3}", row[place]) for row in rows)


def text(*paragraphs: str) -> Block:
    """Write paragraphs as one block of running text."""
    return {"type": "text", "value": "".join(f"<p>{escape(line)}</p>" for line in paragraphs)}


def listing(lines: Iterable[str], *, ordered: bool = False) -> Block:
    """Write lines as a list."""
    tag = "ol" if ordered else "ul"
    inner = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return {"type": "text", "value": f"<{tag}>{inner}</{tag}>"}


def heading(words: str) -> Block:
    """Write a heading."""
    return {"type": "heading", "value": words}


def note(source: str, words: Mapping[str, str] = SOURCE_NOTES) -> Block:
    """Say what of a text is invented and what was taken from public reports."""
    return {"type": "text", "value": f"<p><i>{words[source]}</i></p>"}
