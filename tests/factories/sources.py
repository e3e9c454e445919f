"""Applications that are begun from a case, and projects that came of them."""

from typing import Any

from partybuilding.cases.services import adopt_case
from partybuilding.projects.models import Project
from tests.factories.projects import Cast, fill, take
from tests.factories.site import make_page_of

TO_DOING = ("submit", "pass_first", "approve", "submit_commitments", "publish_commitments")


def adopt(case: Any, cast: Cast) -> Project:
    """Begin an application that learns from a case."""
    return adopt_case(case, cycle=cast.cycle, organization=cast.organization, by=cast["applicant"])


def carry_out(draft: Project, cast: Cast, title: str = "") -> Project:
    """Bring a draft to its public page."""
    project = fill(draft, cast)
    for step in TO_DOING:
        project = take(project, step, cast)
    if title:
        Project.objects.filter(pk=project.pk).update(title=title)
    make_page_of(Project.objects.get(pk=project.pk), cast)
    return Project.objects.get(pk=project.pk)
