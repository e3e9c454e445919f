"""What a project's public page is made of, in the one order of public.md, and the sections of its own room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from partybuilding.core import rooms
from partybuilding.core.answers.wording import worded
from partybuilding.core.states import Text
from partybuilding.projects.four_ones.selectors import handover_entries
from partybuilding.projects.models import Commitment, FourOnesPost, Project
from partybuilding.projects.states import RESULTS_IN, ProjectState

#: The places of the sections, one after the other (public.md, "Pages and addresses").
COMMITMENTS, PROGRESS, STEPS, SUPERVISION, OPINIONS = 10, 20, 25, 30, 40
RESULTS, GRADE, CONTINUED, ATTACHMENTS, CASES, BRANDS, PEOPLE, DATA = 45, 50, 55, 60, 70, 80, 85, 90


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
        found = _posts(self.project.pk)
        for one in found:
            one.project = self.project
        return found

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
        found = _commitments(self.project.pk)
        for one in found:
            one.project = self.project
        return found


@worded
def _posts(project: int) -> QuerySet[FourOnesPost]:
    return FourOnesPost.objects.effective().filter(project=project).order_by("pk")


@worded
def _commitments(project: int) -> QuerySet[Commitment]:
    return Commitment.objects.filter(project=project).prefetch_related("steps")


class Place(StrEnum):
    """Where a section stands on the page."""

    FIRST = "first"
    MAIN = "main"
    FOLD = "fold"


#: Returns what a section's template needs, or None when the section is not shown.
SectionContext = Callable[[Reading], Mapping[str, Any] | None]


@dataclass(frozen=True)
class PageSection:
    """One part of a project's page.

    Args:
        code: ASCII name, also the anchor in the page.
        heading: the title of the part.
        template: shows the part below its heading; gets `part` (what `context` returns), `code` and `heading`.
        context: called with the reading; a fixed number of queries. In what it returns, `sum` says in a
            line what is folded up, `act` (`href`, `text`, `words`) is the way that stays in sight at the
            foot of the screen, `way` (`href`, `text`) leads on from the heading.
        order: one of the places above.
        place: the first thing on the page, in its text, or folded up below it.
    """

    code: str
    heading: Text
    template: str
    context: SectionContext
    order: int
    place: Place = Place.FOLD


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


def at_place(sections: list[ShownSection], place: Place) -> list[ShownSection]:
    """Return those that stand at a place of the page."""
    return [shown for shown in sections if shown.section.place == place]


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
    if not files:
        return None
    count = len(files)
    words = ngettext("%(count)s file", "%(count)s files", count) % {"count": count}
    return {"files": files, "sum": words}


def people_part(reading: Reading) -> Part:
    """Return who took over one of the four ones since the project is public, newest first."""
    entries = handover_entries(reading.project, reading.today, reading.posts)
    if not entries:
        return None
    count = len(entries)
    words = ngettext("%(count)s change", "%(count)s changes", count) % {"count": count}
    return {"entries": entries, "sum": words}


SECTIONS = tuple(
    PageSection(code, heading, f"{HERE}/{code}.html", context, order)
    for code, heading, context, order in (
        ("results", pgettext_lazy("section", "Results"), results_part, RESULTS),
        ("attachments", gettext_lazy("Attachments of the page"), attachments_part, ATTACHMENTS),
        ("people", gettext_lazy("Changes among the four ones"), people_part, PEOPLE),
    )
)
