"""Corrections: a visit or finding that was recorded wrongly reads rightly, with reason, old and new words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, WrongState
from partybuilding.core.models import Notice
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.projects.models import Project
from partybuilding.supervision.corrections import FindingNote, VisitNote, told
from partybuilding.supervision.models import Rectification, Visit
from partybuilding.supervision.rules import latest_deadline
from partybuilding.supervision.selectors.figures import (
    rectification_figures,
    total_of_rectifications,
)
from partybuilding.supervision.services import correct_finding, correct_visit, record_visit
from tests.factories import make_cast, make_project
from tests.factories.projects import Cast
from tests.factories.screens import client_of
from tests.factories.supervision import (
    checks_of,
    finding,
    later_day,
    make_activity,
    make_rectification,
    make_visit,
    take_rectification,
    visit_note,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return make_project("implementing", cast)


def as_recorded(visit: Visit, **changed: Any) -> VisitNote:
    """Return what a visit's record says, with some of it changed."""
    note = VisitNote(
        held_on=visit.held_on,
        participants=visit.participants,
        summary=visit.summary,
        checks=checks_of(visit.activity.project),
    )
    return replace(note, **changed)


def as_found(one: Rectification, **changed: Any) -> FindingNote:
    """Return what a finding says, with some of it changed."""
    note = FindingNote(one.finding, one.requirement, one.rectify_by, one.commitment_id)
    return replace(note, **changed)


def test_a_visit_is_corrected_with_reason_old_and_new_in_file_and_on_the_trail(
    cast: Cast, project: Project
) -> None:
    visit = make_visit(project, cast, summary="查看台账五本。")
    by = cast["taskforce"]
    fresh = correct_visit(
        visit,
        as_recorded(visit, summary="查看台账四本。", participants="郝示例"),
        by=by,
        reason="数目有误",
    )
    assert fresh.summary == "查看台账四本。"
    [last, first] = told(fresh.corrections, to_staff=True)
    assert (first["before"], last["before"]) == (visit.participants, "查看台账五本。")
    assert [one["after"] for one in told(fresh.corrections)] == ["查看台账四本。"]
    row = trail_of(project).last()
    assert (row.step, row.reason) == ("correct", "数目有误")
    page = client_of(by).get(reverse("partybuilding:case", args=[project.pk])).text
    assert "查看台账五本。" in page
    assert "数目有误" in page
    notice = Notice.objects.filter(recipient=cast["applicant"]).order_by("-pk").first()
    assert "查看台账五本。 → 查看台账四本。" in notice.body
    assert "郝示例" not in notice.body


def test_a_corrected_day_moves_the_activity_and_its_checks_are_replaced(
    cast: Cast, project: Project, time_machine: Any
) -> None:
    visit = make_visit(project, cast)
    time_machine.move_to(timezone.now() + timedelta(days=2), tick=False)
    day = visit.held_on + DAY
    said = as_recorded(visit, held_on=day, checks=checks_of(project, "behind"))
    correct_visit(visit, said, by=cast["taskforce"], reason="日期和进度填错")
    visit.activity.refresh_from_db()
    assert visit.activity.done_on == day
    assert set(visit.checks.values_list("found", flat=True)) == {"behind"}


@pytest.mark.parametrize(
    ("changed", "reason", "words"),
    [
        ({}, "有误", "内容没有变化"),
        ({"summary": "新的内容"}, " ", "请填写理由"),
        ({"summary": "新的内容"}, "电话13896000000", "手机号"),
        ({"summary": " "}, "有误", "请填写"),
        ({"checks": ()}, "有误", "至少核对一项"),
    ],
)
def test_a_correction_of_a_visit_says_what_is_wrong(
    cast: Cast, project: Project, changed: dict[str, Any], reason: str, words: str
) -> None:
    visit = make_visit(project, cast)
    with pytest.raises(ConditionUnmet, match=words):
        correct_visit(visit, as_recorded(visit, **changed), by=cast["taskforce"], reason=reason)
    assert Visit.objects.get().corrections == []


def test_only_the_task_force_corrects(cast: Cast, project: Project) -> None:
    one = make_rectification("issued", cast, project)
    visit = one.activity.visit
    for role in ("applicant", "unit", "department"):
        with pytest.raises(NotYours):
            correct_visit(visit, as_recorded(visit), by=cast[role], reason="有误")
        with pytest.raises(NotYours):
            correct_finding(one, as_found(one), by=cast[role], reason="有误")


def test_a_finding_due_far_ahead_is_refused_and_a_mistyped_one_is_corrected(
    cast: Cast, project: Project
) -> None:
    last = latest_deadline(project.cycle, timezone.localdate())
    activity, by = make_activity(project), cast["taskforce"]
    checks = checks_of(project)
    far = finding(rectify_by=last + DAY)
    with pytest.raises(ConditionUnmet, match="不能晚于"):
        record_visit(activity, visit_note(far, checks=checks), by=by)
    record_visit(activity, visit_note(finding(rectify_by=last), checks=checks), by=by)
    one = Rectification.objects.get()
    fresh = correct_finding(one, as_found(one, rectify_by=later_day(9)), by=by, reason="期限填错")
    assert fresh.rectify_by == fresh.first_deadline == fresh.due_on == later_day(9)
    [change] = told(fresh.corrections)
    assert change["before"] == last.isoformat()


def test_a_corrected_deadline_lies_ahead_and_inside_the_year(cast: Cast, project: Project) -> None:
    one = make_rectification("issued", cast, project)
    last = latest_deadline(project.cycle, timezone.localdate())
    for day in (later_day(0), last + DAY):
        with pytest.raises(ConditionUnmet):
            correct_finding(one, as_found(one, rectify_by=day), by=cast["taskforce"], reason="误")
    one = take_rectification(one, "report_done", cast)
    later = as_found(one, rectify_by=later_day(20))
    with pytest.raises(ConditionUnmet, match="只能在待整改时更正"):
        correct_finding(one, later, by=cast["taskforce"], reason="误")


def test_lateness_stays_when_a_deadline_is_corrected_after_it_passed(
    cast: Cast, project: Project, time_machine: Any
) -> None:
    one = make_rectification("issued", cast, project, days=2)
    first = one.first_deadline
    time_machine.move_to(timezone.now() + timedelta(days=5), tick=False)
    fresh = correct_finding(
        one, as_found(one, rectify_by=later_day(5)), by=cast["taskforce"], reason="期限过紧"
    )
    assert (fresh.first_deadline, fresh.days_late()) == (first, 3)


def test_a_sent_back_report_gets_no_deadline_outside_the_year(cast: Cast, project: Project) -> None:
    one = make_rectification("reported", cast, project)
    last = latest_deadline(project.cycle, timezone.localdate())
    with pytest.raises(ConditionUnmet, match="不能晚于"):
        take_rectification(one, "send_back", cast, data={"rectify_by": (last + DAY).isoformat()})
    data = {"rectify_by": last.isoformat()}
    assert take_rectification(one, "send_back", cast, data=data).rectify_by == last


def test_at_the_very_end_of_a_year_a_finding_still_gets_its_usual_time(
    cast: Cast, project: Project, time_machine: Any
) -> None:
    cycle = project.cycle
    usual = latest_deadline(cycle, cycle.ends_on)
    assert usual > cycle.ends_on
    assert latest_deadline(cycle, cycle.starts_on) == cycle.ends_on


def test_a_withdrawn_finding_stays_readable_and_counts_nowhere(
    cast: Cast, project: Project
) -> None:
    one = make_rectification("issued", cast, project)
    one = take_rectification(one, "withdraw", cast)
    assert (one.state, one.due_on, one.days_late()) == ("withdrawn", None, 0)
    total = total_of_rectifications(rectification_figures(Rectification.objects.all(), "project"))
    assert (total.found, total.open, total.late) == (0, 0, 0)
    assert one.activity.is_closed
    page = client_of(cast["taskforce"]).get(reverse("partybuilding:rectification", args=[one.pk]))
    assert "已撤销，公开理由：经核实，台账当日已更新。" in page.text
    with pytest.raises(Frozen):
        correct_finding(one, as_found(one, finding="别的"), by=cast["taskforce"], reason="误")
    with pytest.raises(WrongState):
        move(one, "verify", by=cast["taskforce"])


def test_a_finding_is_withdrawn_with_a_reason_by_the_task_force_alone(
    cast: Cast, project: Project
) -> None:
    one = make_rectification("issued", cast, project)
    with pytest.raises(ConditionUnmet):
        move(one, "withdraw", by=cast["taskforce"])
    with pytest.raises(NotYours):
        move(one, "withdraw", by=cast["applicant"], reason="没有此事")


def test_both_are_corrected_on_screens(cast: Cast, project: Project) -> None:
    one = make_rectification("issued", cast, project)
    client = client_of(cast["taskforce"])
    address = reverse("partybuilding:visit_correct", args=[one.activity_id])
    assert address in client.get(reverse("partybuilding:activity", args=[one.activity_id])).text
    form = client.get(address).context["form"]
    data = {field.html_name: field.value() or "" for field in form}
    answer = client.post(address, {**data, "summary": "另有一事。", "reason": "漏记"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Visit.objects.get().summary == "另有一事。"
    address = reverse("partybuilding:rectification_correct", args=[one.pk])
    assert address in client.get(reverse("partybuilding:rectification", args=[one.pk])).text
    form = client.get(address).context["form"]
    data = {field.html_name: field.value() or "" for field in form}
    far = {**data, "rectify_by": "2036-01-01", "reason": "期限有误"}
    assert client.post(address, far).context["form"].errors["rectify_by"]
    answer = client.post(address, {**data, "finding": "台账缺页。", "reason": "表述有误"})
    assert answer.status_code == 302, answer.context["form"].errors
    one.refresh_from_db()
    assert one.finding == "台账缺页。"
    for role in ("unit", "department"):
        assert client_of(cast[role]).get(address).status_code == 404


@pytest.mark.parametrize("kind", ["site", "observation"])
def test_a_visit_on_which_nothing_was_checked_is_not_recorded_as_held(
    cast: Cast, project: Project, kind: str
) -> None:
    activity = make_activity(project, kind)
    for checks in ((), checks_of(project, "not_seen")):
        with pytest.raises(ConditionUnmet, match="至少核对一项公开承诺"):
            record_visit(activity, visit_note(checks=checks), by=cast["taskforce"])
    record_visit(activity, visit_note(checks=checks_of(project)[:1]), by=cast["taskforce"])
    activity.refresh_from_db()
    assert activity.done_on is not None


def test_a_dispatch_needs_no_checks(cast: Cast, project: Project) -> None:
    record_visit(make_activity(project, "dispatch"), visit_note(), by=cast["taskforce"])
