"""The public appraisal: when it is open, what it takes, and that ten sheets make a result."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.opinions.appraisals import is_open_for, result_of
from partybuilding.opinions.models import AppraisalPeriod, AppraisalSheet
from partybuilding.opinions.models.appraisal import period_of
from partybuilding.opinions.questions import FEWEST, QUESTIONS, Period
from partybuilding.opinions.services import appraise, set_period
from tests.factories import Cast, make_cast, make_project
from tests.factories.column import forge, make_page
from tests.factories.opinions import nonce, open_form, send
from tests.factories.projects import finish, take
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
GOOD = {"known": "well", "kept": "all", "content": "yes"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def opened(cast: Cast, days: int = 3) -> Any:
    """Publish a project whose results are in, while its year's appraisal is open."""
    page = make_page("implementing", cast)
    finish(page.project, cast)
    take(page.project, "submit_results", cast)
    page.refresh_from_db()
    page.project.refresh_from_db()
    today = timezone.localdate()
    day = timedelta(days=days)
    set_period(cast.cycle, by=cast["department"], opens_on=today - day, closes_on=today + day)
    return page


def address(page: Any) -> str:
    return f"/opinions/appraisal/{page.project.code}/"


def test_a_resident_appraises_from_the_projects_page(cast: Cast) -> None:
    page, resident = opened(cast), Client(enforce_csrf_checks=True)
    assert address(page) in resident.get(page.url).text
    answer = send(resident, address(page), **GOOD)
    assert "您的评议已计入" in answer.text
    sheet = AppraisalSheet.objects.get()
    assert (sheet.known, sheet.kept, sheet.content) == ("well", "all", "yes")
    names = {field.name for field in AppraisalSheet._meta.fields}
    assert names == {"id", "project", "given_on", "submission", "known", "kept", "content"}


def test_the_same_sheet_counts_once(cast: Cast) -> None:
    page, resident = opened(cast), Client(enforce_csrf_checks=True)
    hidden = open_form(resident, address(page))
    with time_machine.travel(timezone.now() + timedelta(seconds=9), tick=False):
        for _turn in range(3):
            assert "已计入" in resident.post(address(page), {**hidden, **GOOD}).text
    assert AppraisalSheet.objects.count() == 1


def test_what_is_not_chosen_is_asked_for_and_the_rest_stays_chosen(cast: Cast) -> None:
    page, resident = opened(cast), Client(enforce_csrf_checks=True)
    answer = send(resident, address(page), known="heard", kept="none")
    assert "请选择一项" in answer.text
    assert answer.context["form"]["known"].value() == "heard"
    assert not AppraisalSheet.objects.exists()


@pytest.mark.usefixtures("whole_window")
def test_a_campaign_from_one_address_is_stopped(cast: Cast, settings: Any) -> None:
    settings.PARTYBUILDING_OPINIONS_PER_ADDRESS = 2
    page, resident = opened(cast), Client(enforce_csrf_checks=True)
    for _turn in range(2):
        assert send(resident, address(page), **GOOD).status_code == 200
    assert send(resident, address(page), **GOOD).status_code == 429
    assert AppraisalSheet.objects.count() == 2


@pytest.mark.parametrize("shift", [-30, 30])
def test_outside_its_days_it_takes_nothing_and_says_when(cast: Cast, shift: int) -> None:
    page = opened(cast)
    moment = timezone.now() + timedelta(days=shift)
    with time_machine.travel(moment, tick=False):
        found = Client().get(address(page)).text
        assert "现在不是评议时间" in found
        assert "<fieldset" not in found
        with pytest.raises(WrongState):
            appraise(page.project, nonce=nonce(), answers=GOOD)


@pytest.mark.parametrize("state", ["implementing", "archived", "terminated", "approved"])
def test_only_projects_whose_results_are_in_are_appraised(cast: Cast, state: str) -> None:
    page = opened(cast)
    forge(page.project, state)
    assert Client().get(address(page)).status_code == 404
    page.project.refresh_from_db()
    assert not is_open_for(page.project)


def test_a_project_that_cannot_be_read_is_not_appraised(cast: Cast) -> None:
    page = opened(cast)
    page.unpublish()
    assert Client().get(address(page)).status_code == 404


@pytest.mark.parametrize("wrong", [{}, {**GOOD, "kept": "great"}, {"known": "well"}])
def test_answers_are_of_the_scale(cast: Cast, wrong: dict[str, str]) -> None:
    page = opened(cast)
    with pytest.raises(ConditionUnmet):
        appraise(page.project, nonce=nonce(), answers=wrong)


@pytest.mark.parametrize("number", [0, 1, FEWEST - 1, FEWEST, FEWEST + 5])
def test_below_ten_there_is_no_figure(cast: Cast, number: int, client: Client) -> None:
    page = opened(cast)
    for _turn in range(number):
        appraise(page.project, nonce=nonce(), answers=GOOD)
    assert "appraisal-result" not in client.get(page.url).text
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        found = client.get(page.url).text
    assert ("appraisal-result" in found) == (number >= FEWEST)
    assert ("样本不足" in found) == (0 < number < FEWEST)
    assert ('id="appraisal"' in found) == (number > 0)
    if number >= FEWEST:
        assert f"群众评议结果（{number}份）" in found
        assert "100%" in found


def test_the_result_equals_an_independent_count(cast: Cast) -> None:
    page, chance = opened(cast), Random(7)
    given = [
        {name: chance.choice([code for code, _label in q.choices]) for name, q in QUESTIONS.items()}
        for _turn in range(40)
    ]
    for answers in given:
        appraise(page.project, nonce=nonce(), answers=answers)
    result = result_of(page.project)
    assert result.number == 40
    for name in QUESTIONS:
        counted = Counter(answers[name] for answers in given)
        assert {code: n for code, n in result.counts[name].items() if n} == counted
    assert sum(row[2]["text"] for row in result.rows()) == 3 * 40


def test_without_chosen_days_it_is_open_from_the_results_to_the_review(cast: Cast) -> None:
    cycle = cast.cycle
    assert period_of(cycle) == Period(cycle.results_due_on, cycle.review_on)


def test_a_period_holds_both_its_days() -> None:
    period = Period(date(2022, 12, 14), date(2022, 12, 31))
    assert [period.is_open(date(2022, 12, day)) for day in (13, 14, 31)] == [False, True, True]
    assert [period.is_over(date(2022, 12, 31)), period.is_over(date(2023, 1, 1))] == [False, True]


def test_the_department_sets_the_days(cast: Cast) -> None:
    officer = client_of(cast["department"])
    listed = officer.get("/admin/party/appraisals/")
    assert str(cast.cycle) in listed.text
    form = f"/admin/party/appraisals/{cast.cycle.pk}/"
    assert officer.get(form).status_code == 200
    wrong = officer.post(form, {"opens_on": "2027-12-02", "closes_on": "2027-12-01"})
    assert "截止日期早于开始日期" in wrong.text
    officer.post(form, {"opens_on": "2027-12-01", "closes_on": "2027-12-20"})
    period = AppraisalPeriod.objects.get()
    assert (period.opens_on, period.closes_on) == (date(2027, 12, 1), date(2027, 12, 20))


@pytest.mark.parametrize(
    ("role", "listed", "form"),
    [
        ("department", 200, 200),
        ("taskforce", 200, 302),
        ("auditor", 200, 302),
        ("unit", 302, 302),
        ("editor", 302, 302),
        ("applicant", 302, 302),
    ],
)
def test_who_opens_the_screens_of_the_appraisal(
    cast: Cast, role: str, listed: int, form: int
) -> None:
    client = client_of(cast[role])
    assert client.get("/admin/party/appraisals/").status_code == listed
    assert client.get(f"/admin/party/appraisals/{cast.cycle.pk}/").status_code == form


def test_others_do_not_set_the_days(cast: Cast) -> None:
    today = timezone.localdate()
    with pytest.raises(NotYours):
        set_period(cast.cycle, by=cast["unit"], opens_on=today, closes_on=today)


def test_the_projects_page_keeps_to_its_queries(cast: Cast) -> None:
    page = opened(cast)
    Client().get(page.url)
    few = queries_of(Client(), page.url)
    for _turn in range(12):
        appraise(page.project, nonce=nonce(), answers=GOOD)
    assert queries_of(Client(), page.url) == few <= 25
    assert queries_of(Client(), address(page)) <= 25


def test_an_appraised_project_is_still_to_be_graded(cast: Cast) -> None:
    assert not is_open_for(make_project("submitted", cast))


def test_a_sheet_that_comes_after_the_last_day_is_refused_in_words(cast: Cast) -> None:
    page, resident = opened(cast, days=0), Client(enforce_csrf_checks=True)
    evening = timezone.localtime().replace(hour=23, minute=59, second=50)
    with time_machine.travel(evening, tick=False):
        hidden = open_form(resident, address(page))
    with time_machine.travel(evening + timedelta(seconds=30), tick=False):
        answer = resident.post(address(page), {**hidden, **GOOD})
    assert answer.status_code == 200
    assert "现在不是评议时间" in answer.text
    assert not AppraisalSheet.objects.exists()


def test_the_days_lie_inside_the_year_or_soon_after_it(cast: Cast) -> None:
    cycle, by = cast.cycle, cast["department"]
    last = cycle.last_day + timedelta(days=90)
    set_period(cycle, by=by, opens_on=cycle.starts_on, closes_on=last)
    for opens, closes in (
        (cycle.starts_on - timedelta(days=1), last),
        (cycle.starts_on, last + timedelta(days=1)),
    ):
        with pytest.raises(ConditionUnmet, match="日期不能"):
            set_period(cycle, by=by, opens_on=opens, closes_on=closes)
