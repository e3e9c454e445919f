"""Whatever text is put in: nothing is left that would vanish, and a second pass changes nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from partybuilding.core.pages.manuscript import Prose
from partybuilding.wechat.allowed import (
    ATTRIBUTES,
    DISPLAYS,
    PROPERTIES,
    TAGS,
    allowed_style,
    only_allowed,
)
from partybuilding.wechat.tree import VOID, read, write
from tests.factories.wechat import set_body

KNOWN = (
    "p",
    "h2",
    "h3",
    "b",
    "i",
    "a",
    "ul",
    "ol",
    "li",
    "br",
    "blockquote",
    "table",
    "tr",
    "td",
    "img",
)
HOSTILE = (
    "script",
    "style",
    "svg",
    "iframe",
    "div",
    "span",
    "font",
    "video",
    "section",
    "o:p",
    "input",
)
STYLES = (
    *(
        "color:red",
        "position:fixed",
        "background:url(x)",
        "display:flex",
        "display:block",
        "width:50%",
    ),
    *(
        "COLOR : #FFF ",
        "font-size:calc(1px)",
        "--x:1",
        "margin:0 auto",
        "color:red !important",
        ":",
        "a",
    ),
)
VALUES = st.sampled_from(
    [
        "",
        "x",
        'a"b',
        "<",
        "javascript:x()",
        "https://example.org/?a=1&b",
        "/a/",
        "//h",
        "https://mp.weixin.qq.com/s/1",
    ]
)
NAMES = st.sampled_from(
    ["href", "src", "id", "class", "onclick", "alt", "data-x", "width", "style"]
)
WORDS = st.text(st.sampled_from("党建 \n<>&\"'\u00a0abc;"), max_size=12)


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return elements around a text, some of them left open, some closed twice."""

    def made(tag: str, attributes: dict[str, str], styles: list[str], within: str, end: str) -> str:
        said = "".join(f' {name}="{value}"' for name, value in attributes.items())
        style = f' style="{";".join(styles)}"' if styles else ""
        return f"<{tag}{said}{style}>{within}{end.format(tag)}"

    return st.builds(
        made,
        st.sampled_from(KNOWN + HOSTILE),
        st.dictionaries(NAMES, VALUES, max_size=3),
        st.lists(st.sampled_from(STYLES), max_size=4),
        inside,
        st.sampled_from(["</{0}>", "</{0}>", "</{0}>", "", "</{0}></{0}>", "</p>"]),
    )


def several(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return some texts after each other."""
    return st.lists(inside | element(inside), min_size=1, max_size=4).map("".join)


RICH_TEXTS = st.recursive(WORDS, several, max_leaves=20)


@settings(max_examples=200, deadline=None)
@given(RICH_TEXTS)
def test_no_forbidden_element_attribute_or_property_is_left_and_a_second_pass_changes_nothing(
    text: str,
) -> None:
    for html in (set_body(Prose(text)), only_allowed(text)):
        for node in read(html).walk():
            assert node.tag in TAGS
            assert set(node.attributes) <= {"style", *ATTRIBUTES.get(node.tag, ())}
            for one in filter(None, node.attributes.get("style", "").split(";")):
                name, _colon, value = one.partition(":")
                assert name in PROPERTIES
                assert name != "display" or value in DISPLAYS
                assert not set(value) & set("(){}@!\"'")
            if "href" in node.attributes:
                assert node.attributes["href"].startswith("https://mp.weixin.qq.com/")
        assert only_allowed(html) == html


@settings(max_examples=100, deadline=None)
@given(RICH_TEXTS)
def test_what_was_written_reads_the_same_again(text: str) -> None:
    once = write(read(text).children)
    assert write(read(once).children) == once
    assert all(not node.children for node in read(once).walk() if node.tag in VOID)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("党建abc<&"), min_size=1, max_size=8), min_size=1, max_size=6)
)
def test_no_word_of_a_paragraph_is_lost(lines: list[str]) -> None:
    told = "".join(f"<p>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>" for line in lines)
    text = read(set_body(Prose(told))).text
    assert all(line in text for line in lines)


def test_a_style_keeps_what_is_allowed_in_its_order() -> None:
    assert (
        allowed_style("Color: #B3000C ; position:fixed; margin:0  auto;")
        == "color:#b3000c;margin:0 auto"
    )
    assert allowed_style("display:flex;display:inline-block") == "display:inline-block"
    assert allowed_style("background-image:url(a)") == ""
