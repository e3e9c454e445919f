"""Head, foot, navigation and the front page, with something to read and with nothing."""

import re

import pytest
from django.test import Client
from wagtail.models import Site

from home.models import ColumnSettings
from partybuilding.column.pages import ProjectIndexPage
from tests.factories import make_cast, open_cycle
from tests.factories.announced import make_announced
from tests.factories.column import forge, make_page
from tests.factories.site import make_site

pytestmark = pytest.mark.django_db


def test_an_empty_column_shows_only_its_front_page(client: Client) -> None:
    text = client.get("/").content.decode()
    assert "暂无公开项目" in text
    assert 'href="/projects/"' not in text
    assert "基层党建创新项目公开栏" in text


def words_of(text: str, part: str) -> list[str]:
    """Return the words of the links of a navigation."""
    inside = text.split(f'class="{part}"', 1)[1].split("</nav>")[0]
    return [one.strip() for one in re.findall(r"<a[^>]*>([^<]+)</a>", inside)]


def test_the_entries_lead_everywhere_and_the_menu_begins_with_the_front_page(
    client: Client,
) -> None:
    make_site()
    text = client.get("/").content.decode()
    entries = ["找项目", "落实进展", "逾期与未做到", "案例与品牌", "动态与公告", "群众意见"]
    assert words_of(text, "nav nav--wide") == entries
    assert words_of(text, "menu__list") == ["首页", *entries]


def test_public_results_stand_in_the_navigation_by_their_newest_year(client: Client) -> None:
    year, _run = make_announced()
    text = client.get("/").content.decode()
    assert "评审结果" in words_of(text, "nav nav--wide")
    assert f'class="nav__link" href="/results/{year.cycle.year}/"' in text


def test_years_stand_beside_each_other_inside_the_projects(client: Client) -> None:
    for year in (2061, 2062, 2063, 2064, 2065):
        make_page(cast=make_cast(open_cycle(year=year)))
    text = " ".join(client.get("/projects/2064/").content.decode().split())
    beside = ["创新项目", "2065年度", "2064年度", "2063年度", "2062年度"]
    assert words_of(text, "beside wrap") == beside
    assert 'href="/projects/2064/" aria-current="page">2064年度' in text
    assert 'href="/projects/" aria-current="true"' in text
    assert "beside wrap" not in client.get("/").content.decode()


def test_a_project_page_marks_its_part_of_the_column(client: Client) -> None:
    page = make_page(cast=make_cast(open_cycle(year=2063)))
    text = client.get(page.url).content.decode()
    assert re.search(r'href="/projects/2063/"\s+aria-current="true">2063年度', text)
    way = text.split('class="breadcrumb__list"')[1].split("</ol>")[0]
    assert [part.split("<")[0] for part in way.split('">')[1:] if part[0] not in "<\n"] == [
        "首页",
        "创新项目",
        page.get_parent().title,
        page.title,
    ]


def test_a_year_whose_projects_became_hidden_leaves_navigation(client: Client) -> None:
    page = make_page(cast=make_cast())
    forge(page.project, "declined")
    assert page.get_parent().url not in client.get("/").content.decode()


def test_an_unpublished_index_is_not_linked(client: Client) -> None:
    make_page(cast=make_cast())
    ProjectIndexPage.objects.get().unpublish()
    assert client.get("/").status_code == 200
    assert client.get("/projects/feed.atom").status_code == 200
    assert client.get("/search/?q=没有").status_code == 200
    assert 'href="/projects/"' not in client.get("/").content.decode()


def test_head_and_foot_say_what_the_settings_say(client: Client) -> None:
    ColumnSettings.objects.update(
        host="示例区委组织部",
        organizer="示例区融媒体中心",
        contact="023-00000000",
        domain="dj.example.gov.cn",
        site_code="5001140000",
        icp_number="渝ICP备00000000号",
        police_number="渝公网安备00000000000000号",
        tagline="示例",
        description="示例简介",
    )
    for address in ("/", "/search/", "/no-such-page/"):
        text = client.get(address).content.decode()
        for said in (
            '<meta name="SiteName" content="基层党建创新项目公开栏">',
            '<meta name="SiteDomain" content="dj.example.gov.cn">',
            '<meta name="SiteIDCode" content="5001140000">',
            "主办单位：示例区委组织部",
            "承办单位：示例区融媒体中心",
            "渝ICP备00000000号",
            "渝公网安备00000000000000号",
        ):
            assert said in text, (address, said)


def test_a_portal_may_bring_its_own_head_and_foot(client: Client) -> None:
    ColumnSettings.objects.update(embedded=True)
    text = client.get("/search/?q=x").content.decode()
    assert 'class="masthead"' not in text
    assert 'class="footer"' not in text
    assert '<input type="search"' in text or 'name="q"' in text


def test_no_reader_makes_a_row(client: Client) -> None:
    assert ColumnSettings.objects.count() == Site.objects.count() == 1


def test_without_a_site_a_page_is_missing_and_not_broken(client: Client) -> None:
    Site.objects.all().delete()
    assert client.get("/").status_code == 404
    assert client.get("/robots.txt").status_code == 200
    assert client.get("/sitemap.xml").status_code == 200


def test_robots_are_kept_from_the_offices(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Disallow: /portal/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_map_holds_what_can_be_read_and_no_more(client: Client) -> None:
    cast = make_cast()
    page, draft, hidden = (
        make_page(cast=cast),
        make_page(cast=cast, live=False),
        make_page(cast=cast),
    )
    forge(hidden.project, "declined")
    text = client.get("/sitemap.xml").content.decode()
    year = page.get_parent().url
    for address in ("/", "/projects/", year, page.url):
        assert f"<loc>http://testserver{address}</loc>" in text
    assert draft.slug not in text
    assert hidden.slug not in text
    for plain in ("/about/", "/accessibility/", "/privacy/", "/sitemap/"):
        assert f"<loc>http://testserver{plain}</loc>" in text
    assert text.count("<loc>") == len(set(text.split("<loc>")[1:]))
