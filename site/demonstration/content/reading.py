"""Reads the demonstration's TOML files into their shapes; a fault names the file and the key."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from demonstration.content import prose
from demonstration.content.column_shapes import Body

FOLDER = Path(__file__).parent
T = TypeVar("T")


class ContentError(ValueError):
    """A file does not hold what its shape asks for."""


def read(name: str, shape: type[T]) -> T:
    """Read a file into a shape.

    Raises:
        ContentError: it does not fit; the message names the file and the key.
    """
    try:
        found = tomllib.loads((FOLDER / name).read_text("utf-8"))
        return _value(shape, found, ())
    except ValueError as error:
        raise ContentError(f"{name}: {error}") from error


def entries(name: str, shape: type[T]) -> tuple[T, ...]:
    """Read a file of tables, each named by the key of its record, in the order of the file."""
    return tuple(read(name, dict[str, shape]).values())  # type: ignore[valid-type]


def _value(shape: Any, value: Any, path: tuple[str, ...]) -> Any:
    origin, inside = get_origin(shape), get_args(shape)
    if isinstance(value, str):
        return _text(shape, value, path)
    if is_dataclass(shape):
        return _record(shape, value, path)
    if origin is UnionType:
        return _value(inside[0], value, path)
    if origin is tuple and isinstance(value, list):
        many = [inside[0]] * len(value) if inside[-1] is ... else list(inside)
        if len(many) != len(value):
            raise _fault(path, f"{len(many)} entries are needed")
        rows = zip(many, value, strict=True)
        return tuple(_value(one, row, (*path, str(at))) for at, (one, row) in enumerate(rows, 1))
    if origin in (dict, Mapping) and isinstance(value, dict):
        return {
            inside[0](key): _value(inside[1], _with_key(inside[1], key, row), (*path, key))
            for key, row in value.items()
        }
    if type(value) is not shape:
        raise _fault(path, f"{getattr(shape, '__name__', shape)} is needed")
    return value


def _text(shape: Any, value: str, path: tuple[str, ...]) -> Any:
    """Return a string as the shape wants it: one line, paragraphs, or a body."""
    if shape is str:
        return prose.join(value) if "\n" in value else value
    if shape == tuple[str, ...]:
        return prose.paragraphs(value)
    if shape != Body:
        raise _fault(path, "a string does not fit here")
    try:
        return prose.body(value)
    except ValueError as error:
        raise _fault(path, str(error)) from error


def _record(shape: Any, value: Any, path: tuple[str, ...]) -> Any:
    """Make a record of a table by its keys, or of an array by the order of the fields."""
    hints = _hints(shape)
    if isinstance(value, list):
        if len(value) > len(hints):
            raise _fault(path, f"more entries than {', '.join(hints)}")
        value = dict(zip(hints, value, strict=False))
    if not isinstance(value, dict):
        raise _fault(path, f"a table of {', '.join(hints)} is needed")
    needed = {field.name for field in fields(shape) if field.default is MISSING}
    if wrong := sorted((value.keys() - hints.keys()) | (needed - value.keys())):
        raise _fault((*path, wrong[0]), "missing" if wrong[0] in needed else "unknown")
    return shape(**{key: _value(hints[key], row, (*path, key)) for key, row in value.items()})


@cache
def _hints(shape: Any) -> dict[str, Any]:
    hints = get_type_hints(shape)
    return {field.name: hints[field.name] for field in fields(shape)}


def _with_key(shape: Any, key: str, row: Any) -> Any:
    known: Any = _hints(shape) if is_dataclass(shape) else ()  # type: ignore[arg-type]
    named = "key" in known and isinstance(row, dict)
    return {"key": key, **row} if named else row


def _fault(path: tuple[str, ...], words: str) -> ValueError:
    return ValueError(f"{'.'.join(path) or 'the file'}: {words}")
