"""Counting stands in the modules that are named for it, so that a number is the same wherever it is told."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import modules, name_of, tree

#: A module of these names counts, and so does what stands in a folder of such a name.
COUNTING = {"figures", "selectors", "queries"}
#: What else may: the engine of lists, limits that are asked once, machinery that looks after its own rows.
BESIDE = {
    "home/branches.py": "the number of pages is read with the pages, as a window",
    "partybuilding/cases/pages.py": "the number in an address: how many pages came before",
    "partybuilding/core/pages/facets.py": "the engine of lists",
    "partybuilding/core/registers/files.py": "how many rows a file is to have",
    "partybuilding/core/registers/filters.py": "how many rows a register pages through",
    "partybuilding/core/pages/column.py": "a limit: so many pages of a kind",
    "partybuilding/projects/models/commitment.py": "the steps of a promise are counted as it is read",
    "partybuilding/core/services/trail.py": "a seal takes in the last row",
    "partybuilding/evaluation/rules.py": "a limit: no objection is open",
    "partybuilding/evaluation/services/running.py": "the number of the last run",
    "partybuilding/management/commands/verify_trail.py": "says how much it has looked at",
    "partybuilding/opinions/appraisals.py": "the figures of the public appraisal",
    "partybuilding/opinions/models/appraisal.py": "the steps of its scales, as expressions",
    "partybuilding/opinions/page_parts.py": "read along with a project's page",
    "partybuilding/opinions/services/receiving.py": "a limit: so many alike in a while",
    "partybuilding/organizations/services/organizations.py": "a limit: none below",
    "partybuilding/portal/services.py": "a limit: so many files",
    "partybuilding/projects/models/frozen.py": "a limit: the quota of a year and of a grade",
    "partybuilding/projects/sessions/services.py": "a limit: the quota, with what is noted",
    "partybuilding/supervision/notices/models.py": "the last issue before one",
    "search/backends/postgres.py": "the size of an index",
    "search/backends/sqlite.py": "the size of an index",
    "search/services.py": "a limit: so many questions are remembered",
}


def is_counting(node: ast.AST) -> bool:
    """Tell whether rows are counted; `"text".count(sign)` and a call with arguments are something else."""
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
    bare = name == "count" and isinstance(node.func, ast.Attribute)
    return name in {"Count", "aggregate"} or (bare and not node.args and not node.keywords)


def counting(module: ast.Module) -> Iterator[int]:
    """Yield the lines in which a module counts rows."""
    return (node.lineno for node in ast.walk(module) if is_counting(node))


def may_count(path: Path) -> bool:
    return path.stem in COUNTING or bool(COUNTING.intersection(path.parts))


def test_rows_are_counted_in_figures_and_selectors_alone() -> None:
    elsewhere = {
        name_of(path): list(counting(tree(path)))
        for path in modules()
        if name_of(path).startswith(("partybuilding/", "home/", "search/")) and not may_count(path)
    }
    found = {name: lines for name, lines in elsewhere.items() if lines}
    assert {name: lines for name, lines in found.items() if name not in BESIDE} == {}
    assert set(BESIDE) - set(found) == set(), "no longer counts"


@pytest.mark.parametrize(
    ("source", "counts"),
    [
        ("rows.count()", True),
        ("rows.annotate(n=Count('pk'))", True),
        ("rows.annotate(n=models.Count('pk'))", True),
        ("rows.aggregate(n=total)", True),
        ("'text'.count('x')", False),
        ("listing.count", False),
        ("len(rows)", False),
    ],
)
def test_the_rule_finds_what_it_is_about(source: str, counts: bool) -> None:
    assert bool(list(counting(ast.parse(source)))) is counts
