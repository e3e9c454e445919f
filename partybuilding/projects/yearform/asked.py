"""The year's own questions in a form: which are asked, when, and what stands in nobody's way."""

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import Any

from django import forms

from partybuilding.core.sheets import Condition, Field, Sheet
from partybuilding.core.sheets.questions import Question
from partybuilding.projects.yearform.conditions import words_of


def offered(
    fields: Iterable[Field], sheet: Sheet, record: Any
) -> Iterator[tuple[Field, list[Condition]]]:
    """Yield what stands on the page, with the conditions on what stands there, too.

    The other conditions were asked before the page was made: what they leave out is not there, and
    what is stored of it stays.
    """
    said, fields = sheet.said(record), list(fields)
    here = {field.key for field in fields}
    for field in fields:
        before = (one for one in field.when if one.of not in here)
        if all(said.get(one.of, set()) & one.codes for one in before):
            yield field, [one for one in field.when if one.of in here]


def marked(
    form: forms.BaseForm, fields: Iterable[Field], sheet: Sheet, record: Any
) -> Iterator[dict[str, Any]]:
    """Yield the fields of a form, each with whether it is asked for, and when it is."""
    for field, hangs in offered(fields, sheet, record):
        yield {
            "field": form[field.column],
            "mark": "required" if field.required else "optional",
            "when": json.dumps([[one.of, sorted(one.codes)] for one in hangs]) if hangs else "",
            "said": words_of(field, sheet),
        }


def form_of_questions(fields: Iterable[Field]) -> type[forms.Form]:
    """Return a form of questions alone."""
    asked = {one.key: one.input() for one in fields if isinstance(one, Question)}
    return type("QuestionsForm", (forms.Form,), asked)


def forgive_unasked(
    form: forms.BaseForm,
    questions: Mapping[str, Question],
    sheet: Sheet,
    record: Any,
) -> None:
    """Let what is not asked, by what is typed now, stand in nobody's way; what is stored of it stays.

    Args:
        record: as it reads with what was typed to everything else.
    """
    typed = copy(record)
    said = form.cleaned_data
    given = {key: question.canonical(said.get(key)) for key, question in questions.items()}
    typed.answers = {**record.answers, **given}
    for key in sheet.questions.keys() - sheet.shown_to(typed).questions.keys():
        form.errors.pop(key, None)
