"""A draw repeated from what is stored: does the same come out again, and by which steps."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.arithmetic.lots import commitment_of, seed_of
from partybuilding.evaluation.models import Draw
from partybuilding.evaluation.selectors.drawing import exchanged, result_of


@dataclass(frozen=True)
class Check:
    """One step of the repetition: what was done, what came out, and whether it is what is stored."""

    said: str
    value: str
    is_same: bool


@dataclass(frozen=True)
class Repetition:
    """All steps of one repetition."""

    checks: tuple[Check, ...]

    @property
    def is_same(self) -> bool:
        """Whether every step gave what is stored."""
        return all(check.is_same for check in self.checks)


def repeated(draw: Draw) -> Repetition:
    """Repeat a draw that was held, from its list, its secret and the words of its witness."""
    list_digest = digest(draw.participants)
    commitment = commitment_of(draw.secret, list_digest)
    seed = seed_of(draw.secret, draw.witness_words)
    result = result_of(draw)
    for one in draw.swaps:
        result = exchanged(draw.participants, result, one["moves"])
    checks = [
        Check(
            _(
                "SHA-256 of the secret, a line break and the digest of the list gives the value that was published."
            ),
            commitment,
            commitment == draw.commitment,
        ),
        Check(
            _("SHA-256 of the secret, a line break and the words of the witness gives the seed."),
            seed,
            seed == draw.seed,
        ),
        Check(_drawn_again(draw), digest(result), result == draw.result),
    ]
    return Repetition(tuple(checks))


def _drawn_again(draw: Draw) -> str:
    if draw.swaps:
        said = _(
            "With this seed it was drawn again, and the %(n)s exchanges by hand were made again."
        )
        return said % {"n": len(draw.swaps)}
    return _("With this seed it was drawn again. The digest of the result:")
