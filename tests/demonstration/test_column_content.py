"""What editors of the demonstration write: complete, in good order, and true to the projects it tells of."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from demonstration.bodies import FIGURE
from demonstration.content import (
    BRANDS,
    CASES,
    NEWS,
    NOTICES,
    PAGE_TEXTS,
    PROJECTS_2022,
    PROJECTS_ADOPTED,
    RECENT,
    SCENE_OF_PROJECT,
    SITE,
)
from demonstration.content.column_shapes import Figure, Picture, Quote
from demonstration.content.shapes import REPORTED
from demonstration.pictures import OF_SECTOR, SCENES, draw, logo, words

APPROVED = {text.key: text for text in PROJECTS_2022 if text.outcome == "approved"}
EVERYTHING = (NEWS, BRANDS, CASES, tuple(NOTICES.values()))
#: Formal names may recur; a sentence may not.
LONGEST_SHARED = 22


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)


def parts(value: Any, kind: type) -> Iterator[Any]:
    if isinstance(value, kind):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name), kind)
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item, kind)


def test_there_are_some_fifty_items_of_every_category_over_two_years():
    assert 40 <= len(NEWS) <= 50
    assert len({item.key for item in NEWS}) == len({item.title for item in NEWS}) == len(NEWS)
    assert min(Counter(item.category for item in NEWS).values()) >= 4
    days = [date.fromisoformat(item.day) for item in NEWS if item.day]
    assert days == sorted(days)
    assert (days[0].year, days[-1].year) == (2022, 2023)


def test_every_item_has_one_kind_of_date_and_the_last_ones_are_recent():
    assert [item.key for item in NEWS if item.day and (item.days_ago or item.notice)] == []
    ago = sorted(item.days_ago for item in RECENT if not item.notice)
    assert sum(0 < days <= 10 for days in ago) >= 4
    assert sorted(item.notice for item in RECENT if item.notice) == [1, 2]


def test_recent_news_names_no_season_and_no_year_but_2022():
    dated = re.compile(r"(?<!\d)20\d\d|[春夏秋冬]|国庆|春节|元旦|端午|中秋|\d+月\d+日")
    for item in RECENT:
        said = "".join(strings((item.title, item.summary, item.body)))
        assert set(dated.findall(said)) <= {"2022"}, item.key


def test_texts_fit_their_fields():
    for item in NEWS:
        assert len(item.title) <= 40, item.key
        assert len(item.summary) <= 60, item.key
        assert 3 <= sum(isinstance(part, str) for part in item.body) <= 6, item.key
        assert sum(map(len, strings(item.body))) >= 200, item.key
    assert all(len(quote.text) <= 120 and len(quote.by) <= 30 for quote in parts(NEWS, Quote))
    assert all(len(brand.slogan) <= 40 and len(brand.summary) <= 60 for brand in BRANDS)
    assert all(len(case.summary) <= 60 for case in CASES)


def test_no_sentence_is_told_twice():
    owners: dict[str, set[str]] = defaultdict(set)
    for room in EVERYTHING:
        for thing in room:
            for text in strings(thing):
                for start in range(len(text) - LONGEST_SHARED + 1):
                    owners[text[start : start + LONGEST_SHARED]].add(thing.key)
    for key, page in PAGE_TEXTS.items():
        for start in range(len(page.introduction) - LONGEST_SHARED + 1):
            owners[page.introduction[start : start + LONGEST_SHARED]].add(key)
    assert {run: keys for run, keys in owners.items() if len(keys) > 1} == {}


def faults_of_print(text: str) -> Iterator[str]:
    """Name what a Chinese typesetter would mend."""
    for opening, closing in ("“”", "《》", "（）"):
        if text.count(opening) != text.count(closing):
            yield f"{opening}{closing}"
    half_width = r"[\u4e00-\u9fff][,;:!?\"']|[,;!?\"'][\u4e00-\u9fff]"
    yield from re.findall(half_width, text)
    yield from re.findall(r"[，。；：、]{2}|\s$|^\s", text)
    yield from (character for character in text if not character.encode("gb2312", "ignore"))


def test_texts_are_set_in_chinese():
    texts = set(strings((EVERYTHING, SITE)))
    assert len(texts) > 500
    assert {text: faults for text in texts if (faults := list(faults_of_print(text)))} == {}


def test_paragraphs_end_like_sentences():
    for item in NEWS:
        open_ends = [
            part for part in item.body if isinstance(part, str) and part[-1] not in "。？！”）"
        ]
        assert [part[-12:] for part in open_ends if not part.endswith("：")] == [], item.key


def test_texts_tell_of_approved_projects_only():
    named = [key for item in NEWS for key in item.projects]
    named += [key for brand in BRANDS for key in brand.projects]
    named += [case.project for case in CASES]
    assert set(named) <= set(APPROVED)


def test_what_comes_from_public_reports_says_so():
    assert {brand.source for brand in BRANDS} == {REPORTED}
    for brand in BRANDS:
        assert {APPROVED[key].source for key in brand.projects} == {REPORTED}
    for case in CASES:
        assert case.source == APPROVED[case.project].source
    assert all("示例" in item.origin for item in NEWS)


#: Numbers that a case writes in digits and its project in words.
SPELLED = {"34": "三十四", "12": "十二", "30": "三十", "3": "三"}


def test_the_figures_of_a_case_are_those_of_its_project():
    for case in CASES:
        project = "".join(strings(APPROVED[case.project])) + PAGE_TEXTS[case.project].introduction
        known = {*re.findall(r"\d+", project), "2022"}
        known |= {digits for digits, word in SPELLED.items() if word in project}
        said = (case.practice, case.results, case.figures, case.method)
        said += (case.statistic and (case.statistic.value, case.statistic.label),)
        told = re.findall(r"\d+", "".join(strings(said)))
        assert told
        assert [number for number in told if number not in known] == [], case.key


def test_every_figure_in_large_type_is_a_number_with_a_unit():
    for figure in parts(EVERYTHING, Figure):
        filled = re.sub(r"\{\w+\}", "1", figure.value)
        assert figure.value == "{closes}" or FIGURE.fullmatch(filled), figure


def test_the_site_says_of_itself_that_it_is_a_sample():
    for name in (
        "host",
        "organizer",
        "contact",
        "address",
        "site_code",
        "icp_number",
        "police_number",
    ):
        assert "示例" in getattr(SITE, name)


def test_those_that_learn_are_of_other_organizations_and_cite_a_case() -> None:
    told = {case.project for case in CASES}
    for text in PROJECTS_ADOPTED:
        assert text.adopts in told
        assert APPROVED[text.adopts].lead != text.lead
        assert text.problem
        assert len(text.plan) >= 4


def test_every_brand_has_a_mark_of_its_own() -> None:
    assert len({logo(brand.mark) for brand in BRANDS}) == len(BRANDS)
    assert all(brand.places for brand in BRANDS)


# The pictures


def scenes() -> set[str]:
    shown = [item.scene for item in (*NEWS, *BRANDS, *CASES)]
    shown += [picture.scene for picture in parts((NEWS, CASES), Picture)]
    shown += [
        *SCENE_OF_PROJECT.values(),
        *(scene for group in OF_SECTOR.values() for scene in group),
    ]
    return set(shown)


def test_every_scene_can_be_drawn_and_every_project_of_2022_has_one():
    assert scenes() <= set(SCENES)
    assert set(APPROVED) <= set(SCENE_OF_PROJECT)
    assert max(Counter(SCENE_OF_PROJECT.values()).values()) <= 6


def test_a_scene_is_a_light_picture_that_says_what_it_shows():
    for scene in SCENES:
        first = draw(scene, 1)
        assert first not in (b"", draw(scene, 2)), scene
        assert Image.open(BytesIO(first)).size == (1120, 630)
        assert len(first) < 70_000, scene
        assert 10 <= len(words(scene)) <= 60, scene
    assert draw("pond", 1) == draw("pond", 1)
