"""What anonymous readers and caches are answered, at every public address, before and after a change."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partybuilding.core.services import move
from partybuilding.projects.models import Project
from tests.factories.screens import asked
from tests.factories.site import make_site
from tests.factories.spread import take_brand

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25
ASKED_EACH_TIME = "public, max-age=0, must-revalidate"
#: The addresses that name whatever is published, by what is published there.
LISTS = {
    "project": ("/projects/", "/projects/list.csv", "/projects/list.json"),
    "news": ("/", "/news/", "/news/feed.atom"),
    "notice": ("/", "/notices/", "/notices/feed.atom"),
    "brand": ("/brands/",),
    "case": ("/cases/",),
}


def get(address: str, **headers: str) -> object:
    return Client().get(address, headers=headers)


def text(address: str) -> str:
    return get(address).content.decode()


def test_every_answer_may_be_kept_is_asked_for_again_and_carries_nothing_personal() -> None:
    site = make_site()
    for address in [*site.pages, *site.files]:
        first = get(address)
        assert first.status_code == 200, address
        assert first["Cache-Control"] == ASKED_EACH_TIME, address
        assert first["ETag"], address
        assert "Last-Modified" not in first, address
        assert "Vary" not in first, address
        assert not first.cookies, address
        assert b"csrf" not in first.content.lower(), address
        again = get(address, **{"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again["ETag"] == first["ETag"]
        assert get(address, **{"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}).content
        assert Client().head(address).status_code == 200, address
    for address in site.pages:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            get(address)
        assert len(asked(queries)) <= MOST_QUERIES, (address, asked(queries))


def test_every_form_is_read_afresh_for_few_queries() -> None:
    site = make_site()
    for address in site.forms:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = get(address)
        assert answer.status_code == 200, address
        assert "no-store" in answer["Cache-Control"], address
        assert len(asked(queries)) <= MOST_QUERIES, (address, asked(queries))


def etags(addresses: tuple[str, ...]) -> dict[str, str]:
    return {address: get(address)["ETag"] for address in addresses}


def assert_none_is_current(tags: dict[str, str]) -> None:
    """No cache that asks may be told that its copy is still right."""
    for address, tag in tags.items():
        assert get(address, **{"If-None-Match": tag}).status_code == 200, address


def names_it(address: str, page: object) -> bool:
    found = text(address).replace("<mark>", "").replace("</mark>", "")
    return page.title in found or json.dumps(page.title)[1:-1] in found


def test_a_new_title_is_right_at_once_wherever_the_page_is_named() -> None:
    site = make_site()
    # A published notice never changes, and a brand is named by its record.
    for name in set(LISTS) - {"notice", "brand"}:
        page, lists = getattr(site, name), LISTS[name]
        words = page.title.strip("“")[:4]
        shown = (*lists, page.url, f"/search/?q={words}")
        assert all(names_it(address, page) for address in lists), name
        before = etags(shown)
        page.title = f"{words}（已更名）"
        page.save_revision().publish()
        assert_none_is_current(before)
        assert [address for address in shown if not names_it(address, page)] == [], name


def test_what_is_withdrawn_is_gone_at_once_everywhere() -> None:
    site = make_site()
    for name, lists in LISTS.items():
        page = getattr(site, name)
        before = etags((*lists, "/sitemap.xml", page.url))
        assert page.url in text("/sitemap.xml")
        page.unpublish()
        assert_gone(page.url, before)
        assert [address for address in lists if page.url in text(address)] == [], name
        assert page.url not in text("/sitemap.xml"), name
        assert page.url not in text(f"/search/?q={page.title}"), name
    shown = " ".join(text("/").split())
    assert "公示公告 </a> </li>" not in shown, "a part without anything is not shown"


def assert_gone(url: str, before: dict[str, str]) -> None:
    tag = before.pop(url)
    assert get(url, **{"If-None-Match": tag}).status_code == 410
    assert_none_is_current(before)


def test_a_step_of_the_record_is_right_at_once() -> None:
    site = make_site()
    year = site.project.get_parent().url
    shown = ("/", "/projects/", "/projects/list.json", year, site.project.url)
    before = etags(shown)
    assert "办结积案" in text("/")
    project = Project.objects.get(pk=site.project.project_id)
    move(project, "terminate", by=site.cast["department"], reason="场地被征用。")
    assert_none_is_current(before)
    assert "办结积案" not in text("/"), "a terminated project has nothing overdue"
    assert "场地被征用" in text(site.project.url)


def test_a_revoked_brand_leaves_its_reason_and_nothing_else() -> None:
    site = make_site()
    url, before = site.brand.url, etags(("/brands/", "/sitemap.xml"))
    take_brand(site.brand.brand, "revoke", site.cast)
    assert_none_is_current(before)
    gone = get(url)
    assert (gone.status_code, gone["Cache-Control"]) == (410, ASKED_EACH_TIME)
    said = gone.content.decode()
    assert "做法已不再开展" in said
    assert "og:description" not in said
    assert '"@type": "Article"' not in said
    assert url not in text("/sitemap.xml")
