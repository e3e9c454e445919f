"""The money of the grades, to the yuan."""

from collections.abc import Mapping, Sequence

from partybuilding.evaluation.arithmetic.facts import (
    Grade,
    Row,
)


def divided(total: int, shares: Sequence[int]) -> list[int]:
    """Divide whole yuan by shares; what is left over goes to the largest remainders, of equal ones to the first.

    Args:
        shares: whole and not negative; at least one is above 0 unless nothing is to be divided.
    """
    whole = sum(shares)
    if not whole:
        return [0 for _ in shares]
    found = [total * share // whole for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda at: (-(total * shares[at] % whole), at))
    for at in by_rest[: total - sum(found)]:
        found[at] += 1
    return found


def money_of(grades: Sequence[Grade], rows: Sequence[Row]) -> dict[str, int]:
    """Return the yuan of every project; those without a grade have none.

    A pool is divided equally; where it does not come out even, the higher rank has the yuan more.
    """
    found = {row.project: 0 for row in rows}
    for grade in grades:
        takers = [row.project for row in rows if row.grade == grade.code]
        each = (
            divided(grade.yuan, [1] * len(takers)) if grade.is_pool else [grade.yuan] * len(takers)
        )
        found.update(zip(takers, each, strict=True))
    return found


def shared_out(yuan: int, carriers: Sequence[str], shares: Mapping[str, int]) -> dict[str, int]:
    """Divide a project's money among those who carry it out, the leading one first.

    Args:
        shares: by carrier; who is not named has 1.
    """
    parts = divided(yuan, [shares.get(carrier, 1) for carrier in carriers])
    return dict(zip(carriers, parts, strict=True))
