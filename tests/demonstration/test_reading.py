"""The demonstration's files: what a writer may write, and that a fault names the file and the key."""

from pathlib import Path

import pytest

from demonstration.content import reading
from demonstration.content.column_shapes import (
    Figure,
    Figures,
    FromRows,
    Gallery,
    Heading,
    Picture,
    Quote,
    Steps,
    Table,
)
from demonstration.content.prose import body
from demonstration.content.reading import ContentError, entries, read
from demonstration.content.shapes import Application, Organizations, Person, PlanStep
from demonstration.content.work_shapes import Supervision

STEP = '["05-31", "立钟", "签字", "书记", "白怀月"]'
FIELDS = 'lead = "a"\nsector = "rural"\ntopic = "six_actions"\ntitle = "题目"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let files be read from a folder of the test."""
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    return tmp_path


def write(folder: Path, text: str) -> str:
    (folder / "texts.toml").write_text(text, "utf-8")
    return "texts.toml"


def test_a_table_is_a_record_named_by_its_key_and_an_array_one_in_the_order_of_its_fields(
    folder: Path,
) -> None:
    text = (
        f'[first]\n{FIELDS}problem = """\n一行写不下，\n就写两行。\n"""\nplan = [\n  {STEP},\n]\n'
    )
    (found,) = entries(write(folder, text), Application)
    assert (found.key, found.partners) == ("first", ())
    assert found.problem == "一行写不下，就写两行。"
    assert found.plan == (PlanStep("05-31", "立钟", "签字", "书记", "白怀月"),)


def test_keys_of_a_table_may_be_numbers_and_one_string_is_a_list_of_paragraphs(
    folder: Path,
) -> None:
    lists = "".join(f"{name} = []\n" for name in ("companions", "seen", "observed", "findings"))
    text = f'{lists}remarks = """\n一。\n\n二。\n"""\ngood_practice = "三。"\n[dispatched]\n2 = "四。"\n'
    found = read(write(folder, text), Supervision)
    assert found.remarks == ("一。", "二。")
    assert found.good_practice == ("三。",)
    assert found.dispatched == {2: "四。"}


def test_a_body_is_markdown() -> None:
    text = """
一段话
写成两行。

## 标题

> 话。
> —— 谁

1. 甲
2. 乙

![图](door 3)

![一](door 1)
![二](road 2)

**46宗** 清核资产

Table: 表
| 甲 | 乙 |
| 1 | 2 |

Table: 数出来的表
@grades
"""
    assert body(text) == (
        "一段话写成两行。",
        Heading("标题"),
        Quote("话。", "谁"),
        Steps(("甲", "乙")),
        Picture("door", 3, "图"),
        Gallery((Picture("door", 1, "一"), Picture("road", 2, "二"))),
        Figures((Figure("46宗", "清核资产"),)),
        Table("表", (("甲", "乙"), ("1", "2"))),
        FromRows("grades", "数出来的表"),
    )


@pytest.mark.parametrize("text", ["> 话。\n> 谁", "1. 甲\n乙", "Table: 表\n甲 | 乙", "![图](door)"])
def test_a_line_that_does_not_fit_its_paragraph_is_a_fault(text: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be read|ends with"):
        body(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[a", "end of a table declaration"),
        (f'[a]\n{FIELDS}plan = [[3, "", "", "", ""]]', "a.plan.1.deadline: str is needed"),
        (f'[a]\n{FIELDS}plan = [{STEP[:-1]}, "x", "y"]]', "a.plan.1: more entries than deadline"),
        (f'[a]\n{FIELDS}plan = [["05-31", "立钟"]]', "a.plan.1.goal: missing"),
        (f'[a]\n{FIELDS}plan = ["05-31"]', "a.plan.1: a string does not fit here"),
        (f"[a]\n{FIELDS}plan = [3]", "a.plan.1: a table of deadline, task"),
        (f'[a]\n{FIELDS}problems = ""', "a.problems: unknown"),
        ('[a]\nlead = "a"', "a.sector: missing"),
        (f"[a]\n{FIELDS}problem = 3", "a.problem: str is needed"),
        (f"[a]\n{FIELDS}partners = 3", "a.partners: "),
        ("a = 3", "a: a table of key"),
    ],
)
def test_a_fault_names_the_file_and_the_key(folder: Path, text: str, fault: str) -> None:
    with pytest.raises(ContentError) as told:
        entries(write(folder, text), Application)
    assert str(told.value).startswith("texts.toml: ")
    assert fault in str(told.value)


def test_an_array_of_fixed_length_is_as_long(folder: Path) -> None:
    with pytest.raises(ContentError, match="pair: 2 entries are needed"):
        read(write(folder, 'pair = ["a"]'), dict[str, tuple[str, str]])


def test_what_may_be_absent_may_be_written(folder: Path) -> None:
    units = '[["a", "名", "branch", "rural", "", ["白怀月", "书记"]]]'
    text = f"units = {units}\ngrassroots = []\nplaced = []\ntownships = []"
    found = read(write(folder, text), Organizations)
    assert found.units[0].secretary == Person("白怀月", "书记")
