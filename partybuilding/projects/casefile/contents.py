"""What the case file on one screen is made of, and the sections that it has from its own room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core import rooms
from partybuilding.core.models import Purpose
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Text
from partybuilding.core.types import AnyUser
from partybuilding.projects.casefile.comparison import changes
from partybuilding.projects.casefile.history import remarks_of, story_of
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_see_reviews
from partybuilding.projects.selectors import earlier_projects, returned_with

if TYPE_CHECKING:
    from partybuilding.projects.models import DecisionSession

#: Returns what a section's template needs, or None when the section is not shown.
SectionContext = Callable[[Any, Any], Mapping[str, Any] | None]


@dataclass(frozen=True)
class CaseSection:
    """One part of the case file.

    Args:
        code: ASCII name, also the anchor in the page.
        heading: the title of the part.
        template: shows the part; gets `project` and what `context` returns.
        context: called with the project (fetched by `case_file`) and the user.
        place: "main" or "aside", the narrow column.
        order: sections stand in this order.
    """

    code: str
    heading: Text
    template: str
    context: SectionContext
    place: str = "main"
    order: int = 100


@dataclass(frozen=True)
class ShownSection:
    """A section with what its template needs for one project and user."""

    section: CaseSection
    context: Mapping[str, Any]


@dataclass(frozen=True)
class CaseAction:
    """A way from the case file to another screen, e.g. to record a pre-assessment."""

    label: Text
    url: str
    icon: str = "edit"


def sections_of(project: Project, user: AnyUser) -> list[ShownSection]:
    """Return the sections that this user sees of this project, in order."""
    every = sorted(
        rooms.collect("case_sections"), key=lambda section: (section.order, section.code)
    )
    shown = ((section, section.context(project, user)) for section in every)
    return [ShownSection(section, context) for section, context in shown if context is not None]


def actions_of(project: Project, user: AnyUser) -> list[CaseAction]:
    """Return the ways to other screens that are open to this user."""
    return [way for function in rooms.collect("case_actions") for way in function(project, user)]


def actions_of_session(session: "DecisionSession", user: AnyUser) -> list[CaseAction]:
    """Return the ways from a session's summary that are open to this user."""
    return [way for function in rooms.collect("session_actions") for way in function(session, user)]


Context = Mapping[str, Any] | None
HERE = "partybuilding/projects/sections"


def application(project: Project, user: AnyUser) -> Context:
    """Show what was applied for."""
    lines = [
        (line[0].label, [field.words(project) for field in line])
        for part in project.sheet.parts
        for line in part.lines()
        if (line[0].is_written or line[0].is_own) and not line[0].is_long and line[0].key != "title"
    ]
    return {"lines": lines, "partners": project.partners.all()}


def plan(project: Project, user: AnyUser) -> Context:
    """Show the plan."""
    return {"steps": project.plan_steps.all()}


def files(project: Project, user: AnyUser) -> Context:
    """Show the attachments; the reviewers' own files to the staff side alone."""
    attachments = list(project.attachments.all())
    of_reviews = [file for file in attachments if file.purpose == Purpose.REVIEW]
    return {
        "files": [file for file in attachments if file.purpose == Purpose.APPLICATION],
        "review_files": of_reviews if user_can_see_reviews(project, user) else [],
    }


def changed_parts(project: Project, user: AnyUser) -> Context:
    """Show what changed between the last two submissions, beside what the reviewer had asked for."""
    handed_in = trail_of(project).filter(step="submit").order_by("-sequence")[:2]
    snapshots = [row.data.get("application") for row in handed_in]
    if len(snapshots) < 2 or None in snapshots:
        return None
    returned = returned_with(project) if user_can_see_reviews(project, user) else None
    return {
        "changes": changes(project.whole_sheet, snapshots[1], snapshots[0]),
        "returned": returned,
        "remarks": remarks_of(returned, project.whole_sheet),
    }


def history(project: Project, user: AnyUser) -> Context:
    """Show the trail."""
    return {"entries": story_of(project, full=user_can_see_reviews(project, user))}


def source(project: Project, user: AnyUser) -> Context:
    """Show what the application was begun from, and what was begun from it."""
    begun = getattr(project, "source", None)
    seen = Project.objects.visible_to(user).select_related("cycle", "source")
    followers = list(seen.filter(source__origin=project).order_by("-cycle__year", "-pk"))
    if begun is None and not followers:
        return None
    sees_origin = begun is not None and seen.filter(pk=begun.origin_id).exists()
    return {"source": begun, "sees_origin": sees_origin, "followers": followers}


def earlier(project: Project, user: AnyUser) -> Context:
    """Show other projects of the same organisation."""
    others = list(earlier_projects(project, user)[:10])
    return {"others": others} if others else None


SECTIONS = tuple(
    CaseSection(code, heading, f"{HERE}/{code}.html", context, place, order)
    for order, code, heading, context, place in (
        (90, "changes", _("Changes since it was returned"), changed_parts, "main"),
        (100, "application", _("What was applied for"), application, "main"),
        (110, "plan", _("Plan"), plan, "main"),
        (120, "files", _("attachments"), files, "main"),
        (200, "history", _("Course of the case"), history, "aside"),
        (205, "source", _("Begun from, and begun from it"), source, "aside"),
        (210, "earlier", _("Other projects of this organization"), earlier, "aside"),
    )
)
