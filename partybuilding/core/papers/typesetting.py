"""The one road to Typst: the papers as PDF, data in, and no character lost on the way."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from partybuilding.core.papers import fonts
from partybuilding.core.papers.data import (
    LOCAL_ZONE,
    ApplicationForm,
    ResultLetter,
    ResultsReport,
    clean,
    local_date,
)
from partybuilding.core.papers.form_outline import (
    DRAFT_MARK,
    FormOutline,
    outline_form,
    outline_results,
)
from partybuilding.core.papers.letters import LetterOutline
from partybuilding.core.papers.result_letters import outline_letter
from partybuilding.core.text.characters import every_text, writable

TEMPLATES = Path(__file__).parent / "typst"
# PDF/A forbids a missing glyph: the typesetter itself refuses to print an empty box.
STANDARD: Final = "a-2b"
#: Stands for a character that no font has.
MARK = "〓"
#: Of a page that is looked at on a screen, in dots an inch.
SHARP = 144
log = logging.getLogger(__name__)


def listing_of(characters: Iterable[str]) -> str:
    """Name characters with their codes, as in “𬭎”（U+2CB4E）, in the order of the codes."""
    return "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in sorted(set(characters)))


def typeset(template: str, paper: object, *, timestamp: int | None = None) -> bytes:
    """Return a paper as PDF; it can always be printed.

    A character that no font of this machine has is printed as 〓, as newspapers do, and named in the log:
    the Word edition of the same paper keeps it.

    Args:
        template: the name of a file in the folder `typst`.
        paper: what the template prints, fit for JSON.
        timestamp: the date written into the file, in seconds of Unix time; now, if left out.
    """
    if timestamp is None:
        timestamp = int(datetime.now(LOCAL_ZONE).timestamp())
    paper = every_text(paper, writable)
    try:
        return _compile(template, paper, fonts.bundled(), timestamp)
    except typst.TypstError:
        if not _unprintable("".join(_strings(paper)), fonts.bundled()):
            raise
    missing = missing_characters(paper)
    if missing:
        log.warning("characters without a font", extra={"characters": listing_of(missing)})
    marked = every_text(
        paper, lambda words: words.translate(dict.fromkeys(map(ord, missing), MARK))
    )
    return _compile(template, marked, fonts.with_installed(), timestamp)


def missing_characters(paper: object, *, installed: bool = True) -> set[str]:
    """Return the characters of a text, or of all texts of a paper, that no font of this machine can print.

    Args:
        installed: whether the fonts installed on this machine may step in for the programme's own.
    """
    signs = set(clean("".join(_strings(paper))))
    unusual = "".join(sign for sign in signs if not _is_usual(sign))
    rare = _unprintable(unusual, fonts.bundled())
    if not installed:
        return rare
    return {character for character in rare if not _prints(character, fonts.with_installed())}


def _compile(
    template: str, paper: object, faces: typst.Fonts, timestamp: int = 0, **wanted: Any
) -> Any:
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
        timestamp=timestamp,
        **(wanted or {"pdf_standards": STANDARD}),
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


def _is_usual(sign: str) -> bool:
    """Tell whether it stands in GB 2312, which the programme's fonts hold whole: most texts need no attempt."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


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


__all__ = [
    "application_form_pdf",
    "application_form_picture",
    "letter_pdf",
    "letters_pdf",
    "midnight",
    "missing_characters",
    "result_letter_pdf",
    "results_report_pdf",
]


def application_form_pdf(form: ApplicationForm) -> bytes:
    """Return the application form (项目申报表); a form not yet submitted carries the watermark 草稿."""
    return _form_pdf(outline_form(form), local_date(form.submitted_at))


def application_form_picture(form: ApplicationForm) -> bytes:
    """Return the first page of the application form as a PNG, to be looked at beside an editor.

    A character without a font stands as an empty box here; the form that holds it is not saved.
    """
    paper = every_text(_printed(outline_form(form)), writable)
    wanted: Any = {"format": "png", "ppi": SHARP}
    pages = _compile("form.typ", paper, fonts.with_installed(), **wanted)
    return pages[0] if isinstance(pages, list) else pages


def results_report_pdf(report: ResultsReport) -> bytes:
    """Return the report of the results (项目成果报告表)."""
    return _form_pdf(outline_results(report), local_date(report.submitted_at))


def _form_pdf(outline: FormOutline, day: date | None) -> bytes:
    return typeset("form.typ", _printed(outline), timestamp=midnight(day))


def _printed(outline: FormOutline) -> Any:
    return _keys(asdict(outline) | {"draft-mark": DRAFT_MARK})


def result_letter_pdf(letter: ResultLetter) -> bytes:
    """Return the letter that tells an organisation the result (立项通知书 or 不予立项告知书)."""
    return letter_pdf(outline_letter(letter), letter.date)


def letter_pdf(outline: LetterOutline, day: date | None) -> bytes:
    """Return any official letter, dated as it says; a draft has no day yet."""
    return letters_pdf((outline,), day)


def letters_pdf(outlines: Iterable[LetterOutline], day: date | None) -> bytes:
    """Return letters of one day in one file, each with pages of its own; at least one."""
    letters = [_keys(asdict(outline)) for outline in outlines]
    return typeset("letter.typ", {"letters": letters}, timestamp=midnight(day))


def _keys(paper: dict[str, object]) -> dict[str, object]:
    """Spell the names as Typst does, with hyphens."""
    return {name.replace("_", "-"): value for name, value in paper.items()}


def midnight(day: date | None) -> int | None:
    """Return the start of a day in China, so that the same paper gives the same bytes; a draft is dated now."""
    if day is None:
        return None
    return int(datetime.combine(day, time(), LOCAL_ZONE).timestamp())
