"""What the first screen says of case studies, and what the file of a project offers of them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.cases.kind import KIND
from partybuilding.cases.states import FINISHED
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import user_works_on_pages
from partybuilding.projects.casefile.contents import CaseAction
from partybuilding.projects.models import Project
from partybuilding.spreading.shown import desk_lines


def case_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk."""
    return desk_lines(KIND, user)


def case_ways(project: Project, user: AnyUser) -> Iterator[CaseAction]:
    """Offer to start a case study from a graded project."""
    if project.state in FINISHED and user_works_on_pages(user):
        url = reverse("partybuilding:case_study_start", args=[project.pk])
        yield CaseAction(_("Start a case study"), url, "openquote")
