"""Which tests a change touches: `python -m tests.quick` names them, for `make quick`.

A changed test is asked itself; a module by the tests of its room that bear its name, import it or
use what it defines, and by the whole room where none does. The house rules are always asked.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
ALWAYS = "tests/architecture"
#: Where code lies and its tests do; the first that fits.
MIRRORS = (
    ("site/demonstration", "tests/demonstration"),
    ("site/config", "tests/config"),
    ("", "tests"),
)
#: No room, or one that takes minutes: what lies there asks the house rules only.
WIDE = {ROOT / "tests" / name for name in ("", "partybuilding", "demonstration")}


def git(*arguments: str) -> list[str]:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.splitlines()


def changed() -> set[str]:
    """Return what differs from where this branch left main, committed or not."""
    base = next(iter(git("merge-base", "HEAD", "main")), "HEAD")
    ours = git("diff", "--name-only", base)
    return {*ours, *git("ls-files", "--others", "--exclude-standard")}


def tests_of(name: str) -> set[Path]:
    """Return the test files that a changed file touches: by its words, or its whole room."""
    path = PurePosixPath(name)
    if path.parts[0] == "tests":
        if path.name == "conftest.py":
            return set((ROOT / path.parent).glob("test_*.py"))
        return {ROOT / path} if path.name.startswith("test_") and (ROOT / path).exists() else set()
    source, mirror = next(pair for pair in MIRRORS if name.startswith(pair[0]))
    inner = path.relative_to(source) if source else path
    folder = ROOT / mirror
    for part in inner.parts[:-1][:2]:
        folder = folder / part if (folder / part).is_dir() else folder
    if folder in WIDE:
        return set()
    words = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in _words(path, inner)))
    room = set(folder.rglob("test_*.py"))
    named = {test for test in room if test.stem == f"test_{path.stem}"}
    return named | {test for test in room if words.search(test.read_text())} or room


def _words(path: PurePosixPath, inner: PurePosixPath) -> set[str]:
    """Return what a test writes that uses this file: its module, what it defines, or its name."""
    if path.suffix != ".py" or not (ROOT / path).exists():
        return {path.name}
    tree = ast.parse((ROOT / path).read_text())
    made = {one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)}
    module = ".".join(inner.with_suffix("").parts).removesuffix(".__init__")
    return {module, *(one for one in made if not one.startswith("_"))}


def main() -> None:
    found = {str(test.relative_to(ROOT)) for name in changed() for test in tests_of(name)}
    sys.stdout.write(" ".join([ALWAYS, *sorted(t for t in found if not t.startswith(ALWAYS))]))


if __name__ == "__main__":
    main()
