"""Numbers of persons in the documents of the library, as far as their words can be read: PDF, Word, Excel, OFD.

A scan holds no words; what it shows has to be looked at by the publisher.
"""

import logging
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, Any
from zipfile import ZipFile

from django.core.cache import cache
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from partybuilding.core.text.personal_data import Kind, findings

#: Readers of broken files warn of much that nobody can mend.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
MAX_PAGES, MAX_CHARACTERS = 200, 1_000_000
MAX_PART_BYTES = 20 * 1024 * 1024
A_MONTH = 30 * 24 * 3600
TAGS = re.compile(rb"<[^>]*>")


def document_findings(document: Any) -> list[tuple[Any, str]]:
    """Return kind and place of every number of a person in a document; read once for each content."""
    try:
        key = f"document-findings:{document.get_file_hash()}"
        found = cache.get(key)
        if found is None:
            with document.file.open() as file:
                text = words_of(file, document.file_extension.lower())
            found = [(each.kind.value, each.excerpt) for each in findings(text)]
            cache.set(key, found, A_MONTH)
    except FileNotFoundError:
        return []
    return [(Kind(kind).label, excerpt) for kind, excerpt in found]


def words_of(file: IO[bytes], extension: str) -> str:
    """Return the words of a document; nothing of one that cannot be read."""
    reader = READERS.get(extension)
    lines: list[str] = []
    room = MAX_CHARACTERS
    try:
        for line in reader(file) if reader else ():
            lines.append(line[:room])
            room -= len(line)
            if room <= 0:
                break
    except Exception:
        logging.getLogger("partybuilding.library").info("document not readable", exc_info=True)
    return "\n".join(lines)


def _pdf(file: IO[bytes]) -> Iterator[str]:
    pages = PdfReader(file).pages
    return (page.extract_text() for page in islice(pages, MAX_PAGES))


def _word(file: IO[bytes]) -> Iterator[str]:
    document = Document(file)
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    for part in parts:
        for paragraph in part.iter("{*}p"):
            yield "".join(piece.text or "" for piece in paragraph.iter("{*}t"))


def _excel(file: IO[bytes]) -> Iterator[str]:
    book = load_workbook(file, read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield "\n".join(str(value) for value in row if value is not None)


def _ofd(file: IO[bytes]) -> Iterator[str]:
    with ZipFile(file) as archive:
        for part in archive.infolist():
            if part.filename.endswith("Content.xml") and part.file_size <= MAX_PART_BYTES:
                yield TAGS.sub(b"\n", archive.read(part)).decode("utf-8", "replace")


READERS: dict[str, Callable[[IO[bytes]], Iterator[str]]] = {
    "pdf": _pdf,
    "docx": _word,
    "xlsx": _excel,
    "ofd": _ofd,
}
