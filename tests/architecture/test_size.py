"""Small files, small functions, names that say what a file holds."""

import ast
import re
from pathlib import Path

from tests.architecture.sources import modules, name_of, templates, tracked, tree

MODULE_LINES = 320
FUNCTION_LINES = 60
TEMPLATE_LINES, TEMPLATE_LINE = 170, 140
# Django cannot break a tag over lines; one that stands alone on its line may be longer.
TAG_LINE = 200
ONE_TAG = re.compile(r"\s*\{%(?:(?!%\}).)*%\}")
STYLE_LINES = SCRIPT_LINES = MODULE_LINES


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


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_no_line_of_a_template_has_more_than_140_characters() -> None:
    long = [
        f"{name_of(path)}:{number}"
        for path in templates()
        for number, line in enumerate(lines_of(path), 1)
        if len(line) > (TAG_LINE if ONE_TAG.fullmatch(line) else TEMPLATE_LINE)
    ]
    assert long == []


def test_no_template_has_more_than_170_lines() -> None:
    sizes = {name_of(path): len(lines_of(path)) for path in templates()}
    assert {name: size for name, size in sizes.items() if size > TEMPLATE_LINES} == {}


def test_no_style_sheet_and_no_script_has_320_lines_or_more() -> None:
    most = {".css": STYLE_LINES, ".js": SCRIPT_LINES}
    sizes = {name_of(path): len(lines_of(path)) for path in tracked() if path.suffix in most}
    assert len(sizes) > 2
    assert {n: size for n, size in sizes.items() if size >= most[Path(n).suffix]} == {}


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
