"""The head of every page tells machines what it is: one address, the state's tags, linked data."""

import json
import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from home.models import ColumnSettings, HomePage
from partybuilding.core.pages import PageMeta
from partybuilding.core.pages.meta import script_of, shortened
from tests.factories.column import make_image
from tests.factories.site import make_site

HOST = "http://testserver"
DCAT = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


class Head:
    """The head of a page."""

    def __init__(self, address: str) -> None:
        text = Client().get(address).content.decode()
        self.text, _, self.body = text.partition("</head>")
        found = [(name, unescape(value)) for name, value in META.findall(self.text)]
        assert len(dict(found)) == len(found), f"a tag stands twice: {address}"
        self.meta = dict(found)
        self.canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', self.text)
        self.things: dict[str, Any] = {}
        for script in SCRIPT.findall(self.text):
            thing = json.loads(script)
            assert thing["@context"] == (
                "https://schema.org" if ":" not in thing["@type"] else DCAT
            )
            self.things[thing["@type"]] = thing


@pytest.mark.django_db
def test_every_page_says_what_it_is() -> None:
    site = make_site()
    ColumnSettings.objects.update(
        organizer="区委组织部<示例>",
        contact="023-79220000",
        domain="dj.example.gov.cn",
        site_code="1",
    )
    lead = make_image()
    site.news.lead_image, site.news.lead_image_alt = lead, "议事厅"
    site.news.save()
    for address in site.pages:
        head = Head(address)
        assert head.meta["SiteName"] == "基层党建创新项目公开栏", address
        assert (head.meta["SiteDomain"], head.meta["SiteIDCode"]) == ("dj.example.gov.cn", "1")
        assert head.meta["description"], address
        if address.startswith("/search/"):
            assert head.canonical == []
            continue
        own = address.partition("?")[0]
        assert head.canonical == [head.meta["og:url"]] == [f"{HOST}{own}"], address
        articles = [*(page.url for page in site.articles), site.exchange_url]
        assert ("ArticleTitle" in head.meta) == (own in articles)
        name = page_title(site) if own == site.year_url else head.meta.get("ColumnName")
        assert head.meta.get("ColumnName") == name, address
        expected = COLUMNS.get(own.split("/")[1])
        assert head.meta.get("ColumnType") == (expected[1] if expected else None), address
        assert expected is None or own == site.year_url or name == expected[0], address
        if own != "/":
            way = head.things["BreadcrumbList"]["itemListElement"]
            assert way[0] == {
                "@type": "ListItem",
                "position": 1,
                "name": "首页",
                "item": f"{HOST}/",
            }
            assert way[-1]["item"] == f"{HOST}{own}"
    check_articles(site)
    check_front_page()
    check_lists(site)


COLUMNS = {
    "projects": ("创新项目", "项目公开"),
    "supervision": ("督导整改", "督导整改"),
    "news": ("新闻动态", "新闻动态"),
    "notices": ("公示公告", "公示公告"),
    "progress": ("落实进展", "落实进展"),
    "overdue": ("逾期与没有做到的承诺", "逾期与临期"),
    "brands": ("党建品牌", "党建品牌"),
    "cases": ("典型案例", "典型案例"),
    "opinions": ("群众意见", "群众意见"),
    "data": ("开放数据", "开放数据"),
}


def page_title(site: Any) -> str:
    return site.project.get_parent().title


def check_articles(site: Any) -> None:
    for page in site.articles:
        head = Head(page.url)
        assert head.meta["ArticleTitle"] == page.title
        published = timezone.localtime(type(page).objects.get(pk=page.pk).first_published_at)
        assert head.meta["PubDate"] == f"{published:%Y-%m-%d %H:%M}"
        assert f'datetime="{published:%Y-%m-%d}' in head.body, "the same day is shown"
        assert head.meta["ContentSource"] in head.body
        assert head.meta["og:type"] == "article"
        kind = next(name for name in head.things if name.endswith("Article"))
        assert head.things[kind]["headline"] == page.title
        assert head.things[kind]["publisher"]["name"] == "区委组织部<示例>"
    news = Head(site.news.url)
    assert news.meta["og:image"].startswith(f"{HOST}/media/images/")
    assert news.things["NewsArticle"]["image"] == [news.meta["og:image"]]


def check_front_page() -> None:
    head = Head("/")
    office = head.things["GovernmentOrganization"]
    assert (office["name"], office["telephone"]) == ("区委组织部<示例>", "023-79220000")
    assert "address" not in office, "what is not filled in is not said"
    assert head.things["WebSite"]["potentialAction"]["target"] == f"{HOST}/search/?q={{words}}"


def check_lists(site: Any) -> None:
    whole, year = Head("/projects/"), Head(site.year_url)
    files = [one["contentUrl"] for one in whole.things["Dataset"]["distribution"]]
    assert files == [f"{HOST}/projects/list.csv", f"{HOST}/projects/list.json"]
    number = site.project.project.cycle.year
    assert year.things["Dataset"]["temporalCoverage"] == str(number)
    assert year.things["Dataset"]["distribution"][0]["contentUrl"].endswith(f"?year={number}")
    assert Head("/projects/?page=2&sector=urban").canonical == [f"{HOST}/projects/?page=2"]
    assert Head("/projects/?page=²").canonical == [f"{HOST}/projects/"]
    assert Head(f"/news/?category={quote('没有')}").canonical == [f"{HOST}/news/"]


@pytest.mark.django_db
def test_no_word_ends_the_script_or_begins_another() -> None:
    page = HomePage.objects.get()
    page.title = "</script><script>alert(1)</script><!--&"
    page.save()
    head = Head("/")
    assert head.things["WebSite"]["name"] == page.title
    assert "<script>alert" not in head.text
    assert "<!--" not in "".join(SCRIPT.findall(head.text))


@pytest.mark.django_db
def test_a_page_without_a_part_of_the_site_names_none() -> None:
    page = HomePage.objects.get().get_children().get(slug="about").specific
    meta = page.meta(RequestFactory().get(page.url))
    assert isinstance(meta, PageMeta)
    assert (meta.column, meta.column_type, meta.pub_date) == ("", "", "")
    assert [entry["text"] for entry in meta.way_back] == ["首页", page.title]


def test_empty_words_are_left_out_of_linked_data() -> None:
    thing = {"@type": "Article", "image": [], "author": None, "publisher": {"name": ""}, "n": 0}
    assert json.loads(script_of(thing)) == {
        "@context": "https://schema.org",
        "@type": "Article",
        "publisher": {},
        "n": 0,
    }


def test_a_description_is_one_line_of_bearable_length() -> None:
    assert shortened("甲 \n 乙") == "甲 乙"
    assert len(shortened("长" * 500)) == 160
