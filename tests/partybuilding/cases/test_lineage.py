"""Who learnt from a case, as residents read it: public projects alone, drawn and in a table."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partybuilding.cases.lineage import descendants_of
from partybuilding.projects.services import begin_from
from partybuilding.projects.states import SourceKind
from tests.factories import Cast, make_cast, make_project
from tests.factories.programme import open_cycle
from tests.factories.sources import adopt, carry_out
from tests.factories.spread import make_case, publish_case_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def past() -> Cast:
    return make_cast(open_cycle(year=2041))


@pytest.fixture
def page(past: Cast) -> Any:
    project = make_project("graded", past)
    return publish_case_page(make_case("selected", past, project).page, past)


def test_a_case_that_nobody_learnt_from_shows_no_lineage(client: Client, page: Any) -> None:
    found = client.get(page.url)
    assert found.context["lineage"] is None
    assert '<svg class="lineage' not in found.text
    assert f"/portal/start/from/?case={page.slug}" in found.text


def test_a_draft_that_learns_from_a_case_is_nobodys_business(client: Client, page: Any) -> None:
    other = make_cast(open_cycle(year=2042))
    adopt(page.case, other)
    found = client.get(page.url).text
    assert "lineage" not in found
    assert other.organization.name not in found


def test_public_projects_stand_in_drawing_and_table(client: Client, page: Any) -> None:
    other = make_cast(open_cycle(year=2042))
    project = carry_out(adopt(page.case, other), other, "学来的议事厅")
    found = client.get(page.url)
    assert "已有1个单位学习借鉴本案例" in found.text
    drawing = found.context["lineage"]["drawing"]
    assert [node["kind"] for node in drawing["nodes"]] == ["origin", "adopt"]
    assert found.text.count(other.organization.name) >= 2
    row = found.context["lineage"]["rows"][0]
    assert (row[0]["text"], row[0]["href"]) == ("学来的议事厅", project.page.url)
    assert page.title in client.get(project.page.url).text


def test_what_is_continued_stands_below_what_it_continues(past: Cast, page: Any) -> None:
    other = make_cast(open_cycle(year=2042))
    learnt = carry_out(adopt(page.case, other), other, "学来的议事厅")
    next_year = make_cast(open_cycle(year=2043), other.organization)
    facts = {"cycle": next_year.cycle, "organization": other.organization}
    again = begin_from(learnt, SourceKind.CONTINUE, by=next_year["applicant"], **facts)
    carry_out(again, next_year, "再办一年")
    found = descendants_of(page.case)
    assert [(one.depth, one.project.pk) for one in found] == [(1, learnt.pk), (2, again.pk)]


def test_many_adopters_cost_as_many_queries_as_one(client: Client, page: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(page.url)
        return len(captured)

    cycle = open_cycle(year=2042)
    for number in range(2):
        cast = make_cast(cycle)
        carry_out(adopt(page.case, cast), cast, f"学来的议事厅{number}")
        client.get(page.url)
        if not number:
            few = queries()
    assert queries() == few <= 25
