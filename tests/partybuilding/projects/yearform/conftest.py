"""A year whose form asks nine questions of its own, and an application on it."""

from dataclasses import dataclass
from typing import Any

import pytest

from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.projects.services import create_draft, save_application
from partybuilding.projects.yearform.services import save_form
from tests.factories import Cast, fill, make_cast, make_cycle
from tests.factories.yearform import Block, block, code, column, delivered_with, key, own_part, when


@dataclass
class Asked:
    """The form and what one project says to it, by what each question is called here."""

    blocks: list[Block]
    named: dict[str, Block]
    part: Block

    def key(self, name: str) -> str:
        return key(self.named[name])

    def answers(self) -> dict[str, Any]:
        """Return an answer to every question."""
        said = {
            "ready": True,
            "sum": 12.5,
            "ways": [code(self.named["ways"], 0), code(self.named["ways"], 2)],
            "group": code(self.named["group"], 1),
            "wish": "盼楼下有一盏长明灯。",
            "day": "2026-11-20",
            "clerk": "网格员",
            "things": [
                {column(self.named["things"], 0): "路灯", column(self.named["things"], 1): "12"}
            ],
            "keeper": {"name": "王示例", "post": "楼栋长"},
        }
        return {self.key(name): value for name, value in said.items()}


#: What each answer reads, wherever it is shown.
WORDS = {
    "ready": "是",
    "sum": "12.5万元",
    "ways": "入户走访、网上征求",
    "group": "儿童",
    "wish": "盼楼下有一盏长明灯。",
    "day": "2026年11月20日",
    "clerk": "网格员",
    "things": "1. 设备：路灯；数量：12",
    "keeper": "王示例 楼栋长",
}


@pytest.fixture
def asked() -> Asked:
    """Write the form: two questions beside the delivered ones, seven in a part of their own."""
    ready = block("yes_no", "是否已有专项经费", required=True)
    money = block(
        "number",
        "专项经费数额",
        unit="万元",
        places=2,
        required=True,
        when=[when("是否已有专项经费", "是")],
    )
    ways = block(
        "choices", "听取意见的方式", options=("入户走访", "院坝会", "网上征求"), required=True
    )
    group = block("choice", "主要受益群体", options=("老人", "儿童"))
    wish = block("long", "群众的主要意见", required=True, help="写群众自己的话。")
    day = block("date", "最近一次听取意见的日期")
    clerk = block("text", "经办人职务")
    things = block("table", "拟添置设备", columns=("设备", "数量"))
    keeper = block("person", "日常管护人")
    part = own_part("群众参与情况", ways, group, wish, day, clerk, explanation="如实填写。")
    part["value"]["fields"] += [things, keeper]
    blocks = delivered_with(ready, money)
    blocks.insert(2, part)
    names = ("ready", "sum", "ways", "group", "wish", "day", "clerk", "things", "keeper")
    rows = (ready, money, ways, group, wish, day, clerk, things, keeper)
    return Asked(blocks, dict(zip(names, rows, strict=True)), part)


@pytest.fixture
def cast(asked: Asked) -> Cast:
    """Open a year on that form."""
    cast = make_cast(cycle=make_cycle())
    save_form(cast.cycle, asked.blocks, by=cast["department"])
    cast.cycle = open_it(cast.cycle, cast)
    return cast


def open_it(cycle: Cycle, cast: Cast) -> Cycle:
    return move(Cycle.objects.get(pk=cycle.pk), "open_applications", by=cast["department"])


@pytest.fixture
def draft(cast: Cast, asked: Asked) -> Project:
    """Fill an application in, with every question answered."""
    project = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    return save_application(project, by=cast["applicant"], answers=asked.answers())
