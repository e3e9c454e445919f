"""Every state × step × role of a feedback notice, cell by cell, and who sees which."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.services import draft_correction
from partybuilding.supervision.notices.states import TABLE, FeedbackState
from tests.factories import Cast, make_cast, make_organization, make_person, make_project
from tests.factories.feedback import make_draft, make_issued

#: (state, step) → the roles that may; every other cell is refused.
MAY = {
    ("draft", "issue"): {"taskforce"},
    ("issued", "revoke"): {"taskforce"},
    ("issued", "correct"): {"taskforce"},
}
STEPS = [step.code for step in TABLE.steps]
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


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, dict[str, Any]]]:
    """Bring one notice into each state; everything is rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        notices = {
            "draft": make_draft(make_project("implementing", cast), cast),
            "issued": make_issued(make_project("implementing", cast), cast),
        }
        third = make_issued(make_project("implementing", cast), cast)
        notices["revoked"] = move(third, "revoke", by=cast["taskforce"], reason="日期写错。")
        fourth = make_issued(make_project("implementing", cast), cast)
        move(
            draft_correction(fourth, by=cast["taskforce"], reason="日期写错。"),
            "issue",
            by=cast["taskforce"],
        )
        notices["corrected"] = FeedbackNotice.objects.get(pk=fourth.pk)
        yield cast, notices
        transaction.set_rollback(True)


def outcome(notice: FeedbackNotice, step: str, user: Any) -> str:
    """Try a step and say what the door answered; nothing stays."""
    try:
        with transaction.atomic():
            move(notice, step, by=user, reason="日期写错。")
            transaction.set_rollback(True)
    except WrongState:
        return "no such step"
    except NotYours:
        return "not yours"
    except ConditionUnmet:
        return "allowed"  # whether the correction was issued is asked after whose it is
    return "allowed"


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", FeedbackState.values)
def test_the_door_answers_each_cell_as_designed(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str, role: str
) -> None:
    cast, notices = stage
    roles = MAY.get((state, step))
    expected = "no such step" if roles is None else "allowed" if role in roles else "not yours"
    assert outcome(notices[state], step, cast[role]) == expected


def test_the_generated_table_is_the_designed_one() -> None:
    drawn = {
        (str(state), step.code): {str(role) for role in roles}
        for step in TABLE.steps
        for state, roles in step.sources.items()
    }
    assert drawn == MAY
    assert TABLE.public_states() == ["issued", "revoked", "corrected"]


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("state", FeedbackState.values)
def test_each_role_sees_what_it_should(
    stage: tuple[Cast, dict[str, Any]], state: str, role: str
) -> None:
    cast, notices = stage
    seen = FeedbackNotice.objects.visible_to(cast[role]).filter(pk=notices[state].pk)
    assert seen.exists() == (state in SEES[role])


def test_strangers_see_nothing_and_partners_what_was_issued(
    stage: tuple[Cast, dict[str, Any]],
) -> None:
    _cast, notices = stage
    partner = make_organization()
    notices["issued"].project.partners.create(organization=partner)
    joint = make_person(Role.APPLICANT, partner)
    assert list(FeedbackNotice.objects.visible_to(joint)) == [notices["issued"]]
    for role in (Role.APPLICANT, Role.UNIT):
        place = make_organization() if role == Role.APPLICANT else None
        assert not FeedbackNotice.objects.visible_to(make_person(role, place)).exists()


def test_a_draft_waits_for_the_task_force_alone(stage: tuple[Cast, dict[str, Any]]) -> None:
    cast, notices = stage
    for role in Role.values:
        waiting = list(FeedbackNotice.objects.waiting_for(cast[role]))
        assert waiting == ([notices["draft"]] if role == Role.TASK_FORCE else [])


@pytest.mark.parametrize(("state", "step"), MAY)
def test_nobody_moves_a_notice_on_their_own_project(
    stage: tuple[Cast, dict[str, Any]], state: str, step: str
) -> None:
    cast, notices = stage
    torn = make_person(Role.TASK_FORCE)
    assert outcome(notices[state], step, torn) == "allowed"
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    assert outcome(notices[state], step, torn) == "not yours"
    root = make_person(Role.AUDITOR, is_superuser=True)
    assert outcome(notices[state], step, root) == "not yours"


def test_a_notice_takes_its_day_from_the_calendar(stage: tuple[Cast, dict[str, Any]]) -> None:
    cast, notices = stage
    draft = notices["draft"]
    assert draft.due_on == draft.activity.due_on == draft.rule_value("due_date")
    assert draft.rule_value("approval_quota") == cast.cycle.approval_quota
    assert draft.place_of(Role.TASK_FORCE) is None
