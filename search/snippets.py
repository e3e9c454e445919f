"""A piece of a text around what was asked for, with the words marked; always safe to print."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from itertools import accumulate

from django.utils.safestring import SafeString, mark_safe

from partybuilding.core.pages.words import ASIDE
from search.folding import fold
from search.terms import every as joined
from search.terms import pairs_of, plain_terms

LENGTH = 90
LEAD = 20
#: A line of so many characters is taken for a sentence.
WHOLE_LINE = 16
#: After what a piece may begin: punctuation with the quotation marks and brackets that it closes.
BREAK = re.compile(r"[。！？；，：、\s]+[”’」』》）]*\s*")
#: Where a sentence ends, with what it closes.
STOPS = "。！？；…!?"
CLOSING = "”’」』》）)"
SENTENCE = re.compile(rf"[^{STOPS}]*[{STOPS}]+[{CLOSING}]*\s*|[^{STOPS}]+$")
Span = tuple[int, int]


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Return a whole text with the words of a question marked, escaped."""
    return _drawn(text, spans(text, words), 0, len(text))


def snippet(text: str, words: Sequence[str]) -> SafeString:
    """Return the sentences of a text with most of the words of a question, marked and escaped.

    It begins with a sentence, and ends with one where that is near; a long sentence is cut at its marks.
    """
    sentences = _sentences(text, least=WHOLE_LINE)
    text, lines = "".join(sentences), text
    found = spans(text, words)
    if not found:
        sentences = _sentences(lines)
        text = "".join(sentences)
        found = spans(text, words)
    start, end = _best_window(sentences, found)
    if end - start > LENGTH:
        start, end = _cut(text, start, end, found)
    before = "" if start == 0 or text[start - 1] in STOPS else "…"
    after = "" if text[end - 1 : end] in STOPS or end == len(text) else "…"
    drawn = _drawn(text, found, start, end)
    # safe: both marks are ours
    return mark_safe(f"{before}{drawn}{after}")  # noqa: S308


def _sentences(text: str, least: int = 0) -> list[str]:
    """Divide a text into its sentences; a line without a stop gets one, so that lines do not run together.

    Args:
        least: shorter lines without a stop are left out: labels, cells of tables, bylines. What is found and
            never quoted is left out always.
    """
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith(ASIDE):
            continue
        line = " ".join(line.split())
        ends = line.rstrip(CLOSING)[-1:] in STOPS if line else False
        if line and (len(line) >= least or ends):
            line += "" if ends else "。"
            found += SENTENCE.findall(line)
    return found


def _best_window(sentences: Sequence[str], found: list[Span]) -> Span:
    """Return where the sentences with most marked characters begin and end, the shorter ones of equals."""
    places = [0, *accumulate(map(len, sentences))]
    weights = [0] * len(sentences)
    for start, end in found:
        weights[bisect_right(places, start) - 1] += end - start
    best, most = (0, places[min(1, len(sentences))]), (0, 0)
    for first, start in enumerate(places[:-1]):
        weight = 0
        for at in range(first, len(sentences)):
            if at > first and places[at + 1] - start > LENGTH:
                break
            weight += weights[at]
            rank = (weight, start - places[at + 1])
            if weight and rank > most:
                best, most = (start, places[at + 1]), rank
    return _filled(best, places)


def _filled(window: Span, places: Sequence[int]) -> Span:
    """Add the sentences that follow while there is room."""
    start, end = window
    return start, max([end, *(place for place in places if end < place <= start + LENGTH)])


def _cut(text: str, start: int, end: int, found: list[Span]) -> Span:
    """Cut a sentence that is too long around its marked words, at its own marks of punctuation if near."""
    first = next((s for s, _ in found if start <= s < end), start)
    if first - start > LENGTH - LEAD:
        start = _clause_start(text, max(start, first - LEAD))
    stop = min(end, start + LENGTH)
    marks = [hit.end() for hit in BREAK.finditer(text, stop - LEAD, stop)]
    return start, marks[-1] if marks else stop


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


def _folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """Fold a text character by character and remember where each came from."""
    folded = [_character(one) for one in text]
    whole = "".join(folded)
    if len(whole) == len(text) and all(folded):
        return whole, range(len(text))
    return whole, [place for place, new in enumerate(folded) for _one in new]


#: A text has a few thousand different characters; folding one takes far longer than finding it.
_character = lru_cache(maxsize=20_000)(fold)


def _merged(found: Iterable[Span]) -> list[Span]:
    rows: list[Span] = []
    for start, end in sorted(found):
        if rows and start <= rows[-1][1]:
            rows[-1] = (rows[-1][0], max(end, rows[-1][1]))
        else:
            rows.append((start, end))
    return rows


def _clause_start(text: str, start: int) -> int:
    """Move the beginning to just after a mark of punctuation when one is near."""
    marks = [hit.end() for hit in BREAK.finditer(text[start : start + LEAD])]
    return start + marks[0] if start and marks else start


def _drawn(text: str, found: Iterable[Span], start: int, end: int) -> SafeString:
    pieces: list[str] = []
    at = start
    for first, last in found:
        first, last = max(first, start), min(last, end)
        if first < last:
            pieces += [escape(text[at:first]), f"<mark>{escape(text[first:last])}</mark>"]
            at = last
    # safe: all of the text is escaped
    return mark_safe("".join([*pieces, escape(text[at:end])]))  # noqa: S308
