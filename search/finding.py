"""How a question is answered: strictly, then by its reading, then by what is merely related."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Q, QuerySet
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Or, Phrase, PlainText

from search.folding import fold
from search.models import Name, Synonym
from search.pinyin import reading, spot, typed_letters
from search.synonyms import ways_of_asking
from search.tokens import RUN

#: Names that are looked at for one reading, and words taken from them.
LOOKED_AT = 200
TAKEN = 6
How = Literal["strict", "reading", "related", "nothing"]


@dataclass(frozen=True)
class Answer:
    """What was found and how.

    Attributes:
        pks: keys of pages, the best first.
        words: what to mark in titles and texts.
        instead: words that sound like the question and are known.
    """

    how: How
    pks: list[int]
    words: list[str]
    instead: list[str] = field(default_factory=list)


def answer(q: str, pages: QuerySet) -> Answer:
    """Answer a question from the pages that the asker may read."""
    ways = ways_of_asking(q, Synonym.objects.values_list("words", flat=True))
    found = strictly(ways, pages)
    if found:
        return Answer("strict", found, ways)
    words = words_reading(q, pages)
    found = strictly_phrases(words, pages)
    if found:
        return Answer("reading", found, words)
    instead = [] if typed_letters(q) else words_sounding(q, pages)
    found = get_search_backend().related(q, pages).pks
    return Answer("related" if found else "nothing", found, ways, instead)


def strictly(ways: Sequence[str], pages: QuerySet) -> list[int]:
    """Return the pages that have all words of one of the ways of asking."""
    return _ranked(Or([PlainText(way) for way in ways]), pages)


def strictly_phrases(words: Sequence[str], pages: QuerySet) -> list[int]:
    """Return the pages that have one of the words."""
    return _ranked(Or([Phrase(word) for word in words]), pages) if words else []


def _ranked(query: Any, pages: QuerySet) -> list[int]:
    return get_search_backend().search(query, pages).ranked_pks()


def words_reading(q: str, pages: QuerySet) -> list[str]:
    """Return the words in names that read as a question typed in pinyin or initials."""
    letters = typed_letters(q)
    if not letters:
        return []
    found = (spot(name, letters) for name in _names(letters, pages))
    return list(dict.fromkeys(filter(None, found)))[:TAKEN]


def words_sounding(q: str, pages: QuerySet) -> list[str]:
    """Return the words in names that sound like a question and are written otherwise."""
    letters = reading(q)
    if len(RUN.findall(fold(q))) != 1 or len(q) < 2:
        return []
    found = (spot(name, letters) for name in _names(letters, pages))
    return [w for w in dict.fromkeys(filter(None, found)) if len(w) == len(q)][:TAKEN]


def _names(letters: str, pages: QuerySet) -> list[str]:
    """Return names that may hold the letters, the shortest first."""
    holding = Q(reading__contains=letters) | Q(initials__contains=letters)
    names = Name.objects.filter(holding, page__in=pages.order_by().values("pk"))
    texts = names.order_by().values_list("text", flat=True).distinct()[:LOOKED_AT]
    return sorted(texts, key=lambda text: (len(text), text))


def completions(typed: str, pages: QuerySet, limit: int) -> list[str]:
    """Return names that begin with or hold what is being typed, in characters, pinyin or initials."""
    folded = fold(typed).strip()
    letters = typed_letters(typed)
    if letters:
        parts = {name: spot(name, letters) for name in _names(letters, pages)}
    else:
        names = Name.objects.filter(folded__contains=folded, page__in=pages.order_by().values("pk"))
        texts = names.order_by().values_list("text", flat=True).distinct()[:LOOKED_AT]
        parts = dict.fromkeys(texts, folded)
    found = [name for name, part in parts.items() if part]
    found.sort(key=lambda name: (not fold(name).startswith(fold(parts[name])), len(name), name))
    return found[:limit]
