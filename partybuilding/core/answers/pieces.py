"""Pieces of pages that are drawn from their values alone: drawn once, and kept as text under these values.

`{% include "…" with … only %}` says that a template sees nothing but what it is handed. Where that template asks for
nothing else either, equal values make equal text, whoever reads it and whatever was written meanwhile.
"""

import marshal
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import blake2b
from typing import Any, ClassVar

from django import template
from django.core.signals import setting_changed
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.dispatch import receiver
from django.template import Engine, base, defaultfilters, defaulttags, loader_tags
from django.template.base import FilterExpression, Node, Template
from django.template.context import Context
from django.template.smartif import TokenBase
from django.templatetags import i18n, static
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name, localdate
from django.utils.translation import get_language

from partybuilding.conf import setting
from partybuilding.core.access.current import current_request
from partybuilding.core.answers.store import MEGABYTE, Store
from partybuilding.core.answers.versions import noting_reads
from partybuilding.core.words.book import book

register = template.Library()

#: Tags that look at their values, the language, the time zone and the words of the offices, and at nothing else.
PURE = {
    *(base.TextNode, base.VariableNode, static.StaticNode),
    *(defaulttags.CommentNode, defaulttags.FirstOfNode, defaulttags.ForNode, defaulttags.IfNode),
    *(defaulttags.LoadNode, defaulttags.WithNode, i18n.BlockTranslateNode, i18n.TranslateNode),
}
#: Filters of Django's that look at the clock or draw lots.
IMPURE = {defaultfilters.random, defaultfilters.timesince_filter, defaultfilters.timeuntil_filter}


def pure(function: Any) -> Any:
    """Mark a filter whose answer depends on what it is handed alone, as all that its values are asked for."""
    function.is_pure = True
    return function


@register.tag("include")
def include(parser: base.Parser, token: base.Token) -> Node:
    """Include a template as Django does; what is drawn from its values `only` is drawn once."""
    node = loader_tags.do_include(parser, token)
    return Piece(node.template, node.extra_context) if node.isolated_context else node


class Piece(loader_tags.IncludeNode):
    """A template that is included with its values and nothing else."""

    #: Whether what is kept is held against a new drawing each time; tests do.
    is_checked: ClassVar[bool] = False

    def __init__(self, name: FilterExpression, values: dict[str, FilterExpression]) -> None:
        super().__init__(name, extra_context=values, isolated_context=True)
        self._known: dict[str, tuple[Template, bool]] = {}

    def render(self, context: Context) -> SafeString:
        """Return its text."""
        name = self.template.resolve(context)
        if not isinstance(name, str):
            return super().render(context)
        if name not in self._known:
            engine = context.template.engine  # type: ignore[union-attr]
            found = engine.get_template(name)
            self._known[name] = found, is_pure(found.nodelist, engine)
        drawing, keeps = self._known[name]
        values = {name: given.resolve(context) for name, given in self.extra_context.items()}
        key = key_of(drawing, values, context) if keeps else None
        kept = None if key is None else store().get(key)
        if kept is not None and not self.is_checked:
            return kept.text
        if key is None:
            return drawing.render(context.new(values))
        with noting_reads(connections[DEFAULT_DB_ALIAS]) as read:
            text = drawing.render(context.new(values))
        if kept is not None and kept.text != text:
            raise TypeError(f"{name} is drawn from more than it is handed: {values}")
        if not read:  # a value that asks the database when it is asked is another each time
            store().put(key, Text(text))
        return text


@dataclass(slots=True)
class Text:
    """What a piece looks like."""

    text: SafeString

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return 2 * len(self.text) + 300


@cache
def store() -> Store[Text]:
    """Return the pieces of this process."""
    return Store(setting("PIECES_MEGABYTES") * MEGABYTE)


@receiver(setting_changed)
def _forget(**_signal: Any) -> None:
    store.cache_clear()


def is_pure(part: Any, engine: Engine, around: frozenset[str] = frozenset()) -> bool:
    """Tell whether a part of a template looks at nothing but values.

    Args:
        around: the names of the templates that include it, one of which it may include again.
    """
    match part:
        case list() | tuple() | dict():
            inner = part.values() if isinstance(part, dict) else part
        case FilterExpression():
            return all(_is_pure_filter(function) for function, _arguments in part.filters)
        case loader_tags.IncludeNode():
            name = part.template.var
            if not isinstance(name, str) or part.template.filters:
                return False
            known = name in around or is_pure(
                engine.get_template(name).nodelist, engine, around | {name}
            )
            return known and is_pure(part.extra_context, engine, around)
        case Node() if type(part) not in PURE:
            return False
        case Node() | TokenBase():
            inner = [one for name, one in vars(part).items() if name not in ("origin", "token")]
        case _:
            return True
    return all(is_pure(one, engine, around) for one in inner)


def _is_pure_filter(function: Any) -> bool:
    if getattr(function, "is_pure", False):
        return True
    return function.__module__ == defaultfilters.__name__ and function not in IMPURE


class NoKeyError(TypeError):
    """A value may be another next time without looking so: a row, a function, what is yet to be read."""


def key_of(drawing: Template, values: dict[str, Any], context: Context) -> Any:
    """Return all that the text of a piece depends on; None where that cannot be told.

    The day belongs to it, since what is asked of a value may look at the calendar.
    """
    request = current_request()
    if request is None:
        return None
    try:
        said = marshal.dumps(values, 2)
    except ValueError:
        try:
            said = b"plain" + marshal.dumps(plain(values), 2)
        except NoKeyError:
            return None
    try:
        words = book().edition
    except DatabaseError:
        return None
    ways = context.autoescape, context.use_l10n, context.use_tz
    told = get_language(), get_current_timezone_name(), localdate(), words
    return drawing, blake2b(said, digest_size=16).digest(), ways, told


def plain(value: Any) -> Any:
    """Return a value as whole numbers, texts and the like, so that unlike values never become alike.

    Raises:
        NoKeyError: nothing tells whether it is the same as another.
    """
    kind = type(value)
    if kind in (str, int, float, bool, type(None)):
        return value
    if kind is dict:
        return {plain(key): plain(one) for key, one in value.items()}
    if kind in (list, tuple):
        return kind(map(plain, value))
    if isinstance(value, Promise):
        return b"lazy", plain(str(value))
    name = f"{kind.__module__}.{kind.__qualname__}".encode()
    if isinstance(value, Enum):
        return name, value.name
    if kind is SafeString:
        return name, str.__str__(value)
    if kind in (set, frozenset):
        return name, *map(plain, value)
    if kind in (date, datetime, Decimal):
        return name, repr(value)
    if is_dataclass(kind) or issubclass(kind, tuple):
        return name, *(plain(getattr(value, one)) for one in _fields(kind))
    raise NoKeyError(kind)


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else kind._fields
