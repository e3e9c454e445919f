"""Where a sheet's cells are merged: of such cells only the first has a value."""

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple

MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+\d+):[A-Z]+\d+[\"']")
CHUNK = 1024 * 1024
LONGEST = 200


def merged_ranges(sheet: Any) -> Iterator[tuple[int, int]]:
    """Yield row and column where each merged range begins.

    A sheet that is read row by row does not tell them: they stand behind its rows, in the same part.
    """
    rest = b""
    with sheet.parent._archive.open(sheet._worksheet_path) as part:
        while read := part.read(CHUNK):
            text = rest + read
            end = 0
            for found in MERGED.finditer(text):
                end = found.end()
                yield coordinate_to_tuple(found[1].decode())
            rest = text[max(end, len(text) - LONGEST) :]
