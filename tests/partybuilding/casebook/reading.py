"""Read a PDF as its readers and printers do: structure, bookmarks, boxes, colours, and rows of text."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

POINT = 25.4 / 72
#: May not begin a row, and may not end one (GB/T 15834, CLREQ).
NOT_FIRST = "，。、；：？！）》〉」』】〕”’…—·％"
NOT_LAST = "（《〈「『【〔“‘"
WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)

needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext is not installed"
)


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def elements(content: bytes) -> Iterator[Any]:
    """Yield every element of the structure tree."""
    root = read(content).trailer["/Root"]["/StructTreeRoot"]
    waiting = [root]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node and not isinstance(node["/K"], int):
                kids = node["/K"]
                waiting.extend(kids if isinstance(kids, list) else [kids])


def counted(content: bytes) -> Counter[str]:
    """Count the elements by their kind."""
    return Counter(str(node["/S"]) for node in elements(content))


def bookmarks(content: bytes) -> dict[str, int]:
    """Return the index of the page of each bookmark of the first level."""
    reader = read(content)
    return {
        str(one.title): reader.get_destination_page_number(one)  # type: ignore[arg-type]
        for one in reader.outline
        if not isinstance(one, list)
    }


def fonts(content: bytes) -> Iterator[Any]:
    """Yield every descriptor of a font."""
    for page in read(content).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for below in font.get_object().get("/DescendantFonts", [font]):
                yield below.get_object()["/FontDescriptor"].get_object()


def box(page: Any, name: str) -> tuple[float, float]:
    """Return width and height of a box in millimetres."""
    left, bottom, right, top = (float(side) * POINT for side in page[name])
    return round(right - left, 1), round(top - bottom, 1)


def rows(content: bytes, folder: Path) -> Iterator[str]:
    """Yield the rows of every page; words that stand at one height are one row.

    pdftotext parts a row at squeezed punctuation, so that what it calls lines begin with commas.
    """
    (folder / "read.pdf").write_bytes(content)
    command = ["pdftotext", "-bbox", str(folder / "read.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for page in told.split("<page ")[1:]:
        found: dict[int, list[tuple[float, str]]] = {}
        for left, top, _right, bottom, word in WORD.findall(page):
            middle = round((float(top) + float(bottom)) / 2 / 2)
            near = next((key for key in (middle, middle - 1, middle + 1) if key in found), middle)
            found.setdefault(near, []).append((float(left), unescape(word)))
        for words in found.values():
            yield "".join(word for _left, word in sorted(words))
