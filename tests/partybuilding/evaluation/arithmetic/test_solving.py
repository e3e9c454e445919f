"""Systems are solved to the last digit, and refused where they have no single solution."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from partybuilding.evaluation.arithmetic.solving import PRIMES, solve


def solved(matrix: list[list[int]], right: list[int]) -> list[Fraction]:
    numbers, divisor = solve(matrix, right)
    return [Fraction(number, divisor) for number in numbers]


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    size = draw(st.integers(1, 6))
    row = st.lists(
        st.integers(-9, 9) | st.integers(-(10**12), 10**12), min_size=size, max_size=size
    )
    return draw(st.lists(row, min_size=size, max_size=size)), draw(row)


@given(systems())
def test_what_is_found_solves_the_system(system: tuple[list[list[int]], list[int]]) -> None:
    matrix, right = system
    try:
        found = solved(matrix, right)
    except ZeroDivisionError:
        assume(False)
    for row, value in zip(matrix, right, strict=True):
        assert sum(a * b for a, b in zip(row, found, strict=True)) == value


def test_a_system_without_a_single_solution_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        solve([[1, 1], [2, 2]], [1, 2])


def test_a_system_is_solved_whose_first_pivot_is_nought() -> None:
    assert solved([[0, 2], [3, 0]], [4, 9]) == [3, 2]


def test_a_system_that_one_prime_cannot_solve_is_solved_after_another() -> None:
    assert solved([[PRIMES[0], 0], [0, 7]], [3, 5]) == [Fraction(3, PRIMES[0]), Fraction(5, 7)]


def test_nothing_asked_is_nothing_found() -> None:
    assert solve([], []) == ([], 1)
