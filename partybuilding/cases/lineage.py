"""How a case spread: who learnt from it and goes on with it, as far as residents may read of them.

A diagram is drawn from the rows as a tree that is read from above; the table under it says the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.cases.models import CaseStudy
from partybuilding.projects.models import Project, Source
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import HEAVY
from partybuilding.projects.stages import stage_of
from partybuilding.projects.states import SourceKind

#: Generations that are followed.
DEEPEST = 4
#: Sizes of the drawing, in its own units: a row, an indent, its width, what a character takes.
ROW, INDENT, WIDTH, CHARACTER = 58, 26, 380, 16
#: So many rows are drawn; the table tells of all.
DRAWN = 24


@dataclass(frozen=True)
class Descendant:
    """One project that was begun from a case, or from one that was; `depth` counts from the case."""

    source: Source
    depth: int

    @property
    def project(self) -> Project:
        """The project."""
        return self.source.project


def readable_sources() -> QuerySet[Source]:
    """Return what was begun from something and has become a project that residents may read of."""
    pages = ProjectPage.objects.readable().order_by().values("project")
    rows = Source.objects.filter(project__in=pages).select_related(
        "project__cycle", "project__organization", "project__page"
    )
    return rows.defer(*HEAVY).order_by("project__cycle__year", "pk")


def descendants_of(case: CaseStudy) -> list[Descendant]:
    """Return all that came of a case, each behind what it came from; a query for each generation."""
    children: dict[int, list[Source]] = {}
    seen = {case.project_id}
    first = Q(case=case) | Q(kind=SourceKind.CONTINUE, origin=case.project_id)
    generation = list(readable_sources().filter(first))
    for _depth in range(DEEPEST):
        generation = [row for row in generation if row.project_id not in seen]
        for row in generation:
            children.setdefault(row.origin_id, []).append(row)
        seen |= {row.project_id for row in generation}
        if not generation:
            break
        begun = [SourceKind.CONTINUE, SourceKind.ADOPT]
        origins = [row.project_id for row in generation]
        generation = list(readable_sources().filter(kind__in=begun, origin__in=origins))
    return list(_walk(children, case.project_id, 1))


def _walk(children: Mapping[int, list[Source]], origin: int, depth: int) -> Iterator[Descendant]:
    for row in children.get(origin, ()):
        yield Descendant(row, depth)
        yield from _walk(children, row.project_id, depth + 1)


def lineage_of(case: CaseStudy, request: HttpRequest) -> dict[str, Any] | None:
    """Return what the component of a lineage shows; None when nobody is known to have learnt from the case."""
    found = descendants_of(case) if case.pk else []
    if not found:
        return None
    adopted = [one for one in found if one.source.kind == SourceKind.ADOPT]
    organizations = {one.project.organization_id for one in adopted}
    numbers = {"number": len(organizations), "continued": len(found) - len(adopted)}
    words = (
        _("%(number)s organizations have learnt from this case in projects of their own.")
        if organizations
        else _("The project behind the case is continued.")
    )
    columns = (
        *(pgettext("column", "Project"), _("Organization that carries it out")),
        pgettext("column", "Stage"),
    )
    return {
        "finding": words % numbers,
        "drawing": drawing_of(case, found[:DRAWN]),
        "undrawn": len(found[DRAWN:]),
        "columns": [{"label": label} for label in columns],
        "rows": [_row(one, request) for one in found],
    }


def _row(one: Descendant, request: HttpRequest) -> list[Any]:
    project, stage = one.project, stage_of(one.project.state)
    told = {"year": project.cycle.year, "kind": one.source.get_kind_display()}
    title = project.page.title
    return [
        {
            "text": title,
            "href": project.page.get_url(request),
            "note": _("%(year)s, %(kind)s") % told,
        },
        project.told.organization,
        {"text": stage.public, "tone": stage.tone},
    ]


def drawing_of(case: CaseStudy, found: Iterable[Descendant]) -> dict[str, Any]:
    """Return the nodes and lines of the drawing, the case at its top."""
    project = case.project
    nodes = [_node(0, 0, project.told.organization, _("Case of %(year)s"), project, "origin")]
    for place, one in enumerate(found, start=1):
        words = (
            _("%(year)s, continued") if one.source.kind == SourceKind.CONTINUE else _("%(year)s")
        )
        name = one.project.told.organization
        nodes.append(_node(place, one.depth, name, words, one.project, one.source.kind))
    return {
        "width": WIDTH,
        "height": ROW * len(nodes),
        "nodes": nodes,
        "lines": list(_lines(nodes)),
    }


def _node(
    place: int, depth: int, name: str, words: str, project: Project, kind: str
) -> dict[str, Any]:
    x = 12 + INDENT * depth
    room = (WIDTH - x - 20) // CHARACTER
    return {
        "x": x,
        "y": ROW * place + 22,
        "depth": depth,
        "text_x": x + 20,
        "name": _cut(name, room),
        "words": words % {"year": project.cycle.year},
        "words_y": ROW * place + 46,
        "kind": kind,
    }


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"


def _lines(nodes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the path from each node to the one it came from: the last one above with less depth."""
    for place, node in enumerate(nodes[1:], start=1):
        above = next(one for one in reversed(nodes[:place]) if one["depth"] < node["depth"])
        yield f"M{above['x']} {above['y'] + 9}V{node['y']}H{node['x'] - 9}"
