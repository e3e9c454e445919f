"""PostgreSQL: the stock engine with words of our own, dictionary `simple`, found by the index of migration 0001."""

from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connections, router
from django.db.models import F, QuerySet
from modelsearch.backends.database.postgres import postgres as stock
from modelsearch.query import SearchQuery as Asked
from modelsearch.utils import get_descendants_content_types_pks

from partybuilding.core.registers.words import by_index
from search.backends.prepared import LinedTexts, PreparingIndex, Ranked, RankedResults
from search.related import COMMON, MANY, Counted, Held, Related
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

CONFIG = "simple"
ENTRIES = stock.IndexEntry._meta.db_table
#: Hits that are put in order, at most: a hundred and more pages of results.
MOST = 3_000


def written(node: Node) -> str:
    """Write a query for `to_tsquery`; words hold nothing but letters and digits."""
    match node:
        case Term(words, begins):
            *first, last = (f"'{word}'" for word in words)
            return f"({' <-> '.join([*first, f'{last}:*' if begins else last])})"
        case Either(parts):
            return f"({' | '.join(map(written, parts))})"
        case All(parts):
            return f"({' & '.join(map(written, parts))})"
        case Without(unwanted, Everything()):
            return f"!{written(unwanted)}"
        case Without(unwanted, wanted):
            return f"({written(wanted)} & !{written(unwanted)})"
    return ""


class Indexer(LinedTexts, stock.ObjectIndexer):
    """Reads an object's fields."""


class ChinesePostgresIndex(PreparingIndex, stock.PostgresIndex):
    """The index, fed with words."""

    indexer_class = Indexer


class ChineseCompiler(stock.PostgresSearchQueryCompiler):
    """A query in pairs of characters."""

    @cached_property
    def node(self) -> Node:
        """The query as a tree."""
        return understand(self.query, typing=self.LAST_TERM_IS_PREFIX)

    def build_tsquery(self, query: Asked, config: str | None = None) -> SearchQuery:
        """Return the query in PostgreSQL's language."""
        return SearchQuery(written(self.node), search_type="raw", config=CONFIG)

    def build_tsrank(
        self, vector: Any, query: Asked, config: Any = None, boost: float = 1.0
    ) -> Any:
        """Rank by the whole query."""
        return SearchRank(vector, self.build_tsquery(query), weights=self.sql_weights)

    def get_fields_vectors(self, search_query: SearchQuery) -> list[Any]:
        """Look for single fields in the index too: the stock engine would cut raw text into words."""
        titles = [name == "title" for name in self.fields]
        vectors = self.get_index_vectors(search_query)
        if len(vectors) == 1:
            return vectors
        title, body = vectors
        return ([title] if any(titles) else []) + ([] if all(titles) else [body])

    def search(
        self,
        config: Any,
        start: int,
        stop: int | None,
        score_field: Any = None,
        backend: Any = None,
    ) -> Any:
        """Return the hits as a queryset."""
        if isinstance(self.node, Everything):
            return self.queryset[start:stop]
        if isinstance(self.node, Nothing):
            return self.queryset.none()
        return super().search(config, start, stop, score_field, backend)

    @cached_property
    def ranked(self) -> Ranked:
        """The hits of the index by themselves, the best first; then which of them the queryset allows.

        Of a word that more than MOST entries hold, the newest of them are put in order, with the newest that
        hold it in their title: a database ranks a row by reading it whole.
        """
        scores = self._scores("(title || body)", MOST + 1)
        is_cut = len(scores) > MOST
        if is_cut:
            scores = dict(islice(scores.items(), MOST)) | self._scores("title", MOST)
        ids = [int(name) for name in scores]
        allowed = self.queryset.filter(pk__in=ids).order_by().values_list("pk", flat=True)
        best = sorted(allowed, key=lambda pk: (scores[str(pk)], pk), reverse=True)
        return Ranked(best, is_cut)

    def _scores(self, vector: str, most: int) -> dict[str, float]:
        """Return how well entries answer, by the keys of their objects as text: the newest objects first."""
        newest = "ORDER BY length(object_id) DESC, object_id DESC"
        sql = f"""
            WITH held AS MATERIALIZED (
                SELECT id FROM {ENTRIES}
                WHERE {vector} @@ to_tsquery('{CONFIG}', %s) AND content_type_id = ANY(%s)
                {newest} LIMIT {most}
            ), asked AS MATERIALIZED (SELECT to_tsquery('{CONFIG}', %s) AS query)
            SELECT object_id, ts_rank(%s::real[], title, query) * title_norm
                + ts_rank(%s::real[], body, query)
            FROM held JOIN {ENTRIES} USING (id) CROSS JOIN asked {newest}
        """  # noqa: S608 - names of tables and numbers are ours
        words, kinds = written(self.node), get_descendants_content_types_pks(self.queryset.model)
        weights = self.sql_weights
        with by_index(self.queryset.db):
            rows = _rows(self.queryset.db, sql, [words, [*kinds], words, weights, weights])
        return dict(rows)


class ChineseAutocompleteCompiler(ChineseCompiler):
    """A query while it is being typed: the last word may be unfinished."""

    LAST_TERM_IS_PREFIX = True
    TARGET_SEARCH_FIELD_TYPE = stock.AutocompleteField

    get_config = stock.PostgresAutocompleteQueryCompiler.get_config
    get_search_fields_for_model = (
        stock.PostgresAutocompleteQueryCompiler.get_search_fields_for_model
    )

    def get_index_vectors(self, search_query: SearchQuery) -> list[Any]:
        """Look at what is indexed for typing."""
        return [(F("index_entries__autocomplete"), 1.0)]


class ChinesePostgresResults(RankedResults, stock.PostgresSearchResults):
    """Hits in order."""

    @cached_property
    def ranked(self) -> Ranked:
        """The hits as keys."""
        node = self.query_compiler.node
        if isinstance(node, Everything | Nothing) or is_bare_negation(node):
            return Ranked(list(self.get_queryset().values_list("pk", flat=True)))
        return self.query_compiler.ranked


class ChinesePostgresBackend(stock.PostgresSearchBackend):
    """The engine on PostgreSQL."""

    query_compiler_class = ChineseCompiler
    autocomplete_query_compiler_class = ChineseAutocompleteCompiler
    index_class = ChinesePostgresIndex
    results_class = ChinesePostgresResults
    #: Up to so many rows are named one by one.
    named = 2 * MOST

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({**params, "SEARCH_CONFIG": CONFIG})

    def related(self, wanted: Sequence[Wanted], queryset: QuerySet) -> Related:
        """Return what has at least some of the words of a question (see `search.related`)."""
        return Related(wanted, queryset, PostgresPostings(queryset))


class PostgresPostings:
    """Which entries of the index hold a word."""

    def __init__(self, queryset: QuerySet) -> None:
        self.using = connections[router.db_for_read(stock.IndexEntry)].alias
        self.kinds = list(get_descendants_content_types_pks(queryset.model))

    def total(self) -> int:
        """Return the number of entries, up to MANY."""
        kinds = stock.IndexEntry.objects.filter(content_type__in=self.kinds)
        return kinds.order_by()[:MANY].count()

    def count(self, words: Sequence[str], limit: int) -> Counted:
        """Count the entries that hold each word, at most up to a limit."""
        one = f"""
            SELECT %s, (SELECT count(*) FROM (
                SELECT 1 FROM {ENTRIES} WHERE (title || body) @@ to_tsquery('{CONFIG}', %s) LIMIT {limit}
            ) AS held)
        """  # noqa: S608 - names of tables are ours
        asked = [value for word in words for value in (word, _quoted(word))]
        with by_index(self.using):
            return dict(_rows(self.using, " UNION ALL ".join([one] * len(words)), asked))

    def holding(self, words: Sequence[str], among: Sequence[str]) -> list[Held]:
        """Return which entries hold which words, of those that hold one of `among`."""
        sql = f"""
            WITH candidate AS MATERIALIZED (
                SELECT object_id, title || body AS words FROM {ENTRIES}
                WHERE (title || body) @@ to_tsquery('{CONFIG}', %s) AND content_type_id = ANY(%s)
                LIMIT {COMMON}
            ), wanted AS MATERIALIZED (
                SELECT word, to_tsquery('{CONFIG}', quoted) AS query
                FROM unnest(%s::text[], %s::text[]) AS given (word, quoted)
            )
            SELECT object_id, word FROM candidate JOIN wanted ON words @@ query
        """  # noqa: S608 - names of tables are ours
        asked = [" | ".join(map(_quoted, among)), self.kinds, list(words), [*map(_quoted, words)]]
        return _rows(self.using, sql, asked)


def _quoted(word: str) -> str:
    return f"'{word}'{':*' if begins(word) else ''}"


def _rows(using: str, sql: str, values: Sequence[Any]) -> list[Any]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
