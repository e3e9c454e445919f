"""The sizes of paper and type, and what follows from them: measure, margins, sheets, words, the spine.

All lengths are in millimetres, type in points.
"""

from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

POINT = 25.4 / 72
#: Width and height of a page by the code of its size: 正度16开, 大16开, A4.
SIZES: dict[str, tuple[int, int]] = {"k16": (185, 260), "large16": (210, 285), "a4": (210, 297)}
BODY, LARGE = 10.5, 16.0
#: What the margins beside the text take at least, and those above and below it.
SIDES, TOP, BOTTOM = 42, 24, 22
#: From one line to the next, in heights of a character.
PITCH = 1.65
BLEED = 3
#: Dots per inch to which pictures are shrunk.
SCREEN_DPI, PRESS_DPI = 150, 220
#: A spine is not printed on when the book is thinner.
LEAST_SPINE = 5
#: Pages on the two sides of a sheet of 16开.
PAGES_A_SHEET = 16


@dataclass(frozen=True)
class Form:
    """How the pages of an edition are laid out.

    Args:
        press: for the printing press: bleed, CMYK, blank pages to whole sheets, the cover as one sheet.
        size: of running text.
        signs: characters that a full page holds.
        multiple: of how many pages there must be a whole number.
        paper: thickness of the paper in thousandths of a millimetre.
    """

    width: int
    height: int
    size: float
    measure: float
    inner: float
    outer: float
    top: float
    bottom: float
    pitch: float
    signs: int
    press: bool
    bleed: int
    multiple: int
    paper: int
    dpi: int

    def as_json(self) -> dict[str, Any]:
        """Return it as the templates read it."""
        return asdict(self)


def form_of(size: str, *, press: bool, large: bool, multiple: int, paper: int) -> Form:
    """Lay out an edition; a line holds a whole number of characters, and the press gets a wider inner margin."""
    width, height = SIZES["a4" if large else size]
    type_size = LARGE if large else BODY
    across = int((width - SIDES) / POINT // type_size)
    measure = across * type_size * POINT
    rest = width - measure
    inner = rest / 2 + (1.5 if press else 0)
    lines = int((height - TOP - BOTTOM) / POINT // (type_size * PITCH))
    return Form(
        width=width,
        height=height,
        size=type_size,
        measure=round(measure, 3),
        inner=round(inner, 3),
        outer=round(rest - inner, 3),
        top=TOP,
        bottom=BOTTOM,
        pitch=PITCH,
        signs=across * lines,
        press=press,
        bleed=BLEED if press else 0,
        multiple=multiple,
        paper=paper,
        dpi=PRESS_DPI if press else SCREEN_DPI,
    )


def whole_pages(pages: int, multiple: int) -> int:
    """Return the number of pages with the blank ones that make whole sheets."""
    return ceil(pages / multiple) * multiple


def spine_width(pages: int, paper: int) -> float:
    """Return the thickness of the book in millimetres; a leaf has two pages."""
    return round(pages / 2 * paper / 1000, 1)


def sheets(pages: int) -> float:
    """Return how many printed sheets (印张) the pages take."""
    return round(pages / PAGES_A_SHEET, 3)


def thousand_signs(pages: int, signs: int) -> int:
    """Return the 版面字数 in thousands: what the pages would hold, as publishing counts."""
    return max(1, round(pages * signs / 1000))
