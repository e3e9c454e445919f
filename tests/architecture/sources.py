"""The project's own sources, as the house rules read them."""

import ast
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("partybuilding", "home", "search", "site/config", "site/demonstration")


@functools.cache
def tracked() -> tuple[Path, ...]:
    """Return every file of the repository that is or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file())


def name_of(path: Path) -> str:
    """Return the path as people write it, from the root."""
    return path.relative_to(ROOT).as_posix()


def modules() -> list[Path]:
    """Return the Python files of the apps, without migrations."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and name_of(path).startswith(tuple(f"{app}/" for app in APPS))
        and "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    """Return every template."""
    return [path for path in tracked() if path.suffix == ".html" and "templates" in path.parts]


@functools.cache
def tree(path: Path) -> ast.Module:
    """Return a module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
