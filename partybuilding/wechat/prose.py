"""Running text as the official account keeps it: links become numbered notes, nested lists become flat."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from partybuilding.wechat import styles
from partybuilding.wechat.allowed import is_on_platform
from partybuilding.wechat.tree import BLOCKS, Node, read

Parts = list[Node | str]
STRONG, EMPHASIS = frozenset({"b", "strong"}), frozenset({"i", "em"})
LISTS = frozenset({"ul", "ol"})
#: Addresses that lead a reader somewhere.
FOLLOWED = ("http://", "https://", "mailto:", "tel:")


def element(tag: str, style: str, *parts: Node | str) -> Node:
    """Return an element with its look."""
    return Node(tag, {"style": style} if style else {}, list(parts))


@dataclass
class Notes:
    """The addresses that a text leads to, each with its number and the words that first led there.

    Args:
        base: the address of the site, to which addresses of its own are added.
    """

    base: str
    known: dict[str, str] = field(default_factory=dict)

    def mark(self, href: str, words: str) -> str:
        """Return the mark behind the words of a link; nothing for a place within the page."""
        address = urljoin(f"{self.base}/", href.strip()) if not href.startswith("#") else ""
        if not address.startswith(FOLLOWED):
            return ""
        self.known.setdefault(address, " ".join(words.split()))
        return f"[{list(self.known).index(address) + 1}]"


def prose(html: str, notes: Notes) -> Parts:
    """Return running text as elements that are kept."""
    return _blocks(read(html).children, notes)


def _blocks(parts: Iterable[Node | str], notes: Notes) -> Parts:
    """Set parts one below the other; words between blocks are a paragraph."""
    done: Parts = []
    loose: Parts = []
    for part in parts:
        if isinstance(part, Node) and _holds_blocks(part):
            done += _paragraph(loose, notes)
            done += _block(part, notes)
            loose = []
        else:
            loose.append(part)
    return [*done, *_paragraph(loose, notes)]


def _holds_blocks(node: Node) -> bool:
    return node.tag in BLOCKS or any(one.tag in BLOCKS for one in node.walk())


def _block(node: Node, notes: Notes) -> Parts:
    if node.tag in LISTS:
        return _list(node, notes)
    if node.tag in {"h1", "h2"}:
        return _line("h2", styles.SECTION, node, notes)
    if node.tag in {"h3", "h4", "h5", "h6"}:
        return _line("h3", styles.SMALL_HEADING, node, notes)
    if node.tag == "blockquote":
        within = _blocks(node.children, notes)
        return [element("blockquote", styles.QUOTE, *within)] if within else []
    if node.tag == "tr":
        cells = [" ".join(one.text.split()) for one in node.walk() if one.tag in {"td", "th"}]
        return _paragraph(["　".join(filter(None, cells))], notes)
    return _blocks(node.children, notes)


def _line(tag: str, style: str, node: Node, notes: Notes) -> Parts:
    words = _inline(node.children, notes)
    return [element(tag, style, *words)] if _says_something(words) else []


def _paragraph(parts: Iterable[Node | str], notes: Notes) -> Parts:
    words = _inline(parts, notes)
    return [element("p", styles.PARAGRAPH, *words)] if _says_something(words) else []


def _says_something(parts: Parts) -> bool:
    return bool("".join(one if isinstance(one, str) else one.text for one in parts).strip())


def _inline(parts: Iterable[Node | str], notes: Notes) -> Parts:
    done: Parts = []
    for part in parts:
        if isinstance(part, str):
            done.append(part)
        elif part.tag == "br":
            done.append(Node("br"))
        elif part.tag in STRONG:
            done.append(Node("strong", {}, _inline(part.children, notes)))
        elif part.tag in EMPHASIS:
            done.append(Node("em", {}, _inline(part.children, notes)))
        elif part.tag == "a":
            done += _link(part, notes)
        else:
            done += _inline(part.children, notes)
    return done


def _link(node: Node, notes: Notes) -> Parts:
    href, words = node.attributes.get("href", ""), _inline(node.children, notes)
    if is_on_platform(href):
        return [Node("a", {"href": href}, words)]
    mark = notes.mark(href, node.text) if _says_something(words) else ""
    return [*words, mark] if mark else words


def _list(node: Node, notes: Notes) -> Parts:
    """Return a flat list as it is; one that holds another one as sections with marks before them."""
    if not any(one.tag in LISTS for one in node.walk()):
        items = [_inline(one.children, notes) for one in _items(node)]
        rows = [element("li", styles.ITEM, *words) for words in items if _says_something(words)]
        return [element(node.tag, styles.LIST, *rows)] if rows else []
    return [element("section", styles.PARAGRAPH, *_flat(node, notes, ""))]


def _items(node: Node) -> list[Node]:
    return [
        one if isinstance(one, Node) else Node("li", {}, [one])
        for one in node.children
        if isinstance(one, Node) or one.strip()
    ]


def _flat(node: Node, notes: Notes, before: str) -> Parts:
    done: Parts = []
    for number, item in enumerate(_items(node), start=1):
        mark = f"{before}{number}. " if node.tag == "ol" else f"{before}• "
        inner = [] if item.tag not in LISTS else [item]
        below = [one for one in item.children if isinstance(one, Node) and one.tag in LISTS]
        own = [one for one in item.children if one not in below] if not inner else []
        words = _inline(own, notes)
        if _says_something(words):
            done.append(element("section", styles.LEAST, mark, *words))
        for one in (*inner, *below):
            done += _flat(one, notes, f"{before}　")
    return done
