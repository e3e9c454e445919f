"""What a bulletin says without its layout; of the table by unit so much as a telephone shows."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.pages.manuscript import (
    Element,
    Heading,
    Numbers,
    elements_of,
    table,
    words,
)
from partybuilding.supervision.bulletins.presentation import (
    Figures,
    laggards_of,
    shown_practices,
)


def elements_of_bulletin(page: Any) -> Iterator[Element]:
    """Yield what a bulletin says, in the order of its page."""
    yield from elements_of(page.opening)
    figures = Figures(page.figures)
    if figures:
        yield from _counted(figures)
    if practices := shown_practices(page):
        yield Heading(_("Good practice"))
        for row in practices:
            yield from words(f"{row['title']}（{row['organization']}）\n{row['text']}")
    if laggards := laggards_of(page):
        yield Heading(_("Projects with most overdue"))
        yield from words("\n".join(f"{row['title']}：{row['meta']}" for row in laggards))
    yield from elements_of(page.body)
    signed = timezone.localtime(page.first_published_at or timezone.now())
    yield from words(f"{page.issuer}\n{date_format(signed, 'DATE_FORMAT')}")


def _counted(figures: Figures) -> Iterator[Element]:
    yield Heading(_("The quarter in numbers"))
    numbers = figures.numbers
    yield Numbers(
        tuple((str(one["value"]), str(one["unit"]), str(one["label"])) for one in numbers)
    )
    yield from words(f"{figures.sentence}{figures.late_sentence}{figures.counted}")
    yield Heading(_("By reporting unit"))
    heads = (
        pgettext("column", "Reporting unit"),
        _("Supervision done of due"),
        _("Commitments kept of due"),
    )
    rows = (
        (
            one["name"],
            f"{one['activities_done']}/{one['activities_due']}",
            f"{one['commitments_done']}/{one['commitments_due']}",
        )
        for one in figures.units
    )
    yield from table("", heads, rows)
