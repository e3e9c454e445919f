"""The sections of a project's page that its own room has: promises, progress, grade, attachments."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.projects.facts import grade_facts
from partybuilding.projects.page_sections import (
    ATTACHMENTS,
    COMMITMENTS,
    GRADE,
    PEOPLE,
    PROGRESS,
    PageSection,
    Reading,
    register_page_section,
)
from partybuilding.projects.promise_cards import card_of, progress_of, summary_words
from partybuilding.projects.selectors_four_ones import handover_entries

Part = Mapping[str, Any] | None
HERE = "partybuilding/projects/parts"


def commitments_part(reading: Reading) -> Part:
    """Return a card for each commitment, and how many stand where in a sentence."""
    found = reading.commitments
    if not found:
        return None
    cards = [card_of(item, number, reading.today) for number, item in enumerate(found, start=1)]
    return {"cards": cards, "summary": summary_words(found, reading.today)}


def progress_part(reading: Reading) -> Part:
    """Return the closed steps, newest first, as a timeline shows them."""
    entries = [
        {
            "when": done["closed_on"],
            "title": done["title"],
            "who": _("Commitment %(number)s: %(goal)s")
            % {"number": done["number"], "goal": done["goal"]},
            "text": done["evidence"],
            "state": done["state"],
            "tone": done["tone"],
        }
        for done in progress_of(reading.commitments, reading.today)
    ]
    return {"entries": entries} if entries else None


def grade_part(reading: Reading) -> Part:
    """Return the grade with what it brings, once the year's results are announced."""
    facts = grade_facts(reading.project)
    return {"facts": facts} if facts else None


def attachments_part(reading: Reading) -> Part:
    """Return the files that the editors put with the page."""
    files = reading.page.files_to_read()
    return {"files": files} if files else None


def people_part(reading: Reading) -> Part:
    """Return who took over one of the four ones since the project is public, newest first."""
    entries = handover_entries(reading.project, reading.today, reading.posts)
    return {"entries": entries} if entries else None


def register_own_page_sections() -> None:
    """Put the room's own sections on every project's page."""
    rows = (
        ("commitments", gettext_lazy("Public commitments"), commitments_part, COMMITMENTS),
        ("progress", gettext_lazy("Progress of the commitments"), progress_part, PROGRESS),
        ("grade", gettext_lazy("Grade of the year"), grade_part, GRADE),
        ("attachments", gettext_lazy("Attachments of the page"), attachments_part, ATTACHMENTS),
        ("people", gettext_lazy("Changes among the four ones"), people_part, PEOPLE),
    )
    for code, heading, context, order in rows:
        template = f"{HERE}/{code}.html"
        register_page_section(PageSection(code, heading, template, context, order))
