"""By which words of its record a project's page is found: what the page shows of it, and nothing else."""

from collections.abc import Iterator

from partybuilding.projects.models import Project
from partybuilding.projects.states import PROMISED
from partybuilding.projects.told import registers_of


def words_of_record(project: Project) -> list[str]:
    """Return what of the record residents may search: names, number, and promises once published.

    The names are those of its papers, and those by which its organisations are known today.
    """
    told, today = project.told, registers_of(project)
    return [
        *dict.fromkeys((*told.organizations, told.unit, *today.organizations, today.unit)),
        project.code,
        told.sector,
        *_people(project),
        *(_promises(project) if _has_published(project) else ()),
    ]


def _has_published(project: Project) -> bool:
    return project.commitments_published_at is not None and project.state in PROMISED


def _people(project: Project) -> Iterator[str]:
    for post in project.four_ones.on():
        yield f"{post.name} {post.post}"


def _promises(project: Project) -> Iterator[str]:
    for commitment in project.commitments.prefetch_related("steps"):
        yield f"{commitment.goal} {commitment.person} {commitment.post}"
        yield from (step.title for step in commitment.steps.all())
