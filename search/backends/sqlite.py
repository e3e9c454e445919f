"""SQLite: one pass over the full-text table, filtered and put in order in Python.

The stock engine asks for the rank of every hit in a subquery of its own: 38 s for 2,691 hits.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import connections, router
from django.db.models import QuerySet
from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.backends.database.sqlite.query import LexemeCombinable, SearchQueryExpression
from modelsearch.utils import get_descendants_content_types_pks

from search.backends.prepared import LinedTexts, PreparingIndex, Ranked, RankedResults
from search.related import MANY, Counted, Held, Related
from search.terms import (
    All,
    Either,
    Everything,
    Node,
    Nothing,
    Term,
    Without,
    begins,
    is_bare_negation,
    understand,
)
from search.wanted import Wanted

#: What a word in the title weighs beside one in the text; columns of the table in their order.
WEIGHTS = {"autocomplete": 1.0, "body": 1.0, "title": 8.0}
#: Up to so many hits are named one by one when the rows that may be seen are picked from them.
NAMED = 500
NO_WORD = '""'
ENTRIES = stock.IndexEntry._meta.db_table
WORDS = stock.SQLiteFTSIndexEntry._meta.db_table


def written(node: Node) -> str:
    """Write a query for FTS5; words hold nothing but letters and digits."""
    match node:
        case Term(words, begins):
            return f'"{" ".join(words)}"{" *" if begins else ""}'
        case Either(parts):
            sides = [written(part) for part in parts if not is_bare_negation(part)]
            return f"({' OR '.join(sides)})" if sides else NO_WORD
        case All(parts):
            wanted = " AND ".join(written(part) for part in parts if not is_bare_negation(part))
            unwanted = [
                written(part.unwanted)
                for part in parts
                if isinstance(part, Without) and is_bare_negation(part)
            ]
            without = "".join(f" NOT {words}" for words in unwanted)
            return f"(({wanted or NO_WORD}){without})"
        case Without(unwanted, wanted):
            return f"({written(wanted)} NOT {written(unwanted)})"
    return NO_WORD


class _Written(LexemeCombinable):
    """A query that is already in FTS5's language."""

    def __init__(self, text: str) -> None:
        super().__init__(output_field=stock.TextField())
        self.text = text

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        return "%s", [self.text]


class Indexer(LinedTexts, stock.ObjectIndexer):
    """Reads an object's fields."""


class ChineseSQLiteIndex(PreparingIndex, stock.SQLiteIndex):
    """The index, fed with words."""

    indexer_class = Indexer


class ChineseCompiler(stock.SQLiteSearchQueryCompiler):
    """A query in pairs of characters."""

    @cached_property
    def node(self) -> Node:
        """The query as a tree."""
        return understand(self.query, typing=self.LAST_TERM_IS_PREFIX)

    @property
    def columns(self) -> list[str]:
        """The columns of the full-text table to look in; every field but the title is the body."""
        if self.fields is None or self.FTS_TABLE_FIELDS == ["autocomplete"]:
            return self.FTS_TABLE_FIELDS
        return sorted({"title" if name == "title" else "body" for name in self.fields})

    def build_search_query(self, query: Any, config: Any = None) -> SearchQueryExpression:
        """Hand the stock engine the query in FTS5's language."""
        return SearchQueryExpression(_Written(written(understand(query))))

    def search(
        self, config: Any, start: int, stop: int | None, score_field: str | None = None
    ) -> Any:
        """Return the hits as a queryset: with a score as the stock engine makes it, else without."""
        node = self.node
        if isinstance(node, Everything):
            return self.queryset[start:stop]
        if isinstance(node, Nothing):
            return self.queryset.none()
        if score_field is not None and not isinstance(node, Without):
            return super().search(config, start, stop, score_field)
        found = self.hits(node)
        if not (self.order_by_relevance or found.query.order_by):
            found = found.order_by("-pk")
        return found[start:stop]

    def hits(self, node: Node) -> QuerySet:
        """Return the rows of the queryset that a query finds, in no order of theirs."""
        if is_bare_negation(node):
            return self.queryset.exclude(pk__in=self._matching(node.unwanted))
        return self.queryset.filter(pk__in=self._matching(node))

    def _matching(self, node: Node) -> QuerySet:
        expression = stock.MatchExpression(
            self.columns, SearchQueryExpression(_Written(written(node)))
        )
        kinds = get_descendants_content_types_pks(self.queryset.model)
        return stock.SQLiteFTSIndexEntry.objects.filter(
            expression, index_entry__content_type__in=kinds
        ).values("index_entry__object_id")

    @cached_property
    def ranked(self) -> list[Any]:
        """The keys of all hits that the queryset allows, the best first."""
        if isinstance(self.node, Nothing):
            return []
        ids = self._ranked_ids()
        small = len(ids) <= NAMED
        rows = self.queryset.filter(pk__in=ids) if small else self.hits(self.node)
        seen = {str(pk): pk for pk in rows.order_by().values_list("pk", flat=True)}
        return [seen[name] for name in ids if name in seen]

    def _ranked_ids(self) -> list[str]:
        kinds = list(get_descendants_content_types_pks(self.queryset.model))
        weights = ", ".join(str(weight) for weight in WEIGHTS.values())
        sql = f"""
            SELECT entry.object_id, bm25({WORDS}, {weights}), entry.id
            FROM {WORDS} JOIN {ENTRIES} AS entry ON entry.id = {WORDS}.rowid
            WHERE {WORDS} MATCH %s AND entry.content_type_id IN ({_marks(kinds)})
        """  # noqa: S608 - names of tables and weights are ours
        asked = f"{{{' '.join(self.columns)}}} : ({written(self.node)})"
        found = _rows(self.queryset.db, sql, [asked, *kinds])
        return [name for name, _, _ in sorted(found, key=lambda row: (row[1], -row[2]))]


class ChineseAutocompleteCompiler(ChineseCompiler):
    """A query while it is being typed: the last word may be unfinished."""

    LAST_TERM_IS_PREFIX = True
    TARGET_SEARCH_FIELD_TYPE = stock.AutocompleteField
    FTS_TABLE_FIELDS = ["autocomplete"]

    get_config = stock.SQLiteAutocompleteQueryCompiler.get_config
    get_search_fields_for_model = stock.SQLiteAutocompleteQueryCompiler.get_search_fields_for_model
    get_index_vectors = stock.SQLiteAutocompleteQueryCompiler.get_index_vectors


class ChineseSQLiteResults(RankedResults, stock.SQLiteSearchResults):
    """Hits in order."""

    @property
    def _is_ranked_here(self) -> bool:
        compiler = self.query_compiler
        return (
            compiler.order_by_relevance
            and self._score_field is None
            and compiler.queryset._fields is None
            and not isinstance(compiler.node, Everything)
            and not is_bare_negation(compiler.node)
        )

    @cached_property
    def ranked(self) -> Ranked:
        """The hits as keys."""
        return Ranked(self.query_compiler.ranked)

    def _do_search(self) -> list[Any]:
        if not self._is_ranked_here:
            return super()._do_search()
        wanted = self.query_compiler.ranked[self.start : self.stop]
        found = self.query_compiler.queryset.filter(pk__in=wanted)
        by_pk = {obj.pk: obj for obj in found}
        return [by_pk[pk] for pk in wanted if pk in by_pk]

    def _do_count(self) -> int:
        if not self._is_ranked_here:
            return super()._do_count()
        return len(self.query_compiler.ranked[self.start : self.stop])


class ChineseSQLiteBackend(stock.SQLiteSearchBackend):
    """The engine on SQLite."""

    query_compiler_class = ChineseCompiler
    autocomplete_query_compiler_class = ChineseAutocompleteCompiler
    index_class = ChineseSQLiteIndex
    results_class = ChineseSQLiteResults
    named = NAMED

    def related(self, wanted: Sequence[Wanted], queryset: QuerySet) -> Related:
        """Return what has at least some of the words of a question (see `search.related`)."""
        return Related(wanted, queryset, SQLitePostings(queryset))


class SQLitePostings:
    """Which entries of the index hold a word."""

    def __init__(self, queryset: QuerySet) -> None:
        self.using = connections[router.db_for_read(stock.IndexEntry)].alias
        self.kinds = list(get_descendants_content_types_pks(queryset.model))

    def total(self) -> int:
        """Return the number of entries, up to MANY."""
        kinds = stock.IndexEntry.objects.filter(content_type__in=self.kinds)
        return min(kinds.count(), MANY)

    def count(self, words: Sequence[str], limit: int) -> Counted:
        """Count the entries that hold each word, at most up to a limit."""
        one = f"SELECT %s, (SELECT count(*) FROM (SELECT 1 FROM {WORDS} WHERE {WORDS} MATCH %s LIMIT {limit}))"  # noqa: S608
        sql = " UNION ALL ".join([one] * len(words))
        asked = [value for word in words for value in (word, _in_text(word))]
        return dict(_rows(self.using, sql, asked))

    def holding(self, words: Sequence[str], among: Sequence[str]) -> list[Held]:
        """Return which entries hold which words, of those that hold one of `among`."""
        one = f"""
            SELECT entry.object_id, %s
            FROM {WORDS} JOIN {ENTRIES} AS entry ON entry.id = {WORDS}.rowid
            WHERE {WORDS} MATCH %s AND entry.content_type_id IN ({_marks(self.kinds)})
        """  # noqa: S608 - names of tables are ours
        candidates = " OR ".join(_in_text(word) for word in among)
        asked: list[Any] = []
        for word in words:
            where = _in_text(word) if word in among else f"({candidates}) AND {_in_text(word)}"
            asked += [word, where, *self.kinds]
        return _rows(self.using, " UNION ALL ".join([one] * len(words)), asked)


def _in_text(word: str) -> str:
    return f"{{title body}} : {written(Term((word,), begins(word)))}"


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _rows(using: str, sql: str, values: Sequence[Any]) -> list[Any]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
