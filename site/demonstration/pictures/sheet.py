"""The pencil of the demonstration's pictures: paper, colours, and simple shapes drawn on them."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1120, 630
GROUND = 470
Colour = tuple[int, int, int]
Point = tuple[float, float]

WHITE: Colour = (255, 253, 248)
INK: Colour = (58, 48, 44)
RED: Colour = (178, 44, 38)
SKIN: tuple[Colour, ...] = ((244, 213, 184), (236, 198, 164), (226, 184, 150))
CLOTHES: tuple[Colour, ...] = (
    (178, 44, 38),
    (70, 105, 140),
    (196, 140, 72),
    (104, 138, 110),
    (134, 112, 142),
    (92, 98, 112),
    (206, 170, 130),
)


@dataclass(frozen=True)
class Season:
    """The colours of a season: sky above and below, far and near hills, the ground, the leaves."""

    sky: tuple[Colour, Colour]
    far: Colour
    near: Colour
    ground: Colour
    leaf: Colour


SEASONS = (
    Season(((222, 235, 232), (250, 243, 230)), (182, 204, 190), (142, 176, 152), (190, 204, 158), (120, 158, 106)),
    Season(((214, 230, 238), (248, 244, 232)), (166, 196, 186), (112, 156, 128), (170, 192, 132), (88, 136, 92)),
    Season(((242, 232, 216), (252, 244, 228)), (208, 190, 160), (190, 158, 112), (222, 196, 142), (206, 142, 66)),
    Season(((226, 230, 236), (248, 244, 240)), (192, 198, 206), (156, 166, 176), (216, 212, 204), (146, 150, 140)),
)  # fmt: skip
NIGHT = Season(
    ((44, 58, 84), (92, 98, 116)), (66, 78, 102), (52, 64, 84), (74, 78, 90), (58, 78, 76)
)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return a colour between two; the share is the other's."""
    r, g, b = (round(a + (c - a) * share) for a, c in zip(one, other, strict=True))
    return r, g, b


class Sheet:
    """A sheet to draw on, with its season and its chance; the same seed gives the same picture."""

    def __init__(self, seed: str, *, night: bool = False) -> None:
        self.chance = random.Random(seed)
        self.season = NIGHT if night else self.chance.choice(SEASONS)
        self.night = night
        self.image = self._sky()
        self.pen = ImageDraw.Draw(self.image)

    def _sky(self) -> Image.Image:
        column = Image.new("RGB", (1, 64))
        for y in range(64):
            column.putpixel((0, y), mix(*self.season.sky, y / 64))
        return column.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)

    @cached_property
    def light(self) -> Colour:
        """The colour of what is lit: paper, walls, windows at night."""
        return (252, 226, 168) if self.night else WHITE

    def box(self, x: float, y: float, w: float, h: float, fill: Colour, radius: float = 0) -> None:
        """Draw a rectangle by its upper left corner."""
        if radius:
            self.pen.rounded_rectangle((x, y, x + w, y + h), radius, fill=fill)
        else:
            self.pen.rectangle((x, y, x + w, y + h), fill=fill)

    def disc(self, x: float, y: float, r: float, fill: Colour, flat: float = 1) -> None:
        """Draw a disc by its middle; `flat` below 1 presses it."""
        self.pen.ellipse((x - r, y - r * flat, x + r, y + r * flat), fill=fill)

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """Draw a polygon."""
        self.pen.polygon(list(points), fill=fill)

    def line(self, points: Sequence[Point], fill: Colour, width: int = 6) -> None:
        """Draw a line."""
        self.pen.line(list(points), fill=fill, width=width, joint="curve")

    def hills(self) -> None:
        """Draw two ranges of hills, and the ground in front of them."""
        for base, colour, wave in ((330, self.season.far, 70), (400, self.season.near, 50)):
            phase, length = self.chance.uniform(0, 6), self.chance.uniform(190, 280)
            tops = [
                (x, base - wave * (0.6 + math.sin(x / length + phase) * 0.5))
                for x in range(0, WIDTH + 40, 40)
            ]
            self.shape([(0, HEIGHT), *tops, (WIDTH, HEIGHT)], colour)
        self.box(0, GROUND, WIDTH, HEIGHT - GROUND, self.season.ground)

    def sun(self) -> None:
        """Draw the sun, at night the moon."""
        x, y = self.chance.randint(140, WIDTH - 140), self.chance.randint(80, 140)
        colour = (240, 232, 208) if self.night else mix((236, 150, 96), WHITE, 0.35)
        self.disc(x, y, self.chance.randint(34, 46), colour)

    def tree(self, x: float, y: float, size: float = 1) -> None:
        """Draw a tree that stands at a point."""
        self.box(x - 7 * size, y - 70 * size, 14 * size, 70 * size, mix(INK, (140, 100, 70), 0.6))
        for dx, dy, r in ((0, -110, 46), (-30, -84, 34), (32, -86, 36)):
            shade = self.chance.uniform(0, 0.15)
            self.disc(x + dx * size, y + dy * size, r * size, mix(self.season.leaf, WHITE, shade))

    def person(
        self, x: float, y: float, size: float = 1, *, sits: bool = False, faces: int = 0
    ) -> None:
        """Draw a person whose feet, or seat, are at a point; `faces` -1 left, 1 right, 0 to us."""
        cloth, skin = self.chance.choice(CLOTHES), self.chance.choice(SKIN)
        if self.night:
            cloth = mix(cloth, (40, 46, 62), 0.3)
        legs = 26 if sits else 58
        dark = mix(cloth, INK, 0.6)
        if sits:
            self.box(x - 20 * size, y - 20 * size, 40 * size, 20 * size, dark, 8 * size)
        else:
            self.box(x - 17 * size, y - legs * size, 14 * size, legs * size, dark)
            self.box(x + 3 * size, y - legs * size, 14 * size, legs * size, dark)
        top = y - (legs + 66) * size if not sits else y - 84 * size
        self.box(x - 25 * size, top, 50 * size, 72 * size, cloth, 20 * size)
        head = top - 20 * size
        hair = self.chance.choice(((52, 44, 42), (70, 58, 52), (168, 164, 160)))
        self.disc(x, head, 22 * size, hair)
        self.disc(x + faces * 5 * size, head + 5 * size, 19 * size, skin)
        reach = faces or self.chance.choice((-1, 1))
        hand = (x + reach * 38 * size, top + (30 if self.chance.random() < 0.5 else 52) * size)
        self.line(
            [(x + reach * 20 * size, top + 18 * size), hand],
            mix(cloth, INK, 0.12),
            round(13 * size),
        )
        self.disc(*hand, 8 * size, skin)

    def house(self, x: float, y: float, w: float, h: float, roof: Colour | None = None) -> None:
        """Draw a tiled house standing on y."""
        wall = self.light if not self.night else mix((110, 104, 100), self.season.ground, 0.3)
        self.box(x, y - h, w, h, mix(wall, (222, 206, 186), self.chance.uniform(0.1, 0.5)))
        tiles = roof or mix((96, 86, 84), self.season.near, 0.25)
        self.shape(
            [
                (x - 20, y - h),
                (x + w * 0.12, y - h - h * 0.42),
                (x + w * 0.88, y - h - h * 0.42),
                (x + w + 20, y - h),
            ],
            tiles,
        )
        self.box(x + w * 0.42, y - h * 0.55, w * 0.18, h * 0.55, mix(RED, INK, 0.25))
        for share in (0.12, 0.72):
            self.box(
                x + w * share,
                y - h * 0.66,
                w * 0.17,
                h * 0.3,
                self.light if self.night else mix(self.season.sky[0], INK, 0.25),
            )

    def block(self, x: float, y: float, w: float, h: float, colour: Colour) -> None:
        """Draw a house of many floors standing on y."""
        self.box(x, y - h, w, h, colour)
        for wy in range(round(y - h) + 18, round(y) - 34, 40):
            for wx in range(round(x) + 14, round(x + w) - 20, 34):
                lit = self.chance.random() < (0.45 if self.night else 0.25)
                self.box(wx, wy, 18, 22, self.light if lit else mix(colour, INK, 0.28))

    def table(self, x: float, y: float, w: float, colour: Colour = (176, 132, 92)) -> None:
        """Draw a table whose top lies at y."""
        self.box(x, y, w, 16, colour, 6)
        for leg in (x + 14, x + w - 26):
            self.box(leg, y + 16, 12, 74, mix(colour, INK, 0.25))

    def lantern(self, x: float, y: float, r: float = 20) -> None:
        """Draw a red lantern."""
        self.line([(x, y - r * 1.7), (x, y - r)], INK, 3)
        self.disc(x, y, r, RED, 0.82)
        self.box(x - r * 0.4, y - r * 0.95, r * 0.8, 5, (220, 180, 100))
        self.box(x - r * 0.4, y + r * 0.72, r * 0.8, 5, (220, 180, 100))

    def banner(self, x: float, y: float, w: float, h: float = 44) -> None:
        """Draw a red board with light strokes in the place of writing."""
        self.box(x, y, w, h, RED, 6)
        count = max(3, int(w // 52))
        step = (w - 40) / count
        for place in range(count):
            self.box(
                x + 24 + place * step, y + h * 0.32, step * 0.56, h * 0.36, mix(RED, WHITE, 0.8), 3
            )

    def paper(self, x: float, y: float, w: float, h: float, lines: int = 4) -> None:
        """Draw a sheet of paper with lines."""
        self.box(x, y, w, h, WHITE, 3)
        gap = h / (lines + 1)
        for place in range(lines):
            width = w * self.chance.uniform(0.5, 0.78)
            self.box(
                x + w * 0.11,
                y + gap * (place + 0.7),
                width,
                max(3, gap * 0.22),
                mix(INK, WHITE, 0.55),
            )

    def stall(self, x: float, y: float, w: float) -> None:
        """Draw a market stall with its awning, standing on y."""
        self.box(x, y - 74, w, 74, (190, 148, 106))
        for pole in (x + 6, x + w - 14):
            self.box(pole, y - 210, 8, 140, mix(INK, WHITE, 0.3))
        stripe = w / 6
        for place in range(6):
            colour = RED if place % 2 == 0 else WHITE
            left = x + place * stripe
            self.shape(
                [
                    (left, y - 210),
                    (left + stripe, y - 210),
                    (left + stripe + 4, y - 168),
                    (left - 4, y - 168),
                ],
                colour,
            )
        for place in range(int(w // 34)):
            self.disc(
                x + 20 + place * 34,
                y - 82,
                14,
                self.chance.choice(
                    ((214, 130, 60), (150, 170, 88), (190, 70, 60), (222, 190, 110))
                ),
            )
