"""Drawing lots that anyone can repeat: a stream of numbers that follows from a seed alone."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")
#: How many different numbers one step of the stream can give.
SIZE = 2**64


def seed_of(secret: str, witness: str) -> str:
    """Return the seed of a draw: of the secret whose digest was published before, and the witness's words."""
    return sha256(f"{secret}\n{witness}".encode()).hexdigest()


def commitment_of(secret: str, participants: str) -> str:
    """Return what is published the day before: it binds the secret and those among whom is drawn.

    Args:
        participants: the digest of the list.
    """
    return sha256(f"{secret}\n{participants}".encode()).hexdigest()


class Lots:
    """The stream of a seed: number n is the first 8 bytes of SHA-256("seed:n"), n from 0 on."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.drawn = 0

    def _number(self) -> int:
        block = sha256(f"{self.seed}:{self.drawn}".encode()).digest()
        self.drawn += 1
        return int.from_bytes(block[:8], "big")

    def below(self, bound: int) -> int:
        """Draw a whole number from 0 to below a bound; numbers that would favour some are passed over."""
        fair = SIZE - SIZE % bound
        while (number := self._number()) >= fair:
            pass
        return number % bound

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return the things in an order by lot (Fisher and Yates, from the last place down)."""
        order = list(things)
        for last in range(len(order) - 1, 0, -1):
            chosen = self.below(last + 1)
            order[last], order[chosen] = order[chosen], order[last]
        return order


def lot_of(seed: str, thing: str) -> str:
    """Return a thing's lot, which decides a tie that nothing else breaks: the smaller comes first."""
    return sha256(f"{seed}\n{thing}".encode()).hexdigest()
