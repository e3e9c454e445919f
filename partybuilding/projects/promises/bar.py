"""One whole of promises in its parts by the scale of `Mark`: the bar that stands below a sentence. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.states import Text
from partybuilding.projects.states import Mark

#: The whole in units of the drawing, the gap between two parts, and the least width of a part:
#: two of 256 can still be seen; the figure stands beside it.
WHOLE, GAP, LEAST = 1000, 2.2, 9
#: What nobody may overlook stands taller than its neighbours.
TALL = (Mark.LATE, Mark.MISSED)


@dataclass(frozen=True)
class Part:
    """One part of a bar: which, how many, where it stands in the drawing, and where its key leads."""

    mark: str
    label: str
    count: int
    x: str
    width: str
    is_tall: bool
    href: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar with its parts in the order of the marks, and the same in words."""

    parts: tuple[Part, ...]
    words: str


def bar_of(
    counts: Mapping[Mark, int],
    leads: Mapping[Mark, str] | None = None,
    labels: Mapping[Mark, Text] | None = None,
) -> Bar | None:
    """Divide a bar by how many promises stand where; nothing when there are none.

    Args:
        counts: how many promises have which mark.
        leads: where the key of a part leads.
        labels: what the marks are called of other things than promises.
    """
    shown = [mark for mark in Mark if counts.get(mark)]
    total = sum(counts[mark] for mark in shown)
    if not total:
        return None
    room = WHOLE - GAP * (len(shown) - 1)
    widths = _widths([room * counts[mark] / total for mark in shown], room)
    parts, x = [], 0.0
    for mark, width in zip(shown, widths, strict=True):
        href = (leads or {}).get(mark, "")
        at, wide = f"{x:.1f}", f"{width:.1f}"
        label = str((labels or {}).get(mark, mark.label))
        parts.append(Part(mark.value, label, counts[mark], at, wide, mark in TALL, href))
        x += width + GAP
    told = pgettext("between states", ", ").join(
        _("%(state)s: %(count)s") % {"state": part.label, "count": part.count} for part in parts
    )
    facts = {"count": total, "parts": told}
    words = _("%(count)s in all: %(parts)s.") if labels else _("%(count)s commitments: %(parts)s.")
    return Bar(tuple(parts), words % facts)


def _widths(widths: list[float], room: float) -> list[float]:
    """Give the least parts their least width, at the cost of the others."""
    small = [width for width in widths if width < LEAST]
    rest = room - LEAST * len(small)
    large = sum(widths) - sum(small)
    return [LEAST if width < LEAST else width * rest / large for width in widths]
