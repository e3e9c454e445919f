"""An article for the official account, set from a manuscript; adding an element is one function more."""

from collections.abc import Callable, Iterator
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.pages import manuscript as told
from partybuilding.wechat import styles
from partybuilding.wechat.allowed import only_allowed
from partybuilding.wechat.prose import Notes, Parts, element, prose
from partybuilding.wechat.tree import BLOCKS, Node, read, write

#: A wider table is told row by row: a telephone shows no more.
COLUMNS = 3
#: Returns where a picture of the library stands for the article; nothing when its file is lost.
Source = Callable[[Any], str]


class Setting:
    """One article being set: the notes gathered so far, and where pictures stand."""

    def __init__(self, base: str, source: Source) -> None:
        self.notes, self.source = Notes(base), source


def set_article(manuscript: told.Manuscript, *, base: str, source: Source) -> str:
    """Return the content of an article: allowed elements with inline styles alone.

    Args:
        base: the address of the site as readers know it.
        source: tells where pictures stand.
    """
    setting = Setting(base, source)
    body = [part for one in manuscript.body for part in _set(one, setting)]
    root = element("section", styles.ROOT, *body, *_notes(setting.notes), _end())
    edge = element("p", styles.EDGE, "\u00a0")
    return only_allowed(write([edge, root, edge]))


def plain_text(html: str) -> str:
    """Return the words of an article, one block a line."""
    return "\n".join(
        line for line in map(str.strip, "".join(_lines(read(html))).split("\n")) if line
    )


def _lines(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
            continue
        if child.tag in BLOCKS or child.tag == "br":
            yield "\n"
        yield from _lines(child)
        if child.tag in BLOCKS:
            yield "\t" if child.tag in {"td", "th"} else "\n"


def _notes(notes: Notes) -> Parts:
    if not notes.known:
        return []
    rows = [
        element(
            "p",
            styles.LEAST,
            f"[{number}] {address}" if words == address else f"[{number}] {words}：{address}",
        )
        for number, (address, words) in enumerate(notes.known.items(), start=1)
    ]
    title = element("p", styles.LEAST, Node("strong", {}, [_("Links in the text")]))
    return [element("section", styles.NOTES, title, *rows)]


def _end() -> Node:
    words = _("Tap “Read the original” for the page on the site with what came of it since.")
    return element("p", styles.END, words)


@singledispatch
def _set(one: told.Element, setting: Setting) -> Parts:
    raise TypeError(f"No layout for {type(one).__name__}.")


@_set.register
def _heading(one: told.Heading, setting: Setting) -> Parts:
    return [element("h2", styles.SECTION, one.text)]


@_set.register
def _prose(one: told.Prose, setting: Setting) -> Parts:
    return prose(one.html, setting.notes)


@_set.register
def _figure(one: told.Figure, setting: Setting) -> Parts:
    source = setting.source(one.image) if one.image else ""
    if not source:
        return []
    image = Node("img", {"src": source, "alt": one.alt, "style": styles.IMAGE})
    caption = [element("p", styles.CAPTION, one.caption)] if one.caption else []
    return [element("section", styles.PICTURE, image, *caption)]


@_set.register
def _quote(one: told.Quote, setting: Setting) -> Parts:
    who = [element("p", styles.WHO, f"—— {one.who}")] if one.who else []
    lines = [element("p", styles.LEAST, line) for line in one.text.splitlines() if line.strip()]
    return [element("blockquote", styles.QUOTE, *lines, *who)]


@_set.register
def _table(one: told.Table, setting: Setting) -> Parts:
    caption = [element("p", styles.CAPTION, one.caption)] if one.caption else []
    return [*caption, *(_rows(one) if len(one.heads) <= COLUMNS else _cards(one))]


def _rows(one: told.Table) -> Parts:
    heads = [element("th", styles.HEAD, head) for head in one.heads]
    rows = [
        element("tr", styles.ODD if at % 2 else "", *(element("td", styles.CELL, c) for c in row))
        for at, row in enumerate(one.rows)
    ]
    return [element("table", styles.TABLE, Node("tbody", {}, [Node("tr", {}, [*heads]), *rows]))]


def _cards(one: told.Table) -> Parts:
    """Set every row for itself: its first cell names it, the others follow behind their headings."""
    return [
        element(
            "section",
            styles.CARD,
            element("p", styles.LEAST, Node("strong", {}, [first])),
            *(
                element("p", styles.LEAST, f"{head}：{cell}")
                for head, cell in zip(one.heads[1:], rest, strict=False)
                if cell
            ),
        )
        for first, *rest in one.rows
    ]


@_set.register
def _numbers(one: told.Numbers, setting: Setting) -> Parts:
    cells = [
        element(
            "section",
            styles.NUMBER,
            element("p", styles.FIGURE, f"{figure}{unit}"),
            element("p", styles.LABEL, label),
        )
        for figure, unit, label in one.rows
    ]
    return [element("section", styles.NUMBERS, *cells)]


@_set.register
def _facts(one: told.Facts, setting: Setting) -> Parts:
    rows = [
        element("p", styles.LEAST, Node("strong", {}, [f"{label}："]), value)
        for label, value in one.rows
    ]
    return [element("section", styles.BOX, *rows)]


@_set.register
def _ways(one: told.Ways, setting: Setting) -> Parts:
    title = element("p", styles.LEAST, Node("strong", {}, [one.title]))
    rows = [
        element("p", styles.LEAST, f"{name}{setting.notes.mark(href, name)}")
        for name, href in one.rows
    ]
    return [element("section", styles.BOX, title, *rows)]
