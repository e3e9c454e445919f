"""What the gate reads of rich text: words, what links dial, what pictures say; without the markup."""

import pytest

from partybuilding.core.pages.texts import plain
from partybuilding.core.text.personal_data import Kind, findings


@pytest.mark.parametrize(
    "html",
    [
        "<p>手机138<b>0013</b>8000</p>",
        "<p>手机138&nbsp;0013&nbsp;8000</p>",
        "<p>手机138&#x200b;0013&#8203;8000</p>",
        '<p><a href="tel:13800138000">拨打电话</a></p>',
        '<p><a href="mailto:13800138000@163.com">写信</a></p>',
        '<embed embedtype="image" id="1" alt="李某的名片，手机13800138000" format="left"/>',
    ],
)
def test_a_number_in_the_markup_is_found(html: str) -> None:
    assert {finding.kind for finding in findings(plain(html))} == {Kind.MOBILE}


def test_numbers_of_two_paragraphs_are_not_read_as_one() -> None:
    assert findings(plain("<p>编号138</p><p>0013</p><ul><li>8000</li></ul>")) == []
