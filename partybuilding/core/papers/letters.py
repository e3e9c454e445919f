"""Official letters, which PDF, Word and preview draw alike: from the lines of an edited text to an outline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from partybuilding.core.papers.data import ordinal
from partybuilding.core.texts import Line

DUTY_WIDTHS = (1.2, 1.0, 1.8)


@dataclass(frozen=True)
class Item:
    """A numbered point: a heading, the text that runs on from it, and a table if it has one.

    Args:
        table: its rows, the heading row first.
        widths: of its columns, in proportion to each other.
        left: the columns that hold running text and are set from the left.
        more: paragraphs that stand below the text, before the table.
    """

    heading: str
    text: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = DUTY_WIDTHS
    left: tuple[int, ...] = ()
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterOutline:
    """The whole letter in the order of its lines."""

    issuer: str
    number: str
    title: str
    addressee: str
    opening: tuple[str, ...]
    items: tuple[Item, ...]
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    copied_to: str


@dataclass(frozen=True)
class Table:
    """A table that a placeholder stands for; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = DUTY_WIDTHS
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class Points:
    """Points that a placeholder stands for; more than one are numbered."""

    words: tuple[str, ...]


@dataclass
class _Body:
    """What of a letter stands between addressee and signature, as its lines come."""

    opening: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    #: Paragraphs below the last item: they belong to it when another follows, and close the letter otherwise.
    waiting: list[str] = field(default_factory=list)
    numbered: int = 0

    def take(self, line: Line) -> None:
        if isinstance(line.block, Table):
            self._table(line.block)
        elif isinstance(line.block, Points):
            self._points(line.block.words)
        elif line.heading:
            self._settle()
            self.numbered += 1
            self.items.append(Item(f"{ordinal(self.numbered)}、{line.heading}", line.text))
        else:
            (self.waiting if self.items else self.opening).append(line.text)

    def _table(self, table: Table) -> None:
        self._settle()
        if not self.items or self.items[-1].table:
            self.items.append(Item(""))
        drawn = {"table": table.rows, "widths": table.widths, "left": table.left}
        self.items[-1] = replace(self.items[-1], **drawn)  # type: ignore[arg-type]

    def _points(self, words: tuple[str, ...]) -> None:
        self._settle()
        for place, one in enumerate(words, start=1):
            mark = f"（{ordinal(place)}）" if self.numbered else f"{ordinal(place)}、"
            self.items.append(Item(f"{mark if len(words) > 1 else ''}{one}。"))

    def _settle(self) -> None:
        """Give what stood below the last item to it."""
        waiting, self.waiting = self.waiting, []
        if waiting and self.items[-1].table:
            self.items += [Item("", words) for words in waiting]
        elif waiting:
            self.items[-1] = replace(self.items[-1], more=(*self.items[-1].more, *waiting))


def letter_of(
    lines: Iterable[Line],
    *,
    issuer: str,
    number: str,
    addressees: Iterable[str],
    signature: tuple[str, ...],
    copied_to: str = "",
) -> LetterOutline:
    """Arrange a letter for the page; the first of its lines is the title."""
    title, *rest = lines
    body = _Body()
    for line in rest:
        body.take(line)
    return LetterOutline(
        issuer=issuer,
        number=number,
        title=title.words,
        addressee=f"{'、'.join(addressees)}：",
        opening=tuple(body.opening),
        items=tuple(body.items),
        closing=tuple(body.waiting),
        signature=signature,
        copied_to=copied_to,
    )
