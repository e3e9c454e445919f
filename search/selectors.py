"""What a reader is shown: pages that everybody may read, grouped, narrowed, counted, cut into pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from partybuilding.column.pages import ProjectYearPage
from partybuilding.column.selectors import on_show
from partybuilding.core.answers.wording import worded
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.pages import open_to_all, record_page_models
from partybuilding.core.pages.facets import Choice, choice_facet, narrow, year_facet
from partybuilding.core.pages.lists import PER_PAGE, Listing
from partybuilding.core.pages.site import site_of
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.replies import readable_replies
from partybuilding.organizations.filters import sector_facet
from search.finding import Answer, answer, strictly
from search.folding import fold
from search.kinds import PageKind
from search.models import Entry, Promotion

#: Results of each kind while all kinds are shown.
PER_GROUP = 5
QUESTION_LENGTH = 100
#: Kinds are chosen by links above the results, not in the form.
FACETS = (
    choice_facet("kind", "", "kind", PageKind),
    sector_facet("sector"),
    year_facet("year", words=str),
)
#: The orders of what was found, the usual one first.
ORDERS = {
    "nearest": pgettext_lazy("search", "Most relevant"),
    "newest": pgettext_lazy("search", "Newest"),
}


class Fact(NamedTuple):
    """A page by its key, with the codes of its facets and its day."""

    pk: int
    codes: tuple[str, ...]
    date: date | None


@dataclass(kw_only=True)
class Results(Listing):
    """What a reader is shown for a question."""

    answer: Answer
    groups: list[tuple[Choice, list[Entry]]] = field(default_factory=list)
    promoted: list[Promotion] = field(default_factory=list)
    #: Pages that only have similar words; they are not counted.
    near: list[Entry] = field(default_factory=list)
    #: Keys of the published answers to opinions that have all words, and the best of them; they have no field or year.
    replied: list[int] = field(default_factory=list)
    replies: list[Opinion] = field(default_factory=list)
    ids: ClassVar[str] = "search_%s"

    @property
    def is_bare(self) -> bool:
        """Whether nothing but the question narrows them."""
        return not any(self.chosen(facet.name) for facet in self.facets)

    @property
    def total(self) -> int:
        """The number of what was found, the answers to opinions among it."""
        return self.count + (len(self.replied) if self.is_bare else 0)

    @property
    def fields(self) -> list[Any]:
        """The field of the question; the order is chosen by links above the results."""
        return [self.form["q"]]

    @property
    def active(self) -> list[dict[str, str]]:
        """What the results are narrowed to; the question itself stays."""
        return super().active[1:]


def clean(text: Any) -> str:
    """Return what somebody typed without control characters and not too long."""
    printable = "".join(c if c.isprintable() else " " for c in str(text)[: 4 * QUESTION_LENGTH])
    return " ".join(printable.split())[:QUESTION_LENGTH].strip()


def readable_pages(request: HttpRequest) -> QuerySet[Page]:
    """Return the pages of this site that everybody may read, the front page excepted."""
    site = site_of(request)
    if site is None:
        return Page.objects.none()
    pages = open_to_all(Page.objects.descendant_of(site.root_page))
    for model in record_page_models():
        name = model.record_name
        public = machine_of(model._meta.get_field(name).related_model).table.public_states()
        hidden = model.objects.filter(pk=OuterRef("pk")).exclude(**{f"{name}__state__in": public})
        pages = pages.filter(~Exists(hidden.order_by()))
    shown = [year.pk for year in on_show(request).years]
    pages = pages.exclude(pk__in=ProjectYearPage.objects.exclude(pk__in=shown).values("pk"))
    # As a list of keys: the search engine takes no other conditions.
    return Page.objects.filter(pk__in=pages.order_by().values("pk"))


def search(request: HttpRequest, asked: Mapping[str, Any]) -> Results | None:
    """Answer a question; unknown values are ignored, without words nothing is looked for.

    Args:
        request: tells the site.
        asked: `q`, and perhaps `kind`, `sector`, `year`, `sort`, `page`.
    """
    q = clean(asked.get("q") or "")
    if not q:
        return None
    pages = readable_pages(request)
    found = answer(q, pages)
    facts = facts_of(found.pks)
    known = {
        facet.name: {fact.codes[at]: (fact.codes[at],) for fact in facts if fact.codes[at]}
        for at, facet in enumerate(FACETS)
    }
    single = {facet.name: asked.get(facet.name) or "" for facet in FACETS}
    choices, fits = narrow(FACETS, [(fact.codes, 1) for fact in facts], known, single)
    fitting = [fact for fact in facts if fits(fact.codes)]
    sort = next((order for order in ORDERS if order == asked.get("sort")), next(iter(ORDERS)))
    if sort == "newest":
        fitting.sort(key=lambda fact: fact.date or date.min, reverse=True)
    kept = [fact.pk for fact in fitting]
    page = Paginator(kept, PER_PAGE).get_page(asked.get("page"))
    results = Results(
        kept,
        page,
        choices,
        FACETS,
        path=reverse("search"),
        q=q,
        longest=QUESTION_LENGTH,
        sorts=ORDERS,
        sort=sort,
        answer=found,
    )
    kinds = [choice for choice in choices["kind"] if choice.count]
    if sort != "newest" and not results.chosen("kind") and len(kinds) > 1:
        _group(results, fitting, kinds)
    else:
        page.object_list = entries(list(page.object_list))  # type: ignore[assignment]
    if not (results.chosen("sector") or results.chosen("year")):
        results.replied, best = replies_to(found)
        if page.number == 1 and results.is_bare:
            results.promoted, results.replies = promoted(q, pages), best
            results.near = entries(found.near)
    return results


def replies_to(found: Answer) -> tuple[list[int], list[Opinion]]:
    """Return the published answers to opinions that have all words of a question, and the best of them to read."""
    # As a list of keys: the search engine takes no other conditions.
    readable = Opinion.objects.filter(pk__in=readable_replies().order_by().values("pk"))
    keys = strictly(found.query, readable).pks
    best = {one.pk: one for one in _told_replies(tuple(keys[:PER_GROUP]))}
    return keys, [best[key] for key in keys[:PER_GROUP]]


@worded
def _told_replies(keys: tuple[int, ...]) -> QuerySet[Opinion]:
    return readable_replies().filter(pk__in=keys)


def _group(results: Results, kept: Sequence[Fact], kinds: Sequence[Choice]) -> None:
    """Show the best of every kind, the kind of the best result first."""
    keys: dict[str, list[int]] = {}
    for fact in kept:
        keys.setdefault(fact.codes[0], []).append(fact.pk)
    best = {kind: rows[:PER_GROUP] for kind, rows in keys.items()}
    read = {entry.pk: entry for entry in entries([pk for rows in best.values() for pk in rows])}
    labels = {choice.value: choice for choice in kinds}
    results.groups = [
        (labels[kind], [read[pk] for pk in rows if pk in read]) for kind, rows in best.items()
    ]


def facts_of(pks: Sequence[int]) -> list[Fact]:
    """Return pages by their keys with kind, field, year and day, in their order.

    Where the engine cannot name so many rows, the facts of all pages are read.
    """
    rows = Entry.objects.all()
    if len(pks) <= get_search_backend().named:
        rows = rows.filter(pk__in=pks)
    known = {
        pk: Fact(pk, tuple(str(value or "") for value in values), day)
        for pk, day, *values in rows.values_list(
            "page_id", "date", *(facet.column for facet in FACETS)
        )
    }
    return [known[pk] for pk in pks if pk in known]


def entries(pks: Sequence[int]) -> list[Entry]:
    """Return what results show of pages, in their order."""
    found = {entry.pk: entry for entry in _entries(tuple(pks))}
    return [found[pk] for pk in pks if pk in found]


@worded
def _entries(pks: tuple[int, ...]) -> QuerySet[Entry]:
    return Entry.objects.select_related("page").filter(pk__in=pks)


@worded
def _promotions() -> QuerySet[Promotion]:
    return Promotion.objects.select_related("page")


def promoted(q: str, pages: QuerySet) -> list[Promotion]:
    """Return the pages that editors put first for a question, of those that may be read."""
    folded = fold(q)
    fitting = [
        promotion
        for promotion in _promotions()
        if any(word in folded for word in fold(promotion.words).split())
    ]
    if not fitting:
        return []
    readable = pages.filter(pk__in=[promotion.page_id for promotion in fitting])
    allowed = set(readable.order_by().values_list("pk", flat=True))
    return [promotion for promotion in fitting if promotion.page_id in allowed][:3]
