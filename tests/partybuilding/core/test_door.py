"""The one door: what it writes, whom it refuses and what it says then."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from partybuilding.core.calendar import working_days_between
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Overtaken, WrongState
from partybuilding.core.models import Notice, TransitionRecord
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move, note
from partybuilding.projects.models import Project
from partybuilding.projects.services import submit_application
from tests.factories import fill, make_cast, make_project

pytestmark = pytest.mark.django_db


def test_a_step_moves_the_record_and_writes_one_row() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    before = trail_of(project).count()
    moved = move(project, "pass_first", by=cast["unit"], reason=" 同意。 ")
    row = trail_of(project).last()
    assert moved.state == Project.objects.get(pk=project.pk).state == "first_passed"
    assert trail_of(project).count() == before + 1
    assert (row.step, row.from_state, row.to_state) == ("pass_first", "submitted", "first_passed")
    assert (row.by, row.reason) == (cast["unit"], "同意。")


def test_the_trail_keeps_name_post_and_organization_as_they_were() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    row = trail_of(project).last()
    assert row.by_name == cast["applicant"].get_full_name()
    assert row.by_organization == cast.organization.name
    assert row.by_post


def test_deleting_the_user_leaves_the_trail_as_it_is(django_user_model: Any) -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    row = trail_of(project).last()
    cast["applicant"].memberships.all().delete()
    django_user_model.objects.filter(pk=cast["applicant"].pk).delete()
    again = TransitionRecord.objects.get(pk=row.pk)
    assert (again.by_id, again.by_name) == (row.by_id, row.by_name)
    assert again.computed_hash() == again.hash


def test_the_passed_instance_is_left_alone() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    move(project, "pass_first", by=cast["unit"], reason="同意")
    assert project.state == "submitted"


def test_a_second_click_is_told_who_was_faster() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    move(project, "pass_first", by=cast["unit"], reason="同意")
    with pytest.raises(Overtaken) as caught:
        move(project, "pass_first", by=cast["unit"], reason="同意")
    assert cast["unit"].get_full_name() in str(caught.value)
    assert trail_of(project).filter(step="pass_first").count() == 1


def test_a_step_from_the_wrong_state_is_refused_with_the_state() -> None:
    cast = make_cast()
    with pytest.raises(WrongState, match="草拟"):
        move(make_project("draft", cast), "pass_first", by=cast["unit"], reason="同意")


def test_somebody_elses_step_is_refused_with_who_may() -> None:
    cast = make_cast()
    with pytest.raises(NotYours, match="初审员"):
        move(make_project("submitted", cast), "pass_first", by=cast["department"], reason="同意")


def test_a_refused_step_writes_nothing() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    rows, notices = TransitionRecord.objects.count(), Notice.objects.count()
    with pytest.raises(ConditionUnmet):
        move(project, "pass_first", by=cast["unit"])
    assert (TransitionRecord.objects.count(), Notice.objects.count()) == (rows, notices)
    assert Project.objects.get(pk=project.pk).state == "submitted"


def test_every_missing_part_is_named_at_once() -> None:
    cast = make_cast()
    with pytest.raises(ConditionUnmet) as caught:
        submit_application(make_project("draft", cast), by=cast["applicant"])
    assert len(caught.value.sentences) >= 6


def test_a_failure_after_the_transition_takes_everything_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = make_cast()
    project = make_project("submitted", cast)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr("partybuilding.core.services.door.post_notices", fail)
    with pytest.raises(IntegrityError):
        move(project, "pass_first", by=cast["unit"], reason="同意")
    assert Project.objects.get(pk=project.pk).state == "submitted"
    assert not trail_of(project).filter(step="pass_first").exists()


def test_the_number_is_given_once_and_kept() -> None:
    cast = make_cast()
    project = make_project("returned", cast)
    number = project.code
    assert submit_application(project, by=cast["applicant"]).code == number
    other = fill(make_project("draft", cast), cast)
    assert submit_application(other, by=cast["applicant"]).code != number


def test_due_dates_are_stored_in_working_days() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    entered = timezone.localdate(project.state_since)
    assert working_days_between(entered, project.due_on) == cast.cycle.first_review_days


def test_the_holder_and_the_applicant_are_told() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    assert Notice.objects.to(cast["unit"]).filter(subject__contains=project.title).count() == 1
    assert Notice.objects.to(cast["applicant"]).filter(body__contains=project.code).count() == 1


def test_a_note_moves_nothing_and_joins_the_chain() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    row = note(project, "assess", by=cast["department"], data={"method": "visit"})
    assert row.is_note
    assert row.previous_hash == trail_of(project).get(sequence=row.sequence - 1).hash


@pytest.mark.parametrize("state", ["declined", "withdrawn", "terminated"])
def test_reopening_leads_back_to_where_it_came_from(state: str) -> None:
    cast = make_cast()
    project = make_project(state, cast)
    came_from = trail_of(project).last().from_state
    assert move(project, "reopen", by=cast["department"], reason="有误").state == came_from
