"""Where the parts of a chart lie, in the units of its drawing; pure. Numbers come out as SVG writes them."""

from collections.abc import Sequence
from dataclasses import dataclass

#: The funnel: its width, the height of a step, of the slope between two.
FUNNEL, STEP, SLOPE = 400.0, 40.0, 52.0
#: The staircase: its plot from left to right and from its ground to its top.
LEFT, RIGHT, GROUND, TOP = 36.0, 400.0, 224.0, 16.0
#: A cell, its gap, and how many stand side by side.
CELL, BETWEEN, IN_A_ROW = 12, 2, 10
#: More months than this are named by their number alone.
NAMED = 9


def told(value: float) -> str:
    """Write a number as SVG takes it: a point, at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Funnel:
    """Of so many so many: two blocks and the slope between them."""

    x: str
    width: str
    slope: str


def funnel_of(all_: int, chosen: int) -> Funnel:
    """Draw how many of all were chosen; the lower block is as much narrower as they are fewer.

    Raises:
        ValueError: there are none, or more were chosen than there are.
    """
    if not 0 < chosen <= all_:
        raise ValueError(f"{chosen} of {all_}")
    width = FUNNEL * chosen / all_
    x = (FUNNEL - width) / 2
    bottom = STEP + SLOPE
    slope = f"M0 {told(STEP)}H{told(FUNNEL)}L{told(x + width)} {told(bottom)}H{told(x)}Z"
    return Funnel(told(x), told(width), slope)


@dataclass(frozen=True)
class Stair:
    """One month of a staircase.

    Args:
        label: the month.
        due: how many had fallen due by its end.
        behind: how many of them were not done by then; None for a month that is not over.
    """

    label: str
    due: int
    behind: int | None


@dataclass(frozen=True)
class Staircase:
    """Due and done, added up month by month, with what is behind between the two lines."""

    due: str
    done: str
    area: str
    gaps: list[dict[str, str]]
    lines: list[dict[str, str]]
    labels: list[dict[str, str]]
    figures: list[dict[str, str]]


def staircase_of(stairs: Sequence[Stair]) -> Staircase:
    """Draw a staircase; what was done is drawn as far as months are over.

    Raises:
        ValueError: nothing is due in it.
    """
    most = max((stair.due for stair in stairs), default=0)
    if not most:
        raise ValueError("nothing is due")
    wide = (RIGHT - LEFT) / len(stairs)

    def height(count: int) -> float:
        return GROUND - (GROUND - TOP) * count / most

    def middle(at: int) -> str:
        return told(LEFT + wide * (at + 0.5))

    def steps(counts: Sequence[int]) -> str:
        rises = (
            f"V{told(height(count))}H{told(LEFT + wide * at)}"
            for at, count in enumerate(counts, start=1)
        )
        return f"M{told(LEFT)} {told(GROUND)}{''.join(rises)}"

    over = [(stair.due, stair.behind) for stair in stairs if stair.behind is not None]
    done = steps([due - behind for due, behind in over]) if over else ""
    gaps = [
        {
            "x": told(LEFT + wide * at),
            "y": told(height(due)),
            "width": told(wide),
            "height": told(height(due - behind) - height(due)),
        }
        for at, (due, behind) in enumerate(over)
        if behind
    ]
    quarters = sorted({round(most * part / 4) for part in range(5)})
    thin = 1 + len(stairs) // 14  # more than a year: every second month is named
    labels = [
        {"x": middle(at), "text": stair.label if len(stairs) <= NAMED else stair.label[:-1]}
        for at, stair in enumerate(stairs)
        if at % thin == 0
    ]
    return Staircase(
        due=steps([stair.due for stair in stairs]),
        done=done,
        area=f"{done}V{told(GROUND)}Z" if done else "",
        gaps=gaps,
        lines=[{"y": told(height(n)), "text": f"{n}", "at": told(height(n) + 5)} for n in quarters],
        labels=labels,
        figures=[
            {"x": middle(at), "text": str(behind), "late": "1" if behind else ""}
            for at, (_due, behind) in enumerate(over)
            if at % thin == 0
        ],
    )


@dataclass(frozen=True)
class Cell:
    """One cell: a promise by where it stands."""

    key: str
    x: int
    y: int


@dataclass(frozen=True)
class Cells:
    """Cells in rows of ten, with the size of the whole."""

    cells: list[Cell]
    width: int
    height: int


def cells_of(keys: Sequence[str]) -> Cells:
    """Put cells side by side, at most ten in a row."""
    side = CELL + BETWEEN
    cells = [Cell(key, at % IN_A_ROW * side, at // IN_A_ROW * side) for at, key in enumerate(keys)]
    rows = -(-len(cells) // IN_A_ROW)
    return Cells(cells, min(len(cells), IN_A_ROW) * side - BETWEEN, rows * side - BETWEEN)
