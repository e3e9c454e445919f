"""Words that stand anywhere in a text, as Chinese has no blanks; PostgreSQL finds them by an index.

Its function `party_pairs` (migration 0029) gives every pair of neighbouring characters of a text, and an index
keeps those of the tables that grow: a model names the columns of its index as `paired`. A trigram of the
extension pg_trgm is longer than most words, and not everybody may create an extension.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db import connections, transaction
from django.db.models import BooleanField, Func, Model, Q, QuerySet, Value

from partybuilding.core.types import Rows

PAIRS = "party_pairs"
#: A single character has no pair.
SHORTEST = 2
#: A word that more rows may have is common: they are read one by one, which finds the first ones at once.
COMMON = 20_000


class HoldsPairs(Func):
    """Whether a row's columns hold every pair of a word, in the words of its index (PostgreSQL)."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, columns: Sequence[str], word: str) -> None:
        super().__init__(*columns, Value(word))

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **more: Any) -> Any:
        """Return the condition."""
        *columns, (word, given) = (compiler.compile(one) for one in self.get_source_expressions())
        text = " || ' ' || ".join(f"coalesce({column}, '')" for column, _ in columns)
        return f"{PAIRS}({text}) @> {PAIRS}({word})", [*given]


@contextmanager
def by_index(using: str) -> Iterator[None]:
    """Have PostgreSQL go by the index: reading rows one by one costs it more than it believes."""
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def perhaps(rows: Rows, word: str) -> Rows:
    """Keep the few rows that may have a word, where an index tells them; else leave all."""
    keys = _candidates(rows.model, word) if _has_index(rows, word) else None
    return rows if keys is None else rows.filter(pk__in=keys)


def holding(rows: Rows, columns: Sequence[str], word: str, found: Q | None) -> Rows:
    """Keep the rows that have a word somewhere.

    Args:
        columns: where it is looked for, each by its way from the rows.
        found: a further condition under which a row has it.
    """
    searches = _searches(rows.model, columns, word, found) if _has_index(rows, word) else None
    if not searches:
        return rows.filter(_in_one_of(columns, word) | (found or Q()))
    first, *others = searches
    return rows.filter(pk__in=first.union(*others) if others else first)


def _has_index(rows: QuerySet, word: str) -> bool:
    return connections[rows.db].vendor == "postgresql" and len(word) >= SHORTEST


def _candidates(model: Any, word: str) -> list[Any] | None:
    """Return the keys of the rows that have every pair of a word; None where no index says so, or of too many."""
    paired = getattr(model, "paired", ())
    if not paired:
        return None
    rows = model._base_manager.filter(HoldsPairs(paired, word)).order_by()
    with by_index(rows.db):
        keys = list(rows.values_list("pk", flat=True)[: COMMON + 1])
    return keys if len(keys) <= COMMON else None


def _searches(
    model: type[Model], columns: Sequence[str], word: str, found: Q | None
) -> list[QuerySet] | None:
    """Return a search for each table, as no index answers a condition that names two; None for a common word."""
    everything = model._base_manager.order_by().values("pk")
    searches = []
    for way, names in groupby(sorted(columns), lambda name: name.rpartition("__")[0]):
        own = [name.rpartition("__")[2] for name in names]
        there = _reached(model, way) if way else model
        fitting = there._base_manager.filter(_in_one_of(own, word)).order_by()
        if set(own) <= set(getattr(there, "paired", ())):
            keys = _candidates(there, word)
            if keys is None:
                return None
            fitting = fitting.filter(pk__in=keys)
        fitting = fitting.values("pk")
        searches.append(everything.filter(**{f"{way}__in": fitting}) if way else fitting)
    parts = found.children if found and found.connector == Q.OR else [found]
    searches += [
        everything.filter(part if isinstance(part, Q) else Q(part)) for part in parts if part
    ]
    return searches


def _reached(model: type[Model], way: str) -> Any:
    for name in way.split("__"):
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return model


def _in_one_of(columns: Sequence[str], word: str) -> Q:
    return reduce(or_, (Q(**{f"{name}__icontains": word}) for name in columns))
