"""The language of edited texts: lines, and names in double braces. Pure.

There is no logic in it: `{{项目名称}}` is replaced by what was computed for it, in one pass, and what was put in
is never read again. A line whose placeholders all came out empty is left out. Whatever is written, reading it
takes time in proportion to its length.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PLACEHOLDER = re.compile(r"\{\{([^{}\n]{1,60})\}\}")
#: What may not be left over beside placeholders: whoever mistyped one is told, not printed.
BRACES = re.compile(r"[{}\uff5b\uff5d]")
#: A heading as official letters write it: “一、做好公开承诺。”, with the text that runs on from it.
HEADING = re.compile(r"([一二三四五六七八九十]{1,3}、)([^。\n]{1,60}。)(.*)")

#: What a placeholder stands for: words, or what stands alone on its line (a table, numbered points).
Value = Any


@dataclass(frozen=True)
class Line:
    """A line as it reads: words, perhaps begun by a numbered heading, or a block that stands alone."""

    text: str = ""
    heading: str = ""
    number: str = ""
    block: Value = None

    @property
    def words(self) -> str:
        """The whole line as it was written."""
        return self.number + self.heading + self.text


def names_in(text: str) -> list[str]:
    """Return the names that a text holds, in its order."""
    return [name.strip() for name in PLACEHOLDER.findall(text)]


def is_alone(line: str) -> bool:
    """Tell whether a line is one placeholder and nothing else."""
    return PLACEHOLDER.fullmatch(line.strip()) is not None


def left_over(text: str) -> bool:
    """Tell whether braces are left when the placeholders are taken out."""
    return BRACES.search(PLACEHOLDER.sub("", text)) is not None


def fill(text: str, values: Mapping[str, Value]) -> list[Line]:
    """Return the lines of a text with the values in place; a name without a value stays as it is written.

    A value of several lines goes on as lines of its own. Empty lines are left out.
    """
    return [line for row in text.split("\n") for line in _filled(row.strip(), values)]


def _filled(row: str, values: Mapping[str, Value]) -> list[Line]:
    known = [values[name] for name in names_in(row) if name in values]
    if not row or (known and not any(known)):
        return []
    if known and not isinstance(known[0], str) and is_alone(row):
        return [Line(block=known[0])]
    found = HEADING.fullmatch(row)
    number, heading, running = found.groups() if found else ("", "", row)
    first, *more = _put(running, values).split("\n")
    return [Line(first, _put(heading, values), number), *map(Line, more)]


def _put(row: str, values: Mapping[str, Value]) -> str:
    return PLACEHOLDER.sub(lambda one: str(values.get(one[1].strip(), one[0])), row)
