"""Every address that a public page gives lies below the path of somebody else's host."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_script_prefix, set_script_prefix

from tests.factories import make_cast
from tests.factories.column import make_image, make_page, make_pages

pytestmark = pytest.mark.django_db
GIVEN = re.compile(r'(?:href|action)="(/[^"]*)"')
FULL = re.compile(r"(?:<loc>|Sitemap: |<id>|href=\")http://testserver(/[^<\"\s]*)")
OWN = ("/static/", "/media/")


@pytest.fixture
def below_prefix(settings: Any) -> Iterator[None]:
    """Let the site live below /dangjian; the test client does not set this by itself."""
    settings.FORCE_SCRIPT_NAME = "/dangjian"
    set_script_prefix("/dangjian/")
    yield
    clear_script_prefix()


def test_links_forms_feed_and_map_carry_the_prefix(below_prefix: None) -> None:
    cast = make_cast()
    page = make_pages(21, cast)[0]
    page.lead_image, page.lead_image_alt = make_image(), "议事厅"
    page.save()
    paths = ["/", "/projects/?q=邻里", "/projects/?page=2", f"/projects/{cast.cycle.year}/"]
    paths += [f"/projects/{cast.cycle.year}/{page.slug}/", "/search/?q=邻里"]
    paths += ["/data/", "/data/dictionary/"]
    for path in paths:
        text = Client().get(path).content.decode()
        links = [link for link in GIVEN.findall(text) if not link.startswith(OWN)]
        assert len(links) > 5, path
        assert [link for link in links if not link.startswith("/dangjian/")] == [], path
    for path in ("/projects/feed.atom", "/feed.atom", "/sitemap.xml", "/robots.txt"):
        links = FULL.findall(Client().get(path).content.decode())
        assert links, path
        assert [link for link in links if not link.startswith("/dangjian/")] == [], path


def test_the_navigation_marks_where_the_reader_is(below_prefix: None) -> None:
    page = make_page(cast=make_cast())
    text = Client().get(f"/projects/{page.project.cycle.year}/").content.decode()
    assert re.search(r'href="/dangjian/projects/\d+/"\s+aria-current="page"', text)
