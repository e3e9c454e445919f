"""The sections of a project's page that its own room has: results, attachments, people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.projects.four_ones.selectors import handover_entries
from partybuilding.projects.page.sections import (
    ATTACHMENTS,
    PEOPLE,
    RESULTS,
    PageSection,
    Reading,
)
from partybuilding.projects.states import RESULTS_IN

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
