"""A page's body as plain data, which every edition outside the web is drawn from: PDF, Word, EPUB.

A body becomes a list of elements; each is a dictionary fit for JSON, told apart by its `kind`:

- `heading`: `text`, `level` (3 for a section within a part of the page, 4 below one)
- `paragraph`: `spans`, each with `text`, `bold`, `emphasis`, `href`
- `list`: `ordered`, `items`, each a list of spans
- `figures`: `figures`, each with `image` (the key of a picture of the library), `alt`, `caption`
- `quote`: `text`, `who`
- `table`: `caption`, `heads`, `rows`, `numeric` (by column), `row_header`
- `numbers`: `rows`, each with `number`, `unit`, `label`
- `files`: `names`

What a block says is told in one place (`core/pages/manuscript.py`); here it is only written down as data.
"""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import chain
from typing import Any

from partybuilding.core.pages import manuscript
from partybuilding.core.text.characters import clean_text

Element = dict[str, Any]
Span = dict[str, Any]

#: The level of a heading within a part of a page, and of one in running text below it.
SECTION, BELOW = 3, 4


def elements_of(body: Any) -> list[Element]:
    """Return the elements of a StreamField's value, in its order."""
    told = _side_by_side(manuscript.elements_of(body))
    return list(_levelled(chain.from_iterable(map(_as_data, told))))


def pictures_of_elements(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield every figure."""
    for element in elements:
        if element["kind"] == "figures":
            yield from element["figures"]


def words_of(element: Element) -> list[str]:
    """Return what an element says, text by text, for whoever counts or compares it."""
    match element["kind"]:
        case "heading" | "quote":
            return [text for text in (element["text"], element.get("who", "")) if text]
        case "paragraph":
            return [_plain(element["spans"])]
        case "list":
            return [_plain(item) for item in element["items"]]
        case "figures":
            return [one["caption"] for one in element["figures"] if one["caption"]]
        case "table":
            return [element["caption"], *element["heads"], *chain(*element["rows"])]
        case "numbers":
            return [f"{row['label']}{row['number']}{row['unit']}" for row in element["rows"]]
        case _:
            return list(element["names"])


def span(text: str, *, bold: bool = False, emphasis: bool = False, href: str = "") -> Span:
    """Return a run of words that look alike."""
    return {"text": clean_text(text), "bold": bold, "emphasis": emphasis, "href": href}


def figure(image: Any, *, alt: str, caption: str = "") -> Element:
    """Return a picture of the library with its words."""
    return {"image": image.pk, "alt": clean_text(alt), "caption": clean_text(caption)}


def rich_text(html: str) -> list[Element]:
    """Return the elements of running text."""
    reader = _RichTextReader()
    reader.feed(html)
    reader.close()
    return reader.finished()


def _plain(spans: Iterable[Span]) -> str:
    return "".join(one["text"] for one in spans)


def _levelled(elements: Iterable[Element]) -> Iterator[Element]:
    """Let no heading of running text skip the level above it."""
    below = False
    for element in elements:
        if element["kind"] == "heading":
            below = below or element["level"] == SECTION
            yield element if below else {**element, "level": SECTION}
        else:
            yield element


def _side_by_side(told: Iterable[manuscript.Element]) -> Iterator[Any]:
    """Put pictures that stand together into one tuple."""
    group: list[manuscript.Figure] = []
    for one in told:
        if not isinstance(one, manuscript.Figure):
            yield one
            continue
        group.append(one)
        if not one.goes_on:
            yield tuple(group)
            group = []


def _as_data(told: Any) -> list[Element]:
    match told:
        case manuscript.Heading():
            level = BELOW if told.is_small else SECTION
            return [{"kind": "heading", "text": clean_text(told.text).strip(), "level": level}]
        case manuscript.Prose():
            return rich_text(told.html)
        case manuscript.Quote():
            return [{"kind": "quote", "text": clean_text(told.text), "who": clean_text(told.who)}]
        case manuscript.Table():
            return [_table(told)]
        case manuscript.Numbers():
            names = ("number", "unit", "label")
            rows = [dict(zip(names, map(clean_text, row), strict=True)) for row in told.rows]
            return [{"kind": "numbers", "rows": rows}]
        case manuscript.Facts():
            items = [[span(f"{label}：", bold=True), span(value)] for label, value in told.rows]
            return [{"kind": "list", "ordered": False, "items": items}]
        case manuscript.Ways():
            return [{"kind": "files", "names": [clean_text(name) for name, _href in told.rows]}]
        case _:
            shown = [
                figure(one.image, alt=one.alt, caption=one.caption) for one in told if one.image
            ]
            return [{"kind": "figures", "figures": shown}] if shown else []


def _table(told: manuscript.Table) -> Element:
    return {
        "kind": "table",
        "caption": clean_text(told.caption),
        "heads": list(map(clean_text, told.heads)),
        "rows": [list(map(clean_text, row)) for row in told.rows],
        "numeric": list(told.numeric),
        "row_header": told.row_header,
    }


class _RichTextReader(HTMLParser):
    """Reads what editors may mark up: small headings, bold, italic, lists, links."""

    HEADINGS = ("h2", "h3", "h4", "h5", "h6")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._elements: list[Element] = []
        self._spans: list[Span] = []
        self._lists: list[Element] = []
        self._bold = self._emphasis = 0
        self._hrefs: list[str] = []

    def finished(self) -> list[Element]:
        """Return what was read."""
        self._end_block()
        return self._elements

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "b" | "strong":
                self._bold += 1
            case "i" | "em":
                self._emphasis += 1
            case "a":
                self._hrefs.append(dict(attrs).get("href") or "")
            case "br":
                self._end_block()
            case "ul" | "ol":
                self._end_block()
                # A list in a list goes on in the outer one.
                new = {"kind": "list", "ordered": tag == "ol", "items": []}
                self._lists.append(self._lists[-1] if self._lists else new)
            case "p" | "li" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._end_block()

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "b" | "strong":
                self._bold = max(0, self._bold - 1)
            case "i" | "em":
                self._emphasis = max(0, self._emphasis - 1)
            case "a" if self._hrefs:
                self._hrefs.pop()
            case "ul" | "ol" if self._lists:
                self._end_block()
                done = self._lists.pop()
                if done["items"] and not self._lists:
                    self._elements.append(done)
            case "p" | "li":
                self._end_block()
            case _ if tag in self.HEADINGS:
                self._end_heading()

    def handle_data(self, data: str) -> None:
        text = " ".join(clean_text(data).split("\n"))
        if text.strip() or self._spans:
            href = self._hrefs[-1] if self._hrefs else ""
            marks = {"bold": bool(self._bold), "emphasis": bool(self._emphasis)}
            self._spans.append(span(text, href=href, **marks))

    def _end_block(self) -> None:
        spans, self._spans = self._spans, []
        if not _plain(spans).strip():
            return
        if self._lists:
            self._lists[-1]["items"].append(spans)
        else:
            self._elements.append({"kind": "paragraph", "spans": spans})

    def _end_heading(self) -> None:
        text, self._spans = _plain(self._spans).strip(), []
        if text:
            self._elements.append({"kind": "heading", "text": text, "level": BELOW})
