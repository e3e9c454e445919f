"""Where a title may break: at its stops and around its quotations, never inside a word such as 五福村. Pure."""

import re

STOPS = "：:，,、；;！!？?。"
#: Up to a stop, or a quotation with its marks.
PIECE = re.compile(rf"[“《「][^“”《》「」]*[”》」][{STOPS}]*|[^{STOPS}“《「]+[{STOPS}]*|.")
#: A longer piece breaks where the line ends: it would leave a gap, or not fit a narrow phone in large letters.
LONGEST = 8


def phrases(title: str) -> list[tuple[str, bool]]:
    """Divide a title into its pieces, each with whether it is kept in one line."""
    pieces = PIECE.findall(title)
    return [(piece, len(pieces) > 1 and len(piece) <= LONGEST) for piece in pieces]
