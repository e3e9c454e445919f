"""The charts of a year's promises: every number computed, nothing drawn when there is nothing."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from partybuilding.column.charts import Chart, promise_charts
from partybuilding.projects.models import Commitment, CommitmentStep
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import standings
from tests.factories import Cast, make_cast, make_organization, open_cycle
from tests.factories.column import forge, make_page
from tests.factories.projects import announce
from tests.factories.promises import make_promise

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.fixture
def cast() -> Cast:
    """Make everybody whom a page meets, in the programme year of the months."""
    return make_cast(open_cycle(year=2026))


def charts(cast: Cast, today: date = TODAY) -> dict[str, Chart]:
    """Return the charts of the cast's year by their names."""
    pages = ProjectPage.objects.readable().values("project")
    return {one.id: one for one in promise_charts(cast.cycle.pk, standings(pages, today), today)}


def fresh_page(cast: Cast, *promises: tuple[Any, ...]) -> ProjectPage:
    """Publish a project with these promises alone, each a deadline and when its steps were closed."""
    page = make_page("implementing", cast)
    CommitmentStep.objects.filter(commitment__project=page.project).delete()
    Commitment.objects.filter(project=page.project).delete()
    for deadline, *closed in promises:
        make_promise(page.project, deadline, *closed)
    return page


def cells(chart: Chart) -> list[list[Any]]:
    """Return the table's rows as plain values."""
    return [
        [cell["text"] if isinstance(cell, dict) else cell for cell in row] for row in chart.rows
    ]


def test_months_outside_of_their_programme_year_say_their_calendar_year() -> None:
    ahead = make_cast(open_cycle(year=2027))
    fresh_page(ahead, (date(2026, 11, 10), None))
    [row] = cells(charts(ahead)["steps-by-month"])
    assert row[0] == "2026年11月"


def test_a_year_without_published_promises_has_no_chart(client: Client, cast: Cast) -> None:
    page = make_page("approved", cast)
    make_promise(page.project, TODAY, None)
    assert charts(cast) == {}
    assert 'id="commitments-by-state"' not in client.get(page.get_parent().url).content.decode()


def test_states_months_and_units_are_counted_from_the_rows(client: Client, cast: Cast) -> None:
    may, june, july = date(2026, 5, 10), date(2026, 6, 10), date(2026, 7, 10)
    page = fresh_page(cast, (may, may), (may, may, None), (june, None), (july, may))
    other = make_cast(cast.cycle, make_organization())
    fresh_page(other, (june, None), (july, june, None), (july, None))
    found = charts(cast)
    states = found["commitments-by-state"]
    assert states.finding == "已公开承诺7项，已完成2项（29%），逾期3项。"
    assert cells(states) == [
        ["已完成", 2, "29%"],
        ["逾期", 3, "43%"],
        ["推进中", 1, "14%"],
        ["未开始", 1, "14%"],
    ]
    assert [bar["count"] for bar in states.bars] == [2, 3, 1, 1]
    months = found["steps-by-month"]
    assert months.finding == (
        "截至2026年6月15日，应完成5步，其中已完成2步（40%），另有2步提前完成。"
    )
    assert cells(months) == [["5月", 3, 3, 3, 3], ["6月", 2, 1, 5, 4], ["7月", 4, 0, 9, 4]]
    units = found["overdue-by-unit"]
    lead, second = page.project.organization.unit, other.organization.unit
    assert units.finding == f"2个归口单位共有3项承诺逾期，其中{lead.name}最多，有2项。"
    assert cells(units) == [[lead.name, 2, 4], [second.name, 1, 3]]
    with time_machine.travel(TODAY, tick=False):
        text = client.get(page.get_parent().url).content.decode()
        for chart in found.values():
            assert chart.finding in text
            assert f'id="{chart.id}"' in text
        late = client.get(f"{page.get_parent().url}?unit={second.pk}&overdue=1").content.decode()
    assert "找到1个项目" in late
    assert "commitments-by-state" not in late


@pytest.mark.parametrize(
    ("promises", "finding"),
    [
        (
            [(date(2026, 6, 1), date(2026, 6, 1))],
            "截至2026年6月15日，应完成1步，其中已完成1步（100%）。",
        ),
        ([(TODAY, None)], "截至2026年6月15日，尚无到期步骤，已提前完成0步。"),
        ([(TODAY, TODAY)], "截至2026年6月15日，尚无到期步骤，已提前完成1步。"),
    ],
)
def test_months_say_what_was_due(cast: Cast, promises: list, finding: str) -> None:
    fresh_page(cast, *promises)
    found = charts(cast)
    assert found["steps-by-month"].finding == finding
    assert "overdue-by-unit" not in found


def test_years_are_named_where_there_are_several_and_equals_share_the_first_place(
    cast: Cast,
) -> None:
    fresh_page(cast, (date(2025, 12, 1), None), (date(2026, 1, 1), None))
    fresh_page(make_cast(cast.cycle, make_organization()), (TODAY.replace(day=1), None), (TODAY,))
    fresh_page(make_cast(cast.cycle, make_organization()), (date(2026, 1, 2), None), (None, None))
    found = charts(cast)
    labels = [row[0] for row in cells(found["steps-by-month"])]
    assert labels == ["2025年12月", "2026年1月", "2026年6月"]
    fresh_page(make_cast(cast.cycle, make_organization()), *[(date(2026, 1, 2), None)] * 2)
    finding = charts(cast)["overdue-by-unit"].finding
    assert finding == "4个归口单位共有6项承诺逾期，单个单位最多2项。"


def test_results_are_told_once_they_are_announced(client: Client, cast: Cast) -> None:
    first, second = make_page("graded", cast), make_page("graded", cast)
    make_page("graded", cast, live=False)
    type(first.project).objects.filter(pk=second.project_id).update(
        grade_class=cast.cycle.grades.get(code="second")
    )
    year = first.get_parent().url
    assert "考评结果" not in client.get(year).content.decode()
    announce(first.project, cast)
    text = client.get(year).content.decode()
    assert "2个项目评定等次：一等1个、二等1个；奖补资金合计1.3万元。" in text
    for said in ("考评依据", "专家评审组实地评分", "50%", "特色辨识度", "?grade=first"):
        assert said in text
    forge(first.project, "declined")
    assert "1个项目评定等次：二等1个；奖补资金合计0.5万元。" in client.get(year).content.decode()
