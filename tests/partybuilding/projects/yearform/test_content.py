"""A form in blocks is read into content: keys that stay, conditions by key, and every fault in words."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partybuilding.projects.sheet import APPLICATION
from partybuilding.projects.yearform.compose import delivered, sheet_from
from partybuilding.projects.yearform.content import NotWhole, Reading, start, usable
from partybuilding.projects.yearform.kinds import KINDS
from tests.factories.yearform import block, code, delivered_with, item, key, own_part, when


def faults(blocks: list[Any], before: Any = None) -> str:
    return "".join(str(one) for one in Reading(blocks, before).faults)


def fields(content: Any) -> dict[str, Any]:
    return {field["key"]: field for part in content["parts"] for field in part["fields"]}


def built_in(blocks: list[Any], name: str) -> Any:
    return next(
        field["value"]
        for part in blocks
        for field in part["value"]["fields"]
        if field["value"].get("field") == name
    )


def test_the_delivered_form_read_from_blocks_is_the_delivered_form() -> None:
    reading = Reading(start())
    assert reading.content == delivered()
    assert reading.faults == []
    assert sheet_from(reading.content).fields == APPLICATION.fields


def test_a_renamed_question_keeps_its_key_and_a_copied_one_gets_its_own() -> None:
    one = block("choice", "受益群体", options=("老人", "儿童"))
    copied = {**deepcopy(one), "id": str(uuid4())}
    content = Reading(delivered_with(one, copied)).content
    assert [*fields(content)][-5:-3] != []
    assert key(one) != key(copied)
    assert {key(one), key(copied)} <= set(fields(content))
    labels = [field.label for field in sheet_from(content).questions.values()]
    assert labels == ["受益群体", "受益群体"]
    one["value"]["label"] = "受益人群"
    assert fields(Reading(delivered_with(one)).content)[key(one)]["label"] == "受益人群"


def test_an_option_taken_out_moves_no_other() -> None:
    one = block("choices", "受益群体", options=("老人", "儿童", "残疾人"))
    before = {option["code"]: option["label"] for option in _options(one)}
    del one["value"]["options"][1]
    after = {option["code"]: option["label"] for option in _options(one)}
    assert set(after) < set(before)
    assert after.items() <= before.items()


def _options(one: Any) -> Any:
    return fields(Reading(delivered_with(one)).content)[key(one)]["options"]


def test_what_came_without_identity_or_twice_is_refused_never_healed() -> None:
    one = block("text", "题")
    with pytest.raises(NotWhole):
        Reading(delivered_with({**one, "id": None}))
    assert "提交的内容不完整" in faults(delivered_with(one, deepcopy(one)))


@pytest.mark.parametrize("name", ["title", "sector", "contact_name", "plan", "attachments"])
def test_what_decisions_need_cannot_be_left_out(name: str) -> None:
    blocks = start()
    for part in blocks:
        part["value"]["fields"] = [
            one for one in part["value"]["fields"] if one["value"]["field"] != name
        ]
    assert "不能去掉" in faults([part for part in blocks if part["value"]["fields"]])


@pytest.mark.parametrize("name", ["topic", "problem", "distinctiveness", "highlights", "overview"])
def test_the_others_can(name: str) -> None:
    blocks = start()
    for part in blocks:
        part["value"]["fields"] = [
            one for one in part["value"]["fields"] if one["value"]["field"] != name
        ]
    blocks = [part for part in blocks if part["value"]["fields"]]
    reading = Reading(blocks)
    assert reading.faults == []
    assert name not in [field.key for field in sheet_from(reading.content).fields]


def test_delivered_questions_are_renamed_reordered_explained_shortened_and_made_optional() -> None:
    blocks = start()
    blocks[0]["value"]["fields"].reverse()
    blocks.insert(0, blocks.pop(3))
    built_in(blocks, "topic").update(label="对应选题", help="没有合适的可不选。", optional=True)
    built_in(blocks, "highlights").update(label="预期成效", longest=300)
    blocks[0]["value"].update(label="成效", help="写得出数字。")
    reading = Reading(blocks)
    assert reading.faults == []
    sheet = sheet_from(reading.content)
    assert (sheet.parts[0].label, sheet.parts[0].help) == ("成效", "写得出数字。")
    by_key = {field.key: field for field in sheet.fields}
    assert (by_key["topic"].label, by_key["topic"].required) == ("对应选题", "")
    assert by_key["highlights"].longest == 300
    basics = [field.key for field in sheet.part_of("title").fields]
    # the telephone goes with its person, and facts of the registers with what they follow
    assert basics[:2] == ["contact_name", "contact_phone"]
    assert basics[-4:] == ["title", "organization", "unit", "partners"]
    assert sorted(field.key for field in sheet.fields) == sorted(
        field.key for field in APPLICATION.fields
    )


def test_what_must_be_answered_stays_so_and_only_long_texts_have_a_length() -> None:
    blocks = start()
    built_in(blocks, "title").update(optional=True)
    assert "必须填写" in faults(blocks)
    blocks = start()
    built_in(blocks, "contact_name").update(longest=60)
    assert "只有长文字可以设字数" in faults(blocks)


def test_a_delivered_question_stays_in_its_part_and_files_are_not_asked_beside() -> None:
    blocks = start()
    blocks[1]["value"]["fields"].append(blocks[2]["value"]["fields"].pop())
    assert "不属于这里" in faults(blocks)
    assert "只收文件" in faults(delivered_with(block("text", "题"), part="attachments"))


def test_conditions_are_kept_by_key_and_follow_what_is_renamed() -> None:
    one = block("choice", "受益群体", options=("老人", "儿童"))
    two = block("text", "适老措施", when=[when("受益群体", "老人")])
    reading = Reading(delivered_with(one, two))
    kept = [{"of": key(one), "any": [code(one, 0)]}]
    assert fields(reading.content)[key(two)]["when"] == kept
    one["value"]["label"] = "受益人群"
    one["value"]["options"][0]["value"] = "老年人"
    again = Reading(delivered_with(one, two), reading.content)
    assert again.faults == []
    assert fields(again.content)[key(two)]["when"] == kept
    said = again.blocks[0]["value"]["fields"][-1]["value"]["when"][0]["value"]
    assert said == {"of": "受益人群", "answers": "老年人"}


def test_a_condition_names_a_field_a_kind_of_organization_or_yes() -> None:
    ready = block("yes_no", "已有经费")
    sums = block("number", "经费", when=[when("已有经费", "是"), when("所属领域", "农村、城市")])
    kinds = block("text", "支部名称", when=[when("组织类型", "党支部")])
    reading = Reading(delivered_with(ready, sums, kinds))
    assert reading.faults == []
    found = fields(reading.content)
    assert found[key(sums)]["when"] == [
        {"of": key(ready), "any": ["yes"]},
        {"of": "sector", "any": ["rural", "urban"]},
    ]
    assert found[key(kinds)]["when"] == [{"of": "organization", "any": ["branch"]}]


@pytest.mark.parametrize(
    ("of", "answers", "words"),
    [
        ("受益群体", "老人", "前面没有这个名称"),  # it stands below
        ("联系人", "老人", "前面没有这个名称"),  # no choice
        ("已有经费", "也许", "没有这个选项"),
    ],
)
def test_a_condition_on_what_is_not_there_is_refused_naming_both(
    of: str, answers: str, words: str
) -> None:
    ready, two = block("yes_no", "已有经费"), block("text", "措施", when=[when(of, answers)])
    below = block("choice", "受益群体", options=("老人", "儿童"))
    said = faults(delivered_with(ready, two, below))
    assert words in said
    assert "措施" in said
    assert of in said


def test_deleting_what_a_condition_names_is_refused() -> None:
    one = block("choice", "受益群体", options=("老人", "儿童", "妇女"))
    two = block("text", "措施", when=[when("受益群体", "老人")])
    before = Reading(delivered_with(one, two)).content
    assert "“措施”的填写条件指向“受益群体”" in faults(delivered_with(two), before)
    del one["value"]["options"][0]
    assert "没有这个选项" in faults(delivered_with(one, two), before)


def test_a_condition_on_one_of_two_of_the_same_name_is_refused() -> None:
    one, two = (block("choice", "类别", options=("甲", "乙")) for _ in range(2))
    assert "两项同名" in faults(
        delivered_with(one, two, block("text", "题", when=[when("类别", "甲")]))
    )


@pytest.mark.parametrize(
    "asks", ["负责人身份证号", "收款银行卡", "登录密码", "家庭住址", "家庭成员情况", "既往病史"]
)
def test_no_form_asks_for_what_is_a_persons_own(asks: str) -> None:
    assert "不应收集的个人信息" in faults(delivered_with(block("text", asks)))
    assert "不应收集的个人信息" in faults(delivered_with(block("text", "说明", help=f"写明{asks}")))


@pytest.mark.parametrize(
    ("fields_", "words"),
    [
        ([block("text", "")], "没有名称"),
        ([block("choice", "类别", options=("甲",))], "至少要有两个选项"),
        ([block("choice", "类别", options=("甲", "甲"))], "有选项或列名重复"),
        ([block("number", "数", least=5, most=1)], "最小值大于最大值"),
        ([block("text", "题😀")], "无法在公文中打印"),
        ([block("text", f"题{n}") for n in range(13)], "超过12个"),
    ],
)
def test_what_is_wrong_is_said(fields_: list[Any], words: str) -> None:
    assert words in faults(delivered_with(*fields_))


def test_a_form_holds_forty_questions_and_eight_parts_of_its_own() -> None:
    parts = [
        own_part(f"部分{n}", *(block("text", f"题{n}-{m}") for m in range(5))) for n in range(8)
    ]
    assert Reading([*start(), *parts]).faults == []
    more = own_part("多一个", block("text", "多一题"))
    said = faults([*start(), *parts, more])
    assert "最多设40个" in said
    assert "最多设8个" in said
    assert "没有填报项" in faults([*start(), own_part("空的")])


labels = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(KINDS)), labels, st.booleans()), max_size=6),
    st.lists(labels, max_size=3),
)
def test_half_a_form_can_always_be_shown(
    questions: list[tuple[str, str, bool]], options: list[str]
) -> None:
    made = [
        block(kind, label, required=must, options=tuple(options), when=[when(label, label)])
        for kind, label, must in questions
    ]
    blocks = delivered_with(*made)
    blocks[0]["value"]["fields"][0]["value"]["field"] = ""
    blocks.append({"type": "delivered", "id": str(uuid4()), "value": {"part": ""}})
    blocks.append(own_part("", item("x") | {"type": "text", "value": {"label": None}}))
    sheet = sheet_from(usable(Reading(blocks).content))
    assert len(sheet.questions) == len(made) + 1
    for question in sheet.questions.values():
        assert question.input().label is not None
