"""A form as it is read: its parts, each with its questions and what they ask for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core.sheets import Field, Sheet
from partybuilding.core.sheets.kinds.choices import OneOf
from partybuilding.core.sheets.questions import Question
from partybuilding.projects.models import SheetCorrection, SheetDraft
from partybuilding.projects.yearform.compose import sheet_from
from partybuilding.projects.yearform.conditions import words_of
from partybuilding.projects.yearform.content import usable
from partybuilding.projects.yearform.correcting import read_corrected


def read_parts(draft: SheetDraft) -> list[dict[str, Any]]:
    """Return the form as it is read: its parts, each with its questions and what they ask for."""
    sheet = sheet_from(draft.content)
    return [
        {
            "code": part.code,
            "label": part.label,
            "help": part.help,
            "rows": [
                row_of(field, sheet) for field in part.fields if field.is_written or field.is_own
            ],
        }
        for part in sheet.parts
    ]


def row_of(field: Field, sheet: Sheet) -> dict[str, Any]:
    """Return a question as it is read."""
    own = isinstance(field, Question)
    return {
        "label": field.label,
        "help": field.help,
        "kind": field.name if isinstance(field, Question) else _("delivered"),
        "is_own": own,
        "required": bool(field.required),
        "options": field.say_options() if isinstance(field, OneOf) else "",
        "when": words_of(field, sheet),
    }


def read_added(draft: SheetDraft, correction: SheetCorrection) -> list[dict[str, Any]]:
    """Return what a correction adds as it is read: the parts, each with the further questions alone."""
    known = sheet_from(draft.content).questions.keys()
    sheet = sheet_from(usable(read_corrected(draft, correction).content))
    parts = ((part, [one for one in part.fields if one.is_own]) for part in sheet.parts)
    return [
        {"label": part.label, "rows": rows}
        for part, fields in parts
        if (rows := [row_of(field, sheet) for field in fields if field.key not in known])
    ]
