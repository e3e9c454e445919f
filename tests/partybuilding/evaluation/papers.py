"""Papers as their readers read them: the words of a PDF, of a Word file, of a workbook."""

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader


def words_of_pdf(content: bytes) -> str:
    """Return the text without white space, because lines break where they must."""
    return "".join(pages_of_pdf(content))


def pages_of_pdf(content: bytes) -> list[str]:
    """Return the text of each page without white space."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def words_of_docx(content: bytes) -> str:
    """Return the text of body and feet without white space."""
    document = Document(io.BytesIO(content))
    parts = [document.element.body, document.sections[0].footer._element]
    texts = (node.text or "" for part in parts for node in part.iter(qn("w:t")))
    return "".join("".join(texts).split())


def rows_of_xlsx(content: bytes) -> list[tuple[Any, ...]]:
    """Return the rows of the first sheet."""
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


READERS = {"pdf": words_of_pdf, "docx": words_of_docx}
