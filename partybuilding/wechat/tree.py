"""HTML read into a tree and written again, whatever was put in: every element closed, every text escaped."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Union

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
#: Nothing of these is text for readers.
DROPPED = frozenset(
    {
        *("script", "style", "svg", "math", "iframe", "object", "template", "noscript", "head"),
        *("title", "textarea", "select", "button", "video", "audio", "canvas", "xmp", "plaintext"),
        *("noembed", "noframes"),
    }
)
#: These begin anew: a paragraph that is open ends before them.
BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th"),
        *("figure", "figcaption", "hr", "pre", "header", "footer", "main", "aside", "nav", "form"),
    }
)


@dataclass
class Node:
    """An element."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Union["Node", str]] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """Yield every element below this one."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    @property
    def text(self) -> str:
        """All words within."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED:
            self.dropped.append(tag)
        if self.dropped:
            return
        if tag in BLOCKS:
            self._close("p")
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.dropped:
            while self.dropped.pop() != tag:
                pass
        elif not self.dropped:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.open[-1].children.append(data)

    def _close(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass


def read(html: str) -> Node:
    """Read HTML into a tree; its root has no name."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def write(parts: Iterable[Node | str]) -> str:
    """Write a tree, or parts of one, as HTML."""
    return "".join(_text(part) if isinstance(part, str) else _element(part) for part in parts)


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")


def _element(node: Node) -> str:
    said = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    if node.tag in VOID:
        return f"<{node.tag}{said}>"
    return f"<{node.tag}{said}>{write(node.children)}</{node.tag}>"
