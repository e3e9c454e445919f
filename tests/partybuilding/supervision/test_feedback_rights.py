"""Who sees which feedback notice, beside what every machine is held to (tests/partybuilding/machines)."""

from collections.abc import Iterator
from typing import Any

import pytest

from partybuilding.core.states import Role
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.states import FeedbackState
from tests.factories import Cast, make_organization, make_person
from tests.partybuilding.machines.contracts import FEEDBACK

#: Which states each role may see of a notice on its organisation's project.
SEES = {
    "department": {"draft", "issued", "revoked", "corrected"},
    "taskforce": {"draft", "issued", "revoked", "corrected"},
    "auditor": {"draft", "issued", "revoked", "corrected"},
    "unit": {"issued", "revoked", "corrected"},
    "applicant": {"issued", "revoked", "corrected"},
    "editor": {"issued", "revoked", "corrected"},
    "publisher": {"issued", "revoked", "corrected"},
    "expert": set(),
    "leader": set(),
}

pytestmark = pytest.mark.django_db


Stage = tuple[Cast, dict[str, Any]]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Bring one notice into each state; everything is rolled back after the module."""
    with django_db_blocker.unblock(), FEEDBACK.on_stage() as staged:
        yield staged


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("state", FeedbackState.values)
def test_each_role_sees_what_it_should(stage: Stage, state: str, role: str) -> None:
    cast, notices = stage
    seen = FeedbackNotice.objects.visible_to(cast[role]).filter(pk=notices[state].pk)
    assert seen.exists() == (state in SEES[role])


def test_strangers_see_nothing_and_partners_what_was_issued(
    stage: Stage,
) -> None:
    _cast, notices = stage
    partner = make_organization()
    notices["issued"].project.partners.create(organization=partner)
    joint = make_person(Role.APPLICANT, partner)
    assert list(FeedbackNotice.objects.visible_to(joint)) == [notices["issued"]]
    for role in (Role.APPLICANT, Role.UNIT):
        place = make_organization() if role == Role.APPLICANT else None
        assert not FeedbackNotice.objects.visible_to(make_person(role, place)).exists()


def test_a_draft_waits_for_the_task_force_alone(stage: Stage) -> None:
    cast, notices = stage
    for role in Role.values:
        waiting = list(FeedbackNotice.objects.waiting_for(cast[role]))
        assert waiting == ([notices["draft"]] if role == Role.TASK_FORCE else [])


def test_a_notice_takes_its_day_from_the_calendar(stage: Stage) -> None:
    cast, notices = stage
    draft = notices["draft"]
    assert draft.due_on == draft.activity.due_on == draft.rule_value("due_date")
    assert draft.rule_value("approval_quota") == cast.cycle.approval_quota
    assert draft.place_of(Role.TASK_FORCE) is None
