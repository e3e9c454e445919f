"""Scenes in villages and fields."""

from demonstration.pictures.sheet import (
    GROUND,
    HEIGHT,
    INK,
    RED,
    WHITE,
    WIDTH,
    Sheet,
    mix,
)

SOIL = (150, 112, 84)
WATER = (138, 178, 192)
BARK = (124, 92, 66)


def open_country(on: Sheet) -> None:
    """Draw sky, sun and hills."""
    on.sun()
    on.hills()


def houses(on: Sheet, count: int, floor: float = GROUND + 6) -> None:
    """Draw some houses beside each other."""
    x = on.chance.randint(40, 150)
    for _house in range(count):
        width = on.chance.randint(120, 180)
        on.house(x, floor, width, on.chance.randint(84, 112))
        x += width + on.chance.randint(40, 110)


def group(on: Sheet, count: int, left: float, right: float, floor: float, size: float = 1) -> None:
    """Draw people standing between two places, turned towards the middle."""
    step = (right - left) / max(count - 1, 1)
    for place in range(count):
        x = left + place * step + on.chance.randint(-8, 8)
        faces = 1 if x < (left + right) / 2 else -1
        on.person(x, floor + on.chance.randint(-6, 10), size, faces=faces)


def village(on: Sheet) -> None:
    """Houses below hills, neighbours talking."""
    open_country(on)
    houses(on, 4)
    on.tree(on.chance.choice((70, WIDTH - 80)), GROUND + 30, 1.4)
    group(on, on.chance.randint(3, 4), 380, 640, 590)


def field(on: Sheet) -> None:
    """Rows of a field, people looking at the crop."""
    open_country(on)
    houses(on, 2, GROUND - 2)
    for row in range(6):
        y = GROUND + 16 + row * 26
        on.line([(0, y), (WIDTH, y + 14)], mix(SOIL, on.season.ground, 0.35), 9)
        for x in range(10, WIDTH, 34 + row * 4):
            on.disc(x, y - 4, 7 + row * 1.4, mix(on.season.leaf, WHITE, 0.1), 1.3)
    group(on, 3, 620, 820, 570)


def pond(on: Sheet) -> None:
    """A pond with its gate, people beside it."""
    open_country(on)
    houses(on, 2, GROUND - 4)
    on.disc(430, 545, 390, mix(SOIL, on.season.ground, 0.5), 0.24)
    on.disc(430, 545, 366, WATER, 0.22)
    for x, y in ((250, 530), (470, 560), (380, 515)):
        on.line([(x, y), (x + 90, y)], mix(WATER, WHITE, 0.55), 5)
    on.box(800, 470, 18, 110, INK)
    on.box(880, 470, 18, 110, INK)
    on.box(786, 462, 126, 18, mix(INK, WHITE, 0.2))
    on.box(818, 520, 62, 60, RED)
    group(on, 2, 960, 1040, 590)


def orchard(on: Sheet) -> None:
    """Fruit trees with number plates, pickers and baskets."""
    open_country(on)
    for x in (90, 300, 520, 760, 1000):
        on.tree(x, GROUND + 66, 1.35)
        for dx, dy in ((-44, -110), (-10, -150), (30, -116), (46, -150), (4, -96)):
            on.disc(x + dx, GROUND + 66 + dy, 9, (222, 122, 52))
        on.box(x - 13, GROUND + 16, 26, 18, WHITE, 3)
    group(on, 3, 400, 660, 590)
    for x in (880, 950):
        on.shape([(x, 560), (x + 58, 560), (x + 50, 604), (x + 8, 604)], (178, 138, 88))
        for place in range(3):
            on.disc(x + 13 + place * 16, 556, 11, (222, 122, 52))


def pasture(on: Sheet) -> None:
    """Cattle on a hillside meadow, people cutting forage."""
    open_country(on)
    on.disc(300, 700, 620, mix(on.season.leaf, WHITE, 0.25), 0.38)
    for x, y, way in ((160, 530, 1), (350, 560, -1), (540, 520, 1)):
        coat = on.chance.choice(((150, 96, 62), (84, 66, 58), (186, 140, 96)))
        on.box(x, y - 58, 112, 54, coat, 24)
        for leg in (12, 32, 74, 92):
            on.box(x + leg, y - 14, 11, 40, mix(coat, INK, 0.3))
        head = x + (118 if way > 0 else -24)
        on.disc(head, y - 54, 21, coat)
        on.line([(head - 12, y - 72), (head - 20, y - 88)], (232, 222, 200), 5)
        on.line([(head + 12, y - 72), (head + 20, y - 88)], (232, 222, 200), 5)
    group(on, 2, 800, 930, 590)
    for x in (1000, 1040, 1075):
        on.line([(x, 600), (x - 12, 520)], on.season.leaf, 16)


def forest(on: Sheet) -> None:
    """Pines, people sitting in a circle on the ground between them."""
    open_country(on)
    for x in (60, 210, 330, 800, 930, 1060):
        on.box(x - 8, 300, 16, 230, BARK)
        for step in range(4):
            w, y = 74 - step * 13, 410 - step * 62
            on.shape([(x - w, y), (x, y - 96), (x + w, y)], mix((74, 116, 88), WHITE, step * 0.06))
    for x, faces in ((430, 1), (510, 1), (600, 0), (690, -1), (760, -1)):
        on.person(x, 580 - abs(x - 600) * 0.14, 1, sits=True, faces=faces)
    for x in (580, 606, 634):
        on.box(x - 4, 586, 8, 18, WHITE)
        on.disc(x, 586, 14, (176, 112, 72), 0.6)


def bamboo(on: Sheet) -> None:
    """A bamboo grove beside a house, people at work together."""
    open_country(on)
    on.house(760, GROUND + 14, 230, 120)
    for place in range(15):
        x = 24 + place * 40 + on.chance.randint(-10, 10)
        green = mix((112, 148, 96), WHITE, on.chance.uniform(0, 0.25))
        lean = on.chance.randint(-24, 24)
        on.line([(x, 560), (x + lean, 110)], green, 12)
        for y in range(170, 540, 74):
            on.line([(x - 8, y), (x + 10, y)], mix(green, INK, 0.25), 4)
        for y in (140, 190, 250):
            on.shape([(x + lean, y), (x + lean + 60, y - 16), (x + lean + 6, y + 14)], green)
    group(on, 4, 520, 900, 600)


def road(on: Sheet) -> None:
    """A mountain road, people with spades at its edge."""
    open_country(on)
    stone = (190, 184, 174)
    on.shape([(420, HEIGHT), (820, HEIGHT), (640, GROUND), (600, GROUND)], stone)
    on.shape(
        [(600, GROUND), (640, GROUND), (780, 415), (764, 415)], mix(stone, on.season.near, 0.3)
    )
    for share in (0.1, 0.4, 0.7):
        y = GROUND + (HEIGHT - GROUND) * share
        on.box(616 + share * 3, y, 7 + share * 6, 20 + share * 12, WHITE)
    on.tree(110, GROUND + 60, 1.4)
    on.tree(1020, GROUND + 40, 1.2)
    for x in (250, 350, 880):
        on.person(x, 590, 1, faces=1 if x < 600 else -1)
        on.line([(x + 40, 592), (x + 52, 470)], BARK, 7)
        on.shape(
            [(x + 28, 590), (x + 52, 590), (x + 48, 622), (x + 32, 622)], mix(INK, WHITE, 0.35)
        )


def courtyard(on: Sheet) -> None:
    """Villagers on stools in a farmyard, one of them speaking."""
    open_country(on)
    on.house(300, GROUND + 20, 420, 168)
    on.lantern(330, 352)
    on.lantern(690, 352)
    on.box(0, GROUND + 20, WIDTH, HEIGHT, mix(on.season.ground, (214, 200, 180), 0.6))
    on.person(540, 560, 1.1)
    for place, x in enumerate((170, 270, 370, 720, 820, 920)):
        on.person(x, 596 - (place % 2) * 26, 1, sits=True, faces=1 if x < 540 else -1)
        on.box(x - 18, 596 - (place % 2) * 26, 36, 22, BARK)
    on.tree(60, GROUND + 40, 1.6)


def loudspeaker(on: Sheet) -> None:
    """A loudspeaker on a pole above the village, people at work listening."""
    open_country(on)
    houses(on, 3)
    on.box(850, 130, 16, 460, mix(INK, WHITE, 0.4))
    for way in (-1, 1):
        x = 858
        on.shape(
            [(x, 172), (x + way * 90, 132), (x + way * 90, 216)], mix((120, 130, 136), WHITE, 0.3)
        )
        on.disc(x + way * 90, 174, 42, mix(INK, WHITE, 0.35), 1)
        for ring in (66, 92, 118):
            on.pen.arc(
                (x + way * 90 - ring, 174 - ring, x + way * 90 + ring, 174 + ring),
                *((150, 210) if way < 0 else (-30, 30)),
                fill=RED,
                width=5,
            )
    group(on, 3, 250, 560, 590)


def bridge(on: Sheet) -> None:
    """A bridge over a river at daybreak, people waiting with their tools."""
    open_country(on)
    on.box(0, GROUND + 40, WIDTH, HEIGHT, WATER)
    stone = (196, 184, 168)
    on.box(0, GROUND - 10, WIDTH, 56, stone)
    for x in range(110, WIDTH, 300):
        on.pen.pieslice(
            (x - 90, GROUND + 8, x + 90, GROUND + 180), 180, 360, fill=mix(WATER, INK, 0.2)
        )
    on.box(0, GROUND - 62, WIDTH, 10, mix(stone, INK, 0.3))
    for x in range(10, WIDTH, 70):
        on.box(x, GROUND - 62, 10, 56, mix(stone, INK, 0.2))
    group(on, 5, 240, 820, GROUND + 28, 1.15)
    on.box(930, GROUND - 150, 110, 84, WHITE, 4)
    on.paper(938, GROUND - 144, 94, 70, 4)
    on.box(980, GROUND - 66, 8, 94, INK)


def silk(on: Sheet) -> None:
    """Trays of silkworms on a rack, a teacher and apprentices beside it."""
    on.box(0, 0, WIDTH, HEIGHT, (240, 230, 212))
    on.box(0, 530, WIDTH, 100, (204, 182, 150))
    on.box(760, 90, 230, 170, (206, 226, 226))
    on.box(870, 90, 10, 170, WHITE)
    for level in range(3):
        y = 190 + level * 120
        for x in (90, 350):
            on.disc(x + 110, y, 118, BARK, 0.2)
            on.disc(x + 110, y - 6, 104, (128, 162, 104), 0.17)
            for _worm in range(16):
                on.disc(
                    x + 110 + on.chance.randint(-84, 84),
                    y - 8 + on.chance.randint(-8, 8),
                    7,
                    WHITE,
                    0.6,
                )
    for x in (84, 320, 580):
        on.box(x, 130, 12, 420, BARK)
    group(on, 3, 710, 960, 600, 1.25)


COUNTRY = {
    "village": (village, "青山下的农家院落，乡亲们站在一起说话"),
    "field": (field, "田垄间的庄稼，几个人在地头查看长势"),
    "pond": (pond, "山坪塘边的闸门，两个人守在水边"),
    "orchard": (orchard, "挂着编号牌的果树，果农在树下采果装筐"),
    "pasture": (pasture, "草坡上的牛，旁边有人割草"),
    "forest": (forest, "松林里围坐的人，地上长着菌菇"),
    "bamboo": (bamboo, "竹林旁的农舍，几个人在一起干活"),
    "road": (road, "山间公路边，几个人拿着铁锹护路"),
    "courtyard": (courtyard, "农家院坝里，乡亲们坐在板凳上听人说事"),
    "loudspeaker": (loudspeaker, "村里的大喇叭响着，下面的人在听"),
    "bridge": (bridge, "清晨的桥头，等活的人站在价目牌旁"),
    "silk": (silk, "蚕房里的蚕匾，师傅带着徒弟查看"),
}
