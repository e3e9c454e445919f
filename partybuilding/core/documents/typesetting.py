"""The one road to Typst: data in, PDF out, and no character lost on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from partybuilding.core.documents import fonts
from partybuilding.core.documents.wording import clean

TEMPLATES = Path(__file__).parent / "typst"
# PDF/A forbids a missing glyph: the typesetter itself refuses to print an empty box.
STANDARD = "a-2b"


class MissingCharacters(Exception):
    """No font of this machine has some characters; `characters` holds them, in the order of their codes."""

    def __init__(self, characters: Iterable[str]) -> None:
        """Keep the characters; the message is a sentence for the screen."""
        self.characters = tuple(sorted(set(characters)))
        super().__init__(
            _(
                "No font can print these characters: %(characters)s. "
                "Replace them, or download the Word edition."
            )
            % {"characters": self.listing}
        )

    @property
    def listing(self) -> str:
        """Name each character with its code, as in “𬭎”（U+2CB4E）."""
        return "、".join(
            f"“{character}”（U+{ord(character):04X}）" for character in self.characters
        )


def typeset(template: str, paper: object, *, timestamp: int | None = None) -> bytes:
    """Return a paper as PDF.

    Args:
        template: the name of a file in the folder `typst`.
        paper: what the template prints, fit for JSON.
        timestamp: the date written into the file, in seconds of Unix time; now, if left out.

    Raises:
        MissingCharacters: neither the programme's fonts nor the installed ones have all characters.
    """
    try:
        return _compile(template, paper, fonts.bundled(), timestamp)
    except typst.TypstError:
        text = "".join(_strings(paper))
        if not _unprintable(text, fonts.bundled()):
            raise
        if missing := missing_characters(text):
            raise MissingCharacters(missing) from None
        return _compile(template, paper, fonts.with_installed(), timestamp)


def missing_characters(text: str) -> set[str]:
    """Return the characters of a text that no font of this machine can print; ask before typesetting."""
    rare = _unprintable(clean(text), fonts.bundled())
    return {character for character in rare if not _prints(character, fonts.with_installed())}


def _compile(
    template: str, paper: object, faces: typst.Fonts, timestamp: int | None = None
) -> bytes:
    inputs = {
        "paper": json.dumps(paper, ensure_ascii=False),
        "families": json.dumps(fonts.stand_ins(faces), ensure_ascii=False),
    }
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        package_path=TEMPLATES,
        package_cache_path=TEMPLATES,
        font_paths=faces,
        sys_inputs=inputs,
        pdf_standards=STANDARD,
        timestamp=timestamp,
    )


def _unprintable(text: str, faces: typst.Fonts) -> set[str]:
    """Find what cannot be printed by halving: one attempt when nothing is missing, a few for each find."""
    characters = "".join(sorted(set(text)))
    if _prints(characters, faces):
        return set()
    if len(characters) == 1:
        return {characters}
    middle = len(characters) // 2
    return _unprintable(characters[:middle], faces) | _unprintable(characters[middle:], faces)


@lru_cache(maxsize=1024)
def _prints(text: str, faces: typst.Fonts) -> bool:
    try:
        _compile("probe.typ", text, faces)
    except typst.TypstError:
        return False
    return True


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
