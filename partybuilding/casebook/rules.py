"""What must hold before an edition is built or published: pure questions to the record."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partybuilding.casebook.press.words import INTERNAL_WORDS
from partybuilding.casebook.states import FOR_RESIDENTS, BuildStatus
from partybuilding.core.rules import YES, Verdict, fit_for_all, refuse, together, verdict

if TYPE_CHECKING:
    from partybuilding.casebook.models import CaseBook, Edition

#: What an internal publication must carry (内部资料性出版物管理办法, articles 14 and 15).
INTERNAL_FIELDS = (
    "permit_number",
    "compiled_by",
    "addressed_to",
    "printed_by",
    "printed_on",
    "copies",
)


def internal_lacks(book: "CaseBook") -> list[str]:
    """Return the labels of what an internal publication still lacks."""
    return [
        str(book._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in INTERNAL_FIELDS
        if not getattr(book, name)
    ]


def says_nothing_internal(texts: Iterable[str]) -> Verdict:
    """Ask whether texts for residents are free of the words of an internal publication."""
    found = sorted({word for word in INTERNAL_WORDS if any(word in text for text in texts)})
    if not found:
        return YES
    words = {"words": "、".join(f"“{word}”" for word in found)}
    return refuse(
        _(
            "The front matter says %(words)s, which no edition for residents may carry; take it out first."
        )
        % words
    )


def fit_for_residents(texts: Iterable[str]) -> Verdict:
    """Ask whether everybody may read the front matter: nothing internal, no number of a person."""
    texts = list(texts)
    return together((says_nothing_internal(texts), fit_for_all(texts)))


def can_be_published(edition: "Edition") -> Verdict:
    """Ask whether residents may get an edition."""
    return verdict(
        sentence
        for lacking, sentence in (
            (
                edition.kind not in FOR_RESIDENTS,
                _("The internal publication and what goes to the press are never published."),
            ),
            (edition.status != BuildStatus.BUILT, _("The edition is not built.")),
            (edition.published_at is not None, _("The edition was published before.")),
            (
                bool(edition.lost_cases()),
                _("It holds cases that residents no longer read; build it anew."),
            ),
        )
        if lacking
    )
