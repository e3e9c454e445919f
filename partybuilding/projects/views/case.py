"""The case file of a project on one screen."""

from typing import Any

from django.views.generic import TemplateView

from partybuilding.core.offers import offers
from partybuilding.core.states import Role, Tone
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.casefile import actions_of, sections_of
from partybuilding.projects.permissions import user_can_extend_return
from partybuilding.projects.states import STRIP, ProjectState
from partybuilding.projects.views.frame import ProjectFrame


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
            strip=strip_of(project),
            offers=sorted(
                offers(project, user), key=lambda offer: offer.step.tone != Tone.POSITIVE
            ),
            actions=actions_of(project, user),
            can_extend=project.state == ProjectState.RETURNED
            and user_can_extend_return(project, user),
            people=people_of(project),
            main=[part for part in shown if part.section.place == "main"],
            aside=[part for part in shown if part.section.place != "main"],
            **kwargs,
        )


def strip_of(project: Any) -> list[dict[str, Any]]:
    """Return the seven steps of the strip with where the project stands."""
    here = project.state_row.strip or 0
    return [
        {"number": number, "label": label, "done": number < here, "here": number == here}
        for number, label in enumerate(STRIP, start=1)
    ]


def people_of(project: Any) -> str:
    """Name the persons who have it, of the organisation or unit that has it."""
    places = {Role.APPLICANT: project.organization_id, Role.UNIT: project.organization.unit_id}
    holders = [role for role in project.state_row.holders if role in places]
    people = [one for role in holders for one in people_with(role, [places[role]])]
    return "、".join(one.get_full_name() or one.get_username() for one in people)
