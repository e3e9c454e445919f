"""What is masked of a resident's text before everybody reads it, and what must never get past."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partybuilding.core.text.personal_data import findings
from partybuilding.opinions.redaction import left_in, propose
from tests.partybuilding.core.personal_data_texts import BANK_CARDS, ID_CARDS, MOBILES

NUMBERS = [*ID_CARDS, *MOBILES, *BANK_CARDS]


@pytest.mark.parametrize("text", NUMBERS)
def test_every_written_form_that_the_gate_finds_is_masked(text: str) -> None:
    proposed = propose(text)
    assert proposed.masks
    assert findings(proposed.text) == []
    assert proposed.text != text
    assert left_in(text)


@pytest.mark.parametrize(
    ("text", "masked", "kind"),
    [
        ("渝H·A0000堵在门口", "渝H******堵在门口", "车牌号"),
        ("车牌渝HA0000一直停着", "车牌渝H*****一直停着", "车牌号"),
        ("渝 H A1234学", "渝 ********", "车牌号"),
        ("新能源车渝HD12345占道", "新能源车渝H******占道", "车牌号"),
        ("家里电话023-79220000", "家里电话***-********", "电话号码"),
        ("座机 79220000", "座机 ********", "电话号码"),
        ("请回信到zhang.san@example.com", "请回信到***@***", "电子邮箱"),
        ("微信号：li_si_2022", "微信号：**********", "社交账号"),
        ("加我QQ123456789", "加我QQ*********", "社交账号"),
        ("我住3栋2单元501", "我住*栋*单元***", "住址"),
        ("三号楼二单元四楼漏水", "*号楼*单元*楼漏水", "住址"),
        ("在5组12号门口", "在*组**号门口", "住址"),
        ("解放路108号附3号没有路灯", "解放路***号附*号没有路灯", "住址"),
        ("我家是3-2-501", "我家是*-*-***", "住址"),
        ("我叫张示例，住在这里", "我叫张某某，住在这里", "姓名"),
        ("联系人：李四，麻烦回电", "联系人：李某，麻烦回电", "姓名"),
        ("本人王五是居民", "本人王某是居民", "姓名"),
    ],
)
def test_what_may_name_a_person_is_masked(text: str, masked: str, kind: str) -> None:
    proposed = propose(text)
    assert proposed.text == masked
    assert kind in [str(one.kind) for one in proposed.masks]


@pytest.mark.parametrize(
    "text",
    [
        "日间照料点中午关门，能不能安排人值班？",
        "承诺里写着办结议题60件，现在到2022年12月31日还差多少？",
        "希望把12345热线写在公开栏上。",
        "我是退休工人，想报名当志愿者。",
        "路灯修了3次还不亮，垃圾桶只有2个。",
        "第七组的会开了四回，三组还没有开。",
    ],
)
def test_what_names_nobody_stays_as_it_is(text: str) -> None:
    proposed = propose(text)
    assert proposed.text == text
    assert proposed.masks == ()
    assert left_in(text) == []


def test_the_pieces_are_the_source_with_the_masked_places_named() -> None:
    text = "我叫张示例，电话13800138000，住3栋501。"
    proposed = propose(text)
    assert "".join(piece for piece, _kind in proposed.pieces) == text
    assert [str(kind) for _piece, kind in proposed.pieces if kind] == ["姓名", "手机号码", "住址"]


@pytest.mark.parametrize(
    "text", ["打023-79220000", "a@example.com", "渝HA0000", "微信：abc_12345", NUMBERS[0]]
)
def test_numbers_left_in_a_question_are_named(text: str) -> None:
    assert left_in(text)
    assert left_in(propose(text).text) == []


def test_an_address_may_be_left_where_it_belongs() -> None:
    assert left_in("3栋2单元的路灯不亮") == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*NUMBERS, "住3栋501", "渝HA0000", "谢谢。", "\n", " "]), max_size=6)
)
def test_whatever_stands_side_by_side_nothing_is_left(parts: list[str]) -> None:
    assert left_in(propose("，".join(parts)).text) == []
