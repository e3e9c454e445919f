"""What the results of a year say without their layout: the finding, the projects by grade, how they came about."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from partybuilding.core.pages.manuscript import Element, Heading, Manuscript, Prose, words
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.selectors.public import GradeList, PublicResults
from partybuilding.evaluation.views.results import title_of


def manuscript_of_results(run: Run, author: str) -> Manuscript:
    """Return what residents read of the results of a year."""
    results = PublicResults(run)
    return Manuscript(
        title=title_of(run),
        author=author,
        digest=results.finding,
        href=reverse("results_year", args=[run.cycle.year]),
        body=tuple(_elements(results)),
    )


def _elements(results: PublicResults) -> Iterator[Element]:
    run = results.run
    yield from words(results.finding)
    if not results.is_announced and run.notice_opens_on and run.notice_ends_on:
        days = {
            "from": date_format(run.notice_opens_on, "DATE_FORMAT"),
            "until": date_format(run.notice_ends_on, "DATE_FORMAT"),
        }
        yield from words(_("Open to comment from %(from)s to %(until)s.") % days)
    for grade in results.lists():
        yield Heading(grade.title)
        yield Prose(_projects(grade))
    yield Heading(_("How the results came about"))
    yield from words("\n".join(results.method()))


def _projects(grade: GradeList) -> str:
    """Write the projects of a grade; no numbers, which would look like ranks."""
    names = ((_text(title), organizations) for title, organizations, _award in grade.rows)
    items = format_html_join("", "<li>{}（{}）</li>", names)
    return format_html("<ul>{}</ul>", items)


def _text(cell: object) -> str:
    return str(cell["text"] if isinstance(cell, dict) else cell)
