"""What the staff screen of a year's book shows of it: the cases to choose, and where each edition stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.casebook.models import CaseBook, Edition
from partybuilding.casebook.permissions import (
    user_can_publish_edition,
    user_can_withdraw_editions,
)
from partybuilding.casebook.rules import can_be_published, internal_lacks
from partybuilding.casebook.states import BuildStage, BuildStatus, EditionKind
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.core.types import AnyUser
from partybuilding.projects.page.facts import announced_grade

TONES = {
    BuildStatus.RUNNING: "active",
    BuildStatus.BUILT: "positive",
    BuildStatus.FAILED: "negative",
    BuildStatus.STOPPED: "waiting",
}
#: How much of the whole each stage is done when it begins, in percent.
BEGINS = {"gathering": 0, "glyphs": 15, "pictures": 20, "typesetting": 70}
SHARES = {"gathering": 15, "glyphs": 5, "pictures": 50, "typesetting": 30}


def rows_of(pages: Iterable[CaseStudyPage], first: int | None) -> list[dict[str, Any]]:
    """Return the rows of cases to choose from.

    Args:
        first: the place of the first of them in the book; None when they are not in it.
    """
    return [
        {
            "key": page.case_id,
            "title": page.title,
            "organization": page.case.project.told.organization,
            "unit": page.case.project.told.unit,
            "grade": announced_grade(page.case.project),
            "place": None if first is None else first + n,
            "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        }
        for n, page in enumerate(pages)
    ]


def percent_of(edition: Edition) -> int:
    """Return how far a build is, roughly, of a hundred."""
    begun, share = BEGINS.get(edition.stage, 0), SHARES.get(edition.stage, 0)
    return begun + (share * edition.done // edition.total if edition.total else 0)


def progress_of(edition: Edition) -> dict[str, Any]:
    """Return how far a build is, for the screen that asks every second."""
    stage = str(BuildStage(edition.stage).label)
    counted = edition.total > 1
    words = _("%(stage)s: %(done)s of %(total)s") if counted else "%(stage)s"
    facts = {"stage": stage, "done": edition.done, "total": edition.total}
    return {
        "running": edition.is_running,
        "percent": percent_of(edition),
        "words": words % facts,
    }


@dataclass(frozen=True)
class EditionRow:
    """One kind of edition: the newest build, what residents get, and what may be done."""

    kind: EditionKind
    newest: Edition | None
    offered: Edition | None
    remarks: list[str]
    may_publish: bool
    may_withdraw: bool

    @property
    def tone(self) -> str:
        """The look of where the newest build stands."""
        if self.newest is None:
            return ""
        status = BuildStatus(self.newest.status)
        silent = status == BuildStatus.RUNNING and not self.newest.is_running
        return TONES[BuildStatus.STOPPED if silent else status]

    @property
    def progress(self) -> dict[str, Any]:
        """How far the newest build is."""
        return progress_of(self.newest) if self.newest else {}

    @property
    def measures(self) -> list[str]:
        """What the making reported, in words."""
        told = self.newest.measures if self.newest else {}
        words = (
            ("pages", _("%(n)s pages")),
            ("sheets", _("%(n)s sheets")),
            ("thousand_signs", _("%(n)s thousand characters")),
            ("spine", _("spine %(n)s mm")),
        )
        return [text % {"n": told[name]} for name, text in words if name in told]


def edition_rows(book: CaseBook, user: AnyUser) -> list[EditionRow]:
    """Return a row for each kind of edition."""
    newest: dict[str, Edition] = {}
    offered: dict[str, Edition] = {}
    for edition in book.editions.select_related("built_by").defer("manifest").order_by("-pk"):
        edition.book = book
        newest.setdefault(edition.kind, edition)
        if edition.published_at and not edition.withdrawn_at:
            offered.setdefault(edition.kind, edition)
    return [_row(book, kind, newest.get(kind), offered.get(kind), user) for kind in EditionKind]


def _row(
    book: CaseBook,
    kind: EditionKind,
    newest: Edition | None,
    offered: Edition | None,
    user: AnyUser,
) -> EditionRow:
    remarks = []
    if kind == EditionKind.INTERNAL and (lacks := internal_lacks(book)):
        words = {"lacks": "、".join(lacks)}
        remarks.append(
            _("Still lacking: %(lacks)s. Until then a draft for approval is built.") % words
        )
    if offered and (lost := offered.lost_cases()):
        words = {"titles": "、".join(f"《{title}》" for title in lost)}
        remarks.append(
            _("Not handed out: it holds what was taken back since, %(titles)s. Build it anew.")
            % words
        )
    publishable = newest is not None and bool(can_be_published(newest))
    return EditionRow(
        kind=kind,
        newest=newest,
        offered=offered,
        remarks=remarks,
        may_publish=publishable and newest is not None and user_can_publish_edition(newest, user),
        may_withdraw=offered is not None and user_can_withdraw_editions(user),
    )
