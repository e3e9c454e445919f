"""Cases that are similar to one: of the same field, topic or unit, or told in the same words.

Points: the same topic 3, the same field 2, the same unit 1; and of titles and topics the share of pairs of
characters that both have, up to 3. From 2 points on a case is similar; the newest comes first among equals.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext as _

from partybuilding.core.text.phrases import in_a_row

#: So many are shown, of those with at least so many points; so many are held against it word by word.
MOST, LEAST, HELD = 3, 2, 24
TOPIC, FIELD, UNIT, WORDS = 3, 2, 1, 3
#: From this share on the words of two cases are called alike.
ALIKE = 0.25


class Traits(NamedTuple):
    """What of a case is held against another."""

    title: str
    sector: str
    topic: str
    unit: int | None

    @property
    def pairs(self) -> set[str]:
        """The pairs of characters of its title and topic."""
        words = f"{self.title} {self.topic}"
        return {a + b for a, b in pairwise(words) if (a + b).isalnum()}


def similar_cases(page: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages of the cases most similar to one, as entries of a list of links that say in what."""
    own = traits_of(page)
    held = [(points_of(own, traits_of(one)), one) for one in _candidates(page, own)]
    near = sorted((row for row in held if row[0] >= LEAST), key=lambda row: -row[0])
    return [_entry(one, own, request) for _points, one in near[:MOST]]


def traits_of(page: Any) -> Traits:
    """Return what of a case's page is held against others."""
    project = page.case.project
    topic = project.topic.title if project.topic else ""
    return Traits(page.title, project.sector, topic, project.organization.unit_id)


def _candidates(page: Any, own: Traits) -> Any:
    """Return the readable cases that share most with one, as far as the database can tell."""
    project = "case__project"
    same = (
        _points(TOPIC, f"{project}__topic__title", own.topic),
        _points(FIELD, f"{project}__sector", own.sector),
        _points(UNIT, f"{project}__organization__unit", own.unit),
    )
    others = type(page).objects.readable().exclude(pk=page.pk)
    shown = others.select_related(f"{project}__organization", f"{project}__topic")
    ranked = shown.defer_streamfields().annotate(alike=sum(same[1:], same[0]))
    return ranked.order_by("-alike", "-case__published_at", "-pk")[:HELD]


def _points(points: int, column: str, value: Any) -> Any:
    when = [When(**{column: value}, then=Value(points))] if value else []
    return Case(*when, default=Value(0), output_field=IntegerField())


def points_of(one: Traits, other: Traits) -> float:
    """Say how similar two cases are, in points."""
    same = (
        TOPIC * (one.topic == other.topic and bool(one.topic)),
        FIELD * (one.sector == other.sector and bool(one.sector)),
        UNIT * (one.unit == other.unit and one.unit is not None),
    )
    return sum(same) + WORDS * share_of_words(one, other)


def share_of_words(one: Traits, other: Traits) -> float:
    """Return the share of the pairs of characters that both have, from 0 to 1."""
    both = one.pairs | other.pairs
    return len(one.pairs & other.pairs) / len(both) if both else 0


def _entry(page: Any, own: Traits, request: HttpRequest) -> dict[str, Any]:
    why = "、".join(_reasons(own, traits_of(page)))
    name = page.case.project.told.organization
    return {
        "title": page.title,
        "href": page.get_url(request),
        "meta": in_a_row(name, why),
    }


def _reasons(one: Traits, other: Traits) -> Iterator[str]:
    if one.topic and one.topic == other.topic:
        yield _("same topic")
    if one.sector and one.sector == other.sector:
        yield _("same field")
    if one.unit is not None and one.unit == other.unit:
        yield _("same reporting unit")
    if share_of_words(one, other) >= ALIKE:
        yield _("similar words")
