"""Read the column by place: which townships there are, and to which of them a project belongs."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, F, QuerySet, When

from partybuilding.core.answers.wording import worded
from partybuilding.organizations.models import Organization
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import Counted
from partybuilding.projects.states import Mark

ORGANIZATION = "project__organization"


@dataclass
class Place:
    """A township or street with what of one year belongs to it.

    Args:
        name: as residents say it.
        is_placed: whether the map has a tile for it.
    """

    pk: int
    name: str
    row: int | None = None
    column: int | None = None
    projects: int = 0
    marks: Counter[Mark] = field(default_factory=Counter)

    @property
    def is_placed(self) -> bool:
        """Whether the map has a tile for it."""
        return bool(self.row and self.column)


def townships() -> QuerySet[Organization]:
    """Return the townships and streets in use, by their names."""
    return Organization.objects.active().townships().order_by("name_key", "pk")


def has_townships() -> bool:
    """Tell whether the register knows any."""
    return townships().exists()


def place_key(organization: str = "") -> Case:
    """Return the expression for the township of an organisation: where it works, else its unit, else itself.

    Args:
        organization: the way to the organisation from the rows that are read; empty for its own rows.
    """
    way = f"{organization}__" if organization else ""
    return Case(
        When(**{f"{way}place__isnull": False}, then=F(f"{way}place")),
        When(**{f"{way}unit__township__gt": ""}, then=F(f"{way}unit")),
        When(**{f"{way}township__gt": ""}, then=F(f"{way}pk")),
    )


def place_of(organization: Organization, known: Collection[int]) -> int | None:
    """Return the township of an organisation; as `place_key` says it.

    Args:
        known: the keys of all townships.
    """
    if organization.place_id:
        return organization.place_id
    return next((key for key in (organization.unit_id, organization.pk) if key in known), None)


def places_of(cycle_id: int, promises: Iterable[Counted]) -> list[Place]:
    """Return every township with its projects and promises of a year, by their names; two queries.

    Args:
        promises: those of the year that residents read.
    """
    names = ("pk", "township", "tile_row", "tile_column")
    places = {row[0]: Place(*row) for row in townships().values_list(*names)}
    pages = ProjectPage.objects.readable().filter(project__cycle=cycle_id).order_by()
    for key in pages.annotate(at=place_key(ORGANIZATION)).values_list("at", flat=True):
        if key in places:
            places[key].projects += 1
    for promise in promises:
        ways = (promise.place_id,) if promise.place_id else (promise.unit_id, promise.organization)
        key = next((key for key in ways if key in places), None)
        if key is not None:
            places[key].marks[promise.mark] += 1
    return list(places.values())


def pages_at(place: int) -> QuerySet[ProjectPage]:
    """Return the projects of a township that residents read, those of its own organisations first in each year."""
    shown = ("project__cycle", f"{ORGANIZATION}__unit", "project__grade_class")
    return (
        ProjectPage.to_read()
        .readable()
        .annotate(at=place_key(ORGANIZATION))
        .filter(at=place)
        .select_related(*shown)
        .defer("body", "attachments")
        .order_by("-project__cycle__year", "project__code")
    )


@worded
def told_at(place: int) -> QuerySet[ProjectPage]:
    """Return the same, read."""
    return pages_at(place)


def organizations_named(words: Sequence[str]) -> list[Organization]:
    """Return the organisations in use whose name, or its reading in letters, has all these words; by their names."""
    rows = Organization.objects.active().only("name", "name_key", "township", "place", "unit")
    return [one for one in rows.order_by("name_key", "pk") if is_named(one, words)]


def is_named(organization: Organization, words: Sequence[str]) -> bool:
    """Tell whether every word stands in the name, in its reading, or in the initials of that."""
    syllables = organization.name_key.split()
    reading = "".join(syllable.rstrip("012345") for syllable in syllables)
    initials = "".join(syllable[:1] for syllable in syllables)
    names = (organization.name, organization.township, reading, initials)
    return bool(words) and all(
        any(word.replace("'", "") in name.lower() for name in names) for word in words
    )
