"""A public list that its address narrows: facets with numbers, words, orders, pages of twenty.

Unknown parameters and values are ignored, never an error (public.md, "Rules of the public record").
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from partybuilding.core import rooms
from partybuilding.core.answers.memory import remembered
from partybuilding.core.answers.wording import Row, in_order
from partybuilding.core.pages.column import ColumnPage
from partybuilding.core.pages.facets import (
    Choice,
    Facet,
    narrow,
    read_combinations,
    with_columns,
    with_number,
)
from partybuilding.core.pages.widgets import Picker, facet_field, words_field
from partybuilding.core.pages.words import QUERY_LENGTH, clean_words, every_word_in
from partybuilding.core.states import Text


def heads(first: Any, *numbers: Any) -> list[dict[str, Any]]:
    """Return the heads of a table whose columns are numbers but for the first."""
    return [{"label": first}, *({"label": label, "numeric": True} for label in numbers)]


def number(value: Any) -> dict[str, Any]:
    """Return a cell that is a number."""
    return {"text": value, "numeric": True}


PER_PAGE = 20


@dataclass
class Listing:
    """A list as one address asked for it.

    Args:
        found: all that was found, for feeds and files; `page` is the part that is shown.
        known_as: names its rows with its facets, where every reader shares what is counted.
        longest: how many characters of words are taken; 0 when the list takes none.
        sorts: the words of the orders that can be chosen, the usual one first.
        asks_page: whether the address names a page.
    """

    found: Any
    page: PaginatorPage
    choices: dict[str, list[Choice]]
    facets: tuple[Facet, ...]
    path: str = ""
    known_as: Hashable = None
    q: str = ""
    longest: int = 0
    sorts: Mapping[str, Text] = field(default_factory=dict)
    sort: str = ""
    asks_page: bool = False
    ids: ClassVar[str] = "filter_%s"

    @property
    def count(self) -> int:
        """The number of what was found, on all pages."""
        return self.page.paginator.count

    @property
    def taken_along(self) -> Any:
        """What data files and feeds list: all that was found, or the page that the address names."""
        return self.page.object_list if self.asks_page else self.found

    @property
    def is_shared(self) -> bool:
        """Whether it is the page that the list opens with, which every reader is shown."""
        is_usual = self.is_whole and self.sort == next(iter(self.sorts), "")
        return is_usual and self.known_as is not None

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """The keys of the rows of its page; of the page that it opens with, read once after each change."""
        if not self.is_shared:
            return self._read_keys()
        return remembered(("opens with", self.known_as), self._read_keys)

    def _read_keys(self) -> tuple[int, ...]:
        return tuple(self.page.object_list.values_list("pk", flat=True))  # type: ignore[attr-defined]

    def told(self, told: Callable[[tuple[int, ...]], list[Row]]) -> list[Row]:
        """Return what a worded question tells of the rows of its page: how they were found is asked for keys alone."""
        return in_order(self.keys, told)

    def chosen(self, name: str) -> list[str]:
        """Return the values of a facet that are on."""
        return [choice.value for choice in self.choices[name] if choice.chosen]

    @cached_property
    def active(self) -> list[dict[str, str]]:
        """What the list is narrowed to, each with the address without it."""
        on = [("q", pgettext("column", "Words"), self.q, self.q)] if self.q else []
        on += [
            (facet.name, str(facet.label), choice.label, choice.value)
            for facet in self.facets
            for choice in self.choices[facet.name]
            if choice.chosen and facet.label
        ]
        return [
            {"label": label, "value": words, "href": self._at(self._said(without=(name, value)))}
            for name, label, words, value in on
        ]

    @property
    def is_narrowed(self) -> bool:
        """Whether the address leaves anything out."""
        return bool(self.active)

    @property
    def in_title(self) -> str:
        """What a narrowed list adds to the title of its page, which is read out first."""
        return with_number("", self.count) if self.is_narrowed else ""

    @property
    def is_whole(self) -> bool:
        """Whether it is the first page of everything."""
        return not self.is_narrowed and self.page.number == 1

    @cached_property
    def query(self) -> str:
        """The query in its one form, without the page."""
        return self._said().urlencode()

    def address(self, **changed: str) -> str:
        """Return the address of the list, narrowed otherwise: an empty value takes a facet off."""
        return self._at(self._said(**changed))  # type: ignore[arg-type]

    def address_of(self, name: str, own: str = "") -> str:
        """Return the address of a feed or file of the same list.

        Args:
            name: of the address.
            own: what of a query the page itself stands for.
        """
        query = "&".join(filter(None, (own, self.query)))
        return f"{reverse(name)}?{query}" if query else reverse(name)

    def _said(self, without: tuple[str, str] = ("", ""), **changed: str) -> QueryDict:
        said = {"q": [self.q], **{facet.name: self.chosen(facet.name) for facet in self.facets}}
        said["sort"] = [self.sort] if self.sort != next(iter(self.sorts), "") else []
        said = {name: values for name, values in said.items() if any(values)}
        said |= {name: [value] for name, value in changed.items()}
        query = QueryDict(mutable=True)
        for name, values in said.items():
            for value in values:
                if value and (name, value) != without:
                    query.appendlist(name, value)
        return query

    def _at(self, query: QueryDict) -> str:
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @cached_property
    def form(self) -> forms.Form:
        """The form above the list; it is drawn and never asked to validate."""
        form = forms.Form(auto_id=self.ids)
        if self.longest:
            form.fields["q"] = words_field(self.q, self.longest)
        if self.sorts:
            form.fields["sort"] = forms.ChoiceField(
                label=pgettext("column", "Order"),
                required=False,
                initial=self.sort,
                choices=list(self.sorts.items()),
                widget=Picker,
            )
        for facet in self.facets:
            choices, on = self.choices[facet.name], self.chosen(facet.name)
            if facet.label and (len(choices) > 1 or on or (choices and facet.alone)):
                form.fields[facet.name] = facet_field(facet, choices, on)
        return form

    @property
    def fields(self) -> list[Any]:
        """The fields that always show: of what is typed, or of the facets where nothing is."""
        if not self.longest:
            return list(self.form)
        return [self.form[name] for name in ("q", "sort") if name in self.form.fields]

    @property
    def more(self) -> list[Any]:
        """The facets, where they stand behind what is typed."""
        return [one for one in self.form if self.longest and one.name not in ("q", "sort")]


def list_of(
    rows: QuerySet,
    query: QueryDict | Mapping[str, Any],
    facets: Iterable[Facet],
    path: str = "",
    *order: str,
    words: Q | None = None,
    known_as: Hashable = None,
    **more: Any,
) -> Listing:
    """List what an address asks for: one query for the facets and the count, one for the page.

    Every facet leads to one value of a row, so the numbers behind its choices add up to the count.
    A choice is offered when a row has its value, and only such a one is taken from the address, so
    that it cannot ask for what is hidden.

    Args:
        rows: all that residents may read.
        order: of the rows.
        words: the condition that what was typed puts; choices that it leaves nothing stay offered.
        known_as: names these rows with these facets; where nothing was typed, every page, order and narrowing
            of the list, its feed and its files share what is counted once.
        more: what else the listing knows: `q`, `sort` and what they may be.
    """
    facets = tuple(facets)
    read = partial(read_combinations, rows, facets, words)
    is_shared = known_as is not None and not words
    counted, known, stored = remembered(("combinations", known_as), read) if is_shared else read()
    choices, fits = narrow(facets, counted, known, query)
    found = rows.filter(words) if words else rows
    for facet in facets:
        if on := [choice.value for choice in choices[facet.name] if choice.chosen]:
            values = [value for code in on for value in stored[facet.name].get(code, ())]
            found = with_columns(found, [facet], "alias").filter(**{f"{facet.column}__in": values})
    found = found.order_by(*order)
    paginator = Paginator(found, PER_PAGE)
    paginator.count = sum(number for codes, number in counted if fits(codes))
    page = paginator.get_page(query.get("page"))
    asks_page = "page" in query
    return Listing(found, page, choices, facets, path, known_as, asks_page=asks_page, **more)


#: How many cards of a list show their picture: one row on a desk.
PICTURED = 3


class ListIndexPage(ColumnPage):
    """An index; a kind says what it lists, by what it is narrowed, and what a reader is shown.

    Attributes:
        facets: what the list can be narrowed to.
        order: the order of the list.
        words_in: the columns in which typed words are looked for; without any, none can be typed.
    """

    introduction = RichTextField(
        gettext_lazy("introduction"), blank=True, features=["bold", "link"]
    )

    max_count = 1
    content_panels = [*ColumnPage.content_panels, FieldPanel("introduction")]
    facets: tuple[Facet, ...] = ()
    order: tuple[str, ...] = ()
    words_in: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @classmethod
    def listed(cls) -> QuerySet:
        """Return everything that residents may read here, with what the list shows."""
        raise NotImplementedError

    @classmethod
    def list_of(cls, query: Any, path: str = "") -> Listing:
        """List what an address asks for."""
        listed = (cls.listed(), query, cls.facets, path, *cls.order)
        if not cls.words_in:
            return list_of(*listed, known_as=cls._meta.label)
        q = clean_words(query.get("q", ""))
        found = every_word_in(q, cls.words_in)
        more = {"q": q, "longest": QUERY_LENGTH, "known_as": cls._meta.label}
        return list_of(*listed, words=found, **more)

    @classmethod
    def has_something_to_read(cls) -> bool:
        """Tell whether residents find anything here."""
        return cls.stands_for().exists()

    @classmethod
    def stands_for(cls) -> QuerySet:
        """Return the rows without which there is nothing to read here: what is listed, if nothing else is told."""
        return cls.listed()

    def card_of(self, page: Any, request: HttpRequest, *, pictured: bool) -> dict[str, Any]:
        """Return what the card of a page shows."""
        raise NotImplementedError

    def shown(self, listing: Listing, request: HttpRequest) -> dict[str, Any]:
        """Return what a reader is shown of the list: cards, the first ones with their picture."""
        cards = (
            self.card_of(page, request, pictured=at < PICTURED)
            for at, page in enumerate(listing.page)
        )
        return {"cards": list(cards)}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that the query asks for, with its filters."""
        listing = self.list_of(request.GET, self.get_url(request) or request.path)
        context = super().get_context(request, *args, **kwargs)
        ways = [way for ways_of in rooms.collect("list_ways") for way in ways_of(self)]
        return {**context, "listing": listing, "ways": ways, **self.shown(listing, request)}
