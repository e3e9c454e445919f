"""Read what an officer wrote in blocks into the content of a version, and say what is wrong with it.

A question's key comes from the identity of its block and an option's code from that of its row, never
from words or places: renamed or moved, it stays what it is. A copied block has an identity of its own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from partybuilding.core.papers.typesetting import listing_of
from partybuilding.core.rules import Sentence
from partybuilding.core.sheets import Field, LongText
from partybuilding.core.sheets.kinds.files import Enclosure
from partybuilding.core.text.characters import clean_line, clean_text
from partybuilding.core.text.validators import unprintable
from partybuilding.projects.sheet import APPLICATION
from partybuilding.projects.yearform.blocks import (
    MOST_IN_PART,
    MOST_PARTS,
    MOST_QUESTIONS,
    NOT_APART,
)
from partybuilding.projects.yearform.compose import (
    ALWAYS_ASKED,
    APART,
    BESIDES,
    NEEDED,
    OF_FILES,
    delivered,
    listed,
)
from partybuilding.projects.yearform.conditions import Asked

Block = dict[str, Any]
Content = dict[str, Any]

#: What no form asks of a person: it is not needed to judge a project, and is a burden to keep.
PERSONAL = re.compile(
    "身份证|证件号|银行卡|银行账|收款账|密码|口令|验证码|住址|家庭地址|家庭成员|家庭情况|户口|护照|病史|病历|病情|疾病|"
    "宗教|信仰|征信|指纹|人脸"
)
LIMITS = ("longest", "unit", "places", "least", "most", "rows")
#: What a question lists, and the letter of its codes.
LISTS = {"options": "a", "columns": "c"}


class NotWhole(Exception):
    """A block came without its identity: it was not written by the editor, or not sent whole."""


def key_of(letter: str, block: Mapping[str, Any]) -> str:
    """Return the key that a block's identity gives: a letter and ten digits of it.

    Raises:
        NotWhole: it has none.
    """
    try:
        return letter + UUID(str(block.get("id"))).hex[:10]
    except ValueError as fault:
        raise NotWhole from fault


def part_code(block: Mapping[str, Any]) -> str:
    """Return the code of a part: the delivered one's, its purpose's, or what its block's identity gives.

    Raises:
        NotWhole: it has none.
    """
    if block["type"] in BESIDES:
        return str(block["type"])
    return key_of("p", block) if block["type"] == "own" else block["value"].get("part") or ""


def start() -> list[Block]:
    """Return the delivered form in blocks, as the editor begins with it."""
    return [
        {
            "type": "delivered",
            "id": str(uuid4()),
            "value": {
                "part": part["code"],
                "label": "",
                "help": "",
                "fields": [
                    {
                        "type": "built_in",
                        "id": str(uuid4()),
                        "value": {
                            "field": field["key"],
                            "label": "",
                            "help": "",
                            "optional": False,
                        },
                    }
                    for field in part["fields"]
                ],
            },
        }
        for part in delivered()["parts"]
    ]


class Reading:
    """The content of what is written, and its faults; `blocks` come out with conditions as things are called now.

    Args:
        blocks: the raw form of the stream.
        before: the content of what was saved last; what it called by another name is still found.
    """

    def __init__(self, blocks: list[Block], before: Mapping[str, Any] | None = None) -> None:
        self.blocks = blocks
        self.faults: list[Sentence] = []
        self._before = before or {"parts": []}
        self._asked = Asked(self._before)
        self.content: Content = {"parts": [self._part(block) for block in blocks]}
        self.faults += faults_of(self.content)

    def _part(self, block: Block) -> Content:
        said, code = block["value"], part_code(block)
        asked = Asked(self._before) if code in APART else self._asked
        return {
            "code": code,
            "label": clean_line(said.get("label") or "").strip(),
            "help": clean_text(said.get("help") or "").strip(),
            "fields": [self._field(one, asked) for one in said.get("fields") or []],
        }

    def _field(self, block: Block, asked: Asked) -> Content:
        said = block["value"]
        words = {
            "label": clean_line(said.get("label") or "").strip(),
            "help": clean_text(said.get("help") or "").strip(),
        }
        if block["type"] == "built_in":
            field = {"key": said.get("field") or ""}
            field |= {name: value for name, value in words.items() if value}
            field |= {name: said[name] for name in ("longest", "optional") if said.get(name)}
        else:
            field = {"key": key_of("q", block), "kind": block["type"], **words}
            field["required"] = bool(said.get("required"))
            field |= {name: said[name] for name in LIMITS if said.get(name) not in (None, "")}
            for name in LISTS.keys() & said.keys():
                field[name] = [
                    {
                        "code": key_of(LISTS[name], one),
                        "label": clean_line(one["value"] or "").strip(),
                    }
                    for one in said[name]
                ]
            if when := asked.resolve(field, said.get("when") or [], self.faults):
                field["when"] = when
        asked.add(field)
        return field


def usable(content: Content) -> Content:
    """Return what of a form can be shown while it is being written: without what stands nowhere or twice."""
    seen: set[str] = set()
    parts: dict[str, Content] = {}
    for part in content["parts"]:
        built_in = APPLICATION.part(part["code"])
        known = {one.key for one in listed(built_in)} if built_in else set()
        fields = []
        for field in part["fields"]:
            if ("kind" in field or field["key"] in known) and field["key"] not in seen:
                seen.add(field["key"])
                fields.append(field)
        if fields:
            parts.setdefault(part["code"], {**part, "fields": fields})
    return {"parts": list(parts.values())}


def faults_of(content: Content) -> Iterator[Sentence]:
    """Yield what is wrong with a form, in words."""
    parts = content["parts"]
    fields = [field for part in parts for field in part["fields"]]
    own = [field for field in fields if "kind" in field]
    yield from _missing(parts, fields)
    for part in parts:
        yield from _faults_of_part(part)
    for field in own:
        yield from _faults_of_question(field)
    yield from _faults_of_parts_apart(parts)
    if len(own) > MOST_QUESTIONS:
        yield _("A form has at most %(most)s questions of its own.") % {"most": MOST_QUESTIONS}
    if sum(map(_is_own, parts)) > MOST_PARTS:
        yield _("A form has at most %(most)s parts of its own.") % {"most": MOST_PARTS}
    yield from _unprintable(content)


def _faults_of_parts_apart(parts: list[Content]) -> Iterator[Sentence]:
    for part in parts:
        for field in part["fields"]:
            if part["code"] in APART and field.get("kind") in NOT_APART - {Enclosure.kind}:
                words = _("“%(name)s” cannot be asked in “%(part)s”; ask it in words.")
                called = part["label"] or BESIDES[part["code"]]
                yield words % {"name": field["label"], "part": called}


def _is_own(part: Content) -> bool:
    return part["code"] not in BESIDES and APPLICATION.part(part["code"]) is None


def _missing(parts: list[Content], fields: list[Content]) -> Iterator[Sentence]:
    codes = Counter(part["code"] for part in parts)
    places = [part["code"] in BESIDES for part in parts]
    if places != sorted(places):
        yield _("The parts of the application stand first; move the others behind them.")
    keys = Counter(field["key"] for field in fields)
    for part in APPLICATION.parts:
        for field in listed(part):
            names = {"name": field.label}
            if keys[field.key] > 1:
                yield _("“%(name)s” stands twice.") % names
            elif not keys[field.key] and field.key in NEEDED:
                yield _("“%(name)s” cannot be left out: decisions and papers need it.") % names
        if codes[part.code] > 1:
            yield _("The part “%(name)s” stands twice.") % {"name": part.label}
    for code, label in BESIDES.items():
        if codes[code] > 1:
            yield _("The part “%(name)s” stands twice.") % {"name": label}
    own = [field["key"] for field in fields if "kind" in field]
    own += [part["code"] for part in parts if _is_own(part)]
    listed_ones = ((field, name) for field in fields for name in LISTS)
    lists = [own, *([one["code"] for one in field.get(name, ())] for field, name in listed_ones)]
    if any(len(keys) != len(set(keys)) for keys in lists):
        yield _("The form was not sent whole; load the page anew and try once more.")


def _faults_of_part(part: Content) -> Iterator[Sentence]:
    built_in = APPLICATION.part(part["code"])
    delivered_as = built_in.label if built_in else BESIDES.get(part["code"], "")
    name = {"name": part["label"] or delivered_as}
    known: dict[str, Field] = {one.key: one for one in listed(built_in)} if built_in else {}
    own = [field for field in part["fields"] if "kind" in field]
    if not part["fields"]:
        yield _("The part “%(name)s” asks nothing; take it out or give it a question.") % name
    if len(own) > MOST_IN_PART:
        more = {**name, "most": MOST_IN_PART}
        yield _("The part “%(name)s” has more than %(most)s questions of its own.") % more
    files = [field for field in own if field["kind"] == Enclosure.kind]
    if part["code"] == OF_FILES and len(files) < len(own):
        yield _("The part “%(name)s” takes files only; ask this in another part.") % name
    if part["code"] != OF_FILES and files:
        words = _("“%(name)s” asks for a file; it belongs into the part “%(part)s”.")
        there = APPLICATION.part_of(OF_FILES).label
        yield words % {"name": files[0]["label"], "part": there}
    for field in part["fields"]:
        if "kind" in field:
            continue
        if field["key"] not in known:
            yield _("A delivered question stands in “%(name)s”, but belongs elsewhere.") % name
            continue
        one = {"name": known[field["key"]].label}
        if field.get("optional") and field["key"] in ALWAYS_ASKED:
            yield _("“%(name)s” must be answered: decisions and papers need it.") % one
        if field.get("longest") and not isinstance(known[field["key"]], LongText):
            yield _("Only long texts have a length that can be set; “%(name)s” is none.") % one


def _faults_of_question(field: Content) -> Iterator[Sentence]:
    name = {"name": field["label"]}
    if not field["label"]:
        yield _("A question has no words.")
    columns = (one["label"] for one in field.get("columns", ()))
    if found := PERSONAL.search("\n".join((field["label"], field["help"], *columns))):
        words = _("“%(name)s” asks for something that no form asks of a person: %(what)s.")
        yield words % {**name, "what": found[0]}
    least, most = field.get("least"), field.get("most")
    if least is not None and most is not None and least > most:
        yield _("“%(name)s”: the smallest number is larger than the largest.") % name
    labels = [one["label"] for key in LISTS for one in field.get(key, ())]
    if "options" in field and len(labels) < 2:
        yield _("“%(name)s” needs at least two options.") % name
    if "columns" in field and not labels:
        yield _("“%(name)s” needs a column.") % name
    for label, times in Counter(labels).items():
        if times > 1 or not label:
            yield _("“%(name)s”: an option or a column stands twice or is empty.") % name
            break


def _unprintable(content: Content) -> Iterator[Sentence]:
    if signs := unprintable(str(content)):
        words = _("Papers cannot print %(characters)s; take it out or write it in words.")
        yield words % {"characters": listing_of(signs)}
