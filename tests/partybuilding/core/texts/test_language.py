"""The language of edited texts: placeholders, and nothing else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuilding.core.texts import Line, Placeholder, Wording, fill, names_in

NAMES = st.text(st.characters(exclude_characters="{}\n", codec="utf-8"), min_size=1, max_size=60)
ANYTHING = st.text(st.characters(codec="utf-8"), max_size=200)
BRACED = st.text(st.sampled_from("{}\uff5b\uff5d \n甲乙名"), max_size=60)
WORDING = Wording(
    "trial",
    (
        Placeholder("名称", "the name", "驿站", required=True),
        Placeholder("名单", "the table", ("甲", "乙"), alone=True),
        Placeholder("意见", "an opinion", "很好。"),
    ),
    "标题\n《{{名称}}》",
)


def texts(body: str, **values: object) -> list[str]:
    return [line.words for line in fill(body, values)]


def test_names_are_replaced_wherever_they_stand_with_or_without_blanks() -> None:
    assert texts("{{甲}}与{{ 甲 }}、{{乙}}", 甲="一", 乙="二") == ["一与一、二"]


@given(BRACED, BRACED)
def test_what_was_put_in_is_never_read_again(first: str, second: str) -> None:
    assert names_in("{{甲}}{{乙}}") == ["甲", "乙"]
    joined = "\n".join(texts("首{{甲}}{{乙}}尾", 甲=first, 乙=second))
    assert joined == ("" if not first and not second else f"首{first}{second}尾")


@given(ANYTHING)
def test_a_text_without_names_is_its_own_lines(text: str) -> None:
    body = text.replace("{", "").replace("}", "")
    rows = [row.strip() for row in body.split("\n") if row.strip()]
    assert [line.words for line in fill(body, {})] == rows


@given(NAMES)
def test_every_name_up_to_sixty_letters_is_found_and_none_beyond(name: str) -> None:
    assert names_in(f"甲{{{{{name}}}}}乙") == [name.strip()]
    assert names_in(f"{{{{{name * 61}}}}}") == []


@pytest.mark.parametrize(
    "text", ["{{" + " " * 200_000, "{" * 200_000, "{{}}" * 50_000, "{{ " * 70_000]
)
def test_reading_takes_time_in_proportion(text: str) -> None:
    begun = time.process_time()
    assert WORDING.faults(text)
    fill(text, {"名称": "甲"})
    names_in(text)
    assert time.process_time() - begun < 2  # one careless pattern took 52 seconds for a tenth of it


def test_a_line_goes_when_all_that_it_waits_for_is_empty() -> None:
    assert texts("意见：{{意见}}\n结语。", 意见="") == ["结语。"]
    assert texts("{{名称}}：{{意见}}", 名称="驿站", 意见="") == ["驿站："]


def test_a_value_of_several_lines_goes_on_as_paragraphs_and_is_no_heading() -> None:
    assert fill("意见：{{意见}}", {"意见": "一、甲。乙\n二、丙。丁"}) == [
        Line("意见：一、甲。乙"),
        Line("二、丙。丁"),
    ]


def test_a_heading_ends_at_its_full_stop() -> None:
    assert fill("二、做好{{名称}}公开。请尽快。", {"名称": "驿站"}) == [
        Line("请尽快。", "做好驿站公开。", "二、")
    ]


def test_a_block_stands_for_its_line_and_goes_when_there_is_none() -> None:
    rows = ("甲", "乙")
    assert fill("前\n{{名单}}\n后", {"名单": rows}) == [Line("前"), Line(block=rows), Line("后")]
    assert texts("前\n{{名单}}\n后", 名单="") == ["前", "后"]


@pytest.mark.parametrize(
    "body",
    [
        "标题\n{{名称}}{{姓名}}",
        "标题\n没有名称",
        "标题\n{{名称}}{",
        "标题\n{{名称}}}}",
        "标题\n{{名称}}\uff5b名称\uff5d",
        "标题\n{{名称}}{{名单}}",
        "{{名单}}\n{{名称}}",
        "题" * 101 + "\n{{名称}}",
        "标题\n{{名称}}" + "长" * 5000,
        "",
        "标题\n{{名称}}{% now %}",
    ],
)
def test_what_cannot_be_used_is_said_in_words(body: str) -> None:
    assert WORDING.faults(body)
    assert all(isinstance(words, str) and words for words in WORDING.faults(body))


def test_the_delivered_text_and_a_whole_one_have_no_faults() -> None:
    assert WORDING.faults(WORDING.delivered) == []
    assert WORDING.faults("标题\n{{名称}}\n{{名单}}\n意见：{{意见}}") == []
    assert WORDING.samples == {"名称": "驿站", "名单": ("甲", "乙"), "意见": "很好。"}


@given(BRACED)
def test_nothing_braced_is_left_in_what_may_be_saved(body: str) -> None:
    if not WORDING.faults(body):
        filled = "".join(line.words for line in fill(body, {"名称": "甲", "意见": "乙"}))
        assert not set("{}\uff5b\uff5d").intersection(filled)


def test_a_text_of_so_many_lines_has_exactly_these() -> None:
    three = Wording("three", (), "一\n二\n三", lines=3)
    assert three.faults("一\n二\n三") == []
    assert three.faults("一\n二")
