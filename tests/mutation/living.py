"""The functions that live in this process: found, and given the code of a mutant."""

import gc
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from tests.mutation.changes import Mutant, source_of

Living = dict[CodeType, list[FunctionType]]


def living(folder: Path) -> Living:
    """Return the functions that were made by the code of a folder."""
    found: Living = defaultdict(list)
    for one in gc.get_objects():
        if issubclass(type(one), FunctionType) and one.__code__.co_filename.startswith(str(folder)):
            found[one.__code__].append(one)
    return found


def caches() -> list[Any]:
    """Return the functions of the plugin that remember their answers."""
    found = (one for one in gc.get_objects() if issubclass(type(one), _lru_cache_wrapper))
    return [one for one in found if str(one.__module__).startswith("partybuilding.")]


def put_in(mutant: Mutant, functions: Living) -> bool:
    """Give the living functions, or the modules that know the constant, what a mutant says.

    Returns whether there is anything that says it now.
    """
    if mutant.name:
        _give(mutant)
        return True
    name = str(mutant.path)
    before = dict(_codes(compile(source_of(mutant.path), name, "exec", dont_inherit=True)))
    after = dict(_codes(compile(mutant.tree(), name, "exec", dont_inherit=True)))
    changed = [key for key, code in before.items() if code != after.get(key, code)]
    for key in changed:
        for function in functions[before[key]]:
            function.__code__ = after[key]
    return any(functions[before[key]] for key in changed)


def _codes(code: CodeType, seen: Any = None) -> Iterator[tuple[tuple[str, int, int], CodeType]]:
    """Yield the functions of a module, each with a key that a change leaves as it is."""
    seen = defaultdict(int) if seen is None else seen
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            key = (inner.co_qualname, inner.co_firstlineno)
            seen[key] += 1
            yield (*key, seen[key]), inner
            yield from _codes(inner, seen)


def _give(mutant: Mutant) -> None:
    """Work out a constant anew, and put it wherever it was imported under its name."""
    modules = [module for module in list(sys.modules.values()) if hasattr(module, "__dict__")]
    home = next(one for one in modules if getattr(one, "__file__", None) == str(mutant.path))
    tree = mutant.tree()
    tree.body = [one for one in tree.body if _assigns(one, mutant.name)]
    scope, old = dict(vars(home)), vars(home)[mutant.name]
    exec(compile(tree, str(mutant.path), "exec", dont_inherit=True), scope)
    for module in modules:
        if vars(module).get(mutant.name) is old:
            setattr(module, mutant.name, scope[mutant.name])


def _assigns(statement: Any, name: str) -> bool:
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    return any(getattr(target, "id", None) == name for target in targets)
