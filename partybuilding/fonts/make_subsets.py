"""Make the four font files of this folder from Debian's fonts-noto-cjk; README.md says when and how to run it."""
# ruff: noqa: INP001, T201 (a script to run by hand, not a module)

from __future__ import annotations

import bz2
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).parent
NOTO = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
STYLES = ("Regular", "Bold")
# Punctuation, Latin with pinyin tone marks, currency, units, arrows, mathematics, circles, boxes, full-width forms.
BLOCKS = (
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x01CD, 0x01DC), (0x0370, 0x045F), (0x2000, 0x206F), (0x20A0, 0x20BF),
    (0x2100, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x27BF), (0x3000, 0x303F), (0x3100, 0x312F), (0x3200, 0x33FF),
    (0xFE10, 0xFE4F), (0xFF00, 0xFFEF),
)  # fmt: skip


def gb2312() -> Iterator[int]:
    """Yield every character of GB 2312: 6,763 hanzi and the symbols of its first nine rows."""
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            text = bytes([lead, trail]).decode("gb2312", errors="ignore")
            yield from map(ord, text)


def standard_hanzi() -> Iterator[int]:
    """Yield the 8,105 hanzi of 通用规范汉字表 (2013), among them those allowed in names of people and places."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _, rest = line.partition("\t")
            if rest.startswith("kTGH\t"):
                yield int(code.removeprefix("U+"), 16)


def repertoire() -> set[int]:
    """Return the characters that every file of this folder shall cover."""
    symbols = {code for first, last in BLOCKS for code in range(first, last + 1)}
    return symbols | set(gb2312()) | set(standard_hanzi())


def simplified_chinese(path: Path, family: str) -> TTFont:
    """Return the face of a collection that carries this family name."""
    faces: list[TTFont] = TTCollection(path).fonts
    return next(face for face in faces if face["name"].getDebugName(1) == family)


def rename(font: TTFont, family: str, style: str) -> None:
    """Give a subset its own name, so that it is never mistaken for an installed full font."""
    postscript = f"{family.replace(' ', '')}-{style}"
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 5, 7, 8, 9, 11, 13, 14)]
    for identifier, text in {
        1: family,
        2: style,
        3: f"{postscript};subset",
        4: f"{family} {style}",
        6: postscript,
    }.items():
        names.setName(text, identifier, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff.topDictIndex[0].FamilyName, cff.topDictIndex[0].FullName = family, f"{family} {style}"


def options() -> Options:
    """Return what is kept: horizontal layout only, no hints (documents are printed or zoomed), every name record."""
    return Options(
        layout_features=["kern", "liga", "ccmp", "halt", "mark", "mkmk"],
        hinting=False,
        notdef_outline=True,
        name_IDs=["*"],
        name_languages=["*"],
    )


def make(kind: str, style: str, characters: set[int]) -> Path:
    """Write one subset and return its path."""
    source = NOTO / f"Noto{kind}CJK-{style}.ttc"
    font = simplified_chinese(source, f"Noto {kind} CJK SC")
    subsetter = Subsetter(options())
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.recalcTimestamp = False  # the same sources give the same bytes
    rename(font, f"Partybuilding {kind}", style)
    target = HERE / f"Partybuilding{kind}-{style}.otf"
    font.save(target)
    return target


def main() -> None:
    """Write all four files and print their sizes."""
    characters = repertoire()
    for kind in ("Serif", "Sans"):
        for style in STYLES:
            path = make(kind, style, characters)
            print(f"{path.name}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
