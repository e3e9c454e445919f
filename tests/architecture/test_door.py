"""Every state changes through the one door, and nothing else in the code changes one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import modules, name_of, tree

SERVICES = "partybuilding/core/services/"
DOOR = "partybuilding/core/services/door.py"
WRITERS = {"update", "create", "get_or_create", "update_or_create"}


def decorator_name(node: ast.expr) -> str:
    """Return the name of a decorator, called or not."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def transitions(parsed: ast.AST) -> dict[str, int]:
    """Return the names of the transition methods and how many arguments each needs."""
    return {
        node.name: len(node.args.args) - 1 - len(node.args.defaults)
        for node in ast.walk(parsed)
        if isinstance(node, ast.FunctionDef)
        and any(decorator_name(item) == "transition" for item in node.decorator_list)
    }


def all_transitions() -> dict[str, int]:
    """Return the transitions of all machines."""
    found: dict[str, int] = {}
    for path in modules():
        found.update(transitions(tree(path)))
    return found


def ordinary_methods(parsed: ast.AST) -> set[str]:
    """Return the names of a module's other methods; a room's own classes may share a name."""
    classes = [node for node in ast.walk(parsed) if isinstance(node, ast.ClassDef)]
    methods = {n.name for c in classes for n in c.body if isinstance(n, ast.FunctionDef)}
    return methods - set(transitions(parsed))


def imported(parsed: ast.AST) -> set[str]:
    """Return the names that a module imports: calls through them reach functions, not records."""
    nodes = [n for n in ast.walk(parsed) if isinstance(n, ast.Import | ast.ImportFrom)]
    return {(alias.asname or alias.name).split(".")[0] for n in nodes for alias in n.names}


def state_writes(parsed: ast.AST) -> Iterator[int]:
    """Yield the lines that write a state past the door."""
    for node in ast.walk(parsed):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Attribute) and t.attr == "state" for t in targets):
                yield node.lineno
        if isinstance(node, ast.Call) and _writes_a_state(node):
            yield node.lineno


def _writes_a_state(call: ast.Call) -> bool:
    constants = [a.value for a in ast.walk(call) if isinstance(a, ast.Constant)]
    if isinstance(call.func, ast.Name):
        return call.func.id == "setattr" and len(call.args) > 1 and _is_state(call.args[1])
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in WRITERS:
        return any(keyword.arg == "state" for keyword in call.keywords)
    return call.func.attr == "bulk_update" and "state" in constants


def _is_state(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == "state"


def transition_calls(parsed: ast.AST, names: dict[str, int]) -> Iterator[int]:
    """Yield the lines that call a transition of a record."""
    functions = imported(parsed)
    for node in ast.walk(parsed):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and len(node.args) == names.get(node.func.attr)
            and not node.keywords
            and _root(node.func.value) not in functions
        ):
            yield node.lineno


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def outside(allowed: str) -> list[Path]:
    return [path for path in modules() if not name_of(path).startswith(allowed)]


def test_no_state_is_written_past_the_door() -> None:
    found = [
        f"{name_of(path)}:{line}" for path in outside(SERVICES) for line in state_writes(tree(path))
    ]
    assert found == []


def test_no_transition_is_called_past_the_door() -> None:
    found, every = [], all_transitions()
    own = {path: ordinary_methods(tree(path)) for path in modules()}
    for path in outside(DOOR):
        room = set().union(*(own[other] for other in own if other.is_relative_to(path.parent)))
        names = {name: count for name, count in every.items() if name not in room}
        found += [f"{name_of(path)}:{line}" for line in transition_calls(tree(path), names)]
    assert found == []


def test_the_machines_are_found() -> None:
    assert {"submit", "pass_first", "approve", "decline", "reopen"} <= set(all_transitions())


@pytest.mark.parametrize(
    "line",
    [
        "project.state = 'approved'",
        "self.project.state: str = 'approved'",
        "Project.objects.filter(pk=1).update(state='approved')",
        "Project.objects.create(state='approved')",
        "Project.objects.bulk_update(rows, ['state'])",
        "setattr(project, 'state', 'approved')",
    ],
)
def test_a_write_past_the_door_would_be_found(line: str) -> None:
    assert list(state_writes(ast.parse(line))) == [1]


@pytest.mark.parametrize(
    "line", ["rows.filter(state='approved')", "state = 'approved'", "x = project.state"]
)
def test_reading_a_state_is_free(line: str) -> None:
    assert list(state_writes(ast.parse(line))) == []


def test_a_call_past_the_door_would_be_found() -> None:
    names = {"approve": 1}
    assert list(transition_calls(ast.parse("project.approve(attempt)"), names)) == [1]
    assert list(transition_calls(ast.parse("rows[0].project.approve(attempt)"), names)) == [1]


def test_a_function_of_the_same_name_is_no_transition() -> None:
    names = {"approve": 1, "close": 1}
    service = "from x import services\nservices.approve(project)"
    assert list(transition_calls(ast.parse(service), names)) == []
    assert list(transition_calls(ast.parse("file.close()"), names)) == []
    workflow = "task.approve(user=somebody)"
    assert list(transition_calls(ast.parse(workflow), names)) == []


#: The calls that lead through the door.
STEPS = ("move", "take_step")


def data_read_from_the_record(parsed: ast.AST) -> Iterator[int]:
    """Yield the calls of the door whose `data` is read from the record that was passed, unlocked."""
    for scope in ast.walk(parsed):
        if isinstance(scope, ast.FunctionDef):
            yield from _unlocked_data(scope)


def _unlocked_data(scope: ast.FunctionDef) -> Iterator[int]:
    said = {
        target.id: node.value
        for node in ast.walk(scope)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(scope):
        if not isinstance(node, ast.Call) or decorator_name(node) not in STEPS or not node.args:
            continue
        data = next((k.value for k in node.keywords if k.arg == "data"), None)
        data = said.get(data.id, data) if isinstance(data, ast.Name) else data
        record = ast.unparse(node.args[0])
        if data is not None and record in {ast.unparse(part) for part in ast.walk(data)}:
            yield node.lineno


def test_no_step_is_given_data_that_was_read_before_the_lock() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in modules()
        for line in data_read_from_the_record(tree(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("return move(project, 'submit', by=by, data={'text': snapshot(project)})", [2]),
        ("told = {'title': project.title}\n    return move(project, 'submit', data=told)", [3]),
        ("return take_step(self.record, 'x', data=facts(self.record))", [2]),
        ("return move(project, 'decline', data={'grounds': grounds})", []),
        ("return move(project, 'decline', data=form.data_of_step())", []),
        ("return move(project, 'submit', by=by)", []),
    ],
)
def test_data_read_before_the_lock_would_be_found(lines: str, found: list[int]) -> None:
    parsed = ast.parse(f"def service(project, by):\n    {lines}")
    assert list(data_read_from_the_record(parsed)) == found
