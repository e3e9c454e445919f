"""Who sees supervision and what its steps ask, beside what every machine is held to."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.permissions import (
    user_can_plan_supervision,
    user_can_see_plan,
    user_can_supervise_project,
)
from tests.factories import Cast, make_organization, make_person
from tests.partybuilding.machines.contract import NOT_YOURS
from tests.partybuilding.machines.contracts import RECTIFICATION

SEES = {
    "applicant": True,
    "unit": True,
    "department": True,
    "taskforce": True,
    "expert": False,
    "editor": True,
    "publisher": True,
    "auditor": True,
    "leader": False,
}

pytestmark = pytest.mark.django_db


Stage = tuple[Cast, dict[str, Rectification]]


@pytest.fixture(scope="module")
def stage(_in_may: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Bring one rectification into each state; everything is rolled back after the module."""
    with django_db_blocker.unblock(), RECTIFICATION.on_stage() as staged:
        yield staged


@pytest.mark.parametrize("role", Role.values)
def test_each_role_sees_what_it_may(stage: Stage, role: str) -> None:
    cast, found = stage
    user = cast[role]
    assert Rectification.objects.visible_to(user).exists() == SEES[role]
    assert Activity.objects.visible_to(user).exists() == SEES[role]
    assert user_can_see_plan(user) == (role in {"unit", "department", "taskforce", "auditor"})
    assert user_can_plan_supervision(user) == (role == "taskforce")
    project = found["issued"].project
    assert user_can_supervise_project(project, user) == (role == "taskforce")


@pytest.mark.parametrize("role", ["applicant", "unit"])
def test_what_is_of_others_does_not_exist(stage: Stage, role: str) -> None:
    place = make_organization()
    stranger = make_person(Role(role), place if role == "applicant" else place.unit)
    assert not Rectification.objects.visible_to(stranger).exists()
    assert not Activity.objects.visible_to(stranger).exists()


def test_a_partner_sees_the_findings_and_the_lead_answers_them(stage: Stage) -> None:
    _cast, found = stage
    partner = make_organization()
    found["issued"].project.partners.create(organization=partner)
    joint = make_person(Role.APPLICANT, partner)
    assert Rectification.objects.visible_to(joint).count() == 3
    assert not Rectification.objects.waiting_for(joint).exists()
    assert RECTIFICATION.outcome(found["issued"], "report_done", joint) == NOT_YOURS


def test_each_desk_holds_what_the_table_says(stage: Stage) -> None:
    cast, found = stage

    def desk(role: str) -> list[Rectification]:
        return list(Rectification.objects.waiting_for(cast[role]))

    assert desk("applicant") == [found["issued"]]
    assert desk("taskforce") == [found["reported"]]
    assert desk("unit") == desk("department") == desk("auditor") == []


@pytest.mark.parametrize(
    ("state", "step", "given"),
    [
        ("issued", "report_done", {"reason": " "}),
        ("issued", "report_done", {"reason": "联系电话13800138000"}),
        ("reported", "send_back", {"data": {"rectify_by": "2025-06-30"}}),
        ("reported", "send_back", {"reason": "请补充。"}),
        ("reported", "send_back", {"reason": "请补充。", "data": {"rectify_by": "soon"}}),
        ("reported", "send_back", {"reason": "请补充。", "data": {"rectify_by": "2025-05-13"}}),
    ],
)
def test_what_is_missing_or_may_not_be_public_is_refused(
    stage: Stage, state: str, step: str, given: dict[str, Any]
) -> None:
    cast, found = stage
    who = "applicant" if state == "issued" else "taskforce"
    with pytest.raises(ConditionUnmet), transaction.atomic():
        move(found[state], step, by=cast[who], **given)


def test_a_deadline_is_the_rows_own_and_days_are_the_years(stage: Stage) -> None:
    _cast, found = stage
    assert found["issued"].due_on == found["issued"].rectify_by
    assert found["reported"].due_on.isoformat() == "2025-05-20"
    assert found["verified"].due_on is None
