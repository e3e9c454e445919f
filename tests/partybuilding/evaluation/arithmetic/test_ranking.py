"""From scores to grades: whatever the order, never more than places, ties and gaps named."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partybuilding.evaluation.arithmetic import stability
from partybuilding.evaluation.arithmetic.facts import (
    Entry,
    Grade,
    Incomplete,
    Inputs,
    Override,
    Rules,
)
from partybuilding.evaluation.arithmetic.methods import METHODS, trimmed
from partybuilding.evaluation.arithmetic.money import divided, money_of, shared_out
from partybuilding.evaluation.arithmetic.ranking import table_of
from partybuilding.evaluation.arithmetic.severity import Sheet
from partybuilding.evaluation.arithmetic.stability import compared, firmness_of
from tests.partybuilding.evaluation.arithmetic.years import GRADES, WEIGHTS, year


@given(seed=st.integers(0, 10_000), method=st.sampled_from(METHODS), robust=st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_it_is_given_does_not_matter(
    seed: int, method: str, robust: bool
) -> None:
    inputs = year(seed, method=method, robust=robust)
    random = Random(seed)
    mixed = replace(
        inputs,
        entries=tuple(random.sample(inputs.entries, len(inputs.entries))),
        sheets=tuple(random.sample(inputs.sheets, len(inputs.sheets))),
        peers=tuple(random.sample(inputs.peers, len(inputs.peers))),
    )
    assert table_of(mixed).rows == table_of(inputs).rows


@given(seed=st.integers(0, 10_000), standardise=st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_grade_takes_more_than_its_places(seed: int, standardise: bool) -> None:
    table = table_of(year(seed, standardise=standardise))
    given_out = list(table.grades.values())
    assert [given_out.count(code) for code in ("first", "second", "")] == [2, 3, 3]
    ranks = [row.rank for row in table.rows]
    assert ranks == sorted(ranks)
    assert [row.composite for row in table.rows] == sorted(
        (row.composite for row in table.rows), reverse=True
    )


def plain(*points: int, **rules: object) -> Inputs:
    """One judge, one project for each number of points; nothing else counts."""
    told = Rules({"expert": 100}, GRADES, method="raw", sheets_needed=1, **rules)  # type: ignore[arg-type]
    entries = tuple(Entry(f"p{at}") for at in range(len(points)))
    sheets = tuple(Sheet("j", f"p{at}", Fraction(value)) for at, value in enumerate(points))
    return Inputs(told, entries, sheets)


def test_a_tie_across_a_boundary_stops_the_run_and_is_named() -> None:
    with pytest.raises(Incomplete) as told:
        table_of(plain(95, 90, 90, 80, ties=("expert", "daily")))
    (fault,) = told.value.faults
    assert (fault.code, fault.number, fault.projects) == ("tie", 2, ("p1", "p2"))


def test_a_tie_inside_a_grade_shares_the_rank() -> None:
    rows = table_of(plain(95, 95, 90, 80)).rows
    assert [row.rank for row in rows] == [1, 1, 3, 4]


def test_the_first_rule_that_differs_decides_a_tie() -> None:
    rules = Rules(WEIGHTS, GRADES, method="raw", sheets_needed=1, ties=("peer", "daily"))
    entries = (
        Entry("a", daily=(Fraction(80),), initial=Fraction(80)),
        Entry("b", daily=(Fraction(90),), initial=Fraction(80)),
    )
    sheets = (Sheet("j", "a", Fraction(90)), Sheet("j", "b", Fraction(86)))
    peers = (Sheet("o", "a", Fraction(70)), Sheet("o", "b", Fraction(70)))
    rows = table_of(Inputs(rules, entries, sheets, peers)).rows
    assert [(row.project, row.rank, row.tie) for row in rows] == [("b", 1, ""), ("a", 2, "daily")]


def test_a_lot_breaks_what_nothing_else_breaks_and_gives_the_same_again() -> None:
    first = table_of(plain(90, 90, 90, ties=("expert", "lot"), seed="s"))
    again = table_of(plain(90, 90, 90, ties=("expert", "lot"), seed="s"))
    other = [table_of(plain(90, 90, 90, ties=("lot",), seed=f"s{at}")).rows for at in range(9)]
    assert first.rows == again.rows
    assert [row.rank for row in first.rows] == [1, 2, 3]
    assert first.rows[1].tie == "lot"
    assert len({tuple(row.project for row in rows) for rows in other}) > 1


def test_what_is_missing_stops_the_run_with_names_all_at_once() -> None:
    inputs = year(sheets_needed=3)
    gone = {("g0j0", "p000"), ("g0j1", "p000")}
    inputs = replace(
        inputs,
        sheets=tuple(one for one in inputs.sheets if (one.judge, one.project) not in gone),
        peers=tuple(one for one in inputs.peers if one.project != "p003"),
        entries=(replace(inputs.entries[0]), *inputs.entries[1:4], *_no_daily(inputs.entries[4:])),
    )
    with pytest.raises(Incomplete) as told:
        table_of(inputs)
    assert [(one.code, one.projects[0], one.what, one.number) for one in told.value.faults] == [
        ("sheets", "p000", "", 2),
        ("part", "p003", "peer", 0),
        ("part", "p004", "daily", 0),
    ]


def _no_daily(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return (replace(entries[0], daily=()), *entries[1:])


def test_what_is_missing_for_a_reason_is_carried_by_the_other_parts() -> None:
    inputs = year()
    entry = replace(inputs.entries[0], daily=(), excused=frozenset({"daily"}))
    table = table_of(replace(inputs, entries=(entry, *inputs.entries[1:])))
    row = next(row for row in table.rows if row.project == entry.project)
    own = {part: row.parts[part] for part in ("expert", "initial", "peer")}
    assert row.composite == sum(WEIGHTS[part] * value for part, value in own.items()) / Fraction(80)
    assert table.weights == {}, "what the parts decide cannot be told when one lacks a part"


def test_a_missing_sheet_with_a_reason_lets_the_run_go_on() -> None:
    inputs = year()
    sheets = tuple(one for one in inputs.sheets if (one.judge, one.project) != ("g0j0", "p000"))
    entries = (replace(inputs.entries[0], missing_sheets=1), *inputs.entries[1:])
    assert len(table_of(replace(inputs, sheets=sheets, entries=entries)).rows) == 8


def test_grades_against_the_ranking_stay_within_the_places() -> None:
    inputs = year()
    rows = table_of(inputs).rows
    second, third = rows[1].project, rows[2].project
    with pytest.raises(Incomplete) as told:
        table_of(replace(inputs, overrides=(Override(third, "first"),)))
    assert (told.value.faults[0].code, told.value.faults[0].what) == ("places", "first")
    both = (Override(third, "first"), Override(second, "second"))
    table = table_of(replace(inputs, overrides=both))
    assert (table.grades[third], table.grades[second]) == ("first", "second")
    assert [row.ranked_grade for row in table.rows] == [row.ranked_grade for row in rows]


def test_a_grade_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Incomplete) as told:
        table_of(replace(year(), overrides=(Override("p000", "gold"), Override("x", "first"))))
    assert [fault.code for fault in told.value.faults][:2] == ["unknown", "unknown"]


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8))
def test_from_five_sheets_on_the_extremes_are_left_out(points: list[int]) -> None:
    values = [Fraction(value, 2) for value in points]
    kept = sorted(values)[1:-1] if len(values) > 4 else values
    assert trimmed(values) == sum(kept, Fraction(0)) / len(kept)


@given(total=st.integers(0, 10**7), shares=st.lists(st.integers(0, 50), min_size=1, max_size=70))
@settings(max_examples=2000, deadline=None)
def test_money_is_divided_to_the_yuan(total: int, shares: list[int]) -> None:
    parts = divided(total, shares)
    if not sum(shares):
        assert not any(parts)
        return
    assert sum(parts) == total
    exact = [Fraction(total * share, sum(shares)) for share in shares]
    assert all(abs(part - due) < 1 for part, due in zip(parts, exact, strict=True))


def test_a_pool_gives_the_odd_yuan_to_the_higher_rank() -> None:
    pool = (Grade("first", 3, "1", 10_000, is_pool=True),)
    rows = table_of(replace(plain(95, 90, 85), rules=replace(plain(1).rules, grades=pool))).rows
    assert list(money_of(pool, rows).values()) == [3334, 3333, 3333]


def test_joint_organisations_share_and_the_leading_one_has_the_odd_yuan() -> None:
    assert shared_out(5000, ("lead", "b", "c"), {}) == {"lead": 1667, "b": 1667, "c": 1666}
    assert shared_out(5000, ("lead", "b"), {"lead": 3}) == {"lead": 3750, "b": 1250}


def test_grades_that_one_judge_decides_are_told() -> None:
    inputs = year(3)
    table = table_of(inputs)
    firmness = firmness_of(inputs, table)
    for project, grade in table.grades.items():
        judges = {one.judge for one in inputs.sheets}
        others = {table_of(inputs.without_judge(judge)).grades[project] for judge in judges}
        assert firmness[project].without == others - {grade}
    top, last = table.rows[0].project, table.rows[-1].project
    assert (firmness[top].higher, firmness[last].lower) == (None, None)
    edge = table.rows[1], table.rows[2]
    sheets = sum(one.project == edge[1].project for one in inputs.sheets)
    gap = edge[0].composite - edge[1].composite
    assert firmness[edge[1].project].higher == gap * sheets * 2


def test_with_very_many_judges_nobody_is_left_out_and_no_grade_is_called_firm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inputs = year(3)
    table = table_of(inputs)
    monkeypatch.setattr(stability, "MOST_JUDGES", len({one.judge for one in inputs.sheets}) - 1)
    found = firmness_of(inputs, table)
    assert {one.without for one in found.values()} == {None}
    assert found[table.rows[-1].project].higher is not None


def test_methods_are_compared_and_what_cannot_be_reckoned_is_left_out() -> None:
    inputs = year(2)
    assert set(compared(inputs)) == set(METHODS)
    own = tuple(one for one in inputs.sheets if (one.judge, one.project) not in inputs.written)
    parted = compared(replace(inputs, sheets=own, written=frozenset()))
    assert (parted["two_way"], parted["raw"] is None) == (None, False)
