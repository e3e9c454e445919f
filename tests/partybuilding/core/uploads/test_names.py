"""Names of uploaded files keep their words and lose everything that could do harm."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partybuilding.core.files.uploads.names import display_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李子村“12345”工作法 （终稿）.pdf", "李子村“12345”工作法 （终稿）.pdf"),
        ("/etc/passwd/方案.pdf", "方案.pdf"),
        ("..\\..\\windows\\方案.pdf", "方案.pdf"),
        ("方案\x00\r\n二.pdf", "方案 二.pdf"),
        ("方案\u202efdp.exe", "方案fdp.pdf"),
        ("方\u200b案\ufeff.pdf", "方案.pdf"),
        ("方案.docx.pdf", "方案.docx.pdf"),
        ("计划.2022", "计划.2022.pdf"),
        ("2022.3.4 记录", "2022.3.4 记录.pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("   方案  一 .pdf", "方案 一.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("..", "附件.pdf"),
        ("目录/", "附件.pdf"),
        ("", "附件.pdf"),
        (".pdf", "附件.pdf"),
    ],
)
def test_a_name_keeps_its_words_and_gets_its_true_extension(name, shown):
    assert display_name(name, "pdf") == shown


def test_a_long_name_is_cut_to_120_characters_with_its_extension():
    shown = display_name("长" * 300 + ".docx", "docx")
    assert len(shown) == 120
    assert shown == "长" * 115 + ".docx"


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["pdf", "docx", "jpg"]))
def test_any_name_becomes_a_plain_one(name, extension):
    shown = display_name(name, extension)
    assert len(shown) <= 120
    assert shown.endswith(f".{extension}")
    assert not shown.startswith((".", " "))
    assert not set(shown) & set('/\\<>:"|?*')
    assert not [letter for letter in shown if unicodedata.category(letter).startswith("C")]
    assert display_name(shown, extension) == shown
