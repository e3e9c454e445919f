"""Numbers of persons in a text: identity cards, mobile telephones, bank cards; found however they are written.

public.md, "Rules of the public record". Pure: words in, findings out. Written with spaces, full-width
or Chinese numerals, a number is the same number; a code of an office, an amount or a date is none.
"""

from dataclasses import dataclass

from partybuilding.core.text.personal_data.kinds import Kind
from partybuilding.core.text.personal_data.search import Span, spans

#: How many characters before and after a number an editor is shown, to find the place.
CONTEXT = 8

__all__ = ["Finding", "Kind", "findings", "mask"]


@dataclass(frozen=True)
class Finding:
    """A number of a person: what it is, and its place with most of its digits hidden."""

    kind: Kind
    excerpt: str


def findings(text: str) -> list[Finding]:
    """Return every number of a person in a text, in reading order."""
    found = spans(text)
    return [Finding(span.kind, _excerpt(text, found, place)) for place, span in enumerate(found)]


def mask(text: str) -> str:
    """Return a text with most digits of every number of a person replaced by asterisks.

    What is left between the asterisks can, with what stands beside it, read like another number: it
    is looked through until nothing is found.
    """
    while found := spans(text):
        text = _masked(text, found, 0, len(text))
    return text


def _excerpt(text: str, found: list[Span], place: int) -> str:
    start = max(found[place].start - CONTEXT, 0)
    end = min(found[place].end + CONTEXT, len(text))
    near = [span for span in found[max(place - 4, 0) : place + 5] if span.end > start]
    near = [span for span in near if span.start < end]
    return " ".join(_masked(text, near, start, end).split())


def _masked(text: str, found: list[Span], start: int, end: int) -> str:
    parts = []
    for span in found:
        parts += [text[start : span.start], span.masked]
        start = span.end
    return "".join([*parts, text[start:end]])
