"""What reviewers record: pre-assessments with files, ratings, the four ones, expert groups, in bulk."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.papers.typesetting import application_form_pdf
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects.models import Assessment, Project
from partybuilding.projects.permissions import visible_to
from partybuilding.projects.preparation.selectors import held_assessments
from partybuilding.projects.services import (
    appoint_four_ones,
    assign_experts,
    assign_to_many,
    end_assignment,
    extend_return,
    move_many,
    rate,
    record_assessment,
)
from tests.factories import Cast, make_cast, make_group, make_person, make_project, make_user
from tests.factories.documents import application_form

pytestmark = pytest.mark.django_db
HELD = {"participants": "组织部一行3人", "findings": "基础扎实。"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return make_project("first_passed", cast)


def pdf(name: str = "走访记录.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, application_form_pdf(application_form()))


def notes(project: Project, step: str) -> list[Any]:
    return list(trail_of(project).filter(step=step))


def fresh(user: Any) -> Any:
    """Return the same person in the next request: standings are read once a request."""
    return type(user).objects.get(pk=user.pk)


# Pre-assessments


@pytest.mark.parametrize("role", ["department", "taskforce"])
def test_department_and_task_force_record_what_they_found(
    cast: Cast, project: Project, role: str
) -> None:
    record_assessment(project, "visit", by=cast[role], **HELD)
    found = project.assessments.get()
    assert (found.method, found.held_on, found.recorded_by) == (
        "visit",
        timezone.localdate(),
        cast[role],
    )
    assert notes(project, "assess")[0].data["assessment"] == found.pk


def test_an_assigned_expert_may_until_the_assignment_ends(cast: Cast, project: Project) -> None:
    with pytest.raises(NotYours):
        record_assessment(project, "visit", by=cast["expert"], **HELD)
    assign_experts(project, cast["group"], by=cast["department"])
    record_assessment(project, "visit", by=fresh(cast["expert"]), **HELD)
    project.assignments.update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotYours):
        record_assessment(project, "visit", by=fresh(cast["expert"]), **HELD)


@pytest.mark.parametrize("role", ["unit", "auditor", "editor", "applicant"])
def test_nobody_else_does(cast: Cast, project: Project, role: str) -> None:
    with pytest.raises(NotYours):
        record_assessment(project, "visit", by=cast[role], **HELD)


def test_nobody_pre_assesses_the_own_organization(cast: Cast, project: Project) -> None:
    appoint(cast["taskforce"], Role.APPLICANT, cast.organization, by=None)
    with pytest.raises(NotYours):
        record_assessment(project, "visit", by=fresh(cast["taskforce"]), **HELD)


@pytest.mark.parametrize("state", ["submitted", "approved", "declined"])
def test_only_what_awaits_the_decision_is_pre_assessed(cast: Cast, state: str) -> None:
    with pytest.raises(NotYours):
        record_assessment(make_project(state, cast), "visit", by=cast["department"], **HELD)


@pytest.mark.parametrize(
    "change",
    [{"method": "telephone"}, {"participants": " "}, {"findings": "\n"}, {"held_on": "tomorrow"}],
)
def test_what_is_incomplete_or_to_come_is_refused(
    cast: Cast, project: Project, change: dict[str, Any]
) -> None:
    facts: dict[str, Any] = {"method": "visit", **HELD, **change}
    if facts.get("held_on"):
        facts["held_on"] = timezone.localdate() + timedelta(days=1)
    method = facts.pop("method")
    with pytest.raises(ConditionUnmet):
        record_assessment(project, method, by=cast["department"], **facts)
    assert not Assessment.objects.exists()


def test_files_belong_to_the_assessment_and_stay_on_the_staff_side(
    cast: Cast, project: Project
) -> None:
    one = record_assessment(project, "visit", by=cast["department"], uploads=[pdf()], **HELD)
    record_assessment(project, "hearing", by=cast["department"], **HELD)
    project = Project.objects.with_case_file().get(pk=project.pk)
    assert project.attachments.get().purpose == Purpose.REVIEW
    files = {
        held.assessment.pk: [file.name for file in held.files] for held in held_assessments(project)
    }
    assert files.pop(one.pk) == ["走访记录.pdf"]
    assert list(files.values()) == [[]]


def test_a_dangerous_file_leaves_neither_assessment_nor_file(
    cast: Cast, project: Project, settings: Any
) -> None:
    bad = SimpleUploadedFile("脚本.pdf", b"#!/bin/sh\nrm -rf /")
    before = files_below(settings.PRIVATE_MEDIA_ROOT)
    with pytest.raises(UploadRefused):
        record_assessment(project, "visit", by=cast["department"], uploads=[pdf(), bad], **HELD)
    assert not Assessment.objects.exists()
    assert not Attachment.objects.exists()
    assert not notes(project, "assess")
    assert files_below(settings.PRIVATE_MEDIA_ROOT) == before


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


# The initial rating


def points(project: Project, *values: Any) -> dict[int, Decimal]:
    criteria = project.cycle.criteria.order_by("sort_order")
    return {one.pk: Decimal(str(value)) for one, value in zip(criteria, values, strict=True)}


def test_points_are_recorded_and_changed(cast: Cast, project: Project) -> None:
    rate(project, points(project, 35, "51.5"), by=cast["department"])
    assert project.rated_points() == Decimal("86.5")
    rate(project, points(project, 36, "51.5"), by=cast["department"])
    assert Project.objects.get(pk=project.pk).rated_points() == Decimal("87.5")
    assert notes(project, "rate")[-1].data["points"] == {"选题精准度": "36", "特色辨识度": "51.5"}


def test_the_same_points_again_leave_no_second_row(cast: Cast, project: Project) -> None:
    for _turn in range(2):
        rate(project, points(project, 35, 50), by=cast["department"])
    assert len(notes(project, "rate")) == 1


@pytest.mark.parametrize("value", ["-1", "40.1", "7.55", "NaN", "Infinity"])
def test_points_outside_the_range_or_too_fine_are_refused(
    cast: Cast, project: Project, value: str
) -> None:
    with pytest.raises(ConditionUnmet):
        rate(project, points(project, value, 50), by=cast["department"])
    assert not project.ratings.exists()


def test_no_points_and_unknown_criteria_are_refused(cast: Cast, project: Project) -> None:
    for given in ({}, {0: Decimal(1)}):
        with pytest.raises(ConditionUnmet):
            rate(project, given, by=cast["department"])


@pytest.mark.parametrize("role", ["unit", "taskforce", "auditor", "expert"])
def test_only_the_department_rates(cast: Cast, project: Project, role: str) -> None:
    with pytest.raises(NotYours):
        rate(project, points(project, 30, 50), by=cast[role])


def test_what_is_decided_is_not_rated_again(cast: Cast) -> None:
    approved = make_project("approved", cast)
    with pytest.raises(NotYours):
        rate(approved, points(approved, 30, 50), by=cast["department"])


# Expert groups


def test_an_assignment_is_written_once_and_prolonged(cast: Cast, project: Project) -> None:
    by, until = cast["department"], timezone.localdate() + timedelta(days=7)
    for _turn in range(2):
        assign_experts(project, cast["group"], by=by, until=until)
    assert len(notes(project, "assign")) == 1
    assign_experts(project, cast["group"], by=by)
    assert project.assignments.get().until is None
    assert len(notes(project, "assign")) == 2


def test_an_ended_assignment_begins_anew(cast: Cast, project: Project) -> None:
    by, today = cast["department"], timezone.localdate()
    assign_experts(project, cast["group"], by=by)
    project.assignments.update(since=today - timedelta(days=30))
    end_assignment(project, cast["group"], by=by)
    expert = fresh(cast["expert"])
    assert not visible_to(Project.objects.all(), expert).exists()
    assign_experts(project, cast["group"], by=by, until=today)
    assert project.assignments.get().since == today
    assert visible_to(Project.objects.all(), fresh(expert)).get() == project


def test_ending_what_is_not_assigned_leaves_no_trace(cast: Cast, project: Project) -> None:
    end_assignment(project, cast["group"], by=cast["department"])
    assert not notes(project, "assign")


def test_an_assignment_cannot_end_before_today(cast: Cast, project: Project) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ConditionUnmet):
        assign_experts(project, cast["group"], by=cast["department"], until=yesterday)


@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("draft", False),
        ("submitted", False),
        ("first_passed", True),
        ("approved", True),
        ("results_submitted", True),
        ("graded", False),
        ("declined", False),
        ("withdrawn", False),
        ("terminated", False),
    ],
)
def test_what_is_assigned_awaits_decision_or_is_being_done(
    cast: Cast, state: str, may: bool
) -> None:
    project = make_project(state, cast)
    for act in (assign_experts, end_assignment):
        if may:
            act(project, cast["group"], by=cast["department"])
        else:
            with pytest.raises(NotYours):
                act(project, cast["group"], by=cast["department"])


def test_many_projects_get_their_groups_each_on_its_own(cast: Cast, project: Project) -> None:
    draft = make_project("draft", cast)
    groups = [cast["group"], make_group(make_user())]
    outcomes = assign_to_many([draft, project], groups, by=cast["department"])
    assert [outcome.ok for outcome in outcomes] == [False, True]
    assert "登记" in outcomes[0].refusal
    assert (draft.assignments.count(), project.assignments.count()) == (0, 2)


# One step with many


def test_a_bulk_decision_reports_each_result_in_one_batch(cast: Cast, project: Project) -> None:
    draft, second = make_project("draft", cast), make_project("first_passed", cast)
    outcomes = move_many(
        [draft, project, second],
        "decline",
        by=cast["department"],
        data={"grounds": ["no_highlight"]},
        seen={second.pk: "first_passed@0"},
    )
    assert [outcome.ok for outcome in outcomes] == [False, True, False]
    assert notes(project, "decline")[0].batch
    assert Project.objects.get(pk=second.pk).state == "first_passed"


def test_a_stranger_of_the_department_role_is_still_an_officer(
    cast: Cast, project: Project
) -> None:
    colleague = make_person(Role.DEPARTMENT)
    record_assessment(project, "documents", by=colleague, **HELD)
    assert project.assessments.get().recorded_by == colleague


def test_an_assignment_ends_with_the_year_or_some_weeks_after_it(
    cast: Cast, project: Project
) -> None:
    last, by = project.cycle.last_day, cast["department"]
    assert assign_experts(project, cast["group"], by=by, until=last).until == last
    with pytest.raises(ConditionUnmet, match="不能晚于"):
        assign_experts(project, cast["group"], by=by, until=last + timedelta(days=1))


def test_a_pre_assessment_does_not_lie_before_the_year(cast: Cast, project: Project) -> None:
    first, by = project.cycle.applications_open, cast["department"]
    record_assessment(project, "documents", by=by, held_on=first, **HELD)
    with pytest.raises(ConditionUnmet, match="不能早于"):
        record_assessment(project, "documents", by=by, held_on=first - timedelta(days=1), **HELD)


def test_a_returned_application_is_due_inside_the_year(cast: Cast) -> None:
    returned, by = make_project("returned", cast), cast["unit"]
    last = returned.cycle.ends_on
    assert extend_return(returned, last, by=by, reason="受汛期影响").due_on == last
    with pytest.raises(ConditionUnmet, match="不能晚于"):
        extend_return(returned, last + timedelta(days=1), by=by, reason="受汛期影响")


def test_a_duty_is_taken_over_inside_the_year(cast: Cast) -> None:
    project, by = make_project("approved", cast), cast["department"]
    cycle = project.cycle
    named = {"liaison": ("钱示例", "组织员", None)}
    for day in (cycle.applications_open - timedelta(days=1), cycle.last_day + timedelta(days=1)):
        with pytest.raises(ConditionUnmet, match="日期不能"):
            appoint_four_ones(project, named, by=by, since=day)
    appoint_four_ones(project, named, by=by, since=cycle.last_day)
