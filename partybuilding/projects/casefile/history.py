"""The trail of a project as a story to read: who did what, when, why, with which files."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.machine.history import Entry, tone_of, who_of
from partybuilding.core.machine.wording import day_words
from partybuilding.core.models import TransitionRecord
from partybuilding.core.selectors import trail_of
from partybuilding.core.sheets import Sheet
from partybuilding.projects.models import Project
from partybuilding.projects.states import DUTIES, GROUNDS, METHODS, TABLE


def story_of(project: Project, *, full: bool) -> list[Entry]:
    """Return the trail, newest first; without `full` only the steps, without persons and opinions."""
    rows = trail_of(project).order_by("-sequence")
    if not full:
        return [Entry(row, tone_of(row, TABLE)) for row in rows if not row.is_note]
    there = {file.pk for file in project.attachments.all()}
    year = project.cycle_id
    return [_entry(row, there, project.whole_sheet, year) for row in rows]


def _entry(row: TransitionRecord, there: set[int], sheet: Sheet, year: int) -> Entry:
    return Entry(
        row,
        tone_of(row, TABLE),
        who=who_of(row),
        reason=row.reason,
        facts=tuple(facts_of(row, year)),
        remarks=remarks_of(row, sheet),
        files=tuple({**file, "there": file.get("id") in there} for file in row.files),
    )


def remarks_of(row: TransitionRecord | None, sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Return the remarks of a return with the words for their parts."""
    said = row.data.get("remarks") or {} if row else {}
    return tuple((str(part.label), said[part.code]) for part in sheet.parts if said.get(part.code))


def facts_of(row: TransitionRecord, year: int) -> Iterator[str]:
    """Say in words what the row's data add to its step, as the project's year calls things."""
    if grounds := row.data.get("grounds"):
        yield _("Grounds: %(grounds)s") % {"grounds": "、".join(GROUNDS.labels(grounds, year))}
    if reason := row.data.get("quota_reason"):
        yield _("Reason for exceeding the quota: %(reason)s") % {"reason": reason}
    if grade := row.data.get("grade"):
        yield _("Grade: %(grade)s") % {"grade": grade}
    if write := _NOTES.get(row.step):
        yield from write(row.data, year)


def _assessed(data: dict[str, Any], year: int) -> Iterator[str]:
    yield f"{METHODS.label(data.get('method', ''), year)} {data.get('held_on', '')}".strip()


def _rated(data: dict[str, Any], year: int) -> Iterator[str]:
    for criterion, points in (data.get("points") or {}).items():
        yield f"{criterion} {points}"


def _appointed(data: dict[str, Any], year: int) -> Iterator[str]:
    for duty, (name, post, *since) in data.items():
        said = " ".join(filter(None, (DUTIES.label(duty, year), name, post)))
        if since:  # rows of before the day was noted lack it
            day = day_words(date.fromisoformat(since[0]))
            said = _("%(what)s, from %(day)s on") % {"what": said, "day": day}
        yield said


def _linked(data: dict[str, Any], year: int) -> Iterator[str]:
    for duty, person in data.items():
        yield " ".join((DUTIES.label(duty, year), *(str(part) for part in person if part)))


def _assigned(data: dict[str, Any], year: int) -> Iterator[str]:
    yield str(data.get("group", ""))


def _extended(data: dict[str, Any], year: int) -> Iterator[str]:
    days = [day_words(date.fromisoformat(data[key])) for key in ("from", "to") if data.get(key)]
    yield " → ".join(days)


def _changed(data: dict[str, Any], year: int) -> Iterator[str]:
    yield str(data.get("what", ""))
    yield f"{data.get('from') or '—'} → {data.get('to', '')}"


def _corrected(data: dict[str, Any], year: int) -> Iterator[str]:
    yield str(data.get("what", ""))
    for change in data.get("changes", ()):
        yield f"{change['from'] or '—'} → {change['to'] or '—'}"


def _of_step(data: dict[str, Any], year: int) -> Iterator[str]:
    yield str(data.get("title", ""))


_NOTES: dict[str, Callable[[dict[str, Any], int], Iterator[str]]] = {
    "assess": _assessed,
    "rate": _rated,
    "appoint": _appointed,
    "link": _linked,
    "assign": _assigned,
    "extend": _extended,
    "change": _changed,
    "replan": _changed,
    "correct": _corrected,
    "report": _of_step,
    "taken_back": _of_step,
}
