"""A year with published cases and its case book, and editions as if they had been built."""

from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from partybuilding.casebook.gathering import gather, manifest_of
from partybuilding.casebook.models import CaseBook, Edition
from partybuilding.casebook.services import book_of
from partybuilding.casebook.states import BuildStatus, EditionKind
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.evaluation.arithmetic.canonical import digest
from tests.factories.projects import Cast, make_cast, make_project
from tests.factories.spread import make_case, publish_case_page
from tests.replay import replayed


@replayed
def make_case_page(cast: Cast | None = None, **fields: Any) -> CaseStudyPage:
    """Publish a case of a project of its own."""
    cast = cast or make_cast()
    case = make_case("selected", cast, make_project("graded", cast))
    return publish_case_page(case.page, cast)


@replayed
def make_book(cast: Cast, cases: int = 2) -> CaseBook:
    """Publish cases of a year, and begin its book with them."""
    for _ in range(cases):
        make_case_page(cast)
    return book_of(cast.cycle, by=cast["editor"])


#: What an internal publication must carry.
PERMIT = {
    "permit_number": "渝内字（2022）第18号",
    "compiled_by": "区委组织部",
    "addressed_to": "全区各级党组织",
    "printed_by": "示例印务有限公司",
    "printed_on": timezone.localdate(),
    "copies": 500,
}


def make_edition(
    book: CaseBook,
    kind: EditionKind = EditionKind.PUBLIC,
    by: Any = None,
    content: bytes = b"%PDF-1.7 as if it had been typeset",
) -> Edition:
    """Keep an edition as if the press had made it."""
    gathered = gather(book, kind, timezone.localdate())
    manifest = manifest_of(book, kind, timezone.localdate(), gathered, {})
    edition = Edition(
        book=book,
        kind=kind,
        status=BuildStatus.BUILT,
        manifest=manifest,
        cases=manifest["cases"],
        digest=digest(manifest),
        size=len(content),
        sha256=sha256(content).hexdigest(),
        built_at=timezone.now(),
        built_by=by,
        measures={"pages": 24},
    )
    edition.file.save("book.pdf", ContentFile(content), save=False)
    edition.save()
    return edition
