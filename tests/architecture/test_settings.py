"""Every variable that the code reads stands in docs/settings.md, and none that it does not."""

import ast
import re

from tests.architecture.sources import ROOT, modules, tree

READERS = {"env", "env_bool", "env_int", "env_list", "require", "get", "setdefault"}
MAKE = re.compile(r"^([A-Z_]+) \?=", re.MULTILINE)
DOCUMENTED = re.compile(r"^\| `([A-Z0-9_]+)`", re.MULTILINE)
# The shell's, not ours.
FOREIGN = {"PATH", "PYTHONPATH"}


def read_by(parsed: ast.AST) -> set[str]:
    """Return the names of the variables that a module reads from the environment."""
    names: set[str] = set()
    for node in ast.walk(parsed):
        if isinstance(node, ast.Call) and _reader(node.func):
            names |= _upper(node)
    return names


def _reader(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in READERS
    return (
        isinstance(function, ast.Attribute)
        and function.attr in READERS
        and ast.unparse(function.value) == "os.environ"
    )


def _upper(call: ast.Call) -> set[str]:
    texts = [a.value for a in call.args if isinstance(a, ast.Constant)]
    first = texts if _is_require(call) else texts[:1]
    return {t for t in first if isinstance(t, str) and re.fullmatch(r"[A-Z][A-Z0-9_]+", t)}


def _is_require(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "require"


def test_code_and_documentation_name_the_same_variables() -> None:
    paths = [*modules(), ROOT / "manage.py", ROOT / "tests" / "browser.py"]
    used = set().union(*(read_by(tree(path)) for path in paths)) - FOREIGN
    used |= set(MAKE.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    documented = set(
        DOCUMENTED.findall((ROOT / "docs" / "settings.md").read_text(encoding="utf-8"))
    )
    assert documented == used


def test_the_reading_of_the_code_finds_every_form() -> None:
    code = 'env("A_B", "")\nenv_int("C_D", 1)\nrequire("E_F", "G_H")\nos.environ.get("I_J", "K_L")'
    assert read_by(ast.parse(code)) == {"A_B", "C_D", "E_F", "G_H", "I_J"}


def test_the_environment_file_of_a_server_has_every_setting_and_no_other() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    head, _make, rest = text.partition("\n## make\n")
    documented = set(DOCUMENTED.findall(head + rest.partition("\n## ")[2]))
    lines = (ROOT / "deploy" / "environment").read_text(encoding="utf-8")
    given = re.findall(r"^#?([A-Z][A-Z0-9_]*)=", lines, re.MULTILINE)
    assert len(given) == len(set(given))
    # Where it is itself, and what only a workplace may have.
    assert set(given) == documented - {"ENVIRONMENT_FILE", "DEBUG"}
