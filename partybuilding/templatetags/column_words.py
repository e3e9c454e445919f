"""What public templates say in plain words, how titles break, what a cell is, and where one follows."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partybuilding.core.answers.pieces import pure
from partybuilding.core.text.phrases import phrases
from partybuilding.terms.selectors import line_of, terms_of

register = template.Library()
#: A piece of a title that is not parted.
KEPT = '<span class="ph">{}</span>'
#: What `components/data_table.html` shows of a cell; a text alone is a cell, too.
PLAIN_CELL = {"text": "", "href": "", "tone": "", "numeric": False, "note": "", "label": ""}
#: A table of more columns does not fit a phone: there each of its rows is a block of cells with their labels.
FEW_COLUMNS = 6


@register.filter
@pure
def in_phrases(title: Any) -> SafeString:
    """Write a title so that it breaks at its stops and never inside a word such as 五福村."""
    return _in_phrases(str(title))


@lru_cache(maxsize=4_096)
def _in_phrases(title: str) -> SafeString:
    """Divide a title once: it stands on many pages, and writing its pieces safely takes longer than all else of it."""
    pieces = ((format_html(KEPT if kept else "{}", one),) for one, kept in phrases(title))
    return format_html_join("", "{}", pieces)


@register.filter
@pure
def labels(columns: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return the labels that the cells of a table carry: of one of many columns."""
    return [column["label"] for column in columns] if len(columns) > FEW_COLUMNS else []


@register.filter
@pure
def cells(row: Iterable[Any], labels: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """Complete the cells of a table's row: what a template asks for and does not find costs it ten times as much."""
    told = (cell if isinstance(cell, Mapping) else {"text": cell} for cell in row)
    said = zip(told, chain(labels, repeat("")), strict=False)
    return [{**PLAIN_CELL, **cell, "label": label} for cell, label in said]


@register.simple_tag(takes_context=True)
def plain_line(context: Any, words: Any) -> str:
    """Write the plain line of a word of the offices; nothing of any other word."""
    line = line_of(str(words), getattr(context, "request", None))
    return format_html('<small class="plain">{}</small>', line) if line else ""


@register.inclusion_tag("partybuilding/terms/lines.html", takes_context=True)
def plain_lines(context: Any, *wanted: str) -> dict[str, Any]:
    """Explain some words in a line each, where they stand in sentences."""
    known = {word: line for word, line, _more in terms_of(getattr(context, "request", None))}
    return {"lines": [(word, known[word]) for word in wanted if word in known]}


@register.simple_tag
def follow_address(project: Any = None, place: Any = None) -> str:
    """Return where a reader learns how to follow a project, a place or everything."""
    asked = f"?project={project.pk}" if project else f"?place={place.pk}" if place else ""
    return f"{reverse('follow')}{asked}"
