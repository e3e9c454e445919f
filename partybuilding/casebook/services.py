"""Write the case book: its front matter, its cases in their order; begin and stop builds; publish and withdraw."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.casebook import rules
from partybuilding.casebook.building import build, build_in_background
from partybuilding.casebook.models import BookCase, CaseBook, Edition
from partybuilding.casebook.permissions import (
    user_can_edit_books,
    user_can_publish_edition,
    user_can_withdraw_editions,
)
from partybuilding.casebook.selectors import by_grade, in_order, pages_of_year
from partybuilding.casebook.states import FOR_RESIDENTS, BuildStatus, EditionKind
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.rules import Verdict
from partybuilding.core.services import note
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import IssuingBody

#: What an editor writes of a book; the board is handed over as it is kept.
FIELDS = (
    *("title", "subtitle", "issuer", "board", "foreword", "notes", "afterword"),
    *("size", "paper", "multiple", "permit_number", "compiled_by", "addressed_to"),
    *("printed_by", "printed_on", "copies"),
)
#: The parts of the front matter that an edition for residents shows.
SHOWN = ("title", "subtitle", "issuer", "foreword", "notes", "afterword")


def new_book(cycle: Cycle) -> CaseBook:
    """Return a book for a year with what can be proposed, not saved."""
    body = IssuingBody.on(timezone.localdate())
    return CaseBook(
        cycle=cycle,
        title=_("Cases of the innovation projects of grassroots Party building %(year)s")
        % {"year": cycle.year},
        issuer=body.name,
    )


def book_of(cycle: Cycle, *, by: AnyUser | None) -> CaseBook:
    """Return a year's book, begun with all its cases in the order of grades when there is none yet.

    Raises:
        NotYours: books are put together by editors and publishers.
    """
    _may_edit(by)
    with transaction.atomic():
        Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
        found = CaseBook.objects.filter(cycle=cycle).first()
        if found:
            return found
        book = new_book(cycle)
        book.save()
        pages = by_grade(pages_of_year(cycle.year))
        _write_order(book, [page.case_id for page in pages])
        note(cycle, "book", by=by, data={"cases": len(pages)})
    return book


def save_book(book: CaseBook, values: Mapping[str, Any], *, by: AnyUser) -> CaseBook:
    """Write what stands before and behind the cases, and how the book is printed.

    Raises:
        NotYours: books are put together by editors and publishers.
    """
    _may_edit(by)
    with transaction.atomic():
        locked = CaseBook.objects.select_for_update(of=("self",)).get(pk=book.pk)
        changed = [
            name for name in FIELDS if name in values and getattr(locked, name) != values[name]
        ]
        for name in changed:
            setattr(locked, name, values[name])
        if changed:
            locked.save()
            note(locked.cycle, "book", by=by, data={"fields": changed})
    return locked


def arrange(book: CaseBook, cases: Iterable[int], *, by: AnyUser) -> list[int]:
    """Choose a book's cases and their order; what residents cannot read is left out.

    Args:
        cases: the keys of case studies in the order in which they shall stand.

    Raises:
        NotYours: books are put together by editors and publishers.
    """
    _may_edit(by)
    with transaction.atomic():
        locked = CaseBook.objects.select_for_update(of=("self",)).get(pk=book.pk)
        offered = set(pages_of_year(locked.cycle.year).values_list("case", flat=True))
        wanted = [key for key in dict.fromkeys(cases) if key in offered]
        before = list(locked.entries.values_list("case", flat=True))
        if wanted != before:
            _write_order(locked, wanted)
            note(locked.cycle, "book", by=by, data={"cases": len(wanted)})
    return wanted


def arrange_by_grade(book: CaseBook, *, by: AnyUser) -> list[int]:
    """Put the chosen cases into the order that a book has by itself: by grade, then by unit.

    Raises:
        NotYours: books are put together by editors and publishers.
    """
    pages = by_grade(in_order(book))
    return arrange(book, [page.case_id for page in pages], by=by)


def _write_order(book: CaseBook, cases: list[int]) -> None:
    book.entries.all().delete()
    BookCase.objects.bulk_create(
        BookCase(book=book, case_id=key, place=place) for place, key in enumerate(cases, start=1)
    )


def begin_build(book: CaseBook, kind: EditionKind, *, by: AnyUser | None) -> Edition:
    """Begin to build an edition, and return before it is made; `make` or the background goes on.

    Raises:
        NotYours: books are built by editors and publishers.
        ConditionUnmet: no case is chosen, another build is running, or residents would read what is internal.
    """
    _may_edit(by)
    with transaction.atomic():
        locked = CaseBook.objects.select_for_update(of=("self",)).get(pk=book.pk)
        if Edition.objects.running().exists():
            raise ConditionUnmet(
                [_("Another edition is being built; wait until it is done, or stop it.")]
            )
        if not in_order(locked):
            raise ConditionUnmet([_("Choose the cases of the book first.")])
        if kind in FOR_RESIDENTS:
            _demand(rules.fit_for_residents(_shown_texts(locked)))
        given_up = Edition.objects.filter(status=BuildStatus.RUNNING)
        given_up.update(status=BuildStatus.STOPPED)
        assert by is None or by.is_authenticated
        return Edition.objects.create(book=locked, kind=kind, built_by=by)


def build_edition(book: CaseBook, kind: EditionKind, *, by: AnyUser | None, **told: Any) -> Edition:
    """Build an edition and return when it is done, however it ended.

    Args:
        told: `told`, a function that is called with how far it is.

    Raises:
        NotYours, ConditionUnmet: as `begin_build`.
    """
    return build(begin_build(book, kind, by=by), **told)


def start_build(book: CaseBook, kind: EditionKind, *, by: AnyUser) -> Edition:
    """Build an edition in the background.

    Raises:
        NotYours, ConditionUnmet: as `begin_build`.
    """
    edition = begin_build(book, kind, by=by)
    transaction.on_commit(lambda: build_in_background(edition))
    return edition


def rebuild(edition: Edition, *, by: AnyUser) -> Edition:
    """Build an edition again from its own manifest: the same pages, the same bytes.

    Raises:
        NotYours, ConditionUnmet: as `begin_build`; it has no manifest.
    """
    if not edition.manifest:
        raise ConditionUnmet([_("This edition has no manifest; build it from the pages.")])
    begun = begin_build(edition.book, EditionKind(edition.kind), by=by)
    begun.take(edition.manifest, edition.digest)
    return begun


def stop_build(edition: Edition, *, by: AnyUser) -> None:
    """Stop a build; its child is ended within a second or two.

    Raises:
        NotYours: books are built by editors and publishers.
    """
    _may_edit(by)
    running = Edition.objects.filter(pk=edition.pk, status=BuildStatus.RUNNING)
    running.update(status=BuildStatus.STOPPED)


def publish_edition(edition: Edition, *, by: AnyUser) -> Edition:
    """Let residents get an edition; the one of its kind that they got before steps back.

    Raises:
        NotYours: a publisher other than its builder publishes it.
        ConditionUnmet: it is internal, not built, published before, or holds a case that was taken back.
    """
    with transaction.atomic():
        locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if not user_can_publish_edition(locked, by):
            raise NotYours([_("An edition is published by a publisher who did not build it.")])
        _demand(rules.can_be_published(locked))
        assert by.is_authenticated
        locked.published_at, locked.published_by = timezone.now(), by
        locked.save(update_fields=["published_at", "published_by"])
        facts = {"edition": locked.kind, "sha256": locked.sha256, "manifest": locked.digest}
        note(locked.book.cycle, "book_published", by=by, data=facts)
    return locked


def withdraw_edition(edition: Edition, *, by: AnyUser, reason: str) -> Edition:
    """Hand an edition out no longer; that it was official, and why no longer, stays to be read.

    Raises:
        NotYours: publishers and the department take editions back.
        ConditionUnmet: it is not handed out, or the reason is missing.
    """
    if not user_can_withdraw_editions(by):
        raise NotYours([_("Publishers and the department take editions back.")])
    if not reason.strip():
        raise ConditionUnmet([_("Give the reason, which everybody can read.")])
    with transaction.atomic():
        locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if locked.published_at is None or locked.withdrawn_at is not None:
            raise ConditionUnmet([_("Residents do not get this edition.")])
        locked.withdrawn_at, locked.withdrawn_reason = timezone.now(), reason.strip()
        locked.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        facts = {"edition": locked.kind, "sha256": locked.sha256}
        note(locked.book.cycle, "book_withdrawn", by=by, reason=reason, data=facts)
    return locked


def _shown_texts(book: CaseBook) -> list[str]:
    board = [f"{row['role']}{''.join(row['names'])}" for row in book.board]
    return [*(getattr(book, name) for name in SHOWN), *board]


def _may_edit(by: AnyUser | None) -> None:
    """Let editors; a command of the server acts as nobody."""
    if by is not None and not user_can_edit_books(by):
        raise NotYours([_("The case book is put together by editors and publishers.")])


def _demand(answer: Verdict) -> None:
    if not answer:
        raise ConditionUnmet(answer.reasons)
