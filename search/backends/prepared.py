"""The one hook of the index: an object whose texts are already in words when the stock index reads them."""

from collections.abc import Iterable, Iterator
from typing import Any

from modelsearch.index import AutocompleteField, SearchField

from search.tokens import FIELD_LENGTH, indexed


class PreparedText(SearchField):
    """A text to be found by."""

    text = ""

    def get_value(self, obj: Any) -> str:
        """Return the words that `prepared` has made."""
        return self.text


class PreparedBeginning(AutocompleteField):
    """A text to be found by while it is being typed."""

    text = ""

    def get_value(self, obj: Any) -> str:
        """Return the words that `prepared` has made."""
        return self.text


class Prepared:
    """An object as the stock index takes it."""

    def __init__(self, pk: Any, fields: list[SearchField | AutocompleteField]) -> None:
        self.pk = pk
        self._fields = fields

    def get_search_fields(self) -> list[SearchField | AutocompleteField]:
        """Return the fields with their words."""
        return self._fields


def prepared(objs: Iterable[Any], indexer_class: Any, backend: Any) -> list[Prepared]:
    """Return objects with their texts in words.

    Args:
        objs: objects of one model.
        indexer_class: the stock indexer, which knows how to read fields, related ones too.
        backend: the search backend that the indexer asks for its settings.
    """
    return [
        Prepared(obj.pk, list(_fields(obj, indexer_class(obj, backend), _Room()))) for obj in objs
    ]


def _fields(obj: Any, indexer: Any, room: "_Room") -> Iterator[SearchField | AutocompleteField]:
    for field in obj.get_search_fields():
        for found, *_, value in indexer.prepare_field(obj, field):
            ready: SearchField | AutocompleteField
            if isinstance(found, SearchField):
                ready = PreparedText(found.field_name, boost=found.boost)
            else:
                ready = PreparedBeginning(found.field_name)
            ready.text = indexed(value, room.take(_column(found), len(value)))
            yield ready


def _column(field: SearchField | AutocompleteField) -> str:
    if not isinstance(field, SearchField):
        return "autocomplete"
    return "title" if field.field_name == "title" else "body"


class _Room:
    """How much of its texts an object may still put into each column of the index."""

    def __init__(self) -> None:
        self._left = dict.fromkeys(("title", "body", "autocomplete"), FIELD_LENGTH)

    def take(self, column: str, wanted: int) -> int:
        """Return how many characters there is room for."""
        given = min(wanted, self._left[column])
        self._left[column] -= given
        return given
