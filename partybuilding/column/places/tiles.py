"""The schematic map: a tile for each township, with its promises kept of all, in words and by the one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.column.places.selectors import Place
from partybuilding.projects.states import Mark

#: What a township is called without, in a tile.
KINDS = ("街道", "镇", "乡")
NONE, EMPTY = "none", "empty"


@dataclass(frozen=True)
class Tiles:
    """The map of a year.

    Args:
        tiles: what `components/place_map.html` shows of each, north-west first.
        is_list: some township has no place on the map, so that all stand in a list by their names.
        marks: which marks stand in it, for the note below.
    """

    year: int
    tiles: list[dict[str, Any]]
    is_list: bool
    marks: frozenset[str]


def tiles_of(places: Sequence[Place], year: int, current: int | None = None) -> Tiles | None:
    """Draw the map; nothing where the register knows no township.

    Args:
        current: the township whose page it stands on.
    """
    if not places:
        return None
    is_list = not all(place.is_placed for place in places)
    rows = places if is_list else sorted(places, key=lambda place: (place.row, place.column))
    tiles = [_tile(place, year, current) for place in rows]
    return Tiles(year, tiles, is_list, frozenset(tile["mark"] for tile in tiles))


def _tile(place: Place, year: int, current: int | None) -> dict[str, Any]:
    kind = next((kind for kind in KINDS if place.name.endswith(kind)), "")
    return {
        "href": reverse("township", args=[place.pk]),
        "name": place.name.removesuffix(kind),
        "kind": kind,
        "row": place.row,
        "column": place.column,
        "mark": mark_of_place(place),
        "figure": _figure(place),
        "words": words_of(place, year),
        "is_current": place.pk == current,
    }


def mark_of_place(place: Place) -> str:
    """Return how a township looks: by the worst that stands in it."""
    marks = place.marks
    if not place.projects:
        return EMPTY
    if marks[Mark.MISSED] or marks[Mark.LATE]:
        return (Mark.MISSED if marks[Mark.MISSED] else Mark.LATE).value
    kept = kept_of(place)
    if kept and kept == marks.total():
        return Mark.DONE.value
    return Mark.UNDER_WAY.value if kept or marks[Mark.UNDER_WAY] else NONE


def kept_of(place: Place) -> int:
    """Return how many promises were kept, in time or late."""
    return place.marks[Mark.DONE] + place.marks[Mark.DONE_LATE]


def _figure(place: Place) -> str:
    if not place.projects:
        return pgettext("tile", "no project")
    total = place.marks.total()
    return f"{kept_of(place)}/{total}" if total else pgettext("tile", "no promise yet")


def words_of(place: Place, year: int) -> str:
    """Say what the tile shows, for those who do not see it and for the table."""
    facts = {"year": year, "projects": place.projects, "total": place.marks.total()}
    if not place.projects:
        return _("no project in %(year)s") % facts
    if not facts["total"]:
        return _("%(projects)s projects, no commitments published yet") % facts
    kept = kept_of(place)
    said = _("%(projects)s projects, %(total)s commitments") % facts
    told = [
        _("all of them kept") if kept == facts["total"] else _("%(count)s kept") % {"count": kept}
    ]
    for mark, words in (
        (Mark.LATE, _("%(count)s overdue")),
        (Mark.MISSED, _("%(count)s not kept")),
    ):
        if place.marks[mark]:
            told.append(words % {"count": place.marks[mark]})
    comma = pgettext("between clauses", ", ")
    return comma.join([said, *told])
