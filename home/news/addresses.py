"""Addresses of news in plain letters: the title's pinyin, which residents can type and read out."""

from django.utils.text import slugify
from pypinyin import Style, lazy_pinyin

#: Characters of an address at most; it ends with a whole syllable.
LONGEST = 60
NAMELESS = "news"


def address_of(title: str) -> str:
    """Return the part of an address that a title gives, in small letters, digits and hyphens."""
    syllables = slugify(" ".join(lazy_pinyin(title, style=Style.NORMAL, errors=_kept))).split("-")
    address = ""
    for syllable in syllables:
        longer = f"{address}-{syllable}".strip("-")
        if len(longer) > LONGEST:
            break
        address = longer
    return address or syllables[0][:LONGEST] or NAMELESS


def _kept(text: str) -> str:
    """Keep what is no Chinese character, set apart from its neighbours."""
    return f" {text} "
