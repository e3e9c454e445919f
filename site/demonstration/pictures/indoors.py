"""Scenes in rooms."""

from demonstration.pictures.sheet import HEIGHT, INK, RED, WHITE, WIDTH, Colour, Sheet, mix

WALLS: tuple[Colour, ...] = ((244, 234, 218), (232, 238, 234), (238, 232, 240), (242, 238, 224))
WOOD = (176, 132, 92)
STEEL = (160, 168, 172)
GREEN = (64, 138, 104)


def room(on: Sheet, *, windows: int = 2) -> None:
    """Draw wall, floor and windows."""
    wall = on.chance.choice(WALLS)
    on.box(0, 0, WIDTH, HEIGHT, wall)
    on.box(0, 500, WIDTH, HEIGHT, mix(wall, WOOD, 0.45))
    for place in range(windows):
        x = 90 + place * (WIDTH - 380)
        on.box(x, 80, 200, 190, WHITE, 6)
        on.box(x + 12, 92, 82, 166, mix(*on.season.sky, 0.4))
        on.box(x + 106, 92, 82, 166, mix(*on.season.sky, 0.4))
        on.disc(x + 60, 258, 34, on.season.far, 0.5)
        on.disc(x + 140, 258, 40, on.season.near, 0.5)
        on.box(x + 94, 92, 12, 166, WHITE)


def seated(on: Sheet, places: tuple[float, ...], y: float, size: float = 1.1) -> None:
    """Draw people sitting at these places, turned towards the middle."""
    middle = (places[0] + places[-1]) / 2
    for x in places:
        on.person(x, y, size, sits=True, faces=1 if x < middle else -1 if x > middle else 0)


def meeting(on: Sheet) -> None:
    """People around a long table."""
    room(on)
    on.banner(400, 90, 320, 54)
    seated(on, (300, 430, 560, 690, 820), 470)
    on.box(190, 440, 740, 34, WOOD, 14)
    on.box(230, 474, 660, 90, mix(WOOD, INK, 0.25))
    for x in (290, 430, 560, 700, 820):
        on.paper(x - 26, 420, 48, 24, 2)
        on.box(x + 30, 410, 16, 30, WHITE, 5)
    seated(on, (210, 910), 604, 1.25)


def classroom(on: Sheet) -> None:
    """A class: somebody in front of the board, children at tables."""
    room(on, windows=1)
    on.box(400, 80, 560, 220, (74, 104, 92), 6)
    for row in range(4):
        width = on.chance.randint(160, 420)
        on.box(440, 116 + row * 44, width, 9, mix((74, 104, 92), WHITE, 0.7), 4)
    on.person(350, 500, 1.3, faces=1)
    for row, y in enumerate((520, 610)):
        for x in range(470 - row * 60, 1060, 190):
            on.person(x + 60, y - 8, 0.95 + row * 0.1, sits=True, faces=-1)
            on.box(x, y - 16, 120, 14, WOOD, 5)
            on.paper(x + 18, y - 24, 40, 12, 1)


def reading_room(on: Sheet) -> None:
    """Shelves of books, people reading at a table."""
    room(on, windows=1)
    for shelf in range(2):
        x = 420 + shelf * 320
        on.box(x, 70, 290, 350, mix(WOOD, INK, 0.2), 6)
        for level in range(4):
            on.box(x + 12, 82 + level * 84, 266, 72, mix(WOOD, WHITE, 0.55))
            left = x + 18
            while left < x + 250:
                w, h = on.chance.randint(12, 24), on.chance.randint(44, 66)
                colour = on.chance.choice(
                    (RED, (80, 112, 140), (120, 146, 112), (206, 170, 110), (150, 120, 150))
                )
                on.box(left, 154 + level * 84 - h, w, h, mix(colour, WHITE, 0.2))
                left += w + 3
    seated(on, (240, 400, 640), 540, 1.2)
    on.box(150, 516, 640, 26, WOOD, 10)
    for x in (240, 400, 640):
        on.shape([(x - 34, 512), (x, 502), (x + 34, 512), (x, 520)], WHITE)
    on.person(900, 600, 1.3, faces=-1)


def clinic(on: Sheet) -> None:
    """A doctor and a patient at a desk."""
    room(on)
    on.box(470, 90, 160, 120, WHITE, 8)
    on.box(540, 110, 20, 80, GREEN)
    on.box(510, 140, 80, 20, GREEN)
    on.person(430, 540, 1.45, sits=True, faces=1)
    on.person(720, 540, 1.45, sits=True, faces=-1)
    on.person(860, 600, 1.2, faces=-1)
    on.box(480, 470, 190, 22, WOOD, 8)
    on.box(500, 492, 150, 100, mix(WOOD, WHITE, 0.2))
    on.paper(520, 446, 60, 24, 2)
    on.box(610, 440, 40, 30, (90, 120, 140), 6)
    on.box(110, 330, 150, 200, mix(STEEL, WHITE, 0.5), 6)
    for level in range(3):
        for place in range(4):
            on.box(
                124 + place * 34,
                350 + level * 58,
                20,
                34,
                on.chance.choice(((206, 226, 226), (222, 190, 110), (150, 170, 88))),
                5,
            )


def counter(on: Sheet) -> None:
    """A service counter with people on both sides."""
    room(on, windows=0)
    on.banner(220, 70, 680, 56)
    for x in (200, 470, 740):
        on.box(x, 180, 230, 170, (214, 230, 232), 6)
        on.person(x + 115, 420, 1.15, sits=True)
    on.box(140, 390, 850, 40, WOOD, 8)
    on.box(160, 430, 810, 110, mix(WOOD, WHITE, 0.45))
    for x in (300, 560, 840):
        on.paper(x, 366, 52, 24, 2)
    for x, faces in ((270, 1), (560, 0), (820, -1)):
        on.person(x, 612, 1.15, faces=faces)


def documents(on: Sheet) -> None:
    """Shelves of files, somebody spreading papers on a table."""
    room(on, windows=0)
    for shelf in range(4):
        x = 70 + shelf * 252
        on.box(x, 60, 230, 330, mix(STEEL, WHITE, 0.25), 4)
        for level in range(3):
            for place in range(7):
                colour = mix(
                    on.chance.choice(((206, 176, 130), (176, 150, 110), (150, 160, 150))),
                    WHITE,
                    0.2,
                )
                on.box(x + 12 + place * 30, 76 + level * 106, 25, 86, colour, 2)
                on.box(x + 17 + place * 30, 98 + level * 106, 15, 24, WHITE)
    on.person(400, 540, 1.35, sits=True, faces=1)
    on.person(700, 540, 1.35, sits=True, faces=-1)
    on.box(300, 500, 520, 26, WOOD, 10)
    for x in (450, 530, 610):
        on.paper(x, 470, 62, 32, 3)


def letters(on: Sheet) -> None:
    """Somebody writing a letter for an old person at a table, envelopes beside it."""
    room(on)
    on.person(430, 540, 1.5, sits=True, faces=1)
    on.person(700, 540, 1.5, sits=True, faces=-1)
    on.box(330, 490, 480, 26, WOOD, 10)
    on.paper(500, 456, 130, 38, 4)
    for x, y in ((350, 474), (690, 470), (736, 476)):
        on.box(x, y - 18, 66, 34, (226, 206, 172), 3)
        on.line([(x, y - 18), (x + 33, y + 2), (x + 66, y - 18)], INK, 3)
        on.box(x + 50, y - 14, 10, 12, RED)
    on.box(520, 100, 90, 130, mix(WOOD, WHITE, 0.3), 4)
    on.box(530, 110, 70, 110, WHITE)


def kitchen(on: Sheet) -> None:
    """Neighbours around a stove, one of them showing how it is done."""
    room(on, windows=1)
    on.box(560, 400, 470, 150, (210, 196, 178), 4)
    for x in (640, 850):
        on.disc(x + 40, 402, 72, INK, 0.22)
        on.disc(x + 40, 396, 62, mix(INK, WHITE, 0.3), 0.2)
        for wave in range(3):
            on.line(
                [(x + 16 + wave * 24, 376), (x + 26 + wave * 24, 340), (x + 14 + wave * 24, 306)],
                WHITE,
                6,
            )
    on.box(600, 470, 80, 80, mix(RED, INK, 0.55), 20)
    for x in range(480, 1000, 66):
        on.line([(x, 96), (x, 130)], INK, 3)
        on.disc(x, 150, 22, on.chance.choice(((206, 160, 80), RED, (120, 146, 90), STEEL)))
    on.person(500, 590, 1.4, faces=1)
    on.person(330, 600, 1.25, faces=1)
    on.person(200, 606, 1.25, faces=1)


def teahouse(on: Sheet) -> None:
    """People at a square table with tea, a stone tablet behind them."""
    room(on)
    on.box(500, 70, 120, 230, (150, 146, 140), 14)
    for row in range(4):
        on.box(546, 100 + row * 46, 28, 28, mix((150, 146, 140), INK, 0.5), 4)
    on.box(470, 300, 180, 28, (132, 128, 122), 4)
    seated(on, (330, 470, 650, 790), 520, 1.3)
    on.box(360, 490, 400, 28, mix(WOOD, INK, 0.2), 8)
    for x in (430, 530, 600, 690):
        on.box(x, 470, 26, 22, WHITE, 6)
    on.shape([(550, 460), (586, 460), (592, 490), (544, 490)], (150, 96, 72))
    on.lantern(200, 100)
    on.lantern(930, 100)


def door(on: Sheet) -> None:
    """A visitor at the door of a flat, an old person opening."""
    on.box(0, 0, WIDTH, HEIGHT, (228, 224, 214))
    on.box(0, 540, WIDTH, 90, (186, 178, 166))
    for step in range(5):
        on.box(0, 540 - step * 44, 250 - step * 50, 44, mix((186, 178, 166), INK, 0.05 * step))
    on.box(470, 110, 270, 432, mix(RED, INK, 0.3), 4)
    on.box(490, 130, 230, 412, (250, 232, 198))
    on.box(720, 130, 60, 412, mix(RED, INK, 0.12))
    on.box(448, 170, 14, 300, mix(RED, WHITE, 0.05))
    on.box(520, 60, 170, 40, mix(RED, WHITE, 0.05), 4)
    on.person(610, 544, 1.45, faces=-1)
    on.person(360, 600, 1.55, faces=1)
    on.box(392, 470, 44, 36, (90, 120, 140), 6)
    on.box(860, 190, 130, 150, WHITE, 4)
    on.paper(872, 200, 106, 130, 6)


def workshop(on: Sheet) -> None:
    """A workshop: machines in a row, people working and helping each other."""
    room(on, windows=0)
    for x in range(80, 1000, 240):
        on.box(x, 70, 180, 80, (206, 226, 228), 4)
    for x in (120, 420, 720):
        colour = on.chance.choice(((92, 122, 140), (120, 140, 120), (150, 120, 96)))
        on.box(x, 360, 230, 40, colour, 8)
        on.box(x + 20, 400, 190, 110, mix(colour, WHITE, 0.35))
        on.box(x + 150, 280, 30, 90, mix(colour, INK, 0.25), 6)
        on.box(x + 90, 274, 90, 26, mix(colour, INK, 0.25), 8)
        on.disc(x + 60, 352, 24, on.chance.choice((WHITE, (222, 190, 110), RED)))
    for x, faces in ((280, -1), (580, -1), (900, -1), (1000, -1)):
        on.person(x, 600, 1.3, faces=faces)


def dormitory(on: Sheet) -> None:
    """Bunk beds, pupils sitting together under a lamp."""
    room(on, windows=1)
    for x in (60, 810):
        for y in (220, 400):
            on.box(x, y, 250, 22, WOOD, 4)
            on.box(
                x + 8,
                y - 26,
                234,
                28,
                on.chance.choice(((150, 176, 196), (206, 186, 150), (176, 196, 160))),
                10,
            )
        for post in (x, x + 238):
            on.box(post, 170, 14, 390, mix(WOOD, INK, 0.25))
    on.line([(560, 0), (560, 130)], INK, 4)
    on.shape([(510, 170), (610, 170), (586, 126), (534, 126)], RED)
    on.disc(560, 176, 22, (255, 226, 150))
    seated(on, (400, 500, 620, 720), 580, 1.25)


def parcels(on: Sheet) -> None:
    """Parcels of farm goods being packed at a table."""
    room(on)
    for level in range(3):
        for place in range(4 - level):
            x = 800 + place * 74 + level * 36
            on.box(
                x,
                470 - level * 66,
                70,
                64,
                mix((206, 164, 116), WHITE, on.chance.uniform(0, 0.3)),
                3,
            )
            on.box(x + 28, 470 - level * 66, 14, 64, mix((206, 164, 116), INK, 0.15))
    on.person(330, 600, 1.35, faces=1)
    on.person(690, 600, 1.35, faces=-1)
    on.table(390, 470, 260)
    for x in (410, 490, 570):
        on.box(x, 420, 60, 50, (206, 164, 116), 3)
        on.paper(x + 14, 432, 30, 24, 3)
    on.box(480, 110, 170, 120, WHITE, 4)
    on.paper(492, 120, 146, 100, 4)


INDOORS = {
    "meeting": (meeting, "会议桌旁，几个人对着材料商量"),
    "classroom": (classroom, "教室里，有人站在黑板前讲课，学员坐着听"),
    "reading_room": (reading_room, "书架前的长桌旁，几个人在看书看材料"),
    "clinic": (clinic, "诊室里，医生与病人面对面坐着"),
    "counter": (counter, "服务窗口前，办事群众与工作人员交谈"),
    "documents": (documents, "档案架前，两个人在桌上翻看材料"),
    "letters": (letters, "桌旁有人替老人写信，桌上放着信封"),
    "kitchen": (kitchen, "灶台边，一个人示范，邻居们围着看"),
    "teahouse": (teahouse, "石碑前的方桌旁，几个人喝茶说事"),
    "door": (door, "楼道里，来访的人站在门口，住户开门相迎"),
    "workshop": (workshop, "车间里的机器旁，工友们在干活"),
    "dormitory": (dormitory, "宿舍的灯下，几名学生坐在一起"),
    "parcels": (parcels, "桌上打包农产品，旁边码着纸箱"),
}
