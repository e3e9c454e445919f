"""From the lines of a text to a letter: nothing is lost, and headings are counted."""

from hypothesis import given
from hypothesis import strategies as st

from partybuilding.core.papers.data import ordinal
from partybuilding.core.papers.letters import LetterOutline, Points, Table, letter_of
from partybuilding.core.texts import Line

TABLE, POINTS = Table((("头",), ("格",))), Points(("一点", "二点"))
WORDS = st.text("甲乙丙丁", min_size=1, max_size=4)
LINES = st.lists(
    st.one_of(
        WORDS.map(Line),
        WORDS.map(lambda words: Line(words, "标题。", "九、")),
        st.just(Line(block=TABLE)),
        st.just(Line(block=POINTS)),
    ),
    max_size=12,
)


def letter(*lines: Line) -> LetterOutline:
    frame = {"issuer": "某部", "number": "", "addressees": ("某单位",), "signature": ("某部",)}
    return letter_of([Line("题"), *lines], **frame)  # type: ignore[arg-type]


def said(outline: LetterOutline) -> str:
    """Return everything between addressee and signature, in its order."""
    parts = [*outline.opening]
    for item in outline.items:
        parts += [item.heading, item.text, *item.more]
        parts += [cell for row in item.table for cell in row]
    return "".join([*parts, *outline.closing])


@given(LINES)
def test_every_line_is_in_the_letter_in_its_order(lines: list[Line]) -> None:
    expected, count = "", 0
    for line in lines:
        if line.block is TABLE:
            expected += "头格"
        elif line.block is POINTS:
            marks = ("（一）", "（二）") if count else ("一、", "二、")
            expected += f"{marks[0]}一点。{marks[1]}二点。"
        elif line.heading:
            count += 1
            expected += f"{ordinal(count)}、标题。{line.text}"
        else:
            expected += line.text
    assert said(letter(*lines)) == expected


def test_what_follows_the_last_point_closes_the_letter() -> None:
    outline = letter(
        Line("开头"),
        Line("甲", "标题。", "一、"),
        Line("中间"),
        Line("乙", "又题。", "二、"),
        Line("特此"),
    )
    assert outline.opening == ("开头",)
    assert [(item.heading, item.more) for item in outline.items] == [
        ("一、标题。", ("中间",)),
        ("二、又题。", ()),
    ]
    assert outline.closing == ("特此",)


def test_one_point_alone_is_not_numbered() -> None:
    assert letter(Line(block=Points(("特色不鲜明",)))).items[0].heading == "特色不鲜明。"
