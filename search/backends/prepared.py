"""The one hook of the index: an object whose texts are already in words when the stock index reads them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from modelsearch.index import AutocompleteField, SearchField
from wagtail.models import Page

from search.services import keep_pages
from search.tokens import FIELD_LENGTH, indexed


class Ranked(NamedTuple):
    """Keys of hits, the best first.

    Attributes:
        is_cut: whether there are so many that not all of them were put in order.
    """

    pks: list[Any]
    is_cut: bool = False


class RankedResults:
    """Hits in order: an engine says what is `ranked`."""

    @property
    def ranked(self) -> Ranked:
        """The hits as keys."""
        raise NotImplementedError

    def ranked_pks(self) -> list[Any]:
        """Return the keys of the hits, the best first."""
        return self.ranked.pks


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
    """An object as the stock index takes it.

    Attributes:
        source: the object itself.
        text: its whole text but the title, as written.
    """

    def __init__(self, source: Any, indexer: Any) -> None:
        self.pk = source.pk
        self.source = source
        self._fields: list[SearchField | AutocompleteField] = []
        room = _Room()
        texts: list[str] = []
        for field in source.get_search_fields():
            for found, *_, value in indexer.prepare_field(source, field):
                self._fields.append(_ready(found, value, room))
                if _column(found) == "body":
                    texts.append(value)
        self.text = "\n".join(filter(None, texts))

    def get_search_fields(self) -> list[SearchField | AutocompleteField]:
        """Return the fields with their words."""
        return self._fields


def _ready(field: Any, value: str, room: "_Room") -> PreparedText | PreparedBeginning:
    ready = (
        PreparedText(field.field_name, boost=field.boost)
        if isinstance(field, SearchField)
        else PreparedBeginning(field.field_name)
    )
    ready.text = indexed(value, room.take(_column(field), len(value)))
    return ready


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


class LinedTexts:
    """For an indexer: the texts of a list are lines of their own, as results show them."""

    def prepare_value(self, value: Any) -> str:
        """Return a value as one text."""
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list | tuple):
            return "\n".join(filter(None, map(self.prepare_value, value)))
        return super().prepare_value(value)  # type: ignore[misc]


class PreparingIndex:
    """An index that makes the words itself, and keeps what results show of pages."""

    indexer_class: Any
    backend: Any

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        """Put objects of one model into the index."""
        ready = [Prepared(obj, self.indexer_class(obj, self.backend)) for obj in objs]
        if ready:
            super().add_items(model, ready)  # type: ignore[misc]
            keep_pages((item.source, item.text) for item in ready if isinstance(item.source, Page))
