"""The day-to-day rating on the screen: of units' reviewers and the task force, with the facts of its day."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.desk import evaluation_lines
from partybuilding.evaluation.figures import facts_of
from partybuilding.evaluation.models import DailyRating
from partybuilding.evaluation.services import compute, rate_daily
from tests.factories import make_person
from tests.factories.evaluation import Judged, add_project, judge, make_year
from tests.factories.screens import client_of, misled, queries_of
from tests.factories.spread import forge_state

pytestmark = pytest.mark.django_db
LIST = reverse("partybuilding:daily_ratings")


@pytest.fixture
def year() -> Judged:
    return make_year()


@pytest.fixture
def unit(year: Judged) -> Any:
    return year.casts[0]["unit"]


@pytest.fixture
def browser(unit: Any) -> Client:
    return client_of(unit)


def at(project: Any) -> str:
    return reverse("partybuilding:daily_rating", args=[project.pk])


def to_give(user: Any) -> int:
    return next(line.count for line in evaluation_lines(user))


def test_the_desk_leads_to_what_is_still_to_rate(year: Judged, unit: Any) -> None:
    for project in year.projects[:1]:
        rate_daily(project, Decimal(80), by=unit)
    lines = list(evaluation_lines(unit))
    assert [line.count for line in lines] == [len(year.projects[::2]) - 1]
    assert misled(unit, lines) == []


def test_each_side_lists_the_projects_that_it_rates(year: Judged, browser: Client) -> None:
    own = [row.project for row in browser.get(LIST).context["rows"]]
    assert own == year.projects[::2], "those of its own organizations"
    force = client_of(year.task_force).get(LIST).context["rows"]
    assert [row.project for row in force] == year.projects


def test_facts_stand_beside_the_field_and_stay_with_the_rating(
    year: Judged, unit: Any, browser: Client
) -> None:
    project = year.projects[0]
    page = browser.get(at(project))
    known = facts_of(project)
    assert page.context["facts"] == known
    assert all(fact["label"] in page.text for fact in known)
    left = to_give(unit)
    browser.post(at(project), {"points": "88.5", "remark": "推进有力"})
    rating = DailyRating.objects.get()
    assert (rating.points, rating.side, rating.remark) == (Decimal("88.5"), Role.UNIT, "推进有力")
    assert rating.facts == known
    assert to_give(unit) == left - 1
    assert browser.get(at(project)).context["form"]["points"].value() == "88.5"


@pytest.mark.parametrize("points", ["", "-0.5", "100.5", "80.3", "80.25", "很好", "NaN", "1e9"])
def test_points_that_are_none_are_refused_beside_the_field(
    year: Judged, browser: Client, points: str
) -> None:
    answer = browser.post(at(year.projects[0]), {"points": points})
    assert answer.context["form"].errors.keys() == {"points"}
    assert not DailyRating.objects.exists()


@pytest.mark.parametrize("points", ["0", "0.5", "99.5", "100"])
def test_points_at_the_limits_are_taken(year: Judged, browser: Client, points: str) -> None:
    browser.post(at(year.projects[0]), {"points": points})
    assert DailyRating.objects.get().points == Decimal(points)


def test_the_other_side_is_never_shown(year: Judged, browser: Client) -> None:
    project = year.projects[0]
    before = [browser.get(address).text for address in (LIST, at(project))]
    rate_daily(project, Decimal("61.5"), by=year.task_force, remark="另一方的评语")
    after = [browser.get(address).text for address in (LIST, at(project))]
    for old, new in zip(before, after, strict=True):
        assert "61.5" not in new
        assert "另一方的评语" not in new
        assert len(old) == len(new), "nor by the length of the page"


def test_once_a_run_is_frozen_the_rating_stays_with_its_facts(
    year: Judged, browser: Client
) -> None:
    judge(year)
    project = year.projects[0]
    points = DailyRating.objects.get(project=project, side=Role.UNIT).points
    move(compute(year.cycle, by=year.department), "fix", by=year.department)
    page = browser.get(at(project))
    assert not page.context["is_open"]
    assert "<textarea" not in page.text
    assert f"{points}" in page.text
    assert browser.post(at(project), {"points": "1"}).status_code == 404
    assert DailyRating.objects.get(project=project, side=Role.UNIT).points == points


@pytest.mark.parametrize(
    ("state", "status"), [("implementing", 404), ("evaluating", 200), ("announced", 404)]
)
def test_ratings_are_given_while_the_year_is_evaluated(
    year: Judged, unit: Any, browser: Client, state: str, status: int
) -> None:
    forge_state(year.cycle, state)
    assert browser.get(at(year.projects[0])).status_code == status
    assert bool(browser.get(LIST).context["rows"]) == (status == 200)
    assert bool(to_give(unit)) == (status == 200)


def test_nobody_rates_a_project_of_their_own_organization(year: Judged) -> None:
    kin = make_person(Role.TASK_FORCE, year.casts[0].organization)
    rows = client_of(kin).get(LIST).context["rows"]
    assert year.projects[0] not in [row.project for row in rows]
    assert len(rows) == len(year.projects) - 1


def test_the_list_asks_as_much_for_many_as_for_few(year: Judged) -> None:
    browser = client_of(year.task_force)
    rate_daily(year.projects[0], Decimal(80), by=year.task_force)
    browser.get(LIST)
    few = queries_of(browser, LIST)
    for number in range(4):
        project = add_project(year, f"又一个项目{number}")
        rate_daily(project, Decimal(80), by=year.task_force)
    assert queries_of(browser, LIST) == few
