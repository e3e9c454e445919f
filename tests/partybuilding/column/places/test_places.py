"""The map, the finder and the page of a township: counted from rows, by where an organisation works."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partybuilding.column.places.selectors import Place, is_named
from partybuilding.column.places.tiles import mark_of_place, tiles_of
from partybuilding.organizations.forms.organizations import OrganizationForm
from partybuilding.organizations.models import Organization
from partybuilding.organizations.services import save_organization
from partybuilding.projects.models import Commitment
from partybuilding.projects.states import Mark
from tests.factories import make_cast
from tests.factories.column import forge, make_page, make_pages
from tests.factories.people import make_organization, make_unit
from tests.factories.projects import Cast
from tests.factories.promises import make_promise

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def township(unit: Organization, name: str = "石会镇", row: int = 4, column: int = 2) -> int:
    """Enter a unit as a township with a tile."""
    unit.township, unit.tile_row, unit.tile_column = name, row, column
    return save_organization(unit, by=None).pk


@pytest.fixture
def cast() -> Cast:
    """Make the people of a year whose unit is a township."""
    cast = make_cast()
    township(cast.organization.unit)
    return cast


def read(address: str) -> str:
    return " ".join(Client().get(address).content.decode().split())


def tile(text: str, name: str) -> str:
    """Return the tile of a township."""
    return next(part for part in text.split("<li") if f">{name}<" in part)


def test_a_tile_tells_kept_of_all_in_figures_words_and_colour(cast: Cast) -> None:
    page = make_page(cast=cast)
    Commitment.objects.all().delete()
    today = timezone.localdate()
    make_promise(page.project, today, today)
    make_promise(page.project, today - 2 * DAY, None)
    empty = make_unit()
    township(empty, "水市镇", 8, 4)
    text = read("/")
    late = tile(text, "石会")
    assert 'class="map__column--2 map__row--4"' in late
    assert "tile--late" in late
    assert "1/2" in late
    assert "镇，1个项目，2项承诺，1项做到了，1项逾期" in late
    bare = tile(text, "水市")
    assert "tile--empty" in bare
    assert "无项目" in bare
    forge(page.project, "graded")
    assert "tile--miss" in tile(read("/"), "石会")


@pytest.mark.parametrize(
    ("marks", "projects", "mark"),
    [
        ({}, 0, "empty"),
        ({}, 1, "none"),
        ({Mark.NOT_STARTED: 2}, 1, "none"),
        ({Mark.DONE: 1, Mark.NOT_STARTED: 1}, 1, "run"),
        ({Mark.UNDER_WAY: 1}, 1, "run"),
        ({Mark.DONE: 1, Mark.DONE_LATE: 1}, 1, "done"),
        ({Mark.DONE: 9, Mark.LATE: 1}, 2, "late"),
        ({Mark.DONE: 9, Mark.LATE: 1, Mark.MISSED: 1}, 2, "miss"),
    ],
)
def test_a_tile_looks_by_the_worst_that_stands_in_it(
    marks: dict[Mark, int], projects: int, mark: str
) -> None:
    place = Place(1, "石会镇", projects=projects)
    place.marks.update(marks)
    assert mark_of_place(place) == mark


def test_one_place_without_a_position_makes_the_map_a_list_by_name() -> None:
    placed, other = Place(1, "石会镇", 4, 2), Place(2, "白土乡")
    drawn = tiles_of([other, placed], 2026)
    assert drawn
    assert drawn.is_list
    assert [one["name"] for one in drawn.tiles] == ["白土", "石会"]
    assert tiles_of([], 2026) is None


def test_a_township_shows_every_promise_and_what_works_there(cast: Cast) -> None:
    pk = cast.organization.unit_id
    page = make_page(cast=cast)
    Commitment.objects.all().delete()
    today = timezone.localdate()
    make_promise(page.project, today - DAY, today, goal="喇叭覆盖全村")
    make_promise(page.project, today + DAY, None, goal="值班答疑300人次")
    guest = make_organization(make_unit())
    guest.place_id = pk
    save_organization(guest, by=None)
    other = make_page(cast=cast)
    forge_organization(other, guest)
    text = read(f"/townships/{pk}/")
    for words in ("石会镇", "2个项目", "喇叭覆盖全村", "（迟1天）", "值班答疑300人次", "未开始"):
        assert words in text, words
    assert "在石会镇的区级单位" in text
    assert text.index("正在办") < text.index("在石会镇的区级单位")
    assert 'aria-current="true"' in tile(text, "石会")
    assert f'href="/projects/feed.atom?unit={pk}"' in text


def forge_organization(page: object, organization: Organization) -> None:
    """Let another organisation carry the project out."""
    type(page.project).objects.filter(pk=page.project_id).update(organization=organization)


def test_a_draft_and_what_is_no_township_are_not_found(cast: Cast) -> None:
    make_page(cast=cast, live=False)
    pk = cast.organization.unit_id
    assert "这里还没有公开的项目。" in read(f"/townships/{pk}/")
    assert Client().get(f"/townships/{cast.organization.pk}/").status_code == 404
    Organization.objects.filter(pk=pk).update(is_active=False)
    assert Client().get(f"/townships/{pk}/").status_code == 404


@pytest.mark.parametrize("typed", ["石城", "shicheng", "scsq", "shi cheng", "石城 社区"])
def test_a_name_is_found_in_characters_pinyin_and_initials(typed: str) -> None:
    found = save_organization(make_organization(name="石城社区党委"), by=None)
    assert is_named(found, typed.split())
    assert not is_named(found, ["文汇"])
    assert not is_named(found, [])


def test_the_finder_leads_to_the_place_and_to_its_projects(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(name="中元村党支部")
    cast.organization.refresh_from_db()
    cast.organization.save()
    page = make_page(cast=cast)
    for typed in ("中元", "zhongyuan", "zycdzb"):
        text = read(f"/townships/?place={typed}")
        assert f'href="/townships/{cast.organization.unit_id}/"' in text, typed
        assert page.url in text, typed
    assert "没有找到这个名字" in read("/townships/?place=没有这个村")
    assert "noindex" in read("/townships/?place=中元")


def test_what_a_name_finds_comes_in_pages_and_none_is_left_out(cast: Cast) -> None:
    pages = make_pages(23, cast)
    words = f"/townships/?place={pages[0].title[:3]}"
    first, second = read(words), read(f"{words}&page=2")
    assert "找到23个项目" in first
    assert "找到23个项目" in second
    listed = [sum(page.url in text for page in pages) for text in (first, second)]
    assert listed == [20, 3]


def test_more_projects_and_places_cost_no_more_queries(cast: Cast) -> None:
    pages = make_pages(2, cast)
    today = timezone.localdate()
    make_promise(pages[0].project, today - DAY, None)  # one that is late, and so named

    def counted(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            Client().get(address)
        return len(found)

    addresses = ("/", "/townships/", f"/townships/{cast.organization.unit_id}/", "/overdue/")
    for address in addresses:
        counted(address)
    before = [counted(address) for address in addresses]
    for at, page in enumerate(make_pages(6, make_cast(cast.cycle))):
        make_promise(page.project, today - at * DAY, today if at % 2 else None)
        township(make_unit(), f"第{at}镇", at + 1, 1)
    assert [counted(address) for address in addresses] == before


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"township": "石会镇", "is_reporting_unit": ""}, "township", "只有归口单位"),
        ({"township": "", "tile_row": 1, "tile_column": 1}, "tile_row", "只有乡镇、街道"),
        ({"tile_row": 1, "tile_column": ""}, "tile_row", "要么都填"),
        ({"tile_row": 13, "tile_column": 1}, "tile_row", "12"),
        ({"tile_row": 4, "tile_column": 2}, "tile_row", "水市镇已在方位图"),
    ],
)
def test_the_form_keeps_the_map_in_order(given: dict, field: str, words: str) -> None:
    township(make_unit(), "水市镇", 4, 2)
    facts = {
        "name": "石会镇党委",
        "code": "QJ-SH",
        "kind": "party_committee",
        "sector": "rural",
        "is_reporting_unit": "on",
        "township": "石会镇",
        **given,
    }
    form = OrganizationForm(facts)
    assert not form.is_valid()
    assert words in " ".join(form.errors[field])
