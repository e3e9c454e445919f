"""The papers as PDF, in the look of printed official forms and letters."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time

from partybuilding.core.papers.data import ApplicationForm, ResultLetter
from partybuilding.core.papers.form_outline import DRAFT_MARK, outline_form
from partybuilding.core.papers.letter_outline import LetterOutline, outline_letter
from partybuilding.core.papers.typesetting import missing_characters, typeset
from partybuilding.core.papers.wording import LOCAL_ZONE, local_date

__all__ = [
    "application_form_pdf",
    "letter_pdf",
    "missing_characters",
    "result_letter_pdf",
]


def application_form_pdf(form: ApplicationForm) -> bytes:
    """Return the application form (项目申报表); a form not yet submitted carries the watermark 草稿."""
    paper = asdict(outline_form(form)) | {"draft-mark": DRAFT_MARK}
    return typeset("form.typ", _keys(paper), timestamp=_midnight(local_date(form.submitted_at)))


def result_letter_pdf(letter: ResultLetter) -> bytes:
    """Return the letter that tells an organisation the result (立项通知书 or 不予立项告知书)."""
    return letter_pdf(outline_letter(letter), letter.date)


def letter_pdf(outline: LetterOutline, day: date | None) -> bytes:
    """Return any official letter, dated as it says; a draft has no day yet."""
    return typeset("letter.typ", _keys(asdict(outline)), timestamp=_midnight(day))


def _keys(paper: dict[str, object]) -> dict[str, object]:
    """Spell the names as Typst does, with hyphens."""
    return {name.replace("_", "-"): value for name, value in paper.items()}


def _midnight(day: date | None) -> int | None:
    """Return the start of a day in China, so that the same paper gives the same bytes; a draft is dated now."""
    if day is None:
        return None
    return int(datetime.combine(day, time(), LOCAL_ZONE).timestamp())
