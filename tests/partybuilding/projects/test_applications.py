"""Who may begin an application, and when a returned one is given more time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.projects.services import create_draft, extend_return
from tests.factories import Cast, make_cast, make_organization, make_person, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def test_nobody_applies_for_another_organization(cast: Cast) -> None:
    with pytest.raises(NotYours, match="只能为本党组织"):
        create_draft(cast.cycle, make_organization(), by=cast["applicant"])


def test_nobody_applies_outside_the_window(cast: Cast) -> None:
    Cycle.objects.filter(pk=cast.cycle.pk).update(applications_close=in_days(-1))
    closed = Cycle.objects.get(pk=cast.cycle.pk)
    with pytest.raises(ConditionUnmet):
        create_draft(closed, cast.organization, by=cast["applicant"])
    assert not Project.objects.exists()


def test_more_time_is_given_by_its_reviewers_alone(cast: Cast) -> None:
    project = make_project("returned", cast)
    stranger = make_person(Role.UNIT, make_organization().unit)
    with pytest.raises(NotYours, match="审核人员"):
        extend_return(project, in_days(30), by=stranger, reason="节假日顺延。")


@pytest.mark.parametrize(
    ("state", "days", "reason", "words"),
    [
        ("submitted", 30, "节假日顺延。", "退回"),
        ("returned", 0, "节假日顺延。", "退回"),
        ("returned", 30, " ", "理由"),
    ],
)
def test_more_time_needs_a_returned_application_a_day_to_come_and_a_reason(
    cast: Cast, state: str, days: int, reason: str, words: str
) -> None:
    project = make_project(state, cast)
    with pytest.raises(ConditionUnmet, match=words):
        extend_return(project, in_days(days), by=cast["unit"], reason=reason)
