"""The picture of a project where it is shared: what it says, that it is kept, and who may see it."""

from io import BytesIO
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFont

from partybuilding.column import share_card
from partybuilding.column.share_card import Card, card_of, drawn
from partybuilding.core.papers.fonts import FOLDER
from tests.factories.column import make_page

pytestmark = pytest.mark.django_db


def address(page: object) -> str:
    project = page.project  # type: ignore[attr-defined]
    return reverse("share_card", args=[project.cycle.year, project.code])


def test_the_head_of_a_project_leads_to_its_card() -> None:
    page = make_page()
    text = Client().get(page.url).text
    assert f'property="og:image" content="http://testserver{address(page)}"' in text


def test_it_is_drawn_once_and_says_what_the_page_says() -> None:
    cache.clear()
    page = make_page()
    with patch.object(share_card, "drawn", wraps=drawn) as drawing:
        for _turn in range(2):
            answer = Client().get(address(page))
    assert drawing.call_count == 1
    assert answer["Content-Type"] == "image/png"
    assert not answer.cookies
    picture = Image.open(BytesIO(answer.content))
    assert picture.size == (1200, 630)
    assert len(answer.content) < 100_000
    card = card_of(page)
    assert card.title == page.title
    assert "承诺" in card.sentence
    assert sum(width for _x, width, _colour in card.bar) == pytest.approx(1000, abs=30)


def test_another_saying_is_another_picture() -> None:
    one = Card("甲", "题", "句", "下", ())
    assert one.digest == Card("甲", "题", "句", "下", ()).digest
    assert one.digest != Card("甲", "题", "句。", "下", ()).digest


def test_what_residents_may_not_read_has_none() -> None:
    page = make_page(live=False)
    assert Client().get(address(page)).status_code == 404


@pytest.mark.parametrize(("length", "lines"), [(0, 1), (10, 1), (30, 2), (200, 3)])
def test_a_title_keeps_to_its_lines(length: int, lines: int) -> None:
    font = ImageFont.truetype(str(FOLDER / "PartybuildingSerif-Bold.otf"), 62)
    found = share_card._lines("五" * length, font, 3)
    assert len(found) == lines
    assert found[-1].endswith("…") == (length > 100)


def test_no_line_begins_with_a_stop() -> None:
    font = ImageFont.truetype(str(FOLDER / "PartybuildingSerif-Bold.otf"), 62)
    found = share_card._lines("五福村，" * 30, font, 9)
    assert not any(line.startswith("，") for line in found)
