"""One way to write data down, so that the same facts have the same digest on every machine; and roots of digests."""

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any


def canonical(data: Any) -> bytes:
    """Write data as JSON with sorted keys and nothing between them, in UTF-8.

    Raises:
        TypeError: a number is not whole; fractions are written as text (`text_of`).
    """
    _refuse_floats(data)
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _refuse_floats(data: Any) -> None:
    if isinstance(data, float):
        raise TypeError("Floating point differs between machines; write the number as text.")
    if isinstance(data, dict):
        for value in data.values():
            _refuse_floats(value)
    elif isinstance(data, list | tuple):
        for value in data:
            _refuse_floats(value)


def digest(data: Any) -> str:
    """Return the SHA-256 of data as it is written canonically."""
    return sha256(canonical(data)).hexdigest()


def text_of(value: Fraction) -> str:
    """Write an exact number: "85", "427/5"."""
    return str(value)


def root_of(seals: Iterable[str]) -> str:
    """Return the Merkle root of seals, which do not have to come in any order.

    Leaves and knots are hashed apart (a leading 0 or 1), so that no knot can pass for a seal. A seal
    without a neighbour goes up as it is. Nothing has the root "".
    """
    level = [_hash("0", seal) for seal in sorted(seals)]
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [_hash("1", *pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0] if level else ""


def _hash(kind: str, *parts: str) -> str:
    return sha256("".join((kind, *parts)).encode()).hexdigest()


def seal_of(sheet: Sequence[Any] | dict[str, Any], salt: str) -> str:
    """Seal a sheet: the digest of what stands on it and of a number that nobody can guess."""
    return digest({"sheet": sheet, "salt": salt})
