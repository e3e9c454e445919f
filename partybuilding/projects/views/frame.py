"""What the staff screens of one project share: who may see it, where one came from, the trail of links."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.ways import way_back, with_next
from partybuilding.projects.desk import register_url
from partybuilding.projects.models import Project
from partybuilding.projects.selectors import case_file


def case_address(project: Project, back: str = "") -> str:
    """Return the address of a case file."""
    return with_next(reverse("partybuilding:case", args=[project.pk]), back)


class ProjectFrame(WagtailAdminTemplateMixin):
    """A screen of one project that the user may see; every other project does not exist for them."""

    header_icon = "folder-open-inverse"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Fetch the project with its whole case file."""
        super().setup(request, *args, **kwargs)
        try:
            self.project = case_file(request.user, kwargs["pk"])
        except Project.DoesNotExist:
            raise Http404 from None
        self.back = way_back(request)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the register, and from a form to the case file."""
        case = {"url": case_address(self.project, self.back), "label": str(self.project)}
        items = [
            *self.breadcrumbs_items,
            {"url": self.back or register_url(), "label": _("Register of projects")},
        ]
        if self.get_page_title() == str(self.project):
            return [*items, {**case, "url": ""}]
        return [*items, case, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template the project and the way back."""
        back = self.back
        return super().get_context_data(project=self.project, back=back, **kwargs)
