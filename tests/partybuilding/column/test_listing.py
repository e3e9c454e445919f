"""The list of projects: what a query finds, what it offers, and that its numbers are true."""

import random
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from partybuilding.column.listing import project_list
from partybuilding.core.pages.lists import PER_PAGE
from partybuilding.core.pages.words import clean_words
from partybuilding.organizations.filters import fields_of
from partybuilding.organizations.states import Sector
from partybuilding.projects.stages import STAGE_OF, STAGES, stage_of
from partybuilding.projects.states import TABLE
from tests.factories import make_cast, make_organization, open_cycle
from tests.factories.column import forge, make_page, make_pages

pytestmark = pytest.mark.django_db


def titles(query: str, **kwargs: Any) -> list[str]:
    """Return the titles that a query finds, in order."""
    return [page.title for page in project_list(QueryDict(query), **kwargs).page]


def retitle(page: Any, title: str) -> Any:
    """Give a live page a title of its own."""
    page.title = title
    page.save()
    return page


@pytest.fixture
def three() -> list[Any]:
    """Publish three projects of two years, two units, two fields and two stages."""
    cast = make_cast(open_cycle(year=2051))
    later = make_cast(open_cycle(year=2052), make_organization(name="石城社区党委"))
    return [
        retitle(make_page("approved", cast, sector=Sector.RURAL), "小院议事会"),
        retitle(make_page("implementing", cast, sector=Sector.URBAN), "红色驿站ABC"),
        retitle(make_page("commitments_submitted", later, sector=Sector.URBAN), "12345工作法"),
    ]


def test_above_a_list_stand_the_fields_in_which_it_found_something(three: list[Any]) -> None:
    def fields(query: str) -> list[str]:
        return [field["label"] for field in fields_of(project_list(QueryDict(query)))]

    assert len(fields("")) == 2
    assert len(fields("q=小院")) == 1
    assert fields("q=没有这样的词") == []
    assert len(fields("q=没有这样的词&sector=urban")) == 1  # chosen, so that it can be taken off


def test_every_public_state_has_one_stage_and_its_word() -> None:
    assert sorted(STAGE_OF) == sorted(TABLE.public_states())
    with translation.override("zh-hans"):
        for code, name in STAGE_OF.items():
            assert str(TABLE.state(code).public) == str(stage_of(name).public)
        words = [str(stage_of(name).public) for name in STAGES]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["12345工作法", "红色驿站ABC", "小院议事会"]),
        ("q=驿站", ["红色驿站ABC"]),
        ("q=abc", ["红色驿站ABC"]),
        ("q=\uff21\uff22\uff23\u3000红色", ["红色驿站ABC"]),
        ("q=石城社区", ["12345工作法"]),
        ("q=2052-001", ["12345工作法"]),
        ("q=没有这样的词", []),
        ("sector=rural", ["小院议事会"]),
        ("sector=rural&sector=urban", ["12345工作法", "红色驿站ABC", "小院议事会"]),
        ("state=approved", ["12345工作法", "小院议事会"]),
        ("state=approved&sector=urban", ["12345工作法"]),
        ("year=2051", ["红色驿站ABC", "小院议事会"]),
        ("year=2051&q=小院", ["小院议事会"]),
        ("sort=title&year=2051", ["小院议事会", "红色驿站ABC"]),
        ("sort=number", ["小院议事会", "红色驿站ABC", "12345工作法"]),
    ],
)
def test_a_query_finds(three: list[Any], query: str, expected: list[str]) -> None:
    assert titles(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "year=1999&sector=none&unit=None&state=declined&state=draft&sort=random&page=zwei&x=1",
        "unit=&unit=0&unit=99999999999999999999&year=&page=-1&q=%00",
        "page=100000000000000000000&sector=%27%22%3B--&view=large",
    ],
)
def test_unknown_values_are_ignored_and_never_an_error(
    client: Client, three: list[Any], query: str
) -> None:
    assert len(titles(query)) == 3
    assert client.get(f"/projects/?{query}").status_code == 200


def test_a_year_page_lists_its_year_alone(three: list[Any]) -> None:
    assert titles("year=2052", cycle_id=three[0].project.cycle_id) == ["红色驿站ABC", "小院议事会"]


def test_a_unit_narrows(three: list[Any]) -> None:
    listing = project_list(QueryDict(""))
    values = {choice.label: choice.value for choice in listing.choices["unit"]}
    unit = three[2].project.organization.unit
    assert titles(f"unit={values[unit.name]}") == ["12345工作法"]


def test_an_organization_that_is_a_unit_itself_breaks_no_list(three: list[Any]) -> None:
    organization = three[0].project.organization
    type(organization).objects.filter(pk=organization.pk).update(unit=None)
    listing = project_list(QueryDict("unit=None"))
    assert listing.count == 3
    assert "" not in {choice.value for choice in listing.choices["unit"]}


def test_a_partners_name_finds_a_joint_project() -> None:
    cast = make_cast()
    page = make_page("approved", cast)
    partner = make_organization(name="黔江卷烟厂党委")
    page.project.partners.create(organization=partner)
    assert titles("q=卷烟厂") == [page.title]


def test_every_number_is_what_the_list_then_has(three: list[Any]) -> None:
    numbers = random.Random(7)
    names = ("year", "sector", "unit", "state")
    words = ["", "", "q=工作", "q=红色", "q=会"]
    every = project_list(QueryDict("")).choices
    for _ in range(60):
        parts = [numbers.choice(words)]
        for name in names:
            parts += [f"{name}={c.value}" for c in every[name] if numbers.random() < 0.3]
        query = "&".join(filter(None, parts))
        listing = project_list(QueryDict(query))
        assert listing.count == len(titles(query))
        for name in names:
            alone = "&".join(part for part in parts if part and not part.startswith(f"{name}="))
            for choice in listing.choices[name]:
                narrowed = f"{alone}&{name}={choice.value}"
                assert choice.count == project_list(QueryDict(narrowed)).count, narrowed


def test_hidden_projects_are_in_no_number() -> None:
    cast = make_cast()
    page, hidden = make_page(cast=cast), make_page(cast=make_cast(cast.cycle))
    forge(hidden.project, "declined")
    listing = project_list(QueryDict(""))
    assert [shown.pk for shown in listing.page] == [page.pk]
    numbers = {name: sum(c.count for c in choices) for name, choices in listing.choices.items()}
    assert numbers == {"year": 1, "sector": 1, "unit": 1, "state": 1, "overdue": 0, "grade": 0}
    unit = hidden.project.organization.unit_id
    assert project_list(QueryDict(f"unit={unit}")).active == []


def test_the_canonical_query_keeps_what_counts(three: list[Any]) -> None:
    listing = project_list(
        QueryDict("sort=title&view=large&page=2&sector=urban&x=y&q= 红色 &state=implementing")
    )
    assert listing.query == "q=%E7%BA%A2%E8%89%B2&sector=urban&state=implementing&sort=title"
    assert listing.address(sector="").count("sector") == 0


def test_every_filter_that_is_on_can_be_taken_off(three: list[Any]) -> None:
    active = project_list(QueryDict("q=红色&sector=urban&year=2051"), "/projects/").active
    assert [(one["label"], one["value"]) for one in active] == [
        ("关键词", "红色"),
        ("年度", "2051年度"),
        ("领域", "城市"),
    ]
    assert all(one["href"].startswith("/projects/?") for one in active)
    assert "sector" not in active[2]["href"]


def test_a_filter_with_one_choice_is_not_offered() -> None:
    make_page(cast=make_cast())
    listing = project_list(QueryDict(""))
    assert [field.name for field in (*listing.fields, *listing.more)] == ["q", "sort"]


def test_pages_hold_twenty() -> None:
    make_pages(PER_PAGE + 1, make_cast())
    assert len(titles("")) == PER_PAGE
    assert len(titles("page=2")) == 1
    assert len(titles("page=9")) == 1


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  小院\x00\n 议事 ", "小院 议事"),
        ("\uff21\uff22\uff11", "AB1"),
        ("长" * 100, "长" * 60),
        (None, "None"),
    ],
)
def test_words_are_folded(typed: Any, clean: str) -> None:
    assert clean_words(typed) == clean


def test_the_page_shows_its_filters_its_number_and_a_way_out_of_nothing(
    client: Client, three: list[Any]
) -> None:
    page = client.get("/projects/?q=没有这样的词").content.decode()
    assert "找到0个项目" in page
    assert "没有符合条件的项目" in page
    assert 'content="noindex, follow"' in page
    assert "（0）" in page.split("<title>")[1].split("</title>")[0], "what is read out first"
    full = client.get("/projects/").content.decode()
    assert "（" not in full.split("<title>")[1].split("</title>")[0]
    assert "共3个项目" in full
    narrowed = client.get("/projects/?sector=urban&sort=title").content.decode()
    summary = narrowed.split('class="list-filters">')[1].split("</summary>")[0]
    assert "按名称" in summary or "按标题" in summary, "what is folded says its order"
    folded, below = narrowed.split('class="list-filters">')[1].split("</details>\n", 1)
    assert "filters__remove" not in folded
    assert "filters__remove" in below, "what is chosen is not folded"
    assert 'name="sector" value="urban"' in full
    assert "noindex" not in full
