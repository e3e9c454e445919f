"""What a project's page says without its layout: facts, text, promises, results, files.

Where a promise stands is left out: it changes from day to day, and what was sent out does not.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.pages.manuscript import (
    Element,
    Heading,
    Prose,
    attachments,
    elements_of,
    facts,
    words,
)
from partybuilding.projects.models import Commitment
from partybuilding.projects.page.facts import company_of, key_facts
from partybuilding.projects.page.parts import Reading, results_part


def elements_of_project(reading: Reading) -> Iterator[Element]:
    """Yield what residents read of a project, in the order of its page."""
    project = reading.project
    yield from facts(key_facts(project, company_of(project, reading.posts, reading.today)))
    yield from elements_of(reading.page.body)
    if reading.commitments:
        yield Heading(_("What was promised"))
        for number, commitment in enumerate(reading.commitments, start=1):
            yield Prose(_promise(commitment, number))
    if results := results_part(reading):
        yield Heading(pgettext("section", "Results"))
        yield from words(results["words"])
    yield from attachments(reading.page.files_to_read())


def _promise(commitment: Commitment, number: int) -> SafeString:
    """Write one promise: goal, by when and by whom, the steps."""
    facts = {
        "day": date_format(commitment.deadline, "DATE_FORMAT") if commitment.deadline else "",
        "person": commitment.person,
        "post": commitment.post,
    }
    by = _("By %(day)s; responsible: %(person)s (%(post)s)") % facts
    return format_html(
        "<p><strong>{}. {}</strong></p><p>{}</p>{}",
        number,
        commitment.goal,
        by,
        _steps([step.title for step in commitment.steps.all()]),
    )


def _steps(titles: list[str]) -> Any:
    if not titles:
        return ""
    items = format_html_join("", "<li>{}</li>", ((title,) for title in titles))
    return format_html("<ol>{}</ol>", items)
