"""Read the terms, once for a request and from memory while none has changed."""

from typing import Any

from partybuilding.core.answers.memory import remembered
from partybuilding.terms.models import Term

#: A word, its plain line and its further explanation.
Explained = tuple[str, str, str]


def terms_of(request: Any) -> tuple[Explained, ...]:
    """Return all terms in the order of their sounds.

    Args:
        request: remembers them; None reads them anew.
    """
    known = getattr(request, "_terms", None)
    if known is None:
        known = remembered("terms", _read)
        if request is not None:
            request._terms = known
    return known


def _read() -> tuple[Explained, ...]:
    return tuple(Term.objects.values_list("word", "plain", "more"))


def line_of(word: str, request: Any) -> str:
    """Return the plain line of a word; nothing when it needs none."""
    return next((plain for term, plain, _more in terms_of(request) if term == word), "")
