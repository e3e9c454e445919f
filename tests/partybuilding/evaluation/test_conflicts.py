"""Who may score what: by the tree, by memberships, by the four ones, by what was declared."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.core.states import Role
from partybuilding.evaluation.conflicts import may_review, may_score
from partybuilding.evaluation.models import Conflict
from partybuilding.organizations.services import appoint, end_membership
from partybuilding.projects.models import FourOnesPost, Partner, Project
from partybuilding.projects.states import Consent
from tests.factories import make_cast, make_organization, make_person, make_project
from tests.factories.people import district

pytestmark = pytest.mark.django_db
Tie = Callable[[Project, Any], None]


def of_the_organization(project: Project, expert: Any) -> None:
    appoint(expert, Role.APPLICANT, project.organization, by=None)


def of_the_unit(project: Project, expert: Any) -> None:
    appoint(expert, Role.UNIT, project.organization.unit, by=None)


def of_another_below_the_unit(project: Project, expert: Any) -> None:
    appoint(expert, Role.APPLICANT, make_organization(project.organization.unit), by=None)


def of_a_partner(project: Project, expert: Any) -> None:
    partner = make_organization()
    Partner.objects.create(project=project, organization=partner, consent=Consent.AGREED)
    appoint(expert, Role.APPLICANT, partner, by=None)


def of_the_four_ones(project: Project, expert: Any) -> None:
    FourOnesPost.objects.filter(project=project, duty="liaison").update(person=expert)


def declared(project: Project, expert: Any) -> None:
    Conflict.objects.create(project=project, user=expert, reason="配偶在该单位任职。")


def no_expert_any_more(project: Project, expert: Any) -> None:
    membership = expert.memberships.get(role=Role.EXPERT)
    membership.until = timezone.localdate() - timedelta(days=1)
    membership.save()


TIES: dict[Tie, str] = {
    of_the_organization: "所在党组织是该项目实施单位",
    of_the_unit: "与该项目实施单位属同一归口单位",
    of_another_below_the_unit: "与该项目实施单位属同一归口单位",
    of_a_partner: "所在党组织是该项目实施单位",
    of_the_four_ones: "是该项目“四个一”人员",
    declared: "已申报与该项目有利害关系",
    no_expert_any_more: "目前不是评审专家",
}


@pytest.mark.parametrize("tie", TIES, ids=lambda one: one.__name__)
def test_whom_an_interest_ties_may_not_score(tie: Tie) -> None:
    project, expert = make_project("approved"), make_person(Role.EXPERT)
    assert may_score(expert, project)
    tie(project, expert)
    answer = may_score(type(expert).objects.get(pk=expert.pk), project)
    assert [str(reason) for reason in answer.reasons] == [f"{expert.get_full_name()}{TIES[tie]}。"]


def test_a_partner_that_refused_ties_nobody() -> None:
    project, expert = make_project("approved"), make_person(Role.EXPERT)
    partner = make_organization()
    Partner.objects.create(project=project, organization=partner, consent=Consent.REFUSED)
    appoint(expert, Role.APPLICANT, partner, by=None)
    assert may_score(expert, project)


@pytest.mark.parametrize(("days", "tied"), [(-1, False), (0, True), (1, True)])
def test_a_post_in_the_four_ones_ties_until_its_last_day(days: int, tied: bool) -> None:
    project, expert = make_project("approved"), make_person(Role.EXPERT)
    until = timezone.localdate() + timedelta(days=days)
    since = until - timedelta(days=30)
    posts = FourOnesPost.objects.filter(project=project, duty="liaison")
    posts.update(person=expert, since=since, until=until)
    assert bool(may_score(expert, project)) is not tied


def test_a_membership_that_ended_ties_nobody() -> None:
    project, expert = make_project("approved"), make_person(Role.EXPERT)
    appoint(expert, Role.APPLICANT, project.organization, by=None)
    end_membership(expert.memberships.get(role=Role.APPLICANT), by=None)
    expert = type(expert).objects.get(pk=expert.pk)
    tied = expert.memberships.get(role=Role.APPLICANT)
    tied.since = timezone.localdate() - timedelta(days=9)
    tied.until = timezone.localdate() - timedelta(days=1)
    tied.save()
    assert may_score(expert, project)


def test_experts_of_the_district_are_tied_to_nobody() -> None:
    expert = make_person(Role.EXPERT, district())
    assert may_score(expert, make_project("approved"))


def test_nobody_reviews_a_project_that_they_carry_out() -> None:
    cast = make_cast()
    project, other = make_project("approved", cast), make_organization()
    assert may_review(other, project)
    assert not may_review(cast.organization, project)
    Partner.objects.create(project=project, organization=other, consent=Consent.AGREED)
    assert not may_review(other, project)
