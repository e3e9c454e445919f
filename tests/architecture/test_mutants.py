"""`make mutants` turns what it says, and leaves out only what is there to be left out."""

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.mutation.changes import mutants_of
from tests.mutation.same import SAME


@pytest.mark.parametrize(
    ("line", "turned"),
    [
        ("return a < b", ["a <= b"]),
        ("return a <= b < c", ["a < b < c", "a <= b <= c"]),
        ("return a in b and not c", ["a in b or not c", "a not in b", "c"]),
        ("x = rows.filter(day__lte=a)", ["rows.exclude(day__lte=a)", "day__lt=a"]),
        ("x = a if b else c", ["a if True else c", "a if False else c"]),
        ("x = [one for one in a if one]", ["one if True"]),
        ("x = min(a, 3)", ["max(a, 3)", "4", "2"]),
        ("tell(a)", ["if False: tell(a)"]),
        ("return True", ["False"]),
        ("return max_length", ["return not max_length"]),
    ],
)
def test_each_step_is_turned(tmp_path: Path, line: str, turned: list[str]) -> None:
    path = tmp_path / "rules.py"
    path.write_text(f"def rule(a, b, c) -> bool:\n    {line}\n", encoding="utf-8")
    found = list(mutants_of(path))
    words = [one.new for one in found if not one.new.startswith("return not (")]
    assert sorted(words) == sorted(turned)
    for one in found:
        compile(one.tree(), str(path), "exec")


def test_a_verdict_is_turned_round(tmp_path: Path) -> None:
    path = tmp_path / "rules.py"
    path.write_text("def rule() -> Verdict:\n    return YES\n", encoding="utf-8")
    assert [one.new for one in mutants_of(path)] == ["return type(YES)(not YES)"]


def test_numbers_of_a_module_are_turned_and_facts_in_tables_are_not(tmp_path: Path) -> None:
    path = tmp_path / "rules.py"
    path.write_text("DAYS = 5\nBOTH = (1, 12)\nTABLE = {2024: (2, 10)}\n", encoding="utf-8")
    named = [(one.name, one.new) for one in mutants_of(path)]
    assert {name for name, _new in named} == {"DAYS", "BOTH"}
    assert {new for name, new in named if name == "DAYS"} == {"6", "4"}


def test_what_is_left_out_is_there_and_has_a_reason() -> None:
    for (file, old, new), reason in SAME.items():
        found = {(one.old, one.new) for one in mutants_of(ROOT / "partybuilding" / file)}
        assert (old, new) in found, (file, old, new)
        assert len(reason) > 10
