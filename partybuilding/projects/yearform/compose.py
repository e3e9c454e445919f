"""Compose the form of a year from the built-in one and from what a version of it keeps.

Behind the application it may have a part for each other purpose that a year asks something for, of its own
questions alone; there is none where it asks nothing (ADR 0076).

A version lists its parts in order, and in each the built-in fields and the year's own questions:
`{"parts": [{"code": "basics", "label": "", "help": "", "fields": [{"key": "title"}, {"key": "q…", …}]}]}`.
What it does not list is left out; what it says of a built-in field takes the place of what is delivered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core.sheets import Field, LongText, Part, Sheet
from partybuilding.core.states import Text
from partybuilding.projects.sheet import APPLICATION, OWN
from partybuilding.projects.yearform.kinds import question_of

#: The built-in fields that every form holds: papers, rules and commitments are made of them.
NEEDED = frozenset({"title", "sector", "contact_name", "plan", "attachments"})
#: Those of them whose answer rules ask for in any case.
ALWAYS_ASKED = NEEDED - {"attachments"}
RESULTS, VISIT, EXPERT, PEER = "results", "visit", "expert", "peer"
#: What a year asks its own questions for besides the application, and what their part is called.
BESIDES: dict[str, Text] = {
    RESULTS: _("Report of the results"),
    VISIT: _("Checklist of supervision"),
    EXPERT: _("Remarks of the experts"),
    PEER: _("Remarks of the peers"),
}
#: Answered of another record than the project, so that conditions name its own questions only.
APART = frozenset({VISIT, EXPERT, PEER})
#: The part whose screen takes files: here, and nowhere else, a year asks for files of its own.
OF_FILES = "attachments"


def is_listed(field: Field) -> bool:
    """Tell whether a version names a built-in field; the others stand behind the one that they follow."""
    return (field.is_written or field.key in NEEDED) and not field.same_line


def listed(part: Part) -> list[Field]:
    """Return the fields of a built-in part that a version names."""
    return [field for field in part.fields if is_listed(field)]


def followers(part: Part, key: str) -> Iterator[Field]:
    """Yield what stands behind a built-in field and moves with it: facts of the registers, its second half."""
    place = next(place for place, field in enumerate(part.fields) if field.key == key)
    for field in part.fields[place + 1 :]:
        if is_listed(field):
            return
        yield field


def sheet_from(content: Mapping[str, Any]) -> Sheet:
    """Return the form that a version describes."""
    return Sheet(tuple(map(_part, content["parts"])))


def _part(said: Mapping[str, Any]) -> Part:
    code = said["code"]
    if code in BESIDES:
        asked = tuple(map(question_of, said["fields"]))
        return Part(code, said["label"] or BESIDES[code], asked, said["help"], purpose=code)
    built_in = APPLICATION.part(code)
    fields = tuple(field for one in said["fields"] for field in _fields(built_in, one))
    label = said["label"] or (built_in.label if built_in else "")
    return Part(code, label, fields, said["help"] or (built_in.help if built_in else ""))


def _fields(part: Part | None, said: Mapping[str, Any]) -> Iterator[Field]:
    if "kind" in said:
        yield replace(question_of(said), carried=OWN)
        return
    assert part is not None
    field = next(one for one in part.fields if one.key == said["key"])
    yield _overlaid(field, said)
    yield from followers(part, field.key)


def _overlaid(field: Field, said: Mapping[str, Any]) -> Field:
    """Return a built-in field with the words and limits of the year."""
    changes: dict[str, Any] = {name: said[name] for name in ("label", "help") if said.get(name)}
    if said.get("optional"):
        changes["required"] = ""
    if isinstance(field, LongText) and said.get("longest"):
        changes["longest"] = said["longest"]
    return replace(field, **changes) if changes else field


def delivered() -> dict[str, Any]:
    """Return the built-in form as a version would keep it: the start of every year's."""
    return {
        "parts": [
            {
                "code": part.code,
                "label": "",
                "help": "",
                "fields": [{"key": field.key} for field in listed(part)],
            }
            for part in APPLICATION.parts
        ]
    }
