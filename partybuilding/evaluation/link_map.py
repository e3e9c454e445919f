"""The map of links between expert groups as a drawing: groups on a circle, curves between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

#: The sheet of the drawing, the circle of the groups, and the size of a group on it.
WIDTH, HEIGHT, CIRCLE, NODE = 640, 520, 190, 34
#: How far a curve bends away from the straight line, as a share of its length.
BEND = 0.12


@dataclass(frozen=True)
class Node:
    """A group on the drawing."""

    key: str
    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Curve:
    """What the experts of one group score of another, as a curve with its number."""

    path: str
    width: float
    sheets: int
    x: float
    y: float
    source: int
    target: int


@dataclass(frozen=True)
class LinkMap:
    """The whole drawing."""

    nodes: list[Node]
    curves: list[Curve]
    width: int = WIDTH
    height: int = HEIGHT
    radius: int = NODE


def link_map(keys: Sequence[str], links: Sequence[tuple[str, str, int]]) -> LinkMap:
    """Lay groups and links out.

    Args:
        keys: the groups in their order, clockwise from the top.
        links: group of the experts, group of the projects, number of sheets.
    """
    nodes = [_node(place, key, len(keys)) for place, key in enumerate(keys)]
    at = {node.key: node for node in nodes}
    most = max((sheets for _source, _target, sheets in links), default=1)
    curves = [
        _curve(at[source], at[target], sheets, most)
        for source, target, sheets in links
        if source in at and target in at
    ]
    return LinkMap(nodes, curves)


def _node(place: int, key: str, size: int) -> Node:
    angle = 2 * pi * place / size - pi / 2
    x, y = WIDTH / 2 + CIRCLE * cos(angle), HEIGHT / 2 + CIRCLE * sin(angle)
    return Node(key, place + 1, round(x, 1), round(y, 1))


def _curve(source: Node, target: Node, sheets: int, most: int) -> Curve:
    """Bend to the left seen from its start, so that there and back do not cover each other."""
    dx, dy = target.x - source.x, target.y - source.y
    length = hypot(dx, dy) or 1
    ux, uy = dx / length, dy / length
    bend = BEND * length
    cx, cy = (source.x + target.x) / 2 + uy * bend, (source.y + target.y) / 2 - ux * bend
    sx, sy = source.x + ux * NODE + uy * 6, source.y + uy * NODE - ux * 6
    tx, ty = target.x - ux * (NODE + 7) + uy * 6, target.y - uy * (NODE + 7) - ux * 6
    # A point of the curve at a third of its way carries the number.
    part = 0.34
    a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return Curve(
        path=f"M{sx:.1f} {sy:.1f} Q{cx:.1f} {cy:.1f} {tx:.1f} {ty:.1f}",
        width=round(1 + 2.5 * sheets / most, 2),
        sheets=sheets,
        x=round(a * sx + b * cx + c * tx, 1),
        y=round(a * sy + b * cy + c * ty, 1),
        source=source.number,
        target=target.number,
    )
