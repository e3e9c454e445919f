"""A published promise is written by its report, its change and the end of a completion, and by nothing else."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import modules, name_of, tree

#: What of a commitment or of its steps residents rely on.
PROMISED = {"goal", "changes_told", "closed_on", "evidence"}
MODELS = {"Commitment", "CommitmentStep"}
MANAGERS = {"commitments", "steps"}
WRITERS = {"update", "delete", "bulk_update", "bulk_create", "create", "get_or_create"}
#: Who writes: before the publication, as a report, as an approved change; and who may call whom.
MAY_WRITE = {
    "partybuilding/projects/services/applications.py",
    "partybuilding/projects/models/commitment.py",
    "partybuilding/projects/services/results.py",  # why it was not kept, no part of the promise
    "partybuilding/progress/services/reports.py",
    "partybuilding/opinions/models/opinion.py",  # an opinion has a `closed_on` of its own
}
MAY_CALL = {
    "take_over": {
        "partybuilding/projects/models/commitment.py",
        "partybuilding/progress/models/change.py",
    },
    "open_again": {"partybuilding/progress/models/question.py"},
}


def writes(parsed: ast.AST) -> Iterator[int]:
    """Yield the lines that write a commitment or a step."""
    for node in ast.walk(parsed):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for one in targets for part in getattr(one, "elts", [one])]
            if any(isinstance(one, ast.Attribute) and one.attr in PROMISED for one in parts):
                yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            names = {getattr(one, "attr", getattr(one, "id", "")) for one in ast.walk(node.func)}
            if node.func.attr in WRITERS and names & (MODELS | MANAGERS):
                yield node.lineno


def calls(parsed: ast.AST, name: str) -> Iterator[int]:
    """Yield the lines that call a method of this name."""
    for node in ast.walk(parsed):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if called and node.func.attr == name:
            yield node.lineno


def test_no_promise_is_written_past_its_services() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in modules()
        if name_of(path) not in MAY_WRITE
        for line in writes(tree(path))
    ]
    assert found == []


@pytest.mark.parametrize("name", MAY_CALL)
def test_a_promise_is_changed_by_an_approval_and_opened_by_a_judgement_alone(name: str) -> None:
    callers = {name_of(path) for path in modules() if list(calls(tree(path), name))}
    assert callers == MAY_CALL[name]


@pytest.mark.parametrize(
    "line",
    [
        "commitment.goal = 'x'",
        "step.closed_on, step.evidence = day, words",
        "Commitment.objects.filter(pk=1).update(deadline=None)",
        "project.commitments.all().delete()",
        "commitment.steps.update(deadline=None)",
    ],
)
def test_a_write_past_them_would_be_found(line: str) -> None:
    assert list(writes(ast.parse(line))) == [1]


def test_reading_is_free() -> None:
    assert list(writes(ast.parse("x = commitment.goal; project.commitments.filter(pk=1)"))) == []
