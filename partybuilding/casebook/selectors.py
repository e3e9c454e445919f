"""Read case books: the cases that may be chosen, a book with its cases, and what residents get of it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from partybuilding.casebook.models import CaseBook, Edition
from partybuilding.casebook.states import FOR_RESIDENTS
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.cycles.models import Cycle
from partybuilding.projects.page.facts import is_announced


def pages_of_year(year: int) -> QuerySet[CaseStudyPage]:
    """Return the case pages of a year that residents may read: what may stand in its book."""
    rows = CaseStudyPage.objects.readable().filter(case__project__cycle__year=year)
    return rows.select_related(
        "lead_image",
        "case__project__cycle",
        "case__project__organization__unit",
        "case__project__grade_class",
    ).prefetch_related("case__project__partners__organization")


def by_grade(pages: Iterable[CaseStudyPage]) -> list[CaseStudyPage]:
    """Return pages in the order that a book has by itself: by grade, then by unit, then by number."""
    return sorted(pages, key=_place_of)


def _place_of(page: CaseStudyPage) -> tuple[int, str, str]:
    project = page.case.project
    grade = project.grade_class if is_announced(project) else None
    place = grade.sort_order if grade is not None and grade.sort_order is not None else 99
    unit = project.organization.unit
    return place, unit.code_key if unit else "", project.code or ""


def in_order(book: CaseBook) -> list[CaseStudyPage]:
    """Return the pages of a book's cases in their order; what residents no longer read is left out."""
    pages = {page.case_id: page for page in pages_of_year(book.cycle.year)}
    keys = book.entries.values_list("case", flat=True)
    return [pages[key] for key in keys if key in pages]


def chosen_and_others(
    cycle: Cycle, book: CaseBook | None
) -> tuple[list[CaseStudyPage], list[CaseStudyPage]]:
    """Return the pages chosen for a year's book in their order, and those that may still be."""
    pages = by_grade(pages_of_year(cycle.year))
    if book is None:
        return [], pages
    places = dict(book.entries.values_list("case", "place"))
    chosen = [page for page in pages if page.case_id in places]
    others = [page for page in pages if page.case_id not in places]
    return sorted(chosen, key=lambda page: places[page.case_id]), others


def years_with_cases() -> list[dict[str, Any]]:
    """Return every year that has cases or a book, the newest first, each with both."""
    rows = CaseStudyPage.objects.readable().values_list("case__project__cycle", flat=True)
    numbers: dict[int, int] = {}
    for key in rows.order_by():
        numbers[key] = numbers.get(key, 0) + 1
    books = {book.cycle_id: book for book in CaseBook.objects.prefetch_related("entries")}
    cycles = Cycle.objects.filter(pk__in={*numbers, *books}).order_by("-year")
    return [
        {"cycle": cycle, "cases": numbers.get(cycle.pk, 0), "book": books.get(cycle.pk)}
        for cycle in cycles
    ]


def two_were_gathered(cycle: Cycle) -> bool:
    """Tell whether a year's book has two editions whose texts can be compared."""
    return Edition.objects.filter(book__cycle=cycle).exclude(digest="")[1:2].exists()


def offered_editions(year: int) -> list[Edition]:
    """Return the newest edition of each kind that residents get of a year's book, in the order of the kinds.

    One that holds a case which was taken back since is not handed out.
    """
    rows = Edition.objects.offered().filter(book__cycle__year=year).select_related("book__cycle")
    newest: dict[str, Edition] = {}
    for edition in rows.order_by("-published_at"):
        newest.setdefault(edition.kind, edition)
    found = [newest[kind] for kind in FOR_RESIDENTS if kind in newest]
    return [edition for edition in found if not edition.lost_cases()]


def published_books() -> list[CaseBook]:
    """Return the books of which residents get or got an edition, the newest year first."""
    keys = Edition.objects.published().values("book")
    return list(CaseBook.objects.filter(pk__in=keys).select_related("cycle"))


def official(year: int, sha256: str) -> Edition | None:
    """Return the edition of a year's book that was published with this hash."""
    rows = Edition.objects.published().filter(book__cycle__year=year, sha256=sha256)
    return rows.select_related("book").order_by("-published_at").first()


def file_names() -> set[str]:
    """Return the names of the stored files of all editions, their covers included."""
    rows = Edition.objects.values_list("file", "cover")
    return {name for row in rows for name in row if name}
