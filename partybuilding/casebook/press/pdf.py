"""The PDF editions: the public one archival and accessible, those for the press in CMYK with bleed."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from PIL import Image
from PIL.Image import Dither

from partybuilding.casebook.press import layout
from partybuilding.casebook.press.words import WORDS
from partybuilding.core.papers import fonts
from partybuilding.core.papers.typesetting import TEMPLATES, missing_characters

OWN = Path(__file__).parent / "typst"
#: On a screen and in an archive; for the press, where PDF/A knows no CMYK without a profile.
Standards = list[Literal["a-2a", "ua-1", "1.7"]]
ARCHIVED: Standards = ["a-2a", "ua-1"]
PRESS: Standards = ["1.7"]
#: Which of the eight masks a code gets; choosing the best of them takes longer than all the rest.
MASK = 3
#: Dots of the cover as it is shown on a page of the site.
COVER_PPI = 96
#: Its colours: paper, red, gold and what lies between them; a third of the bytes of all there could be.
COVER_COLORS = 64


def typeset_book(book: dict[str, Any], form: layout.Form, folder: Path, timestamp: int) -> bytes:
    """Return the book as PDF; the pictures lie in the folder already.

    Args:
        timestamp: the moment written into the file, in seconds of Unix time.
    """
    lay_out(book, form, folder)
    return _compile(folder, timestamp, "book.typ", PRESS if form.press else ARCHIVED)


def cover_picture(folder: Path, timestamp: int) -> bytes:
    """Return the cover as PNG; the book was typeset in the folder."""
    (folder / "cover.typ").write_text(
        '#import "look.typ": *\n#import "covers.typ": front\n'
        "#set page(width: mm(form.width), height: mm(form.height), margin: 0pt, fill: red)\n"
        "#show: chinese.with(size: base, pitch: form.pitch)\n#front\n"
    )
    made = _compile(folder, timestamp, "cover.typ", None, format="png", ppi=COVER_PPI)
    few = Image.open(BytesIO(made)).convert("RGB").quantize(COVER_COLORS, dither=Dither.NONE)
    few.save(light := BytesIO(), "PNG", optimize=True)
    return light.getvalue()


def lay_out(book: dict[str, Any], form: layout.Form, folder: Path) -> None:
    """Put into the folder what the typesetter reads: templates, data, codes to scan; it reads nothing else."""
    for template in (*OWN.glob("*.typ"), TEMPLATES / "common.typ"):
        shutil.copy(template, folder / template.name)
    draw_codes(book, folder)
    data = {"book": book, "form": form.as_json(), "words": WORDS}
    (folder / "book.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def draw_codes(book: dict[str, Any], folder: Path) -> None:
    """Draw the code to scan of the book and of each case; one in grey is printed in black alone."""
    for number, owner in enumerate([book, *book["cases"]]):
        owner["qr"] = ""
        if owner["address"]:
            owner["qr"] = f"code-{number}.png"
            code = segno.make(owner["address"], error="m", micro=False, mask=MASK)
            code.save(str(folder / owner["qr"]), scale=8, border=2, kind="png")


def _compile(
    folder: Path, timestamp: int, template: str, standards: Standards | None, **more: Any
) -> bytes:
    faces = fonts.bundled()
    families = fonts.stand_ins(faces)
    if book_needs_more(folder):
        faces = fonts.with_installed()
        families = fonts.stand_ins(faces)
    compiled: Any = typst.compile(
        folder / template,
        root=folder,
        package_path=folder,
        package_cache_path=folder,
        font_paths=faces,
        sys_inputs={"paper": "null", "families": json.dumps(families, ensure_ascii=False)},
        pdf_standards=standards or [],  # type: ignore[arg-type]
        timestamp=timestamp,
        **more,
    )
    return bytes(compiled)


def book_needs_more(folder: Path) -> bool:
    """Tell whether the book has characters that the programme's own fonts lack."""
    data = json.loads((folder / "book.json").read_text(encoding="utf-8"))
    return bool(missing_characters(data["book"], installed=False))
