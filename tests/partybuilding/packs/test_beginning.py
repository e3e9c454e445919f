"""A year begins with a pack: three answers, and it can be opened."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.packs.services import begin_year, differences, pack_of
from partybuilding.packs.shipped import shipped
from tests.factories import make_cycle, make_person, open_cycle
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
SCREEN = reverse("partybuilding:cycle_add")
DAY = date(2031, 3, 1)


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


@pytest.mark.parametrize("name", list(shipped()))
def test_a_delivered_pack_begins_the_first_year_and_it_can_be_opened(
    name: str, officer: Any
) -> None:
    pack = shipped()[name]
    cycle = Cycle.objects.get(pk=begin_year(pack, 2031, DAY, by=officer).pk)
    assert (cycle.year, cycle.applications_open) == (2031, DAY)
    assert cycle.applications_close == DAY + timedelta(
        days=pack.content["dates.applications_close"]
    )
    assert "2031" in cycle.name
    left = differences(cycle, pack, by=officer)
    assert [one.key for one in left if one.may] == []
    assert move(cycle, "open_applications", by=officer).is_frozen


def test_the_form_proposes_and_three_answers_are_enough(officer: Any) -> None:
    client = client_of(officer)
    form = client.get(SCREEN).context["form"]
    assert form["year"].value() == timezone.localdate().year
    assert form["opens"].value() >= timezone.localdate()
    answer = client.post(SCREEN, {"year": 2031, "opens": "2031-03-01", "shipped": "township"})
    cycle = Cycle.objects.get()
    assert answer["Location"] == reverse("partybuilding:cycle", args=[cycle.pk])
    page = client.get(answer["Location"]).text
    assert "年度批次已建立" in page
    assert "启动申报" in page


def test_a_later_year_is_proposed_and_the_way_from_the_last_one_shown(officer: Any) -> None:
    last = make_cycle(year=2040)
    answer = client_of(officer).get(SCREEN)
    assert answer.context["form"]["year"].value() == 2041
    assert reverse("partybuilding:cycle_next", args=[last.pk]) in answer.text


def test_a_file_begins_a_year_too(officer: Any) -> None:
    pack = pack_of(open_cycle(return_days=3))
    file = SimpleUploadedFile("pack.json", pack.written(), content_type="application/json")
    proposed = {"year": 2031, "opens": "2031-03-01", "shipped": "reference"}
    client_of(officer).post(SCREEN, {**proposed, "file": file})
    assert Cycle.objects.get(year=2031).return_days == 3


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"year": 2030}, "2030年度已存在"),
        ({"year": ""}, "必填"),
        ({"opens": "2031-02-30"}, "日期"),
        ({"shipped": ""}, "选择"),
        ({"shipped": "../township"}, "选择"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    sent: dict[str, Any], words: str, officer: Any
) -> None:
    make_cycle(year=2030)
    given = {"year": 2031, "opens": "2031-03-01", "shipped": "township", **sent}
    assert words in client_of(officer).post(SCREEN, given).text
    assert Cycle.objects.count() == 1


def test_a_pack_that_does_not_fit_in_leaves_no_year(officer: Any) -> None:
    open_cycle()
    with pytest.raises(ConditionUnmet):
        begin_year(shipped()["school"], 2031, DAY, by=officer)
    assert not Cycle.objects.filter(year=2031).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DEPARTMENT])
def test_nobody_else_begins_a_year(role: Role) -> None:
    person = make_person(role)
    with pytest.raises(NotYours):
        begin_year(shipped()["township"], 2031, DAY, by=person)
    assert not Cycle.objects.exists()
