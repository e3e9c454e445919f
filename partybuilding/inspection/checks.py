"""Everything that an inspection would find: each fault with its page, its place, and the way to mend it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partybuilding.column.waiting.columns import stale_columns
from partybuilding.core import rooms
from partybuilding.core.types import AnyUser
from partybuilding.inspection.models import ADDRESS_LENGTH, OutsideLink, WatchedWord
from partybuilding.inspection.reading import Link
from partybuilding.inspection.rules import Deduction, deductions_of, plain, score_of
from partybuilding.inspection.selectors import Addresses, Sheet, sheets
from partybuilding.inspection.states import FaultKind


@dataclass(frozen=True)
class Fault:
    """One thing that is amiss.

    Args:
        where: the title of the page, or the name of the column.
        place: the place within it.
        what: what is amiss, in a sentence.
        url: the address in the CMS at which it is mended.
    """

    kind: FaultKind
    where: str
    place: str
    what: str
    url: str


class Inspection:
    """One look over all public pages."""

    def __init__(self, user: AnyUser, today: date, hosts: Iterable[str] = ()) -> None:
        self.user, self.today = user, today
        self.addresses = Addresses(hosts)

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The public pages."""
        return list(sheets())

    @cached_property
    def faults(self) -> list[Fault]:
        """Everything that is amiss, by kind, then in the order of the pages."""
        checks: tuple[Callable[[], Iterator[Fault]], ...] = (
            self.words,
            self.empty,
            self.stale,
            self.links,
            self.undated,
            self.pictures,
        )
        order = list(FaultKind)
        found = (fault for check in checks for fault in check())
        return sorted(found, key=lambda fault: order.index(fault.kind))

    @cached_property
    def deductions(self) -> list[Deduction]:
        """What every kind of fault costs."""
        return deductions_of(self.faults)

    @property
    def score(self) -> str:
        """What is left of a hundred points."""
        return plain(score_of(self.deductions))

    @cached_property
    def outside(self) -> list[str]:
        """The addresses of other sites to which the pages lead, each once."""
        links = (link.target for sheet in self.sheets for link in sheet.contents.links)
        found = {one for one in links if self.addresses.is_outside(one)}
        return sorted(one for one in found if len(one) <= ADDRESS_LENGTH)

    def words(self) -> Iterator[Fault]:
        """Yield the words of the list that stand in a page, each once a place."""
        watched = {row.word.casefold(): row for row in WatchedWord.objects.all()}
        if not watched:
            return
        # A better word that holds the wrong one within it is no fault.
        right = {row.better.casefold() for word, row in watched.items()}
        longest = sorted({*watched, *filter(None, right)}, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest)), re.IGNORECASE)
        for sheet in self.sheets:
            for place, text in sheet.contents.words:
                for word in dict.fromkeys(map(str.casefold, pattern.findall(text))):
                    if word in watched:
                        yield _fault(FaultKind.WORD, sheet, place, _about(watched[word]))

    def empty(self) -> Iterator[Fault]:
        """Yield the written columns in which there is nothing to read."""
        for part in rooms.collect("index_pages"):
            page = part.model.objects.live().first() if part.is_written else None
            if page is not None and not part.model.has_something_to_read():
                url = reverse("wagtailadmin_explore", args=[page.pk])
                what = _("There is nothing to read in it.")
                yield Fault(FaultKind.EMPTY, page.title, "", what, url)

    def stale(self) -> Iterator[Fault]:
        """Yield the columns that have gone too long without anything new."""
        for column, newest in stale_columns(self.today):
            facts = {
                "day": date_format(newest, "DATE_FORMAT"),
                "days": (self.today - newest).days,
                "most": column.days,
            }
            what = _("The newest is of %(day)s, %(days)s days ago; at most %(most)s are allowed.")
            yield Fault(FaultKind.STALE, str(column.label), "", what % facts, column.url(self.user))

    def links(self) -> Iterator[Fault]:
        """Yield the links that lead nowhere; those to other sites as they answered last."""
        dead = dict(OutsideLink.objects.exclude(fault="").values_list("address", "fault"))
        for sheet in self.sheets:
            for link in sheet.contents.links:
                if link.kind == "address" and link.target in dead:
                    facts = {**_told(link), "fault": dead[link.target]}
                    what = _("“%(words)s” leads to %(target)s: %(fault)s") % facts
                    yield _fault(FaultKind.DEAD_OUTSIDE, sheet, link.place, what)
                elif not self.addresses.leads_somewhere(link.kind, link.target):
                    yield _fault(FaultKind.DEAD_INSIDE, sheet, link.place, _dead(link))

    def undated(self) -> Iterator[Fault]:
        """Yield the texts without date or source."""
        for sheet in self.sheets:
            if sheet.is_text and sheet.published is None:
                what = _("It does not say when it was published.")
                yield _fault(FaultKind.NO_DATE, sheet, "", what)
            if sheet.is_text and sheet.source == "":
                what = _("It does not say who stands behind it.")
                yield _fault(FaultKind.NO_SOURCE, sheet, "", what)

    def pictures(self) -> Iterator[Fault]:
        """Yield the pictures without words that stand for them."""
        for sheet in self.sheets:
            for place, alt in sheet.contents.pictures:
                if not alt.strip():
                    what = _("The picture has no text alternative.")
                    yield _fault(FaultKind.NO_ALT, sheet, place, what)


def _fault(kind: FaultKind, sheet: Sheet, place: str, what: str) -> Fault:
    url = reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    return Fault(kind, sheet.title, capfirst(place), what, url)


def _told(link: Link) -> dict[str, str]:
    return {"words": link.words or link.target, "target": link.target}


def _dead(link: Link) -> str:
    if link.kind == "page":
        return _("“%(words)s” leads to a page that residents cannot read.") % {
            "words": link.words or _("A chosen page")
        }
    if link.kind == "document":
        return _("“%(words)s” leads to a document that is gone.") % {
            "words": link.words or _("A chosen document")
        }
    return _("“%(words)s” leads to %(target)s, which is no address of the site.") % _told(link)


def _about(row: WatchedWord) -> str:
    facts = {"word": row.word, "better": row.better}
    what = (
        _("“%(word)s” stands here; better: %(better)s.")
        if row.better
        else _("“%(word)s” stands here.")
    )
    return f"{what % facts}{row.reason}"
