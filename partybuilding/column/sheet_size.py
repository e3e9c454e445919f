"""In which size a project's one-page notice is set, so that it stays one page; pure arithmetic in millimetres."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any


@dataclass(frozen=True)
class Lines:
    """How many signs of a text stand in a line, and how high a line is."""

    signs: int
    height: float

    def of(self, text: str) -> float:
        """Return how high a text is."""
        return ceil(len(text) / self.signs) * self.height


@dataclass(frozen=True)
class Size:
    """One size of the sheet (css/sheet.css).

    Args:
        room: what is left for promises and summary between sentence and foot.
        reason: at how many signs a reason is cut.
        spacing: above and below a row.
    """

    code: str
    room: float
    reason: int
    title: Lines
    what: Lines
    why: Lines
    person: Lines
    post: Lines
    summary: Lines
    spacing: float


SIZES = (
    Size(
        code="",
        room=116,
        reason=60,
        title=Lines(21, 11.5),
        what=Lines(11, 6.9),
        why=Lines(12, 5.7),
        person=Lines(6, 6.9),
        post=Lines(7, 5),
        summary=Lines(36, 7.1),
        spacing=3.9,
    ),
    Size(
        code="dense",
        room=132,
        reason=60,
        title=Lines(25, 9.5),
        what=Lines(13, 6),
        why=Lines(13, 5.2),
        person=Lines(8, 6),
        post=Lines(9, 4.5),
        summary=Lines(41, 6.3),
        spacing=2.1,
    ),
    Size(
        code="tight",
        room=152,
        reason=30,
        title=Lines(29, 8.5),
        what=Lines(15, 5.2),
        why=Lines(16, 4.5),
        person=Lines(9, 5.2),
        post=Lines(11, 4.1),
        summary=Lines(46, 5.6),
        spacing=1.3,
    ),
)
#: Above and below the summary.
AROUND = 8.0


def height_of(rows: Sequence[Mapping[str, Any]], size: Size) -> float:
    """Return how high the rows of promises are: each as high as the higher one of its two columns of text."""
    return sum(
        max(
            size.what.of(row["what"])
            + sum(size.why.of(text[: size.reason]) for text in row["reasons"]),
            size.person.of(row["person"]) + size.post.of(row["post"]),
        )
        + size.spacing
        for row in rows
    )


def fitting(rows: Sequence[Mapping[str, Any]], title: str, summary: str) -> tuple[Size, bool]:
    """Return the largest size in which all stands on one page, and whether the summary stands, too.

    The text becomes smaller before the summary goes. What fits in no size takes the smallest and a
    second page.
    """
    for size in SIZES:
        left = size.room - height_of(rows, size) - size.title.of(title) + size.title.height
        if left >= size.summary.of(summary) + AROUND:
            return size, True
    for size in SIZES[1:]:
        if height_of(rows, size) + size.title.of(title) - size.title.height <= size.room:
            return size, False
    return SIZES[-1], False
