"""What a reader is shown: pages that everybody may read, grouped, narrowed, counted, cut into pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page, Site

from partybuilding.column.pages import ProjectYearPage
from partybuilding.column.selectors import on_show
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.pages import open_to_all, record_page_models
from partybuilding.organizations.states import Sector
from search.finding import Answer, answer
from search.folding import fold
from search.kinds import PageKind
from search.models import Entry, Promotion

PER_PAGE = 20
#: Results of each kind while all kinds are shown.
PER_GROUP = 5
#: Hits whose facts are asked for by their keys; of more, all facts are read.
BY_KEY = 500
QUESTION_LENGTH = 100
FACETS = ("kind", "sector", "year")
Facts = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """A value that results can be narrowed to, with the number that it leaves."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass
class Results:
    """What a reader is shown for a question."""

    q: str
    answer: Answer
    facets: dict[str, list[Choice]]
    count: int
    page: PaginatorPage
    groups: list[tuple[Choice, list[Entry]]] = field(default_factory=list)
    promoted: list[Promotion] = field(default_factory=list)

    @property
    def chosen(self) -> dict[str, Choice]:
        """The values that are on, by their facet."""
        on = ((name, choice) for name, all_ in self.facets.items() for choice in all_)
        return {name: choice for name, choice in on if choice.chosen}


def clean(text: Any) -> str:
    """Return what somebody typed without control characters and not too long."""
    printable = "".join(c if c.isprintable() else " " for c in str(text)[: 4 * QUESTION_LENGTH])
    return " ".join(printable.split())[:QUESTION_LENGTH].strip()


def readable_pages(request: HttpRequest) -> QuerySet[Page]:
    """Return the pages of this site that everybody may read, the front page excepted."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    pages = open_to_all(Page.objects.descendant_of(site.root_page))
    for model in record_page_models():
        name = model.record_name
        public = machine_of(model._meta.get_field(name).related_model).table.public_states()
        hidden = model.objects.exclude(**{f"{name}__state__in": public})
        pages = pages.exclude(pk__in=hidden.order_by().values("pk"))
    shown = [year.pk for year in on_show(request).years]
    pages = pages.exclude(pk__in=ProjectYearPage.objects.exclude(pk__in=shown).values("pk"))
    # As a list of keys: the search engine takes no other conditions.
    return Page.objects.filter(pk__in=pages.order_by().values("pk"))


def search(request: HttpRequest, asked: Mapping[str, Any]) -> Results | None:
    """Answer a question; unknown values are ignored, without words nothing is looked for.

    Args:
        request: tells the site.
        asked: `q`, and perhaps `kind`, `sector`, `year`, `page`.
    """
    q = clean(asked.get("q") or "")
    if not q:
        return None
    pages = readable_pages(request)
    found = answer(q, pages)
    facts = facts_of(found.pks)
    on = chosen_values(facts, asked)
    facets = {name: choices(facts, on, name) for name in FACETS}
    kept = [row for row in facts if _fits(row, on)]
    kinds = [choice for choice in facets["kind"] if choice.count]
    grouped = "kind" not in on and len(kinds) > 1
    page = Paginator([row["page_id"] for row in kept], PER_PAGE).get_page(asked.get("page"))
    results = Results(q, found, facets, len(kept), page)
    if grouped:
        _group(results, kept, kinds)
    else:
        page.object_list = entries(page.object_list)
    if page.number == 1 and not on:
        results.promoted = promoted(q, pages)
    return results


def _group(results: Results, kept: Sequence[Facts], kinds: Sequence[Choice]) -> None:
    """Show the best of every kind, the kind of the best result first."""
    keys: dict[str, list[int]] = {}
    for row in kept:
        keys.setdefault(row["kind"], []).append(row["page_id"])
    best = {kind: rows[:PER_GROUP] for kind, rows in keys.items()}
    read = {entry.pk: entry for entry in entries([pk for rows in best.values() for pk in rows])}
    labels = {choice.value: choice for choice in kinds}
    results.groups = [
        (labels[kind], [read[pk] for pk in rows if pk in read]) for kind, rows in best.items()
    ]


def facts_of(pks: Sequence[int]) -> list[Facts]:
    """Return kind, field and year of pages, in their order."""
    rows = Entry.objects.all()
    if len(pks) <= BY_KEY:
        rows = rows.filter(pk__in=pks)
    known = {row["page_id"]: row for row in rows.values("page_id", *FACETS)}
    return [known[pk] for pk in pks if pk in known]


def chosen_values(facts: Sequence[Facts], asked: Mapping[str, Any]) -> dict[str, str]:
    """Return the values to narrow to, of those that the hits have."""
    said = {name: str(asked.get(name) or "") for name in FACETS}
    offered = {name: {str(row[name] or "") for row in facts} - {""} for name in FACETS}
    return {name: value for name, value in said.items() if value in offered[name]}


def choices(facts: Sequence[Facts], on: Mapping[str, str], name: str) -> list[Choice]:
    """Return the values of a facet with what each would leave, the other facets being as they are."""
    others = {other: value for other, value in on.items() if other != name}
    counts = Counter(str(row[name] or "") for row in facts if _fits(row, others))
    offered = {str(row[name] or "") for row in facts} - {""}
    labels = _labels(name, offered)
    return [
        Choice(value, str(label), counts[value], on.get(name) == value)
        for value, label in labels
        if value in offered
    ]


def _labels(name: str, offered: set[str]) -> list[tuple[str, Any]]:
    if name == "year":
        return [(year, year) for year in sorted(offered, reverse=True)]
    return list((PageKind if name == "kind" else Sector).choices)


def _fits(row: Facts, on: Mapping[str, str]) -> bool:
    return all(str(row[name] or "") == value for name, value in on.items())


def entries(pks: Sequence[int]) -> list[Entry]:
    """Return what results show of pages, in their order."""
    found = Entry.objects.select_related("page").in_bulk(list(pks))
    return [found[pk] for pk in pks if pk in found]


def promoted(q: str, pages: QuerySet) -> list[Promotion]:
    """Return the pages that editors put first for a question, of those that may be read."""
    folded = fold(q)
    fitting = [
        promotion
        for promotion in Promotion.objects.select_related("page")
        if any(word in folded for word in fold(promotion.words).split())
    ]
    if not fitting:
        return []
    readable = pages.filter(pk__in=[promotion.page_id for promotion in fitting])
    allowed = set(readable.order_by().values_list("pk", flat=True))
    return [promotion for promotion in fitting if promotion.page_id in allowed][:3]
