"""The case file of a project on one screen."""

from typing import Any

from django.views.generic import TemplateView

from partybuilding.core.machine.offers import offers
from partybuilding.core.machine.wording import strip_of
from partybuilding.core.states import Tone
from partybuilding.organizations.selectors import names_of_holders
from partybuilding.projects.casefile.contents import actions_of, sections_of
from partybuilding.projects.permissions import user_can_extend_return
from partybuilding.projects.states import ProjectState
from partybuilding.projects.views.steps import ProjectFrame


class CaseView(ProjectFrame, TemplateView):
    """Everything about a project, and what the user may do with it."""

    template_name = "partybuilding/projects/case.html"

    def get_page_title(self) -> str:
        """Return the project's title."""
        return str(self.project)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect sections, steps and ways to other screens."""
        project, user = self.project, self.request.user
        shown = sections_of(project, user)
        return super().get_context_data(
            strip=strip_of(project, project.strip),
            offers=sorted(
                offers(project, user), key=lambda offer: offer.step.tone != Tone.POSITIVE
            ),
            actions=actions_of(project, user),
            can_extend=project.state == ProjectState.RETURNED
            and user_can_extend_return(project, user),
            people=names_of_holders(project),
            main=[part for part in shown if part.section.place == "main"],
            aside=[part for part in shown if part.section.place != "main"],
            **kwargs,
        )
