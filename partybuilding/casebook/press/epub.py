"""The EPUB 3 edition: one file of XHTML for each part, from the same elements as the pages on paper."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from partybuilding.casebook.press.words import WORDS
from partybuilding.core.files.archives import packed
from partybuilding.core.text.characters import every_text, writable

MIMETYPE = "mimetype"
Chapter = tuple[str, str, str]

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="zh-CN" xml:lang="zh-CN">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
<body>{body}</body>
</html>
"""
STYLE = """body { line-height: 1.75; margin: 1em; }
h1 { font-size: 1.6em; line-height: 1.35; border-bottom: 2px solid #b3000c; padding-bottom: .4em; }
h2 { font-size: 1.25em; border-left: .3em solid #b3000c; padding-left: .5em; margin-top: 1.6em; }
h3 { font-size: 1.1em; } h4 { font-size: 1em; }
p { text-indent: 2em; margin: 0 0 .6em; } .plain { text-indent: 0; } .soft { color: #544c43; font-size: .9em; }
.summary { text-indent: 0; border-left: .25em solid #c8a04a; padding-left: .8em; }
figure { margin: 1em 0; text-align: center; } img { max-width: 100%; height: auto; }
figcaption { color: #544c43; font-size: .85em; } em { font-style: normal; font-weight: 600; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: .25em solid #b3000c; } blockquote p { text-indent: 0; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; font-size: .9em; }
caption { font-weight: bold; padding-bottom: .4em; }
th, td { border-top: 1px solid #d8cfbf; padding: .35em .5em; text-align: left; vertical-align: top; }
thead th { background: #f4f0e8; } .number { text-align: right; }
dl { margin: 1em 0; } dt { color: #857a6c; font-size: .85em; } dd { margin: 0 0 .5em; }
.big { color: #b3000c; font-size: 1.5em; font-weight: bold; }
.cover { margin: 0; text-align: center; } .cover img { max-height: 98vh; }
"""


def epub_book(book: dict[str, Any], folder: Path, timestamp: int, cover: bytes) -> bytes:
    """Return the book as EPUB 3; the pictures lie in the folder already.

    Args:
        timestamp: the moment written into the file, in seconds of Unix time.
        cover: the picture of the cover, PNG.
    """
    book = every_text(book, writable)
    chapters = list(_chapters(book))
    pictures = sorted(set(_pictures(book)))
    at = datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entries = [
        (MIMETYPE, b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.encode()),
        ("EPUB/package.opf", _package(book, chapters, pictures, at).encode()),
        ("EPUB/nav.xhtml", _navigation(chapters).encode()),
        ("EPUB/book.css", STYLE.encode()),
        ("EPUB/cover.png", cover),
        *((f"EPUB/{name}.xhtml", _page(title, body).encode()) for name, title, body in chapters),
        *((f"EPUB/{name}", (folder / name).read_bytes()) for name in pictures),
    ]
    return packed(entries, plain=(MIMETYPE,))


def _page(title: str, body: str) -> str:
    return PAGE.format(title=escape(title), body=body)


def _chapters(book: dict[str, Any]) -> Iterator[Chapter]:
    """Yield name, title and body of every part in the order of the book."""
    cover = str(WORDS["cover"])
    picture = f'<img src="cover.png" alt="{_attribute(book["title"])}"/>'
    yield "cover", cover, f'<section class="cover" epub:type="cover">{picture}</section>'
    yield "imprint", str(WORDS["imprint"]), _imprint(book)
    for part in book["front"]:
        if part["name"] != "figures":
            yield part["name"], part["title"], _texts(part)
    if book["figures"]["numbers"]["rows"]:
        yield "figures", str(WORDS["figures"]), _year(book["figures"])
    for number, case in enumerate(book["cases"], start=1):
        yield f"case-{number}", case["title"], _case(case)
    if book["promises"]:
        yield "promises", str(WORDS["promises"]), _promises(book)
    for part in book["rear"]:
        if part["name"] not in {"promises", "index"}:
            yield part["name"], part["title"], _texts(part)


def _imprint(book: dict[str, Any]) -> str:
    pairs = [*((row["role"], "　".join(row["names"])) for row in book["board"]), *book["imprint"]]
    terms = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in pairs)
    return f"<h1>{escape(book['title'])}</h1><dl>{terms}</dl>"


def _texts(part: dict[str, Any]) -> str:
    return f"<h1>{escape(part['title'])}</h1>" + "".join(map(_plain, part["texts"]))


def _plain(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _year(figures: dict[str, Any]) -> str:
    bars = [
        _table(
            {
                "caption": one["caption"],
                "heads": one["heads"][:2],
                "rows": [[row["label"], str(row["count"])] for row in one["rows"]],
                "numeric": [False, True],
                "row_header": True,
            }
        )
        for one in figures["bars"]
    ]
    said = _plain(figures["said"]) if figures["said"] else ""
    tables = "".join(map(_table, figures["tables"]))
    return f"<h1>{WORDS['figures']}</h1>{said}{_numbers(figures['numbers'])}{''.join(bars)}{tables}"


def _case(case: dict[str, Any]) -> str:
    facts = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in case["facts"])
    parts = [
        f"<h1>{escape(case['title'])}</h1>",
        f'<p class="plain soft">{escape(case["organization"])}</p>',
    ]
    if case["summary"]:
        parts.append(f'<p class="summary">{escape(case["summary"])}</p>')
    if case["lead"]:
        parts.append(_figure(case["lead"]))
    parts.append(f"<dl>{facts}</dl>")
    if case["address"]:
        address = _attribute(case["address"])
        parts.append(f'<p class="plain"><a href="{address}">{WORDS["read_online"]}</a></p>')
    for part in case["parts"]:
        parts.append(f"<h2>{escape(part['label'])}</h2>")
        parts += [WRITERS[element["kind"]](element) for element in part["elements"]]
    return "".join(parts)


def _promises(book: dict[str, Any]) -> str:
    heads: Any = WORDS["promise_heads"]
    tables = [
        _table(
            {
                "caption": one["title"],
                "heads": heads,
                "rows": [
                    [str(n), row["goal"], row["deadline"], row["state"]]
                    for n, row in enumerate(one["rows"], start=1)
                ],
                "numeric": [True, False, False, False],
                "row_header": False,
            }
        )
        for one in book["promises"]
    ]
    return f"<h1>{WORDS['promises']}</h1>{_plain(book['promises_said'])}{''.join(tables)}"


def _runs(spans: list[dict[str, Any]]) -> str:
    return "".join(map(_run, spans))


def _run(one: dict[str, Any]) -> str:
    said = escape(one["text"])
    said = f"<strong>{said}</strong>" if one["bold"] else said
    said = f"<em>{said}</em>" if one["emphasis"] else said
    return f'<a href="{_attribute(one["href"])}">{said}</a>' if one["href"] else said


def _attribute(text: str) -> str:
    return escape(text, quote=True)


def _figure(one: dict[str, Any]) -> str:
    caption = f"<figcaption>{escape(one['caption'])}</figcaption>" if one["caption"] else ""
    return f'<figure><img src="{one["file"]}" alt="{_attribute(one["alt"])}"/>{caption}</figure>'


def _figures(element: dict[str, Any]) -> str:
    return "".join(map(_figure, element["figures"]))


def _list(element: dict[str, Any]) -> str:
    tag = "ol" if element["ordered"] else "ul"
    return f"<{tag}>{''.join(f'<li>{_runs(item)}</li>' for item in element['items'])}</{tag}>"


def _quote(element: dict[str, Any]) -> str:
    who = f'<p class="soft">——{escape(element["who"])}</p>' if element["who"] else ""
    return f"<blockquote><p>{escape(element['text'])}</p>{who}</blockquote>"


def _table(element: dict[str, Any]) -> str:
    caption = f"<caption>{escape(element['caption'])}</caption>" if element["caption"] else ""
    heads = "".join(f'<th scope="col">{escape(words)}</th>' for words in element["heads"])
    rows = "".join(f"<tr>{_cells(row, element)}</tr>" for row in element["rows"])
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(row: list[str], element: dict[str, Any]) -> Iterator[str] | str:
    cells = []
    for place, (text, right) in enumerate(zip(row, element["numeric"], strict=True)):
        is_head = not place and element["row_header"]
        name = ' class="number"' if right else ""
        cells.append(
            f'<th scope="row"{name}>{escape(text)}</th>'
            if is_head
            else f"<td{name}>{escape(text)}</td>"
        )
    return "".join(cells)


def _numbers(element: dict[str, Any]) -> str:
    rows = [
        f'<dt>{escape(row["label"])}</dt><dd><span class="big">{escape(row["number"])}</span>'
        f"{escape(row['unit'])}</dd>"
        for row in element["rows"]
    ]
    return f"<dl>{''.join(rows)}</dl>"


#: How each kind of element is written.
WRITERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "paragraph": lambda element: f"<p>{_runs(element['spans'])}</p>",
    "heading": lambda element: (
        f"<h{element['level']}>{escape(element['text'])}</h{element['level']}>"
    ),
    "figures": _figures,
    "list": _list,
    "quote": _quote,
    "table": _table,
    "numbers": _numbers,
    "files": lambda element: (
        f'<p class="plain soft">{WORDS["files"]}{escape("、".join(element["names"]))}。</p>'
    ),
}


def _pictures(book: dict[str, Any]) -> Iterator[str]:
    for case in book["cases"]:
        if case["lead"]:
            yield case["lead"]["file"]
        for part in case["parts"]:
            for element in part["elements"]:
                if element["kind"] == "figures":
                    yield from (one["file"] for one in element["figures"])


def _navigation(chapters: list[Chapter]) -> str:
    links = "".join(
        f'<li><a href="{name}.xhtml">{escape(title)}</a></li>' for name, title, _body in chapters
    )
    title = str(WORDS["contents"])
    return _page(title, f'<nav epub:type="toc" id="toc"><h1>{title}</h1><ol>{links}</ol></nav>')


def _package(book: dict[str, Any], chapters: list[Chapter], pictures: list[str], at: str) -> str:
    identifier = uuid5(NAMESPACE_URL, f"{book['title']}{at}")
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="css" href="book.css" media-type="text/css"/>',
        '<item id="cover-picture" href="cover.png" media-type="image/png" properties="cover-image"/>',
        *(
            f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>'
            for name, _title, _body in chapters
        ),
        *(
            f'<item id="picture-{n}" href="{name}" media-type="image/jpeg"/>'
            for n, name in enumerate(pictures)
        ),
    ]
    spine = "".join(f'<itemref idref="{name}"/>' for name, _title, _body in chapters)
    told = escape(book["said"])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" xml:lang="zh-CN">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book">urn:uuid:{identifier}</dc:identifier>
<dc:title>{escape(book["title"])}</dc:title>
<dc:language>zh-CN</dc:language>
<dc:creator>{escape(book["issuer"])}</dc:creator>
<dc:description>{told}</dc:description>
<meta property="dcterms:modified">{at}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">{told}</meta>
</metadata>
<manifest>{"".join(items)}</manifest>
<spine><itemref idref="nav" linear="no"/>{spine}</spine>
</package>
"""
