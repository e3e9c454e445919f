"""The demonstration's supervision: every project in every quarter, every finding closed, work left for today."""

import pytest

from partybuilding.core.text.personal_data import findings as numbers_in
from partybuilding.cycles.models import Cycle
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.selectors.figures import (
    activity_figures,
    rectification_figures,
    total_of_activities,
    total_of_rectifications,
)
from partybuilding.supervision.states import HELD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("year")]


def test_each_of_64_projects_was_supervised_in_three_quarters(year: Cycle) -> None:
    held = Activity.objects.filter(project__cycle=year, kind__in=HELD)
    figures = activity_figures(held, "year", "quarter")
    total = total_of_activities(figures)
    assert (total.planned, total.done, total.overdue, total.not_held) == (512, 512, 0, 0)
    assert 0 < total.late < 10
    assert set(figures) == {(2022, 2), (2022, 3), (2022, 4)}


def test_about_90_findings_were_closed_some_late_some_sent_back(year: Cycle) -> None:
    every = Rectification.objects.filter(project__cycle=year)
    total = total_of_rectifications(rectification_figures(every, "project"))
    assert 80 <= total.found <= 110
    assert (total.open, total.closed) == (0, total.found)
    assert 5 <= total.closed_late <= 25
    again = [one for one in every if one.rectify_by != one.first_deadline]
    assert 3 <= len(again) <= 15


def test_nothing_that_is_public_holds_a_number_of_a_person(year: Cycle) -> None:
    texts = Visit.objects.values_list("summary", "good_practice")
    said = Rectification.objects.values_list("finding", "requirement", "report")
    assert not [text for row in (*texts, *said) for text in row if numbers_in(text)]
    assert Visit.objects.exclude(good_practice="").count() > 20


def test_today_has_findings_that_wait_for_both_sides(year: Cycle) -> None:
    now = Rectification.objects.exclude(project__cycle=year)
    if now.exists():  # not when the project was published at the very end of a quarter
        assert set(now.values_list("state", flat=True)) == {"issued", "reported"}
        assert Activity.objects.exclude(planned_on=None).filter(officer__isnull=False).exists()
        visit = Visit.objects.exclude(activity__project__cycle=year).get()
        answers = {str(one.label): one.words(visit) for one in visit.checklist.questions.values()}
        assert answers == {"工作台账": "基本规范", "现场走访群众": "9人"}
    assert Activity.objects.open().exists()
