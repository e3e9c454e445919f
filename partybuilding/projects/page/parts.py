"""What a project's public page is made of, in the one order of public.md, and the sections of its own room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core import rooms
from partybuilding.core.states import Text
from partybuilding.projects.four_ones.selectors import handover_entries
from partybuilding.projects.models import Commitment, FourOnesPost, Project
from partybuilding.projects.states import RESULTS_IN, ProjectState

#: The places of the sections, one after the other (public.md, "Pages and addresses").
COMMITMENTS, PROGRESS, SUPERVISION, OPINIONS = 10, 20, 30, 40
RESULTS, GRADE, ATTACHMENTS, CASES, BRANDS, PEOPLE, DATA = 45, 50, 60, 70, 80, 85, 90


@dataclass
class Reading:
    """One reading of a project's page: what every section may look at, read once.

    Args:
        page: the page.
        project: its record, with `cycle`, `organization__unit` and `grade_class` fetched.
        request: the reader's, or the preview's of an editor.
        is_preview: whether an editor looks at what is not published yet.
    """

    page: Any
    project: Project
    request: Any
    is_preview: bool = False
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def posts(self) -> list[FourOnesPost]:
        """Everybody who ever held or will hold one of the four ones."""
        return list(self.project.four_ones.effective().order_by("pk"))

    @property
    def shows_promises(self) -> bool:
        """Whether the commitments are public, or are previewed as they will be published."""
        handed_in = self.project.state == ProjectState.COMMITMENTS_SUBMITTED
        return self.project.has_promised or (self.is_preview and handed_in)

    @cached_property
    def commitments(self) -> list[Commitment]:
        """The commitments that are shown, with their steps."""
        if not self.shows_promises:
            return []
        return list(self.project.commitments.prefetch_related("steps"))


#: Returns what a section's template needs, or None when the section is not shown.
SectionContext = Callable[[Reading], Mapping[str, Any] | None]


@dataclass(frozen=True)
class PageSection:
    """One part of a project's page.

    Args:
        code: ASCII name, also the anchor in the page.
        heading: the title of the part.
        template: shows the part; gets `part` (what `context` returns), `code` and `heading`.
        context: called with the reading; a fixed number of queries.
        order: one of the places above.
    """

    code: str
    heading: Text
    template: str
    context: SectionContext
    order: int


@dataclass(frozen=True)
class ShownSection:
    """A section with what its template needs for one reading."""

    section: PageSection
    part: Mapping[str, Any]


def page_sections_of(reading: Reading) -> list[ShownSection]:
    """Return the sections that have something to show, in order."""
    ordered = sorted(
        rooms.collect("page_sections"), key=lambda section: (section.order, section.code)
    )
    shown = ((section, section.context(reading)) for section in ordered)
    return [ShownSection(section, part) for section, part in shown if part is not None]


def commitment_ways(reading: Reading) -> dict[int, list[Mapping[str, str]]]:
    """Return the ways that lead on from each commitment, in the order of the rooms."""
    found: dict[int, list[Mapping[str, str]]] = {}
    for function in rooms.collect("commitment_ways"):
        for key, ways in function(reading).items():
            found.setdefault(key, []).extend(ways)
    return found


Part = Mapping[str, Any] | None
HERE = "partybuilding/projects/parts"


def results_part(reading: Reading) -> Part:
    """Return what the organisation says came of it, once the results are handed in."""
    told = reading.project.results_summary.strip()
    return {"words": told} if told and reading.project.state in RESULTS_IN else None


def attachments_part(reading: Reading) -> Part:
    """Return the files that the editors put with the page."""
    files = reading.page.files_to_read()
    return {"files": files} if files else None


def people_part(reading: Reading) -> Part:
    """Return who took over one of the four ones since the project is public, newest first."""
    entries = handover_entries(reading.project, reading.today, reading.posts)
    return {"entries": entries} if entries else None


SECTIONS = tuple(
    PageSection(code, heading, f"{HERE}/{code}.html", context, order)
    for code, heading, context, order in (
        ("results", pgettext_lazy("section", "Results"), results_part, RESULTS),
        ("attachments", gettext_lazy("Attachments of the page"), attachments_part, ATTACHMENTS),
        ("people", gettext_lazy("Changes among the four ones"), people_part, PEOPLE),
    )
)
