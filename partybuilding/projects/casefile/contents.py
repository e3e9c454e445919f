"""What the case file on one screen is made of; rooms add sections and ways, also to a session's summary."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

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


@dataclass
class _Registers:
    sections: dict[str, CaseSection] = field(default_factory=dict)
    actions: dict[str, Callable[[Any, Any], Iterable[CaseAction]]] = field(default_factory=dict)
    of_sessions: dict[str, Callable[[Any, Any], Iterable[CaseAction]]] = field(default_factory=dict)


_known = _Registers()


def register_section(section: CaseSection) -> CaseSection:
    """Add a section to every case file; one with the same code takes its place."""
    _known.sections[section.code] = section
    return section


def register_action(function: Callable[[Any, Any], Iterable[CaseAction]]) -> Any:
    """Add a function of project and user that returns ways to other screens."""
    _known.actions[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def sections_of(project: Any, user: Any) -> list[ShownSection]:
    """Return the sections that this user sees of this project, in order."""
    ordered = sorted(_known.sections.values(), key=lambda section: (section.order, section.code))
    shown = ((section, section.context(project, user)) for section in ordered)
    return [ShownSection(section, context) for section, context in shown if context is not None]


def actions_of(project: Any, user: Any) -> list[CaseAction]:
    """Return the ways to other screens that are open to this user."""
    return [way for function in _known.actions.values() for way in function(project, user)]


def register_session_action(function: Callable[[Any, Any], Iterable[CaseAction]]) -> Any:
    """Add a function of decision session and user that returns ways from its summary."""
    _known.of_sessions[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def actions_of_session(session: Any, user: Any) -> list[CaseAction]:
    """Return the ways from a session's summary that are open to this user."""
    return [way for function in _known.of_sessions.values() for way in function(session, user)]
