"""Pictures for the demonstration, drawn with Pillow: a scene per sector, another one for each seed."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 800
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """The colours of a scene: sky above and below, three grounds, an accent."""

    sky: tuple[Colour, Colour]
    grounds: tuple[Colour, Colour, Colour]
    accent: Colour


PALETTES = (
    Palette(
        ((250, 236, 214), (244, 205, 170)),
        ((196, 155, 118), (148, 104, 82), (95, 66, 58)),
        (179, 0, 12),
    ),
    Palette(
        ((222, 238, 240), (246, 236, 214)),
        ((134, 170, 150), (88, 132, 112), (48, 88, 78)),
        (200, 70, 40),
    ),
    Palette(
        ((216, 230, 244), (250, 240, 226)),
        ((150, 176, 200), (96, 128, 160), (52, 78, 110)),
        (179, 0, 12),
    ),
    Palette(
        ((252, 240, 222), (236, 222, 190)),
        ((178, 186, 120), (126, 144, 78), (78, 98, 52)),
        (214, 110, 40),
    ),
    Palette(
        ((238, 228, 238), (252, 226, 206)),
        ((170, 140, 160), (124, 96, 124), (76, 58, 84)),
        (190, 40, 60),
    ),
)


def draw(seed: int, sector: str) -> bytes:
    """Return a JPEG of a scene; the same seed and sector give the same bytes."""
    chance = random.Random(f"{sector}-{seed}")  # noqa: S311 - a picture, not a secret
    palette = chance.choice(PALETTES)
    image = _sky(palette, chance)
    pen = ImageDraw.Draw(image)
    _sun(pen, palette, chance)
    _hills(pen, palette, chance)
    SCENES.get(sector, _village)(pen, palette, chance)
    out = BytesIO()
    image.filter(ImageFilter.SMOOTH).save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


def _sky(palette: Palette, chance: random.Random) -> Image.Image:
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        column.putpixel((0, y), _mix(*palette.sky, y / HEIGHT))
    return column.resize((WIDTH, HEIGHT))


def _sun(pen: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    x, y, r = chance.randint(150, 1050), chance.randint(110, 230), chance.randint(46, 74)
    pen.ellipse((x - r, y - r, x + r, y + r), fill=_mix(palette.accent, (255, 240, 220), 0.45))


def _hills(pen: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    for depth, colour in enumerate(palette.grounds):
        base = 360 + depth * 110
        points, x = [(0, HEIGHT)], 0
        while x <= WIDTH + 120:
            points.append((x, base + chance.randint(-70, 60)))
            x += chance.randint(110, 190)
        pen.polygon([*points, (WIDTH + 120, HEIGHT)], fill=colour)


def _light(palette: Palette) -> Colour:
    return _mix(palette.sky[0], (255, 255, 255), 0.5)


def _village(pen: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    for row in range(7):
        y = 640 + row * 24
        pen.arc(
            (-200, y - 90, WIDTH + 200, y + 150),
            180,
            360,
            fill=_mix(palette.grounds[0], _light(palette), 0.3),
            width=5,
        )
    for _house in range(chance.randint(4, 6)):
        x, y, w = chance.randint(60, 1020), chance.randint(520, 620), chance.randint(86, 130)
        pen.rectangle((x, y, x + w, y + 70), fill=_light(palette))
        pen.polygon([(x - 18, y), (x + w / 2, y - 46), (x + w + 18, y)], fill=palette.grounds[2])
        pen.rectangle((x + w / 2 - 11, y + 28, x + w / 2 + 11, y + 70), fill=palette.accent)


def _town(pen: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    x = 40
    while x < WIDTH - 80:
        w, h = chance.randint(80, 140), chance.randint(190, 400)
        pen.rectangle(
            (x, 700 - h, x + w, 720),
            fill=_mix(palette.grounds[2], _light(palette), chance.uniform(0.05, 0.35)),
        )
        for wy in range(700 - h + 22, 680, 42):
            for wx in range(x + 14, x + w - 20, 30):
                lit = chance.random() < 0.4
                pen.rectangle(
                    (wx, wy, wx + 14, wy + 20), fill=_light(palette) if lit else palette.grounds[1]
                )
        x += w + chance.randint(8, 34)
    pen.rectangle((0, 720, WIDTH, HEIGHT), fill=_mix(palette.grounds[2], (40, 40, 40), 0.3))


def _hall(pen: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    x, w = chance.randint(180, 300), chance.randint(620, 720)
    pen.polygon([(x - 30, 400), (x + w / 2, 290), (x + w + 30, 400)], fill=palette.accent)
    pen.rectangle((x, 400, x + w, 690), fill=_light(palette))
    for column in range(6):
        cx = x + 40 + column * (w - 100) / 5
        pen.rectangle((cx, 420, cx + 26, 690), fill=_mix(palette.grounds[0], (255, 255, 255), 0.55))
    for step in range(4):
        pen.rectangle(
            (x - 20 - step * 22, 690 + step * 22, x + w + 20 + step * 22, 712 + step * 22),
            fill=_mix(palette.grounds[1], _light(palette), 0.2 * step),
        )


def _works(pen: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    x = 120
    for _bay in range(5):
        pen.polygon(
            [(x, 700), (x, 520), (x + 150, 450), (x + 150, 700)],
            fill=_mix(palette.grounds[1], _light(palette), 0.25),
        )
        pen.rectangle((x + 30, 590, x + 110, 640), fill=_light(palette))
        x += 150
    for place in (910, 1000):
        pen.rectangle(
            (place, 330 + chance.randint(0, 60), place + 46, 700), fill=palette.grounds[2]
        )
        pen.rectangle((place, 420, place + 46, 446), fill=palette.accent)
    pen.rectangle((0, 700, WIDTH, HEIGHT), fill=_mix(palette.grounds[2], (30, 30, 30), 0.25))


def _school(pen: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    pen.rectangle((170, 430, 1030, 690), fill=_light(palette))
    pen.rectangle((170, 410, 1030, 436), fill=palette.accent)
    for y in (462, 546, 630):
        for x in range(200, 1000, 84):
            pen.rectangle(
                (x, y, x + 50, y + 44),
                fill=_mix(palette.sky[0], palette.grounds[2], chance.uniform(0.25, 0.5)),
            )
    pen.rectangle((90, 300, 98, 700), fill=palette.grounds[2])
    pen.polygon([(98, 306), (176, 316), (98, 366)], fill=palette.accent)
    pen.ellipse((-120, 690, WIDTH + 120, 900), fill=_mix(palette.accent, palette.grounds[1], 0.6))


def _clinic(pen: ImageDraw.ImageDraw, palette: Palette, chance: random.Random) -> None:
    pen.rectangle((260, 360, 940, 700), fill=_light(palette))
    pen.rectangle((520, 250, 680, 700), fill=_mix(_light(palette), palette.grounds[0], 0.25))
    pen.rectangle((586, 290, 614, 380), fill=palette.accent)
    pen.rectangle((555, 321, 645, 349), fill=palette.accent)
    for y in range(410, 660, 62):
        for x in (*range(290, 500, 66), *range(710, 910, 66)):
            pen.rectangle(
                (x, y, x + 40, y + 34),
                fill=_mix(palette.sky[0], palette.grounds[1], chance.uniform(0.3, 0.6)),
            )
    pen.rectangle((0, 700, WIDTH, HEIGHT), fill=_mix(palette.grounds[1], _light(palette), 0.2))


Scene = Callable[[ImageDraw.ImageDraw, Palette, random.Random], None]
SCENES: dict[str, Scene] = {
    "rural": _village,
    "urban": _town,
    "government": _hall,
    "state_owned": _works,
    "school": _school,
    "hospital": _clinic,
    "non_public": _works,
}
