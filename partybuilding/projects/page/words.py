"""By what of its record a project's page is found: what every room tells on it, and when that changes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from partybuilding.core import rooms
from partybuilding.projects.four_ones.selectors import handovers
from partybuilding.projects.models import Project
from partybuilding.projects.promises.cards import explanation_of
from partybuilding.projects.states import RESULTS_IN
from partybuilding.projects.told import registers_of


@dataclass(frozen=True)
class PageWords:
    """What a room tells on a project's page, for whoever searches.

    Args:
        words: called with a project whose promises are public; yields what residents may read there.
        moves: models that have a `project`, with the entries of their trails after which other words stand
            on the page; an entry in the project's own trail counts always.
    """

    words: Callable[[Project], Iterable[str]]
    moves: Mapping[type[Model], tuple[str, ...]] = field(default_factory=dict)


def words_of_record(project: Project) -> list[str]:
    """Return what of the record residents may search: names, number, and what is told once it has promised.

    The names are those of its papers, and those by which its organisations are known today.
    """
    told, today = project.told, registers_of(project)
    return [
        *dict.fromkeys((*told.organizations, told.unit, *today.organizations, today.unit)),
        project.code or "",
        told.sector,
        *_people(project),
        *(_told_by_rooms(project) if project.has_promised else ()),
    ]


def _people(project: Project) -> Iterator[str]:
    """Yield who holds the four ones, and from whom they took over."""
    for post in project.four_ones.on():
        yield f"{post.name} {post.post}"
    for handover in handovers(project):
        yield handover.words


def _told_by_rooms(project: Project) -> Iterator[str]:
    for one in rooms.collect("page_words"):
        yield from filter(None, dict.fromkeys(one.words(project)))


def words_of_promises(project: Project) -> Iterator[str]:
    """Yield the promises with their steps, why one was not kept, and what came of it all."""
    for commitment in project.commitments.prefetch_related("steps"):
        commitment.project = project
        yield from (commitment.goal, commitment.short_name)
        yield f"{commitment.person} {commitment.post}"
        for step in commitment.steps.all():
            yield step.title
            yield step.evidence if step.is_closed else ""
        yield explanation_of(commitment)
    if project.state in RESULTS_IN:
        yield project.results_summary


def moves_of(machine: type[Model]) -> set[str]:
    """Return the entries in a model's trail after which other words stand on the page of its project."""
    told: Iterable[Any] = rooms.collect("page_words")
    return {step for one in told for step in one.moves.get(machine, ())}
