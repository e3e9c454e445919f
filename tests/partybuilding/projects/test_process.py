"""The process of a year as its rules switch it: without first review, with a hearing, in sessions only."""

from io import BytesIO
from itertools import product
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from partybuilding.core.machine.offers import offer_of
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, WrongState
from partybuilding.core.models import Notice
from partybuilding.core.services import move
from partybuilding.core.states import STAFF_ROLES, Role, Table
from partybuilding.cycles.services import save_rules, start_next_year
from partybuilding.cycles.sheet import limits_of
from partybuilding.cycles.states import DecidedBy, PreAssessment
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project
from partybuilding.projects.preparation.rules import is_assessed
from partybuilding.projects.preparation.selectors import with_preparation
from partybuilding.projects.services import (
    appoint_four_ones,
    close_session,
    note_decision,
    open_session,
    rate,
    record_assessment,
)
from partybuilding.projects.states import ENDED, TABLE, ProjectState, strip_for, table_for
from tests.factories import Cast, make_cast, make_cycle, make_person, make_project, open_cycle
from tests.factories.projects import FOUR_ONES, assess
from tests.factories.screens import client_of

BOTH = (True, False)
TITLE = "立项评审会"


# The table


@pytest.mark.parametrize("first_review", BOTH)
def test_every_state_is_reached_held_and_left(first_review: bool) -> None:
    table = table_for(first_review=first_review)
    reached, waiting = {table.states[0].code}, [table.states[0].code]
    while waiting:
        for step in table.steps_from(waiting.pop()):
            if step.target and step.target not in reached:
                reached.add(step.target)
                waiting.append(step.target)
    assert reached == {state.code for state in table.states}
    for state in table.states:
        ends = state.code in {*ENDED, ProjectState.ARCHIVED}
        assert ends or (state.holders and state.due and table.steps_from(state.code))
        held = {role for step in table.steps_from(state.code) for role in step.roles()}
        assert ends or set(state.holders) & held or state.code == ProjectState.COMMITMENTS_SUBMITTED


@pytest.mark.parametrize("first_review", BOTH)
def test_the_strip_has_a_word_for_each_of_its_steps(first_review: bool) -> None:
    places = {state.strip for state in table_for(first_review=first_review).states if state.strip}
    assert places == set(range(1, len(strip_for(first_review=first_review)) + 1))


@pytest.mark.parametrize("first_review", BOTH)
def test_a_year_uses_a_part_of_the_one_table(first_review: bool) -> None:
    table = table_for(first_review=first_review)
    for step in table.steps:
        assert step.sources.items() <= TABLE.step(step.code).sources.items()
    everything = {(step.code, state) for step in TABLE.steps for state in step.sources}
    left = {(step.code, state) for step in table.steps for state in step.sources}
    gone = {one for one in everything - left if one[1] not in ("submitted", "not_recommended")}
    out = {("recall", "first_passed")} if first_review else {("take_back", "first_passed")}
    assert gone == out


def test_without_first_review_the_units_take_no_step() -> None:
    table: Table = table_for(first_review=False)
    assert Role.UNIT not in {role for step in table.steps for role in step.roles()}
    assert {step.code for step in TABLE.steps} - {step.code for step in table.steps} == {
        "pass_first", "not_recommend", "take_back", "take_up",
    }  # fmt: skip
    for step in table.steps:
        assert set(step.sources) <= {state.code for state in table.states}
        assert not step.target or step.target in {state.code for state in table.states}


# Without first review


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(open_cycle(first_review=False))


def test_what_is_handed_in_awaits_the_decision(cast: Cast) -> None:
    before = Notice.objects.count()
    project = make_project("submitted", cast)
    assert project.state == ProjectState.FIRST_PASSED
    assert project.due_on is not None
    told = Notice.objects.order_by("pk")[before:]
    assert cast["department"].pk in {notice.recipient_id for notice in told}
    assert cast["unit"].pk not in {notice.recipient_id for notice in told}
    assert not any("归口单位" in notice.body for notice in told)


def test_the_unit_is_offered_nothing_and_refused(cast: Cast) -> None:
    project = make_project("submitted", cast)
    for step in ("pass_first", "not_recommend", "take_back"):
        assert offer_of(project, cast["unit"], step) is None
        with pytest.raises(WrongState):
            move(project, step, by=cast["unit"], reason="意见填写有误。")


def test_it_goes_to_the_archive_and_back_by_the_ordinary_steps(cast: Cast) -> None:
    project = make_project("submitted", cast)
    project = move(project, "send_back", by=cast["department"], reason="请补充计划。")
    project = move(project, "submit", by=cast["applicant"])
    assert project.state == ProjectState.FIRST_PASSED
    project = move(project, "withdraw", by=cast["applicant"], reason="条件不成熟。")
    project = move(project, "reopen", by=cast["department"], reason="条件已成熟。")
    assert project.state == ProjectState.FIRST_PASSED
    assert make_project("archived", cast).state == ProjectState.ARCHIVED


def test_an_organization_without_a_unit_can_apply(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(unit=None)
    cast.organization.refresh_from_db()
    assert make_project("implementing", cast).state == ProjectState.IMPLEMENTING


def test_the_department_decides_nothing_of_its_own_organization(cast: Cast) -> None:
    project = make_project("submitted", cast)
    own = make_person(Role.DEPARTMENT, cast.organization)
    assert offer_of(project, own, "decline") is None


def test_the_form_has_no_cell_for_the_unit(cast: Cast) -> None:
    project = make_project("submitted", cast)
    answer = client_of(cast["department"]).get(
        reverse("partybuilding:form", args=[project.pk, "docx"])
    )
    paper = Document(BytesIO(answer.getvalue()))
    text = "".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    bare = "".join(text.split())
    assert "组织部立项意见" in bare
    assert "归口单位初审意见" not in bare


def test_the_applicant_reads_of_no_first_review(cast: Cast) -> None:
    client = client_of(cast["applicant"])
    for state in ("draft", "first_passed"):
        project = make_project(state, cast)
        page = client.get(reverse("portal:project", args=[project.pk])).content.decode()
        assert "初审" not in page.split("<main")[1]
    receipt = client.get(reverse("portal:receipt", args=[project.pk])).content.decode()
    assert "初审" not in receipt.split("<main")[1]


def test_limits_are_reckoned_without_the_first_review(cast: Cast) -> None:
    labels = [str(limit.label) for limit in limits_of(cast.cycle)]
    whole = [str(limit.label) for limit in limits_of(make_cycle())]
    assert len(labels) == len(whole) - 1
    assert labels[0] == whole[2]


# What must be found out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("required", "method"),
    list(product(PreAssessment.values, ("", "documents", "hearing", "visit"))),
)
def test_rule_list_and_filter_agree_on_what_the_year_requires(required: str, method: str) -> None:
    cast = make_cast(open_cycle(pre_assessment=required))
    project, by = make_project("first_passed", cast), cast["department"]
    rate(project, {one.pk: one.points for one in cast.cycle.criteria.all()}, by=by)
    appoint_four_ones(project, FOUR_ONES, by=by)
    if method:
        record_assessment(project, method, by=by, participants="组织部一行3人", findings="扎实。")
    enough = required == "optional" or method == "hearing" or (required == "any" and method != "")
    fresh = with_preparation(Project.objects.filter(pk=project.pk)).get()
    assert bool(is_assessed(fresh)) is enough
    assert fresh.is_ready is enough
    register = reverse("party_projects_modeladmin_index")
    listed = client_of(by).get(register, {"lack": "assessment"}).content.decode()
    assert (fresh.code not in listed) is enough


# In which way it is decided


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["approve", "decline"])
def test_a_year_of_sessions_decides_nothing_outside_them(step: str) -> None:
    cast = make_cast(open_cycle(decided_by=DecidedBy.SESSION))
    project, by = make_project("first_passed", cast), cast["department"]
    assess(project, cast)
    offer = offer_of(project, by, step)
    assert offer is not None
    assert offer.blocked
    with pytest.raises(ConditionUnmet):
        move(project, step, by=by, reason="同意。", data={"grounds": ["plan_incomplete"]})
    session = open_session(cast.cycle, TITLE, by=by)
    note_decision(
        session.items.get(), step, by=by, grounds=["plan_incomplete"], reason="符合条件。"
    )
    close_session(session, by=by)
    assert Project.objects.get(pk=project.pk).state == f"{step}d"


@pytest.mark.django_db
def test_a_year_of_single_decisions_opens_no_session() -> None:
    cast = make_cast(open_cycle(decided_by=DecidedBy.SINGLE))
    project = make_project("first_passed", cast)
    with pytest.raises(ConditionUnmet):
        open_session(cast.cycle, TITLE, by=cast["department"])
    page = client_of(cast["department"]).get(reverse("partybuilding:sessions"))
    assert reverse("partybuilding:session_open", args=[cast.cycle.pk]) not in page.content.decode()
    assess(project, cast)
    assert move(project, "approve", by=cast["department"], reason="同意。").state == "approved"


# The rules of the year


@pytest.mark.django_db
def test_the_switches_freeze_with_the_rules_and_go_on_to_the_next_year() -> None:
    cycle = open_cycle(first_review=False, decided_by="session", pre_assessment="hearing")
    officer = make_person(Role.DEPARTMENT)
    following = start_next_year(cycle, by=officer)
    assert (following.first_review, following.decided_by) == (False, "session")
    assert following.pre_assessment == "hearing"
    cycle.first_review = True
    with pytest.raises(Frozen):
        save_rules(cycle, by=officer)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_staff_see_the_process_of_a_year(role: str) -> None:
    cycle = open_cycle(first_review=False, decided_by="session")
    answer = client_of(make_person(Role(role))).get(
        reverse("partybuilding:process", args=[cycle.pk])
    )
    assert (answer.status_code == 200) == (role in STAFF_ROLES)


@pytest.mark.django_db
@pytest.mark.parametrize("first_review", BOTH)
def test_the_process_is_drawn_from_the_rules(first_review: Any) -> None:
    cycle = open_cycle(first_review=first_review)
    client = client_of(make_person(Role.DEPARTMENT))
    answer = client.get(reverse("partybuilding:process", args=[cycle.pk]))
    page = answer.content.decode()
    drawn = {row["state"].code for row in answer.context["rows"]}
    for state in TABLE.states:
        known = state.code not in {"submitted", "not_recommended"} or first_review
        assert (state.code in drawn) == known
        assert str(state.label) in page or not known
    taken_back = {
        row["state"].code
        for row in answer.context["rows"]
        if any(step["label"] == TABLE.step("recall").label for step in row["steps"])
    }
    assert taken_back == {"submitted" if first_review else "first_passed"}
    assert (str(Role.UNIT.label) in page.split("<tbody>")[1]) == first_review
