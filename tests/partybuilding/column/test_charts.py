"""The charts of a year: every number computed, nothing drawn when there is nothing."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partybuilding.column.charts import Chart, share_words, year_charts
from partybuilding.column.figures import year_figures
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import counted_promises
from tests.factories import Cast, make_cast, make_organization, open_cycle
from tests.factories.column import forge, make_page
from tests.factories.projects import announce
from tests.factories.promises import make_promise

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
MAY, JUNE, JULY = date(2026, 5, 10), date(2026, 6, 10), date(2026, 7, 10)


@pytest.fixture
def cast() -> Cast:
    """Make everybody whom a page meets, in the programme year of the months."""
    return make_cast(open_cycle(year=2026))


def charts(cast: Cast, today: date = TODAY) -> dict[str, Chart]:
    """Return the charts of the cast's year by their names."""
    promises = counted_promises(years=[cast.cycle.pk], today=today)
    figures = year_figures(cast.cycle.pk)
    return {one.id: one for one in year_charts(cast.cycle.pk, figures, promises, today)}


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


def test_a_year_without_published_promises_has_no_chart_of_them(client: Client, cast: Cast) -> None:
    page = make_page("approved", cast)
    make_promise(page.project, TODAY, None)
    assert charts(cast) == {}
    assert 'id="commitments-by-state"' not in client.get(page.get_parent().url).content.decode()


def test_states_months_and_places_are_counted_from_the_rows(client: Client, cast: Cast) -> None:
    page = fresh_page(cast, (MAY, MAY), (MAY, MAY, None), (JUNE, None), (JULY, MAY))
    other = make_cast(cast.cycle, make_organization())
    fresh_page(other, (MAY, JUNE), (JULY, JUNE, None), (JULY, None))
    found = charts(cast)
    states = found["commitments-by-state"]
    assert states.finding == (
        "已公开承诺7项：按时做到2项（29%），迟了做到1项（14%），推进中1项（14%），"
        "逾期2项（29%），未开始1项（14%）。"
    )
    assert cells(states)[0] == ["按时做到", 2, "29%"]
    assert [part.count for part in states.drawing.parts] == [2, 1, 1, 2, 1]
    months = found["steps-by-month"]
    assert months.finding == (
        "截至2026年6月15日，应完成5步，其中已完成3步（60%），另有2步提前完成。"
        "拖得最多的是5月底，有2步到期未完成。"
    )
    assert cells(months) == [["5月", 4, 3, 4, 2], ["6月", 1, 2, 5, "—"], ["7月", 4, 0, 9, "—"]]
    assert [figure["text"] for figure in months.drawing.figures] == ["2"]
    places = found["promises-by-place"]
    lead, second = page.project.organization.unit, other.organization.unit
    assert places.finding == f"2个地方和单位中，{lead.name}有承诺逾期或没有做到。"
    assert cells(places) == [[lead.name, 4, 2, 0, 0, 2, 0], [second.name, 3, 0, 1, 1, 0, 1]]
    with time_machine.travel(TODAY, tick=False):
        text = client.get(page.get_parent().url).content.decode()
    for chart in found.values():
        assert chart.finding in text
        assert f'id="{chart.id}"' in text
    assert "公开7项承诺，" in text
    narrowed = client.get(f"{page.get_parent().url}?unit={second.pk}").content.decode()
    assert "找到1个项目" in narrowed
    assert "commitments-by-state" not in narrowed


def test_a_place_is_where_an_organisation_works_and_the_worst_comes_first(cast: Cast) -> None:
    fresh_page(cast, (MAY, MAY), (MAY, MAY))
    unit = cast.organization.unit
    elsewhere = make_organization()
    Organization.objects.filter(pk=elsewhere.unit_id).update(township="桥头镇")
    Organization.objects.filter(pk=cast.organization.pk).update(place=elsewhere.unit_id)
    others = make_cast(cast.cycle, make_organization())
    fresh_page(others, (JUNE, None))
    graded = fresh_page(make_cast(cast.cycle, elsewhere), (MAY, None))
    forge(graded.project, "graded")
    places = charts(cast)["promises-by-place"]
    townships, units = places.drawing["groups"]
    assert [(row.name, row.kept, len(row.marks)) for row in townships["rows"]] == [("桥头镇", 2, 3)]
    assert [row.words for row in townships["rows"]] == ["没有做到1项"]
    assert [row.name for row in units["rows"]] == [others.organization.unit.name]
    assert unit.name not in [row[0] for row in cells(places)]


def test_of_the_places_none_is_named_when_all_kept_their_word(cast: Cast) -> None:
    fresh_page(cast, (MAY, MAY))
    places = charts(cast)["promises-by-place"]
    assert places.finding == "1个地方和单位都没有逾期或没有做到的承诺。"


def test_how_many_were_chosen_is_drawn_once_it_is_decided(cast: Cast) -> None:
    page = make_page("implementing", cast)
    assert "from-application-to-project" not in charts(cast)
    announce(page.project, cast)
    found = charts(cast)["from-application-to-project"]
    assert found.finding == "1个项目经1个归口单位申报，立项1个。"
    assert found.drawing["share"] == "每申报100个，立项100个"
    assert cells(found) == [["申报项目", 1], ["立项项目", 1]]


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [(2, 256, "不到1%"), (253, 256, "99%"), (254, 256, "99%以上"), (1, 100, "1%"), (3, 3, "100%")],
)
def test_a_share_is_never_told_as_nothing_or_as_all(count: int, total: int, words: str) -> None:
    assert share_words(count, total) == words


def test_months_outside_of_their_programme_year_say_their_calendar_year() -> None:
    ahead = make_cast(open_cycle(year=2027))
    fresh_page(ahead, (date(2026, 11, 10), None))
    [row] = cells(charts(ahead)["steps-by-month"])
    assert row[0] == "2026年11月"


@pytest.mark.parametrize(
    ("promises", "finding"),
    [
        ([(MAY, MAY)], "截至2026年6月15日，应完成1步，其中已完成1步（100%）。"),
        ([(TODAY, None)], "截至2026年6月15日，还没有到期的步骤。"),
        ([(TODAY, TODAY)], "截至2026年6月15日，还没有到期的步骤，已提前完成1步。"),
    ],
)
def test_months_say_what_was_due(cast: Cast, promises: list, finding: str) -> None:
    fresh_page(cast, *promises)
    assert charts(cast)["steps-by-month"].finding == finding


def test_months_without_a_step_are_drawn_too_and_a_month_is_over_the_day_after_it(
    cast: Cast,
) -> None:
    fresh_page(cast, (date(2025, 12, 1), None), (date(2026, 3, 1), date(2026, 4, 30)))
    labels = [row[0] for row in cells(charts(cast)["steps-by-month"])]
    assert labels == ["2025年12月", "2026年1月", "2026年2月", "2026年3月", "2026年4月"]
    last = cells(charts(cast, date(2026, 4, 30))["steps-by-month"])[-1]
    assert last == ["2026年4月", 0, 1, 2, "—"]
    last = cells(charts(cast, date(2026, 5, 1))["steps-by-month"])[-1]
    assert last == ["2026年4月", 0, 1, 2, 1]


def test_more_projects_ask_no_more(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            charts(cast)
        return len(captured)

    fresh_page(cast, (MAY, MAY))
    few = queries()
    for _at in range(3):
        fresh_page(make_cast(cast.cycle, make_organization()), (MAY, None), (JUNE, JUNE))
    assert queries() == few


def test_results_are_told_once_they_are_announced(client: Client, cast: Cast) -> None:
    first, second = make_page("graded", cast), make_page("graded", cast)
    make_page("graded", cast, live=False)
    Project.objects.filter(pk=second.project_id).update(
        grade_class=cast.cycle.grades.get(code="second")
    )
    year = first.get_parent().url
    assert "评审结果" not in client.get(year).content.decode()
    announce(first.project, cast)
    text = client.get(year).content.decode()
    assert "2个项目评定等次：一等1个、二等1个；奖补资金合计1.3万元。" in text
    for said in ("考评依据", "专家评审组实地评分", "50%", "特色辨识度", "?grade=first"):
        assert said in text
    assert text.count('class="square ') + text.count('class="square"') == 2
    assert "square--missed" not in text
    assert first.project.code.rpartition("-")[2] in text
    first.project.commitments.update(deadline=date(2020, 1, 1))
    text = client.get(year).content.decode()
    assert text.count("square--missed") == 1
    assert "，有承诺没有做到" in text
    forge(first.project, "declined")
    assert "1个项目评定等次：二等1个；奖补资金合计0.5万元。" in client.get(year).content.decode()
