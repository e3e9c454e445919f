"""One feed of everything: what every part tells, the newest first, and every page leads to it."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from home.feeds import PARTS
from partybuilding.core.pages.feeds import NEWEST, PublicFeed
from partybuilding.evaluation.models import Run
from tests.factories.announced import make_announced, make_noticed
from tests.factories.site import FullSite, make_news, make_site

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LINK = '<link rel="alternate" type="application/atom+xml" title="专栏最新内容" href="/feed.atom">'


def entries() -> list[ElementTree.Element]:
    tree = ElementTree.fromstring(Client().get("/feed.atom").content)
    return list(tree.iter(f"{ATOM}entry"))


def links() -> list[str]:
    found = (entry.find(f"{ATOM}link") for entry in entries())
    return [
        link.attrib["href"].removeprefix("http://testserver") for link in found if link is not None
    ]


def test_every_part_of_the_column_is_told(site: FullSite) -> None:
    told = links()
    for page in site.articles:
        assert page.url in told, page
    for beginning in (f"{site.project.url}#report-", f"{site.project.url}#supervision"):
        assert any(link.startswith(beginning) for link in told)
    assert site.exchange_url in told
    assert {part for part in PARTS if not issubclass(part, PublicFeed)} == set()


def test_the_newest_stands_first_and_fifty_are_enough(site: FullSite) -> None:
    for count in range(NEWEST):
        make_news(f"第{count}条", f"item-{count}")
    found = entries()
    moments = [datetime.fromisoformat(entry.findtext(f"{ATOM}published") or "") for entry in found]
    assert len(found) == NEWEST
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("address", ["/", "/projects/", "/data/", "/about/", "/opinions/"])
def test_every_page_leads_to_it(site: FullSite, address: str) -> None:
    assert LINK in Client().get(address).content.decode()


def test_results_are_told_once_they_are_open_to_comment() -> None:
    year, run = make_noticed(2, 2, 2)
    address = f"/results/{year.cycle.year}/"
    assert links().count(address) == 1
    Run.objects.filter(pk=run.pk).update(state="fixed")
    assert address not in links()


def test_announced_results_are_told_in_a_sentence() -> None:
    year, _run = make_announced(2, 2, 2)
    address = f"/results/{year.cycle.year}/"
    told = next(entry for entry in entries() if entry[1].attrib.get("href", "").endswith(address))
    assert "参评项目2个" in (told.findtext(f"{ATOM}summary") or "")


@pytest.fixture
def site() -> FullSite:
    return make_site()
