"""The pictures of an article: JPEG, light enough for the platform, no wider than a telephone shows; and covers."""

from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from wagtail.images.models import SourceImageIOError

from partybuilding.core.pages.pictures import fetch_cuts
from partybuilding.core.papers.fonts import FOLDER

#: The platform takes pictures below 1 MB.
MOST_BYTES = 900 * 1024
WIDTH = 1080
#: Short: what is asked of a picture stands in the name of its file, before which its own has to fit.
_JPEG = "bgcolor-fff|format-jpeg|jpegquality-"
#: The second and third only for pictures that are too heavy.
CUTS = tuple(f"width-{WIDTH}|{_JPEG}{quality}" for quality in (82, 60, 40))
#: The covers that the platform shows, by the name of their file: the first article of a message, and a square.
COVERS = {"cover-900x383.jpg": (900, 383), "cover-1x1.jpg": (500, 500)}


def fetch(images: list[Any]) -> None:
    """Fetch what was cut before of many pictures at once."""
    fetch_cuts(images, *CUTS)


def picture(image: Any) -> Any:
    """Return the cut of a picture that the platform takes; None when its file is lost."""
    try:
        cuts = (image.get_rendition(cut) for cut in CUTS)
        return next((cut for cut in cuts if cut.file.size <= MOST_BYTES), None)
    except (SourceImageIOError, FileNotFoundError):
        return None


def content_of(cut: Any) -> bytes:
    """Return the bytes of a cut."""
    with cut.file.open("rb") as file:
        return file.read()


def covers(image: Any, title: str) -> dict[str, bytes]:
    """Return both covers, cut around the focal point; a page without a picture has its title drawn."""
    return {name: cover(image, title, size) for name, size in COVERS.items()}


def cover(image: Any, title: str, size: tuple[int, int]) -> bytes:
    """Return one cover as JPEG."""
    if image is not None:
        try:
            width, height = size
            return content_of(image.get_rendition(f"fill-{width}x{height}|{_JPEG}85"))
        except (SourceImageIOError, FileNotFoundError):
            pass  # its file is lost: the title stands for it
    return drawn(title, size)


RED, WHITE, GOLD = "#B3000C", "#FFFFFF", "#E8C46A"
MARGIN, MOST_LINES = 56, 4
#: Of the type, the largest first.
SIZES = (60, 52, 44, 36)


def drawn(title: str, size: tuple[int, int]) -> bytes:
    """Draw a cover with the title on it."""
    sheet = Image.new("RGB", size, RED)
    pen = ImageDraw.Draw(sheet)
    width, height = size
    lines, font = _fitted(title, width - 2 * MARGIN)
    step = int(font.size * 1.4)
    top = (height - step * len(lines)) // 2
    for at, line in enumerate(lines):
        pen.text((MARGIN, top + at * step), line, font=font, fill=WHITE)
    pen.line([(MARGIN, height - 36), (MARGIN + 96, height - 36)], fill=GOLD, width=4)
    file = BytesIO()
    sheet.save(file, "JPEG", quality=90)
    return file.getvalue()


def _fitted(title: str, width: int) -> tuple[list[str], Any]:
    """Break a title into lines, in the largest type in which it needs few of them."""
    for font in map(_font, SIZES):
        lines = _broken(title, width, font)
        if len(lines) <= MOST_LINES:
            return lines, font
    font = _font(SIZES[-1])
    *lines, last = _broken(title, width, font)[:MOST_LINES]
    return [*lines, f"{last[:-1]}…"], font


def _broken(title: str, width: int, font: Any) -> list[str]:
    lines = [""]
    for sign in title:
        if font.getlength(lines[-1] + sign) > width:
            lines.append("")
        lines[-1] += sign
    return lines


@cache
def _font(size: int) -> Any:
    return ImageFont.truetype(FOLDER / "PartybuildingSans-Bold.otf", size)
