"""Points as people read them: rounded half up, and with more digits where two would look alike and differ."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

#: Digits behind the point, and where two different numbers would read alike.
DIGITS, MORE_DIGITS = 2, 4


def rounded(value: Fraction, digits: int = DIGITS) -> str:
    """Write a number with so many digits behind the point, 四舍五入: half goes up."""
    unit = Decimal(1).scaleb(-digits)
    exact = Fraction(value) / Fraction(unit)
    sign = -1 if exact < 0 else 1
    whole = sign * int((abs(exact) * 2 + 1) // 2)
    return f"{(Decimal(whole) * unit).quantize(unit, rounding=ROUND_HALF_UP):f}"


def rounded_apart(values: Iterable[Fraction]) -> list[str]:
    """Write numbers in their order; neighbours that differ and would read alike get four digits."""
    numbers = list(values)
    found = [rounded(value) for value in numbers]
    for at in range(1, len(numbers)):
        if numbers[at] != numbers[at - 1] and rounded(numbers[at]) == rounded(numbers[at - 1]):
            found[at - 1] = rounded(numbers[at - 1], MORE_DIGITS)
            found[at] = rounded(numbers[at], MORE_DIGITS)
    return found
