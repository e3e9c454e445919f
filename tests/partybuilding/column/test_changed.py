"""What a project's page, its data and the map call “last updated” is the last change that residents see."""

import json
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from partybuilding.core.services import move
from partybuilding.progress.models import StepReport
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from tests.factories.site import FullSite, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> FullSite:
    """Make a site on which nothing has changed for long."""
    site = make_site()
    old = timezone.now() - timedelta(days=400)
    ProjectPage.objects.update(first_published_at=old, last_published_at=old)
    return site


def told(site: FullSite) -> dict[str, str]:
    """Return what each form of the same fact says, to the minute."""
    client = Client()
    code = site.project.project.code
    data = client.get("/projects/list.json").json()["projects"]
    csv = client.get("/projects/list.csv").content.decode("utf-8-sig").splitlines()
    page = client.get(site.project.url).content.decode()
    things = page.split('<script type="application/ld+json">')[1:]
    linked = [json.loads(one.split("</script>")[0]) for one in things]
    entry = client.get("/projects/feed.atom").content.decode().split("<entry>")
    place = client.get("/sitemap.xml").content.decode().split("<url>")
    return {
        "json": next(one["last_updated"] for one in data if one["code"] == code)[:16],
        "csv": next(line for line in csv if code in line).split(",")[-2].strip('"')[:16],
        "linked": next(_modified(one) for one in linked if _modified(one))[:16],
        "atom": next(one for one in entry if site.project.url in one).split("<updated>")[1][:16],
        "map": next(one for one in place if site.project.url in one).split("<lastmod>")[1][:10],
    }


def _modified(thing: dict) -> str:
    graph = thing.get("@graph", [thing])
    return next((one["dateModified"] for one in graph if "dateModified" in one), "")


def assert_tells(site: FullSite, when: datetime) -> None:
    minute = timezone.localtime(when).isoformat()[:16]
    found = told(site)
    utc = when.isoformat()[:16]
    assert found.pop("map") in (minute[:10], utc[:10])
    assert found.pop("atom") in (minute, utc)
    assert found == dict.fromkeys(found, minute)
    page = Client().get(site.project.url).content.decode()
    assert date_format(timezone.localtime(when), "DATETIME_FORMAT") in page


def test_a_report_of_a_step_is_the_last_change(site: FullSite) -> None:
    later = timezone.now() + timedelta(days=3)
    of_project = StepReport.objects.filter(step__commitment__project=site.project.project_id)
    assert QuerySet.update(of_project, reported_at=later)  # past the door
    assert_tells(site, later)


def test_a_step_of_the_record_is_the_last_change(site: FullSite) -> None:
    project = Project.objects.get(pk=site.project.project_id)
    moved = move(project, "terminate", by=site.cast["department"], reason="场地被征用。")
    assert_tells(site, moved.state_since)


def test_a_new_text_is_the_last_change(site: FullSite) -> None:
    later = timezone.now() + timedelta(days=3)
    ProjectPage.objects.filter(pk=site.project.pk).update(last_published_at=later)
    assert_tells(site, later)


PARTS = ("", "projects/", "news/", "notices/", "progress/", "supervision/", "opinions/replies/")


@pytest.mark.parametrize("part", PARTS)
def test_a_feed_without_entries_does_not_change_with_the_clock(part: str) -> None:
    first = Client().get(f"/{part}feed.atom")
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        again = Client().get(f"/{part}feed.atom")
    assert "<entry>" not in again.content.decode()
    assert again["ETag"] == first["ETag"]


def test_the_feed_of_everything_tells_every_part() -> None:
    site = make_site()
    feed = Client().get("/feed.atom").content.decode()
    for page in (site.news, site.notice, site.project, site.brand, site.case):
        assert page.url in feed
    assert site.exchange_url in feed
    updated = [one.split("</updated>")[0] for one in feed.split("<published>")[1:]]
    moments = [one.split("</published>")[0] for one in updated]
    assert moments == sorted(moments, reverse=True)
