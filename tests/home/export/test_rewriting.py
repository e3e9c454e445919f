"""A page in the folder is the page as it was, but for links, forms, its policy and its day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.export.rewriting import Page, css, srcset

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><link rel="canonical" href="https://x/a/">
<link rel="stylesheet" href="/s.css"><script type="application/ld+json">{"a": "</b> &amp; <p>"}</script>
</head><body><!-- a --><main class="main"><p title='"q"'>1 &lt; 2 &#38; &nbsp;</p>
<svg viewBox="0 0 1 1"><use href="/i.svg#a"/></svg><img src="/a.jpg" srcset="/a.jpg 1x, /b.jpg 2x" alt="">
<video poster="/p.jpg"></video><a href="/b/?x=1&amp;y=2">甲</a><br></main></body></html>
"""


def same(href: str) -> str:
    return href


def kept(action: str, method: str) -> str:
    return f"[{method} {action}]"


def test_nothing_changes_where_no_link_does() -> None:
    assert Page.rewritten(PAGE, same, kept) == PAGE


def test_every_kind_of_link_is_led_on_but_the_one_address_of_the_page() -> None:
    told = Page.rewritten(PAGE, lambda href: f"..{href}", kept)
    for link in ("../s.css", "../i.svg#a", "../a.jpg 1x, ../b.jpg 2x", "../p.jpg"):
        assert f'"{link}"' in told
    assert 'href="../b/?x=1&amp;y=2"' in told
    assert 'rel="canonical" href="https://x/a/"' in told
    assert '<use href="../i.svg#a"/>' in told
    assert '{"a": "</b> &amp; <p>"}' in told


def test_a_form_gives_way_and_what_follows_it_stays() -> None:
    text = '<p>a<form action="/x/" METHOD="post"><input name="b"><p>c</p></form>d<form>e</form>f'
    assert Page.rewritten(text, same, kept) == "<p>a[post /x/]d[get ]f"


def test_policy_and_day_stand_where_a_browser_and_a_reader_look() -> None:
    told = Page.rewritten(PAGE, same, kept, "default-src 'self'", "<p>截至</p>")
    head, _main, body = told.partition('<main class="main">')
    policy = "default-src &#x27;self&#x27;"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in head
    assert body.startswith("<p>截至</p>")


@given(st.text(alphabet=st.characters(exclude_characters="<>&\r\x00", codec="utf-8")))
def test_text_stays_text(text: str) -> None:
    page = f"<!doctype html><p>{text}</p>"
    assert Page.rewritten(page, same, kept) == page


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ('a{b:url("/i.svg#x")}', 'a{b:url("../i.svg#x")}'),
        ("a{b:url(/i.svg)}", "a{b:url(../i.svg)}"),
        ('@import "/b.css";', '@import "../b.css";'),
    ],
)
def test_sheets_are_led_on(sheet: str, told: str) -> None:
    assert css(sheet, lambda href: f"..{href}") == told


def test_sources_of_a_picture_keep_their_widths() -> None:
    assert srcset("/a.jpg 1x,/b.jpg 2x", lambda href: f".{href}") == "./a.jpg 1x, ./b.jpg 2x"
