"""The data and what residents read: the same rows on pages, in feeds and in lists; and the page of the data itself."""

import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partybuilding.checks import licence_of
from partybuilding.opendata.pages import OpenDataPage
from partybuilding.opendata.services import build
from partybuilding.opendata.tables import TABLES
from tests.factories import make_cast
from tests.factories.column import make_pages
from tests.factories.site import FullSite, make_site
from tests.partybuilding.opendata.conftest import Data

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def site() -> FullSite:
    return make_site()


def text(address: str) -> str:
    return Client().get(address).content.decode()


def without(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [{name: row[name] for name in row if name not in names} for row in rows]


def by_key(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: row[key])


def test_the_lists_of_the_column_tell_the_same_rows(site: FullSite) -> None:
    data = Data.fetched()
    listed = json.loads(text("/projects/list.json"))["projects"]
    assert without(data.json("projects"), "url") == by_key(without(listed, "url"), "code")
    found = json.loads(text("/supervision/list.json"))["findings"]
    rows = without(data.json("supervision"), "id", "url")
    assert by_key(rows, "finding") == by_key(without(found, "url"), "finding")


def test_every_address_that_the_data_name_can_be_read(site: FullSite) -> None:
    data, read = Data.fetched(), lru_cache(text)
    rows = [row for table in TABLES for row in data.json(table.name) if "url" in row]
    assert len(rows) > len(TABLES)
    for parts in (urlsplit(row["url"]) for row in rows):
        assert parts.scheme, parts
        page = read(parts.path)
        assert not parts.fragment or f'id="{parts.fragment}"' in page, parts


def test_the_pages_and_feeds_tell_what_the_data_tell(site: FullSite) -> None:
    data = Data.fetched()
    page = text(site.project.url)
    for row in data.json("commitments"):
        if row["project"] == site.project.project.code:
            assert row["title"] in page
            assert row["state"] in page
    feed = text("/progress/feed.atom")
    assert feed.count("<entry>") == len(data.json("updates")) > 0
    for row in data.json("updates"):
        assert row["evidence"] in feed
    for name, index in (("cases", "/cases/"), ("brands", "/brands/")):
        shown = text(index)
        assert data.json(name)
        assert all(row["title"] in shown for row in data.json(name))
    history = text(site.history_url)
    assert data.json("changes")
    assert all(row["reason"] in history for row in data.json("changes"))


def test_the_page_says_what_there_is_and_how_to_take_it_along(site: FullSite) -> None:
    OpenDataPage.objects.update(provider="区委组织部", contact="023-79220000")
    page = text("/data/")
    for word in ("数据提供方", "区委组织部", "数据领域", "更新频率", "开放属性", "无条件开放"):
        assert word in page
    for word in ("数据量", "发布日期", "更新日期", "数据截至", "联系方式", "023-79220000"):
        assert word in page
    for table in TABLES:
        for kind in ("csv", "json"):
            assert f'href="/data/{table.name}.{kind}"' in page
        assert f'href="/data/dictionary/#{table.name}"' in page
    dictionary = text("/data/dictionary/")
    for table in TABLES:
        assert f'id="{table.name}"' in dictionary
        assert all(column.name in dictionary for column in table.columns)
    foot = text("/about/")
    assert 'href="/data/"' in foot
    assert 'href="/data/"' in text("/sitemap/")
    assert "/data/</loc>" in text("/sitemap.xml")
    assert 'href="/data/"' in text("/projects/")


def test_machines_read_what_the_data_are(site: FullSite) -> None:
    things = {thing["@type"]: thing for thing in map(json.loads, SCRIPT.findall(text("/data/")))}
    dataset, dcat = things["Dataset"], things["dcat:Dataset"]
    addresses = {one["contentUrl"] for one in dataset["distribution"]}
    assert addresses == {one["dcat:downloadURL"]["@id"] for one in dcat["dcat:distribution"]}
    assert "http://testserver/data/projects.csv" in addresses
    assert dataset["license"].startswith("https://creativecommons.org/licenses/by/4.0/")
    assert dataset["publisher"]["name"]
    assert all(Client().get(urlsplit(one).path).status_code == 200 for one in addresses)


@pytest.mark.parametrize(
    ("value", "code", "attribute"),
    [
        ("CC-BY-4.0", "CC-BY-4.0", "无条件开放"),
        ("reserved", "notspecified", "有条件开放"),
        ("https://data.example.gov.cn/licence", "other-open", "有条件开放"),
    ],
)
def test_the_terms_are_those_of_the_setting(
    settings: Any, value: str, code: str, attribute: str
) -> None:
    settings.PARTYBUILDING_DATA_LICENCE = value
    told = json.loads(Data.fetched().files["datapackage.json"])["licenses"][0]
    assert told["name"] == code
    assert (told.get("path") == value) == value.startswith("https:")
    assert attribute in text("/data/")
    assert list(licence_of()) == []


def test_terms_that_mean_nothing_are_refused(settings: Any) -> None:
    settings.PARTYBUILDING_DATA_LICENCE = "free"
    (error,) = licence_of()
    assert error.id == "partybuilding.E009"


def test_data_cost_the_same_queries_for_more_projects() -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            build(anew=True)
        return len(captured)

    cast = make_cast()
    make_pages(3, cast)
    queries()
    few = queries()
    make_pages(12, make_cast(cast.cycle))
    queries()
    assert queries() <= few


def test_editors_write_who_gives_the_data_and_residents_read_it_once_it_is_approved() -> None:
    cast, page = make_cast(), OpenDataPage.objects.get()
    client = Client()
    client.force_login(cast["editor"])
    shown = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "数据提供方" in shown
    assert "数据联系方式" in shown
    page.provider = "区委组织部"
    revision = page.save_revision(user=cast["editor"])
    assert "区委组织部" not in text("/data/")
    revision.publish(user=cast["publisher"])
    assert "区委组织部" in text("/data/")


def test_without_a_page_there_are_no_data() -> None:
    OpenDataPage.objects.update(live=False)
    assert Client().get("/data/").status_code == 404
    assert Client().get("/data/dictionary/").status_code == 404
