"""What somebody asks for: words, quoted phrases, and how they are joined, free of any database.

A query is a tree of `Term`, `All`, `Either`, `Without`, `Everything` and `Nothing`.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeGuard

from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from search.tokens import is_han, tokens

#: Longer questions are cut: no reader writes them, and every pair costs.
QUERY_LENGTH = 200
QUOTED = re.compile(r"“([^“”]+)”|「([^「」]+)」|『([^『』]+)』|《([^《》]+)》|\"([^\"]+)\"")


@dataclass(frozen=True)
class Everything:
    """Every object."""


@dataclass(frozen=True)
class Nothing:
    """No object: a query without a word in it."""


@dataclass(frozen=True)
class Term:
    """Words that stand next to each other, or a single one; the last may be just a beginning."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True)
class All:
    """What every part finds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    """What any part finds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Without:
    """What a query does not find, among everything or among what another finds."""

    unwanted: "Node"
    wanted: "Node" = Everything()


Node = Everything | Nothing | Term | All | Either | Without


def is_bare_negation(node: Node) -> TypeGuard[Without]:
    """Tell whether a query only says what is not wanted."""
    return isinstance(node, Without) and node.wanted == Everything()


def understand(query: SearchQuery, *, typing: bool = False) -> Node:
    """Read any of Wagtail's queries.

    Args:
        query: plain text, phrases, and their combinations.
        typing: the last word may be unfinished, as in the CMS's own boxes.
    """
    match query:
        case MatchAll():
            return Everything()
        case PlainText() | Fuzzy():
            join = either if query.operator == "or" else every
            return join(plain_terms(query.query_string, typing=typing))
        case Phrase():
            return phrase(query.query_string)
        case Boost():
            return understand(query.subquery, typing=typing)
        case Not():
            return negation(understand(query.subquery, typing=typing))
        case And():
            return every(understand(part, typing=typing) for part in query.subqueries)
        case Or():
            return either(understand(part, typing=typing) for part in query.subqueries)
    raise NotImplementedError(f"The search does not know {type(query).__name__}.")


def plain_terms(text: str, *, typing: bool = False) -> list[Node]:
    """Read what somebody typed: quoted phrases, and the words between them."""
    text = unicodedata.normalize("NFKC", text[:QUERY_LENGTH])
    found: list[Node] = []
    at = 0
    for quoted in QUOTED.finditer(text):
        found += words_of(text[at : quoted.start()])
        found.append(phrase(next(filter(None, quoted.groups()))))
        at = quoted.end()
    rest = words_of(text[at:], typing=typing)
    return [term for term in found + rest if term != Nothing()]


def words_of(text: str, *, typing: bool = False) -> list[Node]:
    """Read unquoted text: every pair of characters and every Latin word is wanted."""
    found: list[Node] = []
    for piece in text.split():
        found += [Term((word,), begins(word)) for word in _without_tails(list(tokens(piece)))]
    if typing and found and isinstance(found[-1], Term):
        found[-1] = Term(found[-1].words, begins=True)
    return list(dict.fromkeys(found))


def phrase(text: str) -> Node:
    """Read a phrase: its words must stand next to each other."""
    words = list(tokens(text[:QUERY_LENGTH]))
    if len(words) > 1 and _is_tail(words, len(words) - 1):
        words.pop()
    return Term(tuple(words), begins(words[-1])) if words else Nothing()


def begins(word: str) -> bool:
    """Tell whether a word is a single Han character, which is indexed as a beginning."""
    return len(word) == 1 and is_han(word)


def _is_tail(words: list[str], at: int) -> bool:
    """Tell whether a word only repeats the second character of the pair before it."""
    return at > 0 and begins(words[at]) and words[at - 1][1:] == words[at]


def _without_tails(words: list[str]) -> list[str]:
    return [word for at, word in enumerate(words) if not _is_tail(words, at)]


def every(parts: Iterable[Node]) -> Node:
    """Join parts of which all must hold."""
    given = list(parts)
    kept = [part for part in given if part != Everything()]
    if Nothing() in kept or not given:
        return Nothing()
    if not kept:
        return Everything()
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def either(parts: Iterable[Node]) -> Node:
    """Join parts of which one must hold."""
    kept = [part for part in parts if part != Nothing()]
    if Everything() in kept:
        return Everything()
    if not kept:
        return Nothing()
    return kept[0] if len(kept) == 1 else Either(tuple(kept))


def negation(part: Node) -> Node:
    """Turn a query into its contrary."""
    match part:
        case Everything():
            return Nothing()
        case Nothing():
            return Everything()
        case Without(unwanted, Everything()):
            return unwanted
    return Without(part)


def pairs_of(node: Node) -> tuple[str, ...]:
    """Return the single words of a query, each once, for a search that is content with some."""
    match node:
        case Term(words):
            return tuple(dict.fromkeys(words))
        case All(parts) | Either(parts):
            return tuple(dict.fromkeys(word for part in parts for word in pairs_of(part)))
        case Without(_, wanted):
            return pairs_of(wanted)
    return ()
