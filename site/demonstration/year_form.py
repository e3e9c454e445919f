"""What the open and the judged year ask beside the delivered form, and how it is answered."""

from collections.abc import Container
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from demonstration.content.shapes import Application, CurrentApplication
from partybuilding.core.sheets.kinds.choices import NO, YES
from partybuilding.cycles.models import Cycle
from partybuilding.projects.yearform.content import Block, key_of, start
from partybuilding.projects.yearform.services import save_form


def _block(kind: str, value: Any, name: str) -> Block:
    """Return a block whose identity, and so its key, is the same whenever the year is played."""
    return {"type": kind, "id": str(uuid5(NAMESPACE_URL, f"demonstration/{name}")), "value": value}


def _question(kind: str, label: str, name: str, **said: Any) -> Block:
    return _block(kind, {"label": label, "help": "", "required": True, "when": [], **said}, name)


REACH = _question(
    "number",
    "受益群众人数",
    "reach",
    help="一年内直接受益的群众，按实际估算，不重复计算。",
    unit="人",
    places=0,
    least=1,
)
JOINT = _question("yes_no", "是否需要区级部门配合", "joint")
NEEDS = _question(
    "text",
    "需要哪些区级部门配合",
    "needs",
    longest=100,
    when=[_block("item", {"of": "是否需要区级部门配合", "answers": "是"}, "needs/when")],
)


def _part(purpose: str, explanation: str, *fields: Block) -> Block:
    return _block(purpose, {"label": "", "help": explanation, "fields": list(fields)}, purpose)


def _options(name: str, *labels: str) -> list[Block]:
    return [_block("item", label, f"{name}/{label}") for label in labels]


REPORT = _part(
    "results",
    "数据与台账一致，不重复计算。",
    _question("number", "实际受益群众人数", "reached", unit="人", places=0, least=1),
    _question("long", "可推广的做法", "learnt", required=False, longest=500),
)
LEDGER = _question(
    "choice",
    "工作台账",
    "ledger",
    required=False,
    options=_options("ledger", "规范", "基本规范", "不规范"),
)
MET = _question("number", "现场走访群众", "met", required=False, unit="人", places=0, least=0)
CHECKLIST = _part("visit", "逐项查看，据实填写。", LEDGER, MET)


SPREAD = _question(
    "choice",
    "推广价值",
    "spread",
    options=_options("spread", "值得推广", "完善后推广", "暂不推广"),
)
LACKING = _question(
    "text",
    "需完善之处",
    "lacking",
    longest=200,
    when=[_block("item", {"of": "推广价值", "answers": "完善后推广"}, "lacking/when")],
)
PRAISED = _question("text", "值得学习之处", "praised", longest=200)
EXPERTS = _part("expert", "对照佐证材料填写，不打分。", SPREAD, LACKING)
PEERS = _part("peer", "", PRAISED)
#: From so many points on an expert would see a practice spread as it is.
WORTH = 93


def write_form_of_judged(cycle: Cycle, *, by: Any) -> None:
    """Ask nothing but what experts and peers say beside their points."""
    save_form(cycle, [*start(), EXPERTS, PEERS], by=by)


def sheet_answers(asked: Container[str], points: float) -> dict[str, Any]:
    """Return what somebody who would give so many points says to what a sheet asks."""
    if key_of("q", PRAISED) in asked:
        return {key_of("q", PRAISED): "群众提的事当场登记、限期回复，办结情况上墙公开。"}
    if key_of("q", SPREAD) not in asked:
        return {}
    worth, later = SPREAD["value"]["options"][:2]
    if points >= WORTH:
        return {key_of("q", SPREAD): key_of("a", worth)}
    # It is asked only once the first is answered so.
    lacking = "成效数据来源不够清楚，建议附台账并注明统计口径。"
    return {key_of("q", SPREAD): key_of("a", later), key_of("q", LACKING): lacking}


def write_form(cycle: Cycle, *, by: Any) -> None:
    """Ask for the people who gain by it, for the departments it needs, and for what the other sheets hold."""
    blocks = start()
    parts = {block["value"]["part"]: block["value"]["fields"] for block in blocks}
    parts["highlights"].append(REACH)
    parts["plan"] += [JOINT, NEEDS]
    save_form(cycle, [*blocks, REPORT, CHECKLIST, EXPERTS, PEERS], by=by)


def checklist_answers() -> dict[str, Any]:
    """Return what a visit with findings says to it."""
    nearly = LEDGER["value"]["options"][1]
    return {key_of("q", LEDGER): key_of("a", nearly), key_of("q", MET): 9}


def answers_of(text: Application) -> dict[str, Any]:
    """Return what an application says to it; an unfinished draft says nothing yet."""
    if not isinstance(text, CurrentApplication) or not text.reach:
        return {}
    said = {REACH["id"]: text.reach, JOINT["id"]: YES if text.needs else NO}
    named = {NEEDS["id"]: text.needs} if text.needs else {}
    return {key_of("q", {"id": identity}): answer for identity, answer in (said | named).items()}
