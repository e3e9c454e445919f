"""How many points a fault costs: our own reading of the inspection, meant to warn early, not to foretell its result."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Text
from partybuilding.inspection.states import FaultKind

if TYPE_CHECKING:
    from partybuilding.inspection.checks import Fault

FULL = Decimal(100)


@dataclass(frozen=True)
class Price:
    """What a kind of fault costs.

    Args:
        each: points for each fault.
        most: the most points that all of them cost.
        why: why it counts.
    """

    each: Decimal
    most: Decimal
    why: Text


PRICES = {
    FaultKind.WORD: Price(
        Decimal(2),
        Decimal(20),
        _("Grave slips of wording fail a site on their own; others cost points one by one."),
    ),
    FaultKind.EMPTY: Price(
        Decimal(5), Decimal(20), _("A column without content counts as empty (空白栏目).")
    ),
    FaultKind.STALE: Price(
        Decimal(5),
        Decimal(20),
        _("News that is older than two weeks counts as not kept up to date."),
    ),
    FaultKind.DEAD_INSIDE: Price(
        Decimal(1),
        Decimal(20),
        _("A link within the site that leads nowhere is the site's own fault."),
    ),
    FaultKind.DEAD_OUTSIDE: Price(
        Decimal("0.5"), Decimal(10), _("A link to another site has to be right or taken out.")
    ),
    FaultKind.NO_DATE: Price(
        Decimal("0.5"), Decimal(5), _("Every text shows when it was published.")
    ),
    FaultKind.NO_SOURCE: Price(Decimal("0.5"), Decimal(5), _("Every text names its source.")),
    FaultKind.NO_ALT: Price(
        Decimal("0.2"), Decimal(5), _("Readers who cannot see a picture have it read aloud.")
    ),
}


@dataclass(frozen=True)
class Deduction:
    """What all faults of a kind cost."""

    kind: FaultKind
    count: int
    price: Price

    @property
    def points(self) -> Decimal:
        """The points, never more than the most."""
        return min(self.count * self.price.each, self.price.most)

    @property
    def shown(self) -> str:
        """The points in figures."""
        return plain(self.points)


def plain(points: Decimal) -> str:
    """Write points without figures that say nothing."""
    return f"{points.normalize():f}"


def deductions_of(faults: Iterable["Fault"]) -> list[Deduction]:
    """Return what every kind of fault costs, those without a fault too."""
    counts = Counter(fault.kind for fault in faults)
    return [Deduction(kind, counts[kind], PRICES[kind]) for kind in FaultKind]


def score_of(deductions: Iterable[Deduction]) -> Decimal:
    """Return what is left of a hundred points."""
    return max(FULL - sum((one.points for one in deductions), Decimal(0)), Decimal(0))
