"""The picture that stands for a project where its address is shared: its name, its sentence, its bar.

It is drawn when it is first asked for and kept in the cache under the digest of what it says.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from partybuilding.column.doing.views import readable_page
from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.core.papers.fonts import FOLDER
from partybuilding.projects.pages import CARD
from partybuilding.projects.promises.bar import bar_of
from partybuilding.projects.promises.saying import said
from partybuilding.projects.promises.selectors import counted_promises, marks_of
from partybuilding.projects.states import Mark

#: Pixels, as the platforms want it; WeChat cuts a square from the middle, so nothing stands at the edge.
(WIDTH, HEIGHT), EDGE = CARD, 90
KEPT_SECONDS = 30 * 24 * 60 * 60
PAPER, INK, SOFT, RED = "#fbfaf7", "#1d1a16", "#544c43", "#b3000c"
#: As in tokens.css.
COLOURS = {
    Mark.DONE: "#23814f",
    Mark.DONE_LATE: "#7fb595",
    Mark.UNDER_WAY: "#2f6db5",
    Mark.LATE: "#c26a08",
    Mark.MISSED: "#6f3208",
    Mark.NOT_STARTED: "#d8d1c5",
    Mark.STOPPED: "#9b8f81",
}
TITLE_LINES = 3
DRAWN_BY = 1  # raised when the drawing changes


@dataclass(frozen=True)
class Card:
    """What the picture says.

    Args:
        bar: width in parts of a thousand and colour of every part.
    """

    above: str
    title: str
    sentence: str
    below: str
    bar: tuple[tuple[float, float, str], ...]

    @property
    def digest(self) -> str:
        """What tells one saying from another."""
        told = json.dumps([DRAWN_BY, asdict(self)], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def card_of(page: Any) -> Card:
    """Return what the picture of a project's page says today."""
    project = page.project
    counts = marks_of(counted_promises(projects=[project.pk]))
    bar = bar_of(counts)
    parts = bar.parts if bar else ()
    return Card(
        above=_("Grassroots Party-building innovation project of %(year)s")
        % {"year": project.cycle.year},
        title=page.title,
        sentence="".join(part["text"] for part in said(counts, tells_lateness=True))
        if counts
        else page.summary,
        below=str(project.told.organization),
        bar=tuple((float(p.x), float(p.width), COLOURS[Mark(p.mark)]) for p in parts),
    )


@require_safe
def share_card(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Return the picture of a project that residents may read."""
    card = card_of(readable_page(year, code))
    content = cache.get_or_set(f"share-card:{card.digest}", lambda: drawn(card), KEPT_SECONDS)
    response = HttpResponse(content, content_type="image/png")
    response["ETag"] = f'"{card.digest}"'
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
    return response


def drawn(card: Card) -> bytes:
    """Draw the picture, as a PNG of few colours."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 14), fill=RED)
    pen.text((EDGE, 62), card.above, font=_font("Sans-Regular", 30), fill=SOFT)
    top = 122
    for line in _lines(card.title, _font("Serif-Bold", 62), TITLE_LINES):
        pen.text((EDGE, top), line, font=_font("Serif-Bold", 62), fill=INK)
        top += 84
    top = max(top + 20, 330)
    for line in _lines(card.sentence, _font("Sans-Bold", 36), 2):
        pen.text((EDGE, top), line, font=_font("Sans-Bold", 36), fill=INK)
        top += 54
    _bar(pen, card)
    pen.text((EDGE, HEIGHT - 88), card.below, font=_font("Sans-Regular", 30), fill=SOFT)
    file = BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _bar(pen: ImageDraw.ImageDraw, card: Card) -> None:
    room, top = (WIDTH - 2 * EDGE) / 1000, HEIGHT - 136
    for x, width, colour in card.bar:
        left = EDGE + x * room
        pen.rectangle((left, top, left + max(width * room - 1, 3), top + 24), fill=colour)


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / f"Partybuilding{name}.otf"), size)


def _lines(text: str, font: ImageFont.FreeTypeFont, most: int) -> list[str]:
    """Break a text where the line ends, no line beginning with a stop; too long, it ends with dots."""
    lines = [""]
    for character in text:
        if (
            font.getlength(lines[-1] + character) <= WIDTH - 2 * EDGE
            or character in "，。：；！？、”》）"
        ):
            lines[-1] += character
        else:
            lines.append(character)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]
    return lines
