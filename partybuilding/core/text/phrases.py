"""Where a title may break: at its stops and around its quotations, never inside a word such as 五福村. Pure.

Where a line of short facts may: before the point between two, so that none ends with it.
"""

import re
from typing import Any

STOPS = "：:，,、；;！!？?。"
#: Up to a stop, or a quotation with its marks.
PIECE = re.compile(rf"[“《「][^“”《》「」]*[”》」][{STOPS}]*|[^{STOPS}“《「]+[{STOPS}]*|.")
#: A longer piece breaks where the line ends: it would leave a gap, or not fit a narrow phone in large letters.
LONGEST = 8

#: Between short facts: a line may break before it, never behind.
POINT = " ·\u00a0"


def in_a_row(*facts: Any) -> str:
    """Return short facts in a line; what is empty is left out."""
    return POINT.join(str(fact) for fact in facts if fact)


def phrases(title: str) -> list[tuple[str, bool]]:
    """Divide a title into its pieces, each with whether it is kept in one line."""
    pieces = PIECE.findall(title)
    return [(piece, len(pieces) > 1 and len(piece) <= LONGEST) for piece in pieces]
