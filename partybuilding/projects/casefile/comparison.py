"""Compare two snapshots of an application, part by part, down to the changed words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Text
from partybuilding.organizations.states import Sector
from partybuilding.projects.states import Section

#: The parts in the order of the form: key of the snapshot, section of the form, words.
PARTS: tuple[tuple[str, str, Text], ...] = (
    ("title", Section.BASICS.value, _("project title")),
    ("sector", Section.BASICS.value, _("field")),
    ("topic", Section.BASICS.value, _("topic")),
    ("partners", Section.BASICS.value, _("partners")),
    ("contact_name", Section.BASICS.value, _("contact person")),
    ("contact_phone", Section.BASICS.value, _("contact telephone")),
    ("problem", Section.PROBLEM.value, Section.PROBLEM.label),
    ("distinctiveness", Section.DISTINCTIVENESS.value, Section.DISTINCTIVENESS.label),
    ("highlights", Section.HIGHLIGHTS.value, Section.HIGHLIGHTS.label),
    ("overview", Section.PLAN.value, _("overview of the plan")),
    ("plan", Section.PLAN.value, _("Steps of the plan")),
    ("attachments", Section.ATTACHMENTS.value, Section.ATTACHMENTS.label),
)
#: What snapshots of former years did not keep: nothing can be said of it then.
LATER = frozenset({"contact_name", "contact_phone", "contents"})
#: Changed stretches that lie closer than this many characters are shown as one.
GAP = 2


@dataclass(frozen=True)
class Piece:
    """A stretch of text, changed or not."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Change:
    """One part that differs."""

    section: str
    label: Text
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the parts that differ, in the order of the form."""
    texts = [
        (section, label, _text(key, before), _text(key, after, before))
        for key, section, label in PARTS
        if _is_kept(key, before)
    ]
    return [
        Change(section, label, *pieces(old, new))
        for section, label, old, new in texts
        if old != new
    ]


def changed_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """Return the keys under which two snapshots differ."""
    return {
        key for key, value in after.items() if _is_kept(key, before) and before.get(key) != value
    }


def _is_kept(key: str, snapshot: Mapping[str, Any]) -> bool:
    return key in snapshot or key not in LATER


def _text(key: str, snapshot: Mapping[str, Any], earlier: Mapping[str, Any] | None = None) -> str:
    value = snapshot.get(key) or ""
    if key == "attachments":
        value = _files(snapshot, earlier or {})
    if key == "sector" and value in Sector:
        return str(Sector(value).label)
    if isinstance(value, list):
        return "\n".join(_line(item, place) for place, item in enumerate(value, start=1))
    return str(value).replace("\r\n", "\n")


def _files(snapshot: Mapping[str, Any], earlier: Mapping[str, Any]) -> list[str]:
    """Name the files; one of the same name with another content says so."""
    names = snapshot.get("attachments") or []
    kept = dict(zip(earlier.get("attachments") or [], earlier.get("contents") or [], strict=False))
    contents = snapshot.get("contents") or [""] * len(names)
    return [
        _("%(name)s (content replaced)") % {"name": name}
        if kept.get(name, content) != content
        else name
        for name, content in zip(names, contents, strict=True)
    ]


def _line(item: Any, place: int) -> str:
    if isinstance(item, list):
        return f"{place}. " + "；".join(str(part) for part in item if part)
    return str(item)


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Cut two texts into the stretches that stayed and those that changed."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    old, new = [], []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        small = tag == "equal" and i2 - i1 < GAP
        changed = tag != "equal" or small
        old.append(Piece(before[i1:i2], changed))
        new.append(Piece(after[j1:j2], changed))
    return tuple(_joined(old)), tuple(_joined(new))


def _joined(stretches: list[Piece]) -> Iterator[Piece]:
    """Join neighbours of the same kind, and leave out empty ones."""
    filled = (piece for piece in stretches if piece.text)
    for changed, neighbours in groupby(filled, key=lambda piece: piece.changed):
        yield Piece("".join(piece.text for piece in neighbours), changed)
