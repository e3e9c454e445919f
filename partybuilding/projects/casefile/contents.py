"""What the case file on one screen is made of; rooms add sections and ways, also to a session's summary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from partybuilding.core import rooms
from partybuilding.core.states import Text

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


def sections_of(project: Any, user: Any) -> list[ShownSection]:
    """Return the sections that this user sees of this project, in order."""
    every = sorted(rooms.each("case_sections"), key=lambda section: (section.order, section.code))
    shown = ((section, section.context(project, user)) for section in every)
    return [ShownSection(section, context) for section, context in shown if context is not None]


def actions_of(project: Any, user: Any) -> list[CaseAction]:
    """Return the ways to other screens that are open to this user."""
    return [way for function in rooms.each("case_actions") for way in function(project, user)]


def actions_of_session(session: Any, user: Any) -> list[CaseAction]:
    """Return the ways from a session's summary that are open to this user."""
    return [way for function in rooms.each("session_actions") for way in function(session, user)]
