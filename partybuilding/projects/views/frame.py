"""What the staff screens of one project share: who may see it, where one came from, the trail of links."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.steps import RecordFrame
from partybuilding.core.registers.ways import with_next
from partybuilding.projects.desk import register_url
from partybuilding.projects.models import Project
from partybuilding.projects.selectors import case_file


def case_address(project: Project, back: str = "") -> str:
    """Return the address of a case file."""
    return with_next(reverse("partybuilding:case", args=[project.pk]), back)


class ProjectFrame(RecordFrame):
    """A screen of one project that the user may see; every other project does not exist for them."""

    register_label = _("Register of projects")

    def find(self, user: Any, pk: int) -> Project:
        """Return the project with its whole case file."""
        return case_file(user, pk)

    def register_address(self) -> str:
        """Return the address of the register of projects."""
        return register_url()

    def address_of(self, record: Project, back: str = "") -> str:
        """Return the address of the case file."""
        return case_address(record, back)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Fetch the project with its whole case file."""
        super().setup(request, *args, **kwargs)
        self.project: Project = self.record

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template the project under its own name."""
        return super().get_context_data(project=self.project, **kwargs)
