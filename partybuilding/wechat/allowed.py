"""What the editor of the official account keeps when an article is saved; everything else is taken out before.

Elements, attributes and properties stand here once. `only_allowed` is the last thing that happens to an
article, so that no new block can bring along what would vanish.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from partybuilding.wechat.tree import Node, read, write

TAGS = frozenset(
    {
        *("section", "p", "h2", "h3", "strong", "em", "br", "blockquote", "ul", "ol", "li"),
        *("table", "thead", "tbody", "tr", "th", "td", "img", "a"),
    }
)
#: Further attributes of single elements.
ATTRIBUTES = {"img": ("src", "alt"), "a": ("href",)}
PROPERTIES = frozenset(
    {
        *("color", "background-color", "font-size", "font-weight", "line-height", "text-align"),
        *("margin", "padding", "border", "border-left", "border-top", "border-bottom"),
        *("width", "max-width", "display"),
    }
)
DISPLAYS = frozenset({"block", "inline", "inline-block"})
#: Numbers with units, words, and colours; no brackets, so no addresses, variables or sums.
ONE = r"(?:-?\d*\.?\d+(?:px|em|%)?|[a-z]+|#[0-9a-f]{3,8})"
VALUE = re.compile(rf"{ONE}(?: {ONE})*")
#: The platform's own host: links to it stay links.
PLATFORM = "mp.weixin.qq.com"
SOURCE = re.compile(r"(?:https?://|/(?!/)|images/)[^\s\"'<>]+")


def is_on_platform(address: str) -> bool:
    """Tell whether a link may stay a link."""
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and parts.netloc == PLATFORM
    except ValueError:
        return False


def only_allowed(html: str) -> str:
    """Return HTML with nothing in it but what is kept; once more changes nothing."""
    return write(_kept(read(html)))


def _kept(node: Node) -> list[Node | str]:
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            kept.append(child)
        elif _stays(child):
            kept.append(Node(child.tag, dict(_attributes(child)), _kept(child)))
        else:
            kept += _kept(child)
    return kept


def _stays(node: Node) -> bool:
    if node.tag == "img":
        return bool(SOURCE.fullmatch(node.attributes.get("src", "")))
    if node.tag == "a":
        return is_on_platform(node.attributes.get("href", ""))
    return node.tag in TAGS


def _attributes(node: Node) -> Iterator[tuple[str, str]]:
    for name in ATTRIBUTES.get(node.tag, ()):
        yield name, node.attributes.get(name, "")
    if style := allowed_style(node.attributes.get("style", "")):
        yield "style", style


def allowed_style(style: str) -> str:
    """Return a style attribute with nothing in it but what is kept."""
    told = (one.partition(":") for one in style.lower().split(";"))
    pairs = ((name.strip(), " ".join(value.split())) for name, _colon, value in told)
    return ";".join(f"{name}:{value}" for name, value in pairs if _is_allowed(name, value))


def _is_allowed(name: str, value: str) -> bool:
    if name == "display":
        return value in DISPLAYS
    return name in PROPERTIES and VALUE.fullmatch(value) is not None
