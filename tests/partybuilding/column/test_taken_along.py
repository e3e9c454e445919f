"""The same query as page, CSV, JSON and Atom lists the same projects; nothing in it runs as a formula."""

import csv
import json
import re
from datetime import timedelta
from io import StringIO
from random import Random
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partybuilding.column import exports
from partybuilding.column.listing import SORTS
from partybuilding.core.pages.lists import PER_PAGE
from partybuilding.core.registers.exports import STARTS, csv_text, safe_cell
from partybuilding.core.text.characters import writable
from partybuilding.organizations.states import Sector
from partybuilding.projects.models import Project
from partybuilding.projects.stages import STAGES
from tests.factories import make_cast, make_organization, open_cycle
from tests.factories.column import forge, make_pages
from tests.factories.programme import announce_cycle
from tests.factories.promises import make_promise

MOST_QUERIES = 25
ATOM = "{http://www.w3.org/2005/Atom}"
LINK = re.compile(r'class="card__link" href="([^"?]+)')
STATES = [code for codes in STAGES.values() for code in codes]
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def column() -> list[int]:
    """Publish 36 projects of two years in every stage and field, one year announced; return the units."""
    chance, today = Random(7), timezone.localdate()
    years = [make_cast(open_cycle(year=2071)), make_cast(open_cycle(year=2072))]
    for cast in years:
        others = [cast.organization, make_organization(), make_organization(cast.organization.unit)]
        for page in make_pages(18, cast):
            project = page.project
            grade = chance.choice([*cast.cycle.grades.all(), None])
            Project.objects.filter(pk=project.pk).update(
                sector=chance.choice(Sector.values),
                organization=chance.choice(others),
                grade_class=grade,
            )
            if chance.random() < 0.7:
                late = today + timedelta(days=chance.choice((-5, 30)))
                make_promise(project, late, None, today if chance.random() < 0.5 else None)
            forge(project, chance.choice(STATES))
    announce_cycle(years[0].cycle, years[0]["department"])
    return sorted(set(Project.objects.values_list("organization__unit", flat=True)))


def random_query(chance: Random, units: list[int]) -> str:
    """Make up a query as residents, robots and the curious send it."""
    values: dict[str, list[Any]] = {
        "year": [2071, 2072, 1999, "x"],
        "sector": [*Sector.values, "none"],
        "unit": [*units, 0, "x"],
        "state": [*STAGES, "draft"],
        "overdue": ["1", "1", "0", "yes"],
        "grade": ["first", "second", "third"],
        "q": ["议事", "2071", "社区", "没有这样的词", "\uff12\uff10\uff17\uff12"],
        "sort": [*SORTS, "random"],
    }
    chosen = [
        (name, chance.choice(offered))
        for name, offered in values.items()
        for _again in range(2 if name in ("sector", "state") else 1)
        if chance.random() < 0.25
    ]
    return urlencode(chosen)


def on_the_page(client: Client, query: str) -> list[str]:
    """Return the addresses that the list shows on all its pages, in order."""
    found: list[str] = []
    number = 1
    while True:
        text = client.get(f"/projects/?{query}&page={number}").content.decode()
        found += LINK.findall(text)
        if f"page={number + 1}" not in text:
            return found
        number += 1


def in_csv(client: Client, query: str) -> list[str]:
    """Return the addresses in the CSV."""
    text = client.get(f"/projects/list.csv?{query}").content.decode("utf-8-sig")
    return [path(row["页面网址"]) for row in csv.DictReader(StringIO(text))]


def in_json(client: Client, query: str) -> list[str]:
    """Return the addresses in the JSON."""
    data = json.loads(client.get(f"/projects/list.json?{query}").content)
    return [path(row["url"]) for row in data["projects"]]


def in_atom(client: Client, query: str) -> list[str]:
    """Return the addresses in the feed."""
    tree = ElementTree.fromstring(client.get(f"/projects/feed.atom?{query}").content)
    links = (entry.find(f"{ATOM}link") for entry in tree.iter(f"{ATOM}entry"))
    return [path(link.attrib["href"]) for link in links if link is not None]


def path(address: str) -> str:
    """Return an address without its host."""
    return address.split("testserver", 1)[-1]


@pytest.mark.django_db
def test_fifty_queries_list_the_same_in_every_form(client: Client, column: list[int]) -> None:
    chance, sizes = Random(20220701), set()
    for query in (random_query(chance, column) for _ in range(50)):
        shown = on_the_page(client, query)
        assert in_csv(client, query) == shown, query
        assert in_json(client, query) == shown, query
        assert in_atom(client, query) == shown, query
        sizes.add(len(shown))
    assert {0, 36} <= sizes
    assert len(sizes) > 8
    for query in ("page=2", "page=2&sort=title", "page=x", "page=99"):
        shown = LINK.findall(client.get(f"/projects/?{query}").content.decode())
        assert 0 < len(shown) <= PER_PAGE
        forms = (in_csv(client, query), in_json(client, query), in_atom(client, query))
        assert forms == (shown, shown, shown)


@pytest.mark.django_db
def test_the_year_page_leads_to_its_own_list(client: Client, column: list[int]) -> None:
    text = client.get("/projects/2071/?overdue=1").content.decode()
    query = "year=2071&amp;overdue=1"
    for name in ("feed.atom", "list.csv", "list.json"):
        assert f'href="/projects/{name}?{query}"' in text
    assert on_the_page(client, "year=2071&overdue=1") == LINK.findall(text)


@pytest.mark.django_db
def test_the_numbers_of_the_promises_are_those_of_the_rows(
    client: Client, column: list[int]
) -> None:
    rows = json.loads(client.get("/projects/list.json").content)["projects"]
    for row in rows:
        project = Project.objects.get(code=row["code"])
        promised = project.commitments.all() if project.has_promised else []
        assert row["commitments"] == len(promised)
        assert row["steps"] == sum(item.promise.steps for item in promised)
        assert row["steps_closed"] == sum(item.promise.closed for item in promised)
        graded = project.grade_class_id and project.cycle.year == 2071
        assert row["grade"] == (project.grade_class.name if graded else "")
    late = {row["code"] for row in rows if row["commitments_overdue"]}
    narrowed = json.loads(client.get("/projects/list.json?overdue=1").content)["projects"]
    assert {row["code"] for row in narrowed} == late != set()


@pytest.mark.django_db
def test_a_grade_is_no_filter_before_it_is_announced(client: Client, column: list[int]) -> None:
    assert 'name="grade"' in client.get("/projects/2071/").content.decode()
    assert 'name="grade"' not in client.get("/projects/2072/").content.decode()
    asked = json.loads(client.get("/projects/list.json?year=2072&grade=first").content)
    assert asked["projects"] == []
    assert "共18个项目" in client.get("/projects/2072/?grade=first").content.decode()


@pytest.mark.django_db
def test_no_form_costs_more_queries_for_more_projects(client: Client) -> None:
    def queries(address: str) -> int:
        cache.clear()
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert not response.cookies
        assert "must-revalidate" in response["Cache-Control"]
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
        return len(captured)

    cast = make_cast()
    make_pages(3, cast)
    addresses = [f"/projects/{name}" for name in ("list.csv", "list.json", "feed.atom")]
    few = [queries(address) for address in addresses]
    make_pages(40, make_cast(cast.cycle))
    many = [queries(address) for address in addresses]
    assert many == few
    assert max(many) <= MOST_QUERIES


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["list.csv", "list.json"])
@pytest.mark.parametrize("more", [0, 1])
def test_a_long_list_is_handed_out_while_it_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str, more: int
) -> None:
    cast = make_cast()
    for page in make_pages(5 + more, cast):
        make_promise(page.project, timezone.localdate(), None)
    whole = client.get(f"/projects/{name}").content
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    monkeypatch.setattr(exports, "LONG", 5)
    answer = client.get(f"/projects/{name}")
    assert answer.streaming is bool(more)
    given = b"".join(answer.streaming_content) if more else answer.content
    assert given == whole
    assert "public" in answer["Cache-Control"]
    assert not client.get(f"/projects/{name}?page=1").streaming


@pytest.mark.django_db
def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing(client: Client) -> None:
    page = make_pages(1, make_cast())[0]
    page.title = '=HYPERLINK("http://example.org")'
    page.save()
    response = client.get("/projects/list.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["项目编号", "项目名称", "年度"]
    assert rows[1][1] == '\'=HYPERLINK("http://example.org")'


@calm
@given(st.text())
def test_no_cell_begins_a_formula_and_none_loses_its_text(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.lstrip(" \u3000\u00a0").startswith(STARTS)
    assert cell.endswith(writable(text))


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert csv_text(["数"], [[-3], [None], [1.5]]) == '数\r\n-3\r\n""\r\n1.5\r\n'
