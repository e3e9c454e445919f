"""Small files, small functions, names that say what a file holds."""

import ast

from tests.architecture.sources import modules, name_of, tracked, tree

MODULE_LINES = 320
FUNCTION_LINES = 60


def test_no_module_has_320_lines_or_more() -> None:
    long = {
        name_of(path): lines
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= MODULE_LINES
    }
    assert long == {}


def test_no_function_has_more_than_60_lines() -> None:
    long = {
        f"{name_of(path)}:{node.lineno} {node.name}": lines
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_there_is_no_drawer_for_everything() -> None:
    drawers = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py"}
    assert [name_of(path) for path in tracked() if path.name in drawers] == []


def test_every_module_says_what_it_knows() -> None:
    silent = [
        name_of(path)
        for path in modules()
        if tree(path).body and ast.get_docstring(tree(path)) is None
    ]
    assert silent == []
