"""Write lists as CSV that a spreadsheet opens right: UTF-8 with its mark, and nothing that runs as a formula."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from partybuilding.core.text.characters import writable

#: What a spreadsheet takes for the beginning of a formula, in half and full width.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(value: Any) -> str:
    """Return a value as text; one that begins like a formula gets an apostrophe before it."""
    text = "" if value is None else writable(str(value))
    is_number = isinstance(value, int | float)
    if not is_number and text.lstrip(" \u3000\u00a0").startswith(STARTS):
        return f"'{text}"
    return text


def csv_text(headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    """Return the lines of a CSV file (RFC 4180), headings first, without the mark."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow([safe_cell(heading) for heading in headings])
    lines.writerows([safe_cell(value) for value in row] for row in rows)
    return written.getvalue()


def csv_response(name: str, headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Return a CSV file to take along.

    Args:
        name: of the file, without its ending.
        headings: of the columns.
        rows: lists of values; numbers stay numbers.
    """
    content = csv_text(headings, rows).encode("utf-8-sig")
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or ""
    return response
