"""Who sees which project: state × viewer as a table, and nothing of others."""

from typing import Any

import pytest

from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint, end_membership
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_see_reviews
from partybuilding.projects.services import assign_experts, save_partners
from partybuilding.projects.states import CHOSEN, ProjectState
from tests.factories import make_cast, make_organization, make_person, make_project, make_user

pytestmark = pytest.mark.django_db

ALWAYS = {"applicant", "unit", "department", "taskforce", "auditor"}
STATES = [state for state in ProjectState.values if state != "archived"]


def sees(user: Any, project: Project) -> bool:
    return Project.objects.visible_to(user).filter(pk=project.pk).exists()


@pytest.mark.parametrize("state", STATES)
def test_each_role_sees_what_the_design_says(state: str) -> None:
    cast = make_cast()
    project = make_project(state, cast)
    expected = ALWAYS | ({"editor", "publisher"} if state in CHOSEN else set())
    assert {role for role in Role.values if sees(cast[role], project)} == expected


@pytest.mark.parametrize("state", STATES)
def test_strangers_see_nothing(state: str) -> None:
    project = make_project(state, make_cast())
    strangers = make_cast()
    for user in (strangers["applicant"], strangers["unit"], strangers["expert"], make_user()):
        assert not sees(user, project)


def test_a_partner_sees_and_cannot_write() -> None:
    cast = make_cast()
    project = make_project("draft", cast)
    partner = make_organization()
    save_partners(project, [partner], by=cast["applicant"])
    person = make_person(Role.APPLICANT, partner)
    assert sees(person, project)
    assert not Project.objects.waiting_for(person).exists()


def test_an_expert_sees_from_assignment_to_its_end() -> None:
    cast = make_cast()
    project = make_project("first_passed", cast)
    assert not sees(cast["expert"], project)
    assign_experts(project, cast["group"], by=cast["department"])
    expert = type(cast["expert"]).objects.get(pk=cast["expert"].pk)
    assert sees(expert, project)
    project.assignments.update(until="2020-01-01")
    assert not sees(expert, project)


def test_who_left_a_post_sees_no_more_and_the_row_stays() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    membership = cast["unit"].memberships.get()
    membership = end_membership(membership, by=cast["department"])
    former = type(cast["unit"]).objects.get(pk=cast["unit"].pk)
    assert not sees(former, project)
    assert former.memberships.count() == 1
    assert not former.groups.exists()


def test_a_disabled_account_sees_nothing() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    cast["department"].is_active = False
    cast["department"].save()
    assert not sees(type(cast["unit"]).objects.get(pk=cast["department"].pk), project)


@pytest.mark.parametrize(
    ("state", "holders"),
    [
        ("draft", {"applicant"}),
        ("submitted", {"unit"}),
        ("returned", {"applicant"}),
        ("not_recommended", {"department"}),
        ("first_passed", {"department"}),
        ("approved", {"applicant"}),
        ("commitments_submitted", {"editor"}),
        ("implementing", {"applicant"}),
        ("results_submitted", {"department"}),
        ("graded", {"department"}),
        ("declined", set()),
        ("withdrawn", set()),
        ("terminated", set()),
    ],
)
def test_it_waits_for_whoever_holds_it(state: str, holders: set[str]) -> None:
    cast = make_cast()
    project = make_project(state, cast)
    waiting = {
        role
        for role in Role.values
        if Project.objects.waiting_for(cast[role]).filter(pk=project.pk).exists()
    }
    assert waiting == holders


def test_reviews_are_hidden_from_reviewers_who_are_of_the_applicants() -> None:
    cast = make_cast()
    project = make_project("first_passed", cast)
    assert user_can_see_reviews(project, cast["department"])
    assert not user_can_see_reviews(project, cast["applicant"])
    appoint(cast["department"], Role.APPLICANT, cast.organization, by=cast["department"])
    assert not user_can_see_reviews(project, cast["department"])


@pytest.mark.parametrize("second", [Role.EDITOR, Role.PUBLISHER, Role.LEADER, Role.EXPERT])
def test_a_second_role_opens_no_reviews_of_another_unit(second: str) -> None:
    cast = make_cast()
    project = make_project("approved", cast)
    reviewer = make_person(Role.UNIT)
    appoint(reviewer, second, cast["department"].memberships.get().organization, by=None)
    reviewer = type(reviewer).objects.get(pk=reviewer.pk)
    assert not user_can_see_reviews(project, reviewer)
    assert not user_can_see_reviews(project, cast[second])
    assert user_can_see_reviews(project, cast["unit"])
