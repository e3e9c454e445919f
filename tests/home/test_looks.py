"""The looks of a site: one colour that can be read everywhere, its own mark, the order of its front page."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st
from wagtail.models import Site

from home.front import groups_of
from home.looks import (
    DARK_PANEL,
    DARK_PAPER,
    MARKS,
    PAPER,
    WHITE,
    WORDS,
    contrast,
    dark_tokens_of,
    holds,
    is_color,
    sheet_of,
    tokens_of,
)
from home.models import ColumnSettings
from tests.architecture.sources import ROOT
from tests.factories.column import make_image

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
GROUNDS = ("fill", "fill-strong", "band", "band-deep")
BLUE = "#1a4f8b"


@given(COLORS)
def test_white_words_and_marks_are_seen_in_both_versions(color: str) -> None:
    assume(holds(color))
    light, dark = tokens_of(color), dark_tokens_of(color)
    for tokens in (light, dark):
        assert min(contrast(tokens[name], WHITE) for name in GROUNDS) >= WORDS
    assert min(contrast(light[name], PAPER) for name in ("fill", "under")) >= MARKS
    assert min(contrast(dark[name], DARK_PANEL) for name in ("fill", "under")) >= MARKS
    assert min(contrast(dark[name], DARK_PAPER) for name in ("fill", "under")) >= MARKS


@given(COLORS)
def test_the_sheet_says_nothing_but_colours(color: str) -> None:
    assume(holds(color))
    declared = re.findall(r"--c-[a-z-]+: #[0-9a-f]{6};", sheet_of(color))
    assert len(declared) == 10
    assert not re.search(r"url|@import|<", sheet_of(color))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert not holds("#777777")
    assert holds("#767676")


def test_the_papers_are_those_of_the_sheet() -> None:
    sheet = Path(ROOT / "partybuilding/static/partybuilding/css/tokens.css").read_text("utf-8")
    assert re.findall(r"--c-paper: (#\w+);", sheet) == [PAPER, DARK_PAPER]
    assert re.findall(r"--c-panel: (#\w+);", sheet)[1] == DARK_PANEL


@pytest.mark.parametrize("color", ["red", "#fff", "#b3000", "#b3000g", "#b3000c;}", "url(x)"])
def test_what_is_no_colour_is_refused(color: str) -> None:
    assert not is_color(color)


@pytest.mark.parametrize(
    ("order", "groups"),
    [
        (("evidence", "news", "opinions"), [["evidence"], ["news", "opinions"]]),
        (("opinions", "evidence", "news"), [["opinions"], ["evidence"], ["news"]]),
        (("news",), [["news"]]),
        ((), []),
    ],
)
def test_the_parts_of_the_front_page_follow_the_order(order: Any, groups: Any) -> None:
    parts = {"evidence": [1], "news": {"rows": [1]}, "opinions": {"href": "/"}}
    assert groups_of(order, parts) == groups
    assert groups_of(order, {**parts, "news": None}) == [
        left for group in groups if (left := [name for name in group if name != "news"])
    ]


@pytest.fixture
def said(db: None) -> ColumnSettings:
    return ColumnSettings.for_site(Site.objects.get(is_default_site=True))


def html(client: Client) -> str:
    return client.get("/").content.decode()


def test_a_pale_colour_is_refused_in_words(said: ColumnSettings) -> None:
    said.color = "#ffcc00"
    with pytest.raises(ValidationError) as refused:
        said.full_clean()
    assert "对比度只有1.5" in str(refused.value)


def test_a_colour_is_kept_in_one_spelling_and_stands_on_every_page(
    said: ColumnSettings, client: Client
) -> None:
    assert "/looks/" not in html(client)
    said.color = "1A4F8B"
    said.full_clean()
    said.save()
    assert said.color == BLUE
    page = html(client)
    assert f'href="{reverse("looks", args=[BLUE[1:]])}"' in page
    assert f'content="{BLUE}"' in page


def test_the_sheet_of_a_colour_never_changes(db: None, client: Client) -> None:
    answer = client.get(reverse("looks", args=["1a4f8b"]))
    assert answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"]
    assert answer.content.decode() == sheet_of(BLUE)
    for wrong in ("ffffff", "1a4f8", "zzzzzz"):
        assert client.get(reverse("looks", args=[wrong])).status_code == 404


def test_the_mark_stands_before_the_name_and_in_the_tab(
    said: ColumnSettings, client: Client
) -> None:
    assert "mark.svg" in html(client)
    said.mark = make_image()
    said.save()
    page = html(client)
    assert '<img class="masthead__mark"' in page
    assert 'rel="icon" type="image/png"' in page


def test_the_order_is_read_from_the_settings(said: ColumnSettings) -> None:
    assert said.front_order == ("evidence", "news", "opinions")
    said.front = [("opinions", None), ("news", None)]
    said.save()
    assert ColumnSettings.objects.get(pk=said.pk).front_order == ("opinions", "news")
