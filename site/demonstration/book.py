"""Put the case book of 2022 together, and let residents have it: what an editor builds, a publisher publishes."""

from datetime import date

from demonstration.content import BOOK
from demonstration.editing import Desk
from demonstration.people import Company
from demonstration.stage import at, work_day
from partybuilding.casebook.services import book_of, build_edition, publish_edition, save_book
from partybuilding.casebook.states import EditionKind
from partybuilding.cycles.models import Cycle

#: After the last case was published.
MADE_ON, PUBLISHED_ON = date(2023, 3, 28), date(2023, 3, 30)


def make_book(company: Company, cycle: Cycle) -> None:
    """Make the web edition with all cases of the year, by grade and unit."""
    desk = Desk(company, 0)
    with at(work_day(MADE_ON)):
        book = book_of(cycle, by=desk.editor)
        board = [{"role": role, "names": names.split("、")} for role, names in BOOK.board]
        lines = {name: getattr(BOOK, name) for name in ("title", "subtitle", "issuer")}
        texts = {n: "\n".join(getattr(BOOK, n)) for n in ("foreword", "notes", "afterword")}
        book = save_book(book, {**lines, **texts, "board": board}, by=desk.editor)
        edition = build_edition(book, EditionKind.PUBLIC, by=desk.editor)
    with at(work_day(PUBLISHED_ON)):
        publish_edition(edition, by=desk.publisher)
