"""Scenes in streets and squares."""

from demonstration.pictures.country import group, open_country
from demonstration.pictures.sheet import GROUND, HEIGHT, INK, RED, WHITE, WIDTH, Sheet, mix

PAVING = (212, 204, 192)
STEEL = (150, 156, 160)
GREEN = (64, 138, 104)


def skyline(on: Sheet) -> None:
    """Draw houses of many floors behind a pavement."""
    on.sun()
    on.hills()
    x = -20
    while x < WIDTH:
        w, h = on.chance.randint(110, 170), on.chance.randint(170, 330)
        on.block(
            x, GROUND + 20, w, h, mix(on.season.near, on.season.sky[1], on.chance.uniform(0.2, 0.7))
        )
        x += w + on.chance.randint(4, 26)
    pave(on)


def pave(on: Sheet) -> None:
    """Draw the pavement."""
    on.box(0, GROUND + 20, WIDTH, HEIGHT, mix(PAVING, on.season.ground, 0.65 if on.night else 0.2))


def lamp(on: Sheet, x: float) -> None:
    """Draw a street lamp, lit at night."""
    on.box(x, 210, 10, 370, mix(INK, STEEL, 0.5))
    on.box(x - 34, 204, 78, 12, mix(INK, STEEL, 0.5), 4)
    if on.night:
        glow = mix(on.season.ground, on.light, 0.3)
        on.disc(x + 5, 590, 150, mix(on.season.ground, glow, 0.5), 0.2)
        on.disc(x + 5, 590, 96, glow, 0.2)
        on.box(x, 560, 10, 30, mix(INK, STEEL, 0.5))
        on.disc(x + 5, 222, 46, mix(on.season.sky[0], on.light, 0.3))
    on.box(x - 22, 214, 54, 14, on.light if on.night else WHITE, 6)


def street(on: Sheet) -> None:
    """A street of a town, neighbours greeting each other."""
    skyline(on)
    on.tree(90, GROUND + 70, 1.2)
    on.tree(1030, GROUND + 70, 1.2)
    group(on, on.chance.randint(3, 5), 330, 780, 600)


def hall(on: Sheet) -> None:
    """A public building with steps, people walking to it."""
    open_country(on)
    pave(on)
    wall = mix(WHITE, PAVING, 0.4)
    on.block(170, 490, 780, 250, wall)
    on.block(430, 490, 260, 330, mix(wall, WHITE, 0.6))
    on.box(150, 234, 820, 14, mix(PAVING, INK, 0.2))
    on.box(410, 150, 300, 16, mix(PAVING, INK, 0.2))
    on.box(556, 96, 6, 60, INK)
    on.shape([(562, 98), (620, 106), (620, 136), (562, 130)], RED)
    on.box(470, 400, 180, 90, mix(INK, WHITE, 0.45))
    on.banner(450, 376, 220, 30)
    for step in range(3):
        on.box(230 - step * 24, 490 + step * 18, 660 + step * 48, 20, mix(PAVING, INK, 0.06 * step))
    group(on, 4, 330, 800, 606)
    on.tree(110, GROUND + 60, 1.3)
    on.tree(1010, GROUND + 60, 1.3)


def old_street(on: Sheet) -> None:
    """An old street with lanterns over its shops, people strolling."""
    on.sun()
    on.hills()
    for left, width in ((-30, 300), (290, 210), (640, 210), (870, 290)):
        on.house(left, GROUND + 34, width, 216)
        on.lantern(left + 60, 330, 18)
        on.lantern(left + width - 60, 330, 18)
    on.shape([(420, HEIGHT), (720, HEIGHT), (600, GROUND), (540, GROUND)], PAVING)
    on.box(0, GROUND + 34, WIDTH, HEIGHT, PAVING)
    for x in range(40, WIDTH, 120):
        on.line([(x, GROUND + 40), (x - 40, HEIGHT)], mix(PAVING, INK, 0.12), 3)
    group(on, on.chance.randint(4, 5), 260, 860, 600)


def market(on: Sheet) -> None:
    """Market stalls, customers and a folding table with papers."""
    open_country(on)
    on.box(0, GROUND + 6, WIDTH, HEIGHT, PAVING)
    for x in (40, 330, 820):
        on.stall(x, 560, 250)
    on.table(630, 520, 150)
    on.paper(650, 500, 44, 30, 3)
    on.paper(706, 504, 44, 26, 3)
    on.person(700, 500, 0.9)
    group(on, 4, 240, 960, 612)


def noticeboard(on: Sheet) -> None:
    """A public notice board, people reading it."""
    open_country(on)
    pave(on)
    on.box(270, 150, 590, 300, mix(RED, INK, 0.2), 8)
    on.shape([(240, 150), (565, 84), (890, 150)], mix(INK, on.season.near, 0.5))
    on.box(296, 176, 538, 250, mix(WHITE, PAVING, 0.4))
    for column in range(4):
        on.paper(312 + column * 132, 190, 116, 104, 5)
        on.paper(312 + column * 132, 308, 116, 104, 5)
        if on.chance.random() < 0.7:
            on.disc(402 + column * 132, 386, 17, RED)
    for x in (300, 812):
        on.box(x, 450, 20, 110, mix(INK, WHITE, 0.2))
    group(on, 4, 360, 780, 606, 1.05)
    on.tree(110, GROUND + 60, 1.3)


def station(on: Sheet) -> None:
    """A small red house at the corner of a street, people resting in front of it."""
    skyline(on)
    on.box(300, 260, 520, 270, mix(RED, WHITE, 0.08), 10)
    on.box(270, 236, 580, 36, mix(RED, INK, 0.25), 6)
    on.box(340, 310, 200, 150, mix((206, 226, 226), on.light, 0.6 if on.night else 0.2), 6)
    on.box(436, 310, 8, 150, WHITE)
    on.box(640, 310, 120, 220, mix((206, 226, 226), on.light, 0.5))
    on.banner(350, 478, 190, 34)
    group(on, 2, 700, 780, 600)
    for x in (390, 480):
        on.person(x, 590, 1, sits=True)
    on.box(340, 590, 200, 14, (150, 112, 84), 4)
    on.table(900, 520, 130)
    for x in (920, 960, 1000):
        on.box(x, 490, 18, 30, mix(STEEL, WHITE, 0.4), 6)


def night_lane(on: Sheet) -> None:
    """A lane at night, a lit lamp, neighbours below it."""
    skyline(on)
    lamp(on, 560)
    group(on, 4, 420, 720, 604)
    on.lantern(200, 360, 22)
    on.lantern(930, 360, 22)


def night_repair(on: Sheet) -> None:
    """Repairers at an opened pipe by the light of a lamp at night."""
    skyline(on)
    lamp(on, 760)
    on.disc(470, 575, 190, mix(INK, (90, 76, 66), 0.5), 0.24)
    on.box(310, 556, 330, 30, STEEL, 14)
    on.box(450, 548, 46, 46, RED, 8)
    on.person(390, 566, 1.1, faces=1)
    on.person(560, 566, 1.1, faces=-1)
    on.person(690, 604, 1.1, faces=-1)
    on.shape([(180, 600), (206, 530), (232, 600)], (226, 128, 56))
    on.shape([(890, 600), (916, 530), (942, 600)], (226, 128, 56))


def clinic_night(on: Sheet) -> None:
    """A clinic whose lamp is lit at night, a doctor at the door."""
    skyline(on)
    on.box(330, 230, 460, 310, mix(WHITE, on.season.near, 0.25), 6)
    on.box(620, 340, 110, 200, on.light)
    on.box(380, 340, 180, 110, on.light)
    on.box(540, 256, 16, 56, GREEN)
    on.box(520, 276, 56, 16, GREEN)
    on.disc(675, 300, 26, (255, 214, 120))
    on.person(680, 560, 1.1)
    group(on, 2, 480, 560, 600)


def bus(on: Sheet) -> None:
    """A bus at its stop, people helping each other in."""
    skyline(on)
    on.box(190, 280, 700, 250, (196, 72, 60), 26)
    on.box(190, 430, 700, 22, WHITE)
    for x in range(216, 700, 118):
        on.box(x, 306, 100, 104, (208, 228, 230), 8)
    on.box(760, 306, 96, 216, (208, 228, 230), 8)
    for x in (310, 740):
        on.disc(x, 532, 46, INK)
        on.disc(x, 532, 20, STEEL)
    group(on, 3, 850, 1010, 606)


def delivery(on: Sheet) -> None:
    """Couriers with a tricycle in the street."""
    skyline(on)
    on.box(330, 360, 230, 170, (70, 112, 140), 8)
    on.banner(356, 400, 176, 40)
    on.line([(560, 510), (690, 510), (720, 420)], INK, 12)
    on.box(610, 470, 70, 16, INK, 6)
    for x in (390, 520, 700):
        on.disc(x, 550, 40, INK)
        on.disc(x, 550, 18, STEEL)
    group(on, 3, 790, 960, 604)
    on.box(180, 540, 60, 50, (196, 150, 100), 3)
    on.box(200, 500, 50, 40, (206, 164, 116), 3)


def pavilion(on: Sheet) -> None:
    """A pavilion in the evening with a lamp, neighbours sitting in it."""
    skyline(on)
    on.shape([(250, 270), (560, 140), (870, 270)], mix(RED, INK, 0.35))
    on.box(240, 266, 640, 16, mix(RED, INK, 0.5))
    for x in (300, 800):
        on.box(x, 280, 22, 300, mix(RED, INK, 0.2))
    on.lantern(560, 330, 26)
    on.box(330, 560, 460, 18, (150, 112, 84), 4)
    for place, x in enumerate((390, 480, 640, 730)):
        on.person(x, 560, 1.05, sits=True, faces=1 if place < 2 else -1)
    on.person(560, 604, 1.1)


def bench(on: Sheet) -> None:
    """Two people on a bench, one listening to the other."""
    on.sun()
    on.hills()
    pave(on)
    on.tree(240, GROUND + 60, 1.9)
    lamp(on, 880)
    on.box(440, 520, 280, 18, (150, 112, 84), 4)
    on.box(440, 440, 280, 16, (150, 112, 84), 4)
    for x in (456, 690):
        on.box(x, 440, 14, 150, mix(INK, WHITE, 0.2))
    on.person(520, 522, 1.25, sits=True, faces=1)
    on.person(640, 522, 1.25, sits=True, faces=-1)


def stage(on: Sheet) -> None:
    """An old stage with a storyteller, people listening below."""
    open_country(on)
    pave(on)
    on.shape([(210, 190), (560, 70), (910, 190)], mix(INK, on.season.near, 0.4))
    on.box(280, 186, 560, 240, mix(RED, INK, 0.45))
    on.box(240, 410, 640, 60, (170, 128, 90))
    for x in (280, 812):
        on.box(x, 190, 28, 224, RED)
    on.table(500, 350, 120)
    on.person(560, 352, 1.05)
    on.lantern(400, 250)
    on.lantern(720, 250)
    for place, x in enumerate(range(190, 960, 110)):
        on.person(x, 606 - (place % 2) * 18, 1, sits=True)


def school_gate(on: Sheet) -> None:
    """The gate of a school, children and grown-ups around a low table."""
    open_country(on)
    pave(on)
    on.box(150, 240, 820, 250, mix(WHITE, PAVING, 0.3))
    on.banner(150, 220, 820, 40)
    for x in range(190, 930, 96):
        on.box(x, 290, 58, 56, (196, 216, 220))
        on.box(x, 372, 58, 56, (196, 216, 220))
    on.table(480, 556, 170)
    group(on, 3, 300, 440, 604, 0.72)
    group(on, 2, 690, 760, 604, 0.72)
    for x in (520, 610):
        on.person(x, 556, 1, sits=True)


TOWN = {
    "street": (street, "城区街道上，街坊们见面说话"),
    "hall": (hall, "政务大楼前的台阶，几个人正走进去"),
    "old_street": (old_street, "挂着红灯笼的古镇老街，人们走过店铺"),
    "market": (market, "集市上的摊位，旁边一张折叠桌上摆着表格"),
    "noticeboard": (noticeboard, "公开栏前，几个人在看张贴的内容"),
    "station": (station, "街角的红色小屋，门前有人坐着歇脚"),
    "night_lane": (night_lane, "夜晚的巷子里，路灯下站着几位邻居"),
    "night_repair": (night_repair, "夜里的路灯下，抢修工围着挖开的水管"),
    "clinic_night": (clinic_night, "夜里亮着灯的卫生院，医生站在门口"),
    "bus": (bus, "公交车停在站台，有人搀扶乘客上车"),
    "delivery": (delivery, "快递三轮车停在街边，几名快递员在说话"),
    "pavilion": (pavilion, "挂着灯的凉亭里，居民围坐议事"),
    "bench": (bench, "树下长椅上，一个人说，一个人听"),
    "stage": (stage, "古戏台上有人说书，台下坐满听众"),
    "school_gate": (school_gate, "学校门口的矮桌旁，孩子和大人围在一起"),
}
AT_NIGHT = frozenset({"night_lane", "night_repair", "clinic_night", "pavilion", "bench"})
