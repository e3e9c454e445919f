"""A piece of a text around what was asked for, with the words marked; always safe to print."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.folding import fold, simplified
from search.terms import every as joined
from search.terms import pairs_of, plain_terms

LENGTH = 90
LEAD = 20
#: After what a piece may begin: punctuation with the quotation marks and brackets that it closes.
BREAK = re.compile(r"[。！？；，：、\s]+[”’」』》）]*\s*")
Span = tuple[int, int]


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Return a whole text with the words of a question marked, escaped."""
    return _drawn(text, spans(text, words), 0, len(text))


def snippet(text: str, words: Sequence[str]) -> SafeString:
    """Return the piece of a text with most of the words of a question, marked and escaped."""
    text = " ".join(text.split())
    found = spans(text, words)
    start = _best_start(found)
    start = _sentence_start(text, max(0, start - LEAD))
    end = min(len(text), start + LENGTH)
    drawn = _drawn(text, found, start, end)
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    return format_html("{}{}{}", before, drawn, after)


def spans(text: str, words: Sequence[str]) -> list[Span]:
    """Return where the words stand: whole if they do anywhere, else their pairs of characters."""
    folded, places = _folded_with_places(text)
    found: list[Span] = []
    for word in words:
        pieces = [piece for piece in _pieces(word) if piece in folded]
        for piece in pieces or pairs_of(joined(plain_terms(word))):
            found += [
                (places[hit.start()], places[hit.end() - 1] + 1)
                for hit in re.finditer(re.escape(piece), folded)
            ]
    return _merged(found)


def _pieces(word: str) -> list[str]:
    return [piece for piece in re.split(r"[\W_]+", fold(word)) if piece]


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Fold a text character by character and remember where each came from."""
    table = simplified()
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        new = unicodedata.normalize("NFKC", character).lower().translate(table)
        folded.append(new)
        places += [place] * len(new)
    return "".join(folded), places


def _merged(found: Iterable[Span]) -> list[Span]:
    rows: list[Span] = []
    for start, end in sorted(found):
        if rows and start <= rows[-1][1]:
            rows[-1] = (rows[-1][0], max(end, rows[-1][1]))
        else:
            rows.append((start, end))
    return rows


def _best_start(found: list[Span]) -> int:
    """Return where the piece with most marked characters begins."""
    best, most = 0, 0
    for at, (start, _) in enumerate(found):
        weight = sum(e - s for s, e in found[at:] if e <= start + LENGTH - LEAD)
        if weight > most:
            best, most = start, weight
    return best


def _sentence_start(text: str, start: int) -> int:
    """Move the beginning to just after a mark of punctuation when one is near."""
    marks = [hit.end() for hit in BREAK.finditer(text[start : start + LEAD])]
    return start + marks[0] if start and marks else start


def _drawn(text: str, found: Iterable[Span], start: int, end: int) -> SafeString:
    pieces: list[str] = []
    at = start
    for first, last in found:
        first, last = max(first, start), min(last, end)
        if first < last:
            pieces += [text[at:first], format_html("<mark>{}</mark>", text[first:last])]
            at = last
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[at:end]]))
