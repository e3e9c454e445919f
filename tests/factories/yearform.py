"""Forms of a year in blocks, as the editor sends them."""

from typing import Any
from uuid import UUID, uuid4

from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import SheetDraft, SheetVersion
from partybuilding.projects.yearform.content import Reading, start

Block = dict[str, Any]


def block(
    kind: str,
    label: str,
    *,
    options: tuple[str, ...] = (),
    columns: tuple[str, ...] = (),
    **said: Any,
) -> Block:
    """Return a question of one's own with an identity of its own."""
    value = {"label": label, "help": "", "required": False, "when": [], **said}
    if kind in ("text", "long"):
        value.setdefault("longest", 100 if kind == "text" else 1000)
    if kind == "number":
        value.setdefault("places", 0)
    if kind == "table":
        value.setdefault("rows", 10)
        value["columns"] = [item(word) for word in columns]
    if options:
        value["options"] = [item(word) for word in options]
    return {"type": kind, "id": str(uuid4()), "value": value}


def item(value: Any) -> Block:
    """Return a row of a list."""
    return {"type": "item", "id": str(uuid4()), "value": value}


def when(of: str, answers: str) -> Block:
    """Return a condition as it is written."""
    return item({"of": of, "answers": answers})


def own_part(label: str, *fields: Block, explanation: str = "") -> Block:
    """Return a part that only this year has."""
    value = {"label": label, "help": explanation, "fields": list(fields)}
    return {"type": "own", "id": str(uuid4()), "value": value}


def part_for(purpose: str, *fields: Block, label: str = "", explanation: str = "") -> Block:
    """Return what a year asks for another purpose than the application."""
    value = {"label": label, "help": explanation, "fields": list(fields)}
    return {"type": purpose, "id": str(uuid4()), "value": value}


def delivered_with(*fields: Block, part: str = "basics") -> list[Block]:
    """Return the delivered form with questions at the end of one of its parts."""
    blocks = start()
    next(one for one in blocks if one["value"].get("part") == part)["value"]["fields"] += fields
    return blocks


def key(one: Block) -> str:
    """Return the key under which a question is answered."""
    return "q" + UUID(one["id"]).hex[:10]


def code(one: Block, place: int) -> str:
    """Return the code of an option by its place."""
    return "a" + UUID(one["value"]["options"][place]["id"]).hex[:10]


def column(one: Block, place: int) -> str:
    """Return the code of a column by its place."""
    return "c" + UUID(one["value"]["columns"][place]["id"]).hex[:10]


def use(cycle: Cycle, *parts: Block) -> SheetVersion:
    """Put a year that was opened already onto the delivered form with further parts behind it."""
    content = Reading(blocks := [*start(), *parts]).content
    version = SheetVersion.keep(content)
    assert version is not None
    said = {"parts": blocks, "content": content, "version": version}
    SheetDraft.objects.update_or_create(cycle=cycle, defaults=said)
    return version
