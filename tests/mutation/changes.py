"""What a mutant is: one small wrong turn in the source of a module that decides."""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

#: What each comparison turns into: the neighbour for an order, the opposite for everything else.
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
#: The same for what Django and Python call by name.
LOOKUPS = {"lt": "lte", "lte": "lt", "gt": "gte", "gte": "gt"}
CALLS = {
    "filter": "exclude",
    "exclude": "filter",
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
}
#: Whole numbers up to here are moved by one.
LARGEST = 1000
DISPLAYS = (ast.Tuple, ast.List, ast.Set, ast.Dict)
FUNCTIONS = (ast.FunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Mutant:
    """A change by its place: the node in the order of `ast.walk`, and which of its changes."""

    path: Path
    line: int
    node: int
    change: int
    old: str
    new: str
    name: str = ""
    """The name in the module's own lines that gets another value; empty inside a function."""

    def tree(self) -> ast.Module:
        """Return the module with the change."""
        tree = _parsed(self.path)
        node = list(ast.walk(tree))[self.node]
        changed = _Replaced(node, list(_changes(node))[self.change]).visit(tree)
        return ast.fix_missing_locations(changed)


class _Replaced(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, ast.copy_location(new, old)

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every change of a module: in what its functions do, and in its constants."""
    tree = _parsed(path)
    places = dict(_places(tree))
    unasked = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in ("strict", "exc_info")
    }
    for number, node in enumerate(ast.walk(tree)):
        if node not in places or node in unasked:
            continue
        for change, new in enumerate(_changes(node)):
            line = getattr(node, "lineno", 0) or node.target.lineno
            old, turned = _words(node), _words(new)
            yield Mutant(path, line, number, change, old, turned, places[node])


@cache
def source_of(path: Path) -> str:
    """Return the text of a module as it was when it was first asked for."""
    return path.read_text(encoding="utf-8")


def _parsed(path: Path) -> ast.Module:
    """Return a module in which every return knows what its function promises."""
    tree = ast.parse(source_of(path))
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and function.returns:
                node.promised = ast.unparse(function.returns)  # type: ignore[attr-defined]
    return tree


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield what may be changed, with the constant that it belongs to, if it is one."""
    for statement in tree.body:
        target = _target(statement)
        if target and not target.startswith("__"):
            yield from ((node, target) for node in _outside_tables(statement))
    for function in (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)):
        for statement in function.body if isinstance(function.body, list) else [function.body]:
            yield from ((node, "") for node in ast.walk(statement))


def _outside_tables(node: ast.AST, displays: int = 0) -> Iterator[ast.AST]:
    """Yield what a constant is made of; numbers in rows of a table are facts, not decisions."""
    displays += isinstance(node, DISPLAYS)
    if displays > 1:
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _outside_tables(child, displays)


def _target(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        return getattr(statement.targets[0], "id", "")
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return getattr(statement.target, "id", "")
    return ""


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node may turn into."""
    change = CHANGES.get(type(node))
    return iter(()) if change is None else change(node)


def _of_comparison(node: Any) -> Iterator[ast.AST]:
    for place, operator in enumerate(node.ops):
        ops = [*node.ops[:place], COMPARISONS[type(operator)](), *node.ops[place + 1 :]]
        yield _with(node, ops=ops)


def _of_junction(node: Any) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _of_operation(node: Any) -> Iterator[ast.AST]:
    if type(node.op) in OPERATORS:
        yield _with(node, op=OPERATORS[type(node.op)]())


def _of_negation(node: Any) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _of_condition(node: Any) -> Iterator[ast.AST]:
    yield from (_with(node, test=ast.Constant(value)) for value in (True, False))


def _of_comprehension(node: Any) -> Iterator[ast.AST]:
    if node.ifs:
        yield _with(node, ifs=[ast.Constant(True)])


def _of_constant(node: Any) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int) and abs(node.value) <= LARGEST:
        yield from (ast.Constant(node.value + step) for step in (1, -1))


def _of_keyword(node: Any) -> Iterator[ast.AST]:
    path, separator, lookup = (node.arg or "").rpartition("__")
    if separator and lookup in LOOKUPS:
        yield _with(node, arg=f"{path}__{LOOKUPS[lookup]}")


def _of_call(node: Any) -> Iterator[ast.AST]:
    called = node.func
    if isinstance(called, ast.Attribute) and called.attr in CALLS:
        yield _with(node, func=_with(called, attr=CALLS[called.attr]))
    elif isinstance(called, ast.Name) and called.id in CALLS:
        yield _with(node, func=ast.Name(CALLS[called.id], ast.Load()))


def _of_statement(node: Any) -> Iterator[ast.AST]:
    """Leave a call out, and keep the names that the function closes over."""
    if isinstance(node.value, ast.Call) and not ast.unparse(node.value).startswith("log"):
        yield ast.If(ast.Constant(False), [deepcopy(node)], [])


def _of_return(node: Any) -> Iterator[ast.AST]:
    """Turn an answer round: a verdict, or yes and no."""
    promised, value = getattr(node, "promised", ""), node.value
    opposite = ast.UnaryOp(ast.Not(), value)
    if promised == "Verdict":
        kind = ast.Call(ast.Name("type", ast.Load()), [value], [])
        yield ast.Return(ast.Call(kind, [opposite], []))
    elif promised == "bool" and not isinstance(value, ast.Compare | ast.UnaryOp | ast.Constant):
        yield ast.Return(opposite)


CHANGES: dict[type[ast.AST], Callable[[Any], Iterator[ast.AST]]] = {
    ast.Compare: _of_comparison,
    ast.BoolOp: _of_junction,
    ast.BinOp: _of_operation,
    ast.UnaryOp: _of_negation,
    ast.If: _of_condition,
    ast.IfExp: _of_condition,
    ast.comprehension: _of_comprehension,
    ast.Constant: _of_constant,
    ast.keyword: _of_keyword,
    ast.Call: _of_call,
    ast.Expr: _of_statement,
    ast.Return: _of_return,
}


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """Return a node with other fields; the rest is shared."""
    new = type(node)(**{**dict(ast.iter_fields(node)), **fields})
    return ast.copy_location(new, node)


def _words(node: ast.AST) -> str:
    if isinstance(node, ast.comprehension):
        return " if ".join(map(ast.unparse, [node.target, *node.ifs]))
    if isinstance(node, ast.If):
        inner = node.body[0]
        if isinstance(node.test, ast.Constant) and len(node.body) == 1 and not node.orelse:
            return f"if {ast.unparse(node.test)}: {ast.unparse(inner)}"
        return f"if {ast.unparse(node.test)}: …"
    return ast.unparse(node).replace("\n", " ")
