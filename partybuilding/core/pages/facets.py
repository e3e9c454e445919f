"""What a list can be narrowed to, with the number of rows behind each value.

A value is offered when a row has it, and only an offered one is taken from an address, so that no
address can ask for what is hidden. Its number is what the list would have with it: what the words and
the other facets leave.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Choices, Count, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Text
from partybuilding.core.words.lists import WordList

YEAR = pgettext_lazy("column", "Year")
#: Codes of the values of all facets that some rows share, and how many rows these are.
Row = tuple[tuple[str, ...], int]
#: A code with the further values that its words and its place are made of.
Known = dict[str, tuple[Any, ...]]


def _code(value: Any) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Facet:
    """One thing a list can be narrowed to; `words` and `order` take a code and what is read along.

    Args:
        name: the parameter in the address.
        label: what readers call it; without one it stands in no form.
        lookup: what it looks at in a row: the name of a field, or an expression.
        words: writes a code in words.
        order: sorts the codes as they are offered.
        along: further fields to read that depend on the value alone, such as its name.
        code: returns how a stored value stands in an address; several values may share a code.
        fixed: codes that can be asked for even when no row has them: nothing is found then.
        several: whether several codes can be ticked at once.
        alone: whether it is offered even with one choice alone.
    """

    name: str
    label: Text
    lookup: str | Combinable
    words: Callable[..., Any] = str
    order: Callable[..., Any] = str
    along: tuple[str, ...] = ()
    code: Callable[[Any], str] = _code
    fixed: frozenset[str] = frozenset()
    several: bool = False
    alone: bool = False

    @property
    def column(self) -> str:
        """The name under which rows have its value."""
        return self.lookup if isinstance(self.lookup, str) else f"of_{self.name}"


def choice_facet(name: str, label: Text, lookup: Any, kinds: type[Choices], **more: Any) -> Facet:
    """Return a facet of fixed words, in their order."""
    words = {str(kind.value): kind.label for kind in kinds}
    return Facet(name, label, lookup, words.__getitem__, list(words).index, **more)


def word_facet(
    name: str, label: Text, lookup: Any, words: WordList, year: int | None = None, **more: Any
) -> Facet:
    """Return a facet of the words of a list, in their order; those of a year, or today's."""
    return Facet(name, label, lookup, partial(words.label, year=year), words.place, **more)


def year_facet(
    lookup: str, words: Callable[[str], str] | None = None, label: Text = YEAR, **more: Any
) -> Facet:
    """Return a facet of years, the newest first."""
    return Facet("year", label, lookup, words or year_words, lambda year: -int(year), **more)


def year_words(year: str) -> str:
    """Name a programme year."""
    return _("Year %(year)s") % {"year": year}


@dataclass(frozen=True)
class Choice:
    """One value that is offered, with the number of rows behind it."""

    value: str
    label: str
    count: int
    chosen: bool = False


def with_number(label: str, count: int) -> str:
    """Say how many rows stand behind a value."""
    return _("%(label)s (%(count)s)") % {"label": label, "count": count}


def narrow(
    facets: Sequence[Facet], rows: Sequence[Row], known: Mapping[str, Known], query: Any
) -> tuple[dict[str, list[Choice]], Callable[[tuple[str, ...]], bool]]:
    """Return the choices of every facet with what each would leave, and what tells whether codes are found."""
    chosen = [
        _asked(query, facet.name) & (known[facet.name].keys() | facet.fixed) for facet in facets
    ]
    choices = {
        facet.name: _choices(facet, at, rows, known[facet.name], chosen)
        for at, facet in enumerate(facets)
    }
    return choices, lambda codes: _fits(codes, enumerate(chosen))


def _asked(query: Any, name: str) -> set[str]:
    if hasattr(query, "getlist"):
        return set(query.getlist(name))
    return {str(query[name])} if name in query else set()


def _fits(codes: tuple[str, ...], wanted: Iterable[tuple[int, set[str]]]) -> bool:
    return all(not values or codes[at] in values for at, values in wanted)


def _choices(
    facet: Facet, at: int, rows: Sequence[Row], known: Known, chosen: list[set[str]]
) -> list[Choice]:
    others = [(place, values) for place, values in enumerate(chosen) if place != at and values]
    numbers: Counter[str] = Counter()
    for codes, number in rows:
        numbers[codes[at]] += number if _fits(codes, others) else 0
    offered = {code: (code,) for code in chosen[at]} | known
    return [
        Choice(code, str(facet.words(*told)), numbers[code], code in chosen[at])
        for code, told in sorted(offered.items(), key=lambda one: facet.order(*one[1]))
    ]


def read_combinations(
    rows: QuerySet, facets: tuple[Facet, ...], words: Q | None
) -> tuple[list[Row], dict[str, Known], dict[str, dict[str, set[Any]]]]:
    """Read the combinations of codes, what is known of each code, and the values stored for it."""
    names = [name for facet in facets for name in (facet.column, *facet.along)]
    counted = with_columns(rows, facets, "annotate").order_by().values_list(*names)
    combined: list[Row] = []
    known: dict[str, Known] = {facet.name: {} for facet in facets}
    stored: dict[str, dict[str, set[Any]]] = {facet.name: {} for facet in facets}
    for *values, number in counted.annotate(n=Count("pk", filter=words or None)):
        read, codes = iter(values), []
        for facet in facets:
            value, *along = (next(read) for _name in (facet.column, *facet.along))
            codes.append(code := "" if value in (None, "") else facet.code(value))
            if code:
                told = (code, *along)
                known[facet.name][code] = max(told, known[facet.name].get(code, told))
                stored[facet.name].setdefault(code, set()).add(value)
        combined.append((tuple(codes), number))
    return combined, known, stored


def with_columns(rows: QuerySet, facets: Iterable[Facet], how: str) -> QuerySet:
    made = {one.column: one.lookup for one in facets if not isinstance(one.lookup, str)}
    return getattr(rows, how)(**made)
