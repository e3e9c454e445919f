"""Partners are asked and agree before the application is handed in, hear of every result, and stand on its papers."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.models import Notice
from partybuilding.core.selectors import last_entry, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.projects.documents import application_form, result_letter
from partybuilding.projects.models import Project
from partybuilding.projects.selectors import decided_with
from partybuilding.projects.services import (
    answer_as_partner,
    ask_partner_again,
    create_draft,
    save_application,
    save_partners,
    submit_application,
)
from tests.factories import Cast, fill, make_cast, make_organization, make_person
from tests.factories.projects import take

pytestmark = pytest.mark.django_db


class Joint:
    """A complete draft that names one partner, and the partner's applicant."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.partner = make_organization(name="官庄村党支部")
        self.clerk = make_person(Role.APPLICANT, self.partner)
        draft = create_draft(cast.cycle, cast.organization, by=cast["applicant"])
        self._pk = fill(draft, cast).pk
        save_partners(self.project, [self.partner], by=cast["applicant"])

    @property
    def project(self) -> Project:
        return Project.objects.get(pk=self._pk)

    @property
    def row(self) -> Any:
        return self.project.partners.get()

    def answer(self, *, agrees: bool, reason: str = "") -> Any:
        return answer_as_partner(
            self.project, self.partner, by=self.clerk, agrees=agrees, reason=reason
        )

    def submit(self) -> Project:
        return submit_application(self.project, by=self.cast["applicant"])


@pytest.fixture
def joint() -> Joint:
    return Joint(make_cast())


def told(user: Any) -> list[str]:
    return list(Notice.objects.to(user).order_by("-pk").values_list("subject", flat=True))


def test_who_is_named_is_asked_at_once_and_reads_the_draft(joint: Joint) -> None:
    assert told(joint.clerk) == [f"请答复是否联合实施：{joint.project.title}"]
    assert Project.objects.visible_to(joint.clerk).get() == joint.project
    assert last_entry(joint.project, "ask_partner").data == {"partner": joint.partner.name}
    with pytest.raises(Frozen):
        save_application(joint.project, by=joint.clerk, title="改题目")


def test_it_is_handed_in_once_every_partner_has_agreed(joint: Joint) -> None:
    with pytest.raises(ConditionUnmet, match="官庄村党支部尚未答复"):
        joint.submit()
    agreed = joint.answer(agrees=True)
    assert (agreed.consent, agreed.answered_by, agreed.answered_at is not None) == (
        "agreed",
        joint.clerk,
        True,
    )
    assert told(joint.cast["applicant"])[0].startswith("官庄村党支部同意联合实施")
    assert joint.submit().state == "submitted"
    assert told(joint.clerk)[0].startswith("已提交")


def test_a_refusal_has_its_reason_and_can_be_asked_again(joint: Joint) -> None:
    with pytest.raises(ConditionUnmet, match="理由"):
        joint.answer(agrees=False, reason=" ")
    joint.answer(agrees=False, reason="人手不足。")
    assert last_entry(joint.project, "partner_refused").reason == "人手不足。"
    assert not Project.objects.visible_to(joint.clerk).exists()
    with pytest.raises(ConditionUnmet, match="不参加联合实施"):
        joint.submit()
    again = ask_partner_again(joint.project, joint.partner, by=joint.cast["applicant"])
    assert (again.consent, again.answered_at, again.answer_reason) == ("asked", None, "")
    assert Project.objects.visible_to(joint.clerk).exists()


def test_nobody_is_asked_again_who_has_not_refused(joint: Joint) -> None:
    with pytest.raises(ConditionUnmet, match="已征求"):
        ask_partner_again(joint.project, joint.partner, by=joint.cast["applicant"])


def test_the_same_answer_is_written_once(joint: Joint) -> None:
    joint.answer(agrees=True)
    joint.answer(agrees=True)
    assert trail_of(joint.project).filter(step="partner_agreed").count() == 1


def test_nobody_answers_for_another_organization(joint: Joint) -> None:
    stranger = make_person(Role.APPLICANT, make_organization())
    for person in (stranger, joint.cast["applicant"], joint.cast["department"]):
        with pytest.raises(NotYours):
            answer_as_partner(joint.project, joint.partner, by=person, agrees=True)


def test_an_organization_that_is_not_named_has_nothing_to_answer(joint: Joint) -> None:
    other = make_organization()
    clerk = make_person(Role.APPLICANT, other)
    with pytest.raises(ConditionUnmet, match="不在联合申报单位名单"):
        answer_as_partner(joint.project, other, by=clerk, agrees=True)


def test_consent_stays_when_the_text_or_the_list_changes(joint: Joint) -> None:
    joint.answer(agrees=True)
    save_application(joint.project, by=joint.cast["applicant"], title="改过的题目")
    more = make_organization(name="小万村党支部")
    save_partners(joint.project, [joint.partner, more], by=joint.cast["applicant"])
    assert dict(joint.project.partners.values_list("organization__name", "consent")) == {
        "官庄村党支部": "agreed",
        "小万村党支部": "asked",
    }


def test_who_is_taken_off_the_list_is_told(joint: Joint) -> None:
    save_partners(joint.project, [], by=joint.cast["applicant"])
    assert told(joint.clerk)[0].startswith("不再列为联合申报单位")
    assert last_entry(joint.project, "drop_partner").data == {"partner": joint.partner.name}
    assert joint.submit().state == "submitted"


def test_consent_taken_back_under_review_stops_the_approval_and_is_told(joint: Joint) -> None:
    joint.answer(agrees=True)
    joint.submit()
    passed = take(joint.project, "pass_first", joint.cast)
    joint.answer(agrees=False, reason="班子调整。")
    for role in ("applicant", "department"):
        assert told(joint.cast[role])[0].startswith("官庄村党支部不参加联合实施"), role
    assert last_entry(passed, "partner_refused").data["from"] == "agreed"
    with pytest.raises(ConditionUnmet, match="官庄村党支部不参加"):
        take(passed, "approve", joint.cast)


def test_after_the_decision_nothing_is_answered(joint: Joint) -> None:
    joint.answer(agrees=True)
    joint.submit()
    take(take(joint.project, "pass_first", joint.cast), "approve", joint.cast)
    with pytest.raises(NotYours):
        joint.answer(agrees=False, reason="班子调整。")


@pytest.mark.parametrize(
    ("ways", "step", "subject"),
    [
        ((), "send_back", "退回"),
        (("pass_first",), "approve", "同意立项"),
        (("not_recommend",), "decline", "不予立项"),
        (("pass_first", "approve"), "revoke_approval", "已撤销立项"),
        (("pass_first", "approve"), "terminate", "终止"),
    ],
)
def test_partners_hear_of_every_result_as_the_lead_does(
    ways: tuple[str, ...], step: str, subject: str, joint: Joint
) -> None:
    joint.answer(agrees=True)
    project = joint.submit()
    for way in ways:
        project = take(project, way, joint.cast)
    take(project, step, joint.cast)
    assert told(joint.clerk)[0] == told(joint.cast["applicant"])[0]
    assert joint.project.title in told(joint.clerk)[0]


def test_a_withdrawal_is_told_to_the_partner_and_the_unit(joint: Joint) -> None:
    joint.answer(agrees=True)
    project = joint.submit()
    move(project, "withdraw", by=joint.cast["applicant"], reason="条件不成熟。")
    for user in (joint.clerk, joint.cast["unit"]):
        assert Notice.objects.to(user).order_by("-pk").first().body == "条件不成熟。"


def test_a_partner_stands_on_the_form_with_its_day_and_on_the_letter(joint: Joint) -> None:
    (before,) = application_form(joint.project).partners
    assert (before.name, before.agreed_on) == ("官庄村党支部", None)
    joint.answer(agrees=True)
    joint.submit()
    project = take(take(joint.project, "pass_first", joint.cast), "approve", joint.cast)
    (after,) = application_form(project).partners
    assert after.agreed_on == timezone.localdate()
    assert result_letter(project, decided_with(project)).partners == ("官庄村党支部",)


def test_who_took_part_before_anybody_was_asked_counts_as_agreed(joint: Joint) -> None:
    migration = import_module("partybuilding.migrations.0010_ways_back")
    migration.take_partners_as_agreed(apps, None)
    assert joint.row.consent == "asked"
    Project.objects.filter(pk=joint.project.pk).update(submitted_at=timezone.now())
    migration.take_partners_as_agreed(apps, None)
    assert (joint.row.consent, joint.row.answered_at) == ("agreed", None)
