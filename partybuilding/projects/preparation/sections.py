"""What the case file shows of the decision's preparation and of its letter, and the ways to record it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybuilding.core.types import AnyUser
from partybuilding.projects.casefile.contents import (
    CaseAction,
    CaseSection,
)
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import (
    user_can_appoint_four_ones,
    user_can_assess_project,
    user_can_assign_experts,
    user_can_rate_project,
    user_can_see_reviews,
)
from partybuilding.projects.preparation.selectors import (
    duty_rows,
    held_assessments,
    rating_sheet,
    requirements,
)
from partybuilding.projects.sessions.selectors import standing_decision
from partybuilding.projects.states import ProjectState

Context = Mapping[str, Any] | None


def reviews(project: Project, user: AnyUser) -> Context:
    """Show what was found, the rating, the expert groups, and what approving still needs."""
    if not user_can_see_reviews(project, user):
        return None
    awaiting = project.state == ProjectState.FIRST_PASSED
    held, sheet = held_assessments(project), rating_sheet(project)
    if not (awaiting or held or sheet.is_begun):
        return None
    return {
        "awaiting": awaiting,
        "requirements": requirements(project) if awaiting else [],
        "held": held,
        "sheet": sheet,
        "assignments": project.assignments.all(),
        "can_assess": user_can_assess_project(project, user),
        "can_rate": user_can_rate_project(project, user),
        "can_assign": user_can_assign_experts(project, user),
    }


def four_ones(project: Project, user: AnyUser) -> Context:
    """Show who holds the four ones, and to reviewers who held them before."""
    rows = duty_rows(project)
    may = user_can_appoint_four_ones(project, user)
    if not (may or any(row.now for row in rows)):
        return None
    full = user_can_see_reviews(project, user)
    former = [(row.label, post) for row in rows for post in row.before] if full else []
    return {"rows": rows, "former": former, "can_appoint": may}


def letter(project: Project, user: AnyUser) -> Context:
    """Show the ways to the letter of a decision that stands."""
    entry = standing_decision(project)
    return {"entry": entry} if entry else None


#: The way to each requirement's form: who may, the words of the button, its icon.
WAYS = {
    "assess": (user_can_assess_project, _("Record a pre-assessment"), "doc-full"),
    "rate": (user_can_rate_project, _("Initial rating of the project"), "form"),
    "four_ones": (user_can_appoint_four_ones, _("Name the four ones"), "group"),
}


def ways(project: Project, user: AnyUser) -> Iterator[CaseAction]:
    """Lead to what is the user's and what approving still lacks."""
    if project.state != ProjectState.FIRST_PASSED:
        return
    for one in requirements(project):
        may, label, icon = WAYS[one.step]
        if not one.is_met and may(project, user):
            address = reverse(f"partybuilding:{one.step}", args=[project.pk])
            yield CaseAction(label, address, icon)


SECTIONS = tuple(
    CaseSection(code, heading, f"partybuilding/projects/{template}", context, "aside", order)
    for order, code, heading, template, context in (
        (90, "reviews", _("pre-assessment"), "assessments/panel.html", reviews),
        (110, "four_ones", _("four ones"), "assessments/duties.html", four_ones),
        (95, "letter", _("Letter of the result"), "letters/panel.html", letter),
    )
)
