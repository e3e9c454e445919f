"""Both maps of the site lead to what stands beside the pages: late things, answers, histories, places, results."""

import re

import pytest
from django.test import Client

from home.sitemap import SiteMap
from tests.factories.announced import make_announced
from tests.factories.site import make_site

pytestmark = pytest.mark.django_db


def test_the_map_for_machines_names_what_is_no_page() -> None:
    site = make_site()
    text = Client().get("/sitemap.xml").content.decode()
    found = {re.sub(r"^https?://[^/]+", "", one) for one in re.findall(r"<loc>([^<]+)</loc>", text)}
    places = {"/townships/", site.township_url}
    answers = {"/opinions/replies/", site.exchange_url}
    assert {"/overdue/", site.history_url, *places, *answers} <= found
    for address in found:
        assert Client().get(address).status_code == 200, address


def test_a_long_map_stands_in_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    make_site()
    client = Client()
    whole = re.findall(r"<url>.*?</url>", client.get("/sitemap.xml").content.decode(), re.DOTALL)
    monkeypatch.setattr(SiteMap, "limit", 4)
    files = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(files) > 2
    answers = [client.get(file.partition("testserver")[2]) for file in files]
    parts = [re.findall(r"<url>.*?</url>", one.content.decode(), re.DOTALL) for one in answers]
    assert [one for part in parts for one in part] == whole
    assert max(map(len, parts)) == 4
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_the_map_for_readers_names_them_too() -> None:
    site = make_site()
    text = Client().get("/sitemap/").content.decode()
    places = ("/overdue/", "/townships/", site.history_url)
    for address in (*places, "/opinions/replies/", site.exchange_url):
        assert f'href="{address}"' in text, address


def test_public_results_are_on_both_maps() -> None:
    year, _run = make_announced()
    address = f"/results/{year.cycle.year}/"
    assert f"{address}</loc>" in Client().get("/sitemap.xml").content.decode()
    assert f'href="{address}"' in Client().get("/sitemap/").content.decode()
