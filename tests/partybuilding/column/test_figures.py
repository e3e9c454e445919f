"""A year in numbers: every figure computed, nothing told before a project is published."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partybuilding.column.figures import year_figures
from partybuilding.organizations.states import Sector
from partybuilding.projects.models import Commitment
from tests.factories import make_cast, make_project
from tests.factories.column import make_page
from tests.factories.projects import announce
from tests.factories.promises import make_promise

pytestmark = pytest.mark.django_db


def test_a_year_counts_its_pages_first_and_the_rest_once_projects_are_chosen() -> None:
    cast = make_cast()
    for state in ("draft", "submitted", "declined", "approved", "terminated"):
        make_project(state, cast)
    make_page("implementing", cast)
    figures = year_figures(cast.cycle.pk)
    assert (figures.applications, figures.approved, figures.units) == (None, None, None)
    assert [number["value"] for number in figures.numbers] == [1]
    announce(make_project("approved", cast), cast)
    figures = year_figures(cast.cycle.pk)
    assert (figures.applications, figures.approved, figures.units) == (6, 4, 1)
    assert figures.published == 1
    assert [number["value"] for number in figures.numbers] == [6, 4, 1, 1]


def test_before_a_first_page_a_year_has_no_figures(client: Client) -> None:
    cast = make_cast()
    page = make_page("approved", cast, live=False)
    assert year_figures(cast.cycle.pk) is None
    shown = client.get(page.get_parent().url).content.decode()
    assert "numbers__value" not in shown
    assert "暂无公开项目" in shown


@pytest.mark.parametrize(
    ("sectors", "finding"),
    [
        ([Sector.RURAL], "已公开的1个项目全部在农村领域。"),
        (
            [Sector.RURAL, Sector.URBAN],
            "已公开的2个项目分布在2个领域，农村、城市最多，各1个。",
        ),
        (
            [Sector.RURAL, Sector.RURAL, Sector.SCHOOL],
            "已公开的3个项目分布在2个领域，农村最多，共2个。",
        ),
    ],
)
def test_the_chart_says_what_it_shows(sectors: list[str], finding: str) -> None:
    cast = make_cast()
    for sector in sectors:
        make_page("approved", cast, sector=sector)
    figures = year_figures(cast.cycle.pk)
    assert figures.finding == finding
    assert sum(int(row[1]["text"]) for row in figures.sector_rows) == len(sectors)


def test_the_table_by_field_says_what_was_kept_of_how_much(client: Client) -> None:
    cast, today = make_cast(), timezone.localdate()
    for sector, closed in (
        (Sector.RURAL, (today, today + timedelta(days=1), None)),
        (Sector.SCHOOL, ()),
    ):
        page = make_page("implementing", cast, sector=sector)
        Commitment.objects.filter(project=page.project).delete()
        for day in closed:
            make_promise(page.project, today, day)
    figures = client.get(page.get_parent().url).context["figures"]
    assert [str(head["label"]) for head in figures.sector_columns[3:]] == ["公开承诺", "做到"]
    kept = {row[0]: [cell["text"] for cell in row[3:]] for row in figures.sector_rows}
    assert kept[Sector.RURAL.label] == [3, 2]
    assert kept[Sector.SCHOOL.label] == [0, 0]
    assert len(year_figures(cast.cycle.pk).sector_rows[0]) == 3, (
        "nothing is said that was not counted"
    )
