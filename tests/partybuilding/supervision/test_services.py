"""What is written: the calendar that follows a project, the plan, records, pictures, and who is told."""

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.models import Attachment, Notice
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects.models import Project
from partybuilding.supervision.models import Activity, Rectification, Visit, VisitCheck
from partybuilding.supervision.services import (
    add_pictures,
    draw_up,
    draw_up_year,
    plan_many,
    record_meeting,
    record_visit,
)
from tests.factories import Cast, make_cast, make_person, make_project
from tests.factories.pictures import photograph
from tests.factories.projects import INPUTS, take
from tests.factories.supervision import (
    checks_of,
    finding,
    make_activity,
    make_rectification,
    make_visit,
    take_rectification,
    visit_note,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return make_project("implementing", cast)


def calendar(project: Project) -> list[tuple[str, int, int]]:
    rows = Activity.objects.filter(project=project).order_by("due_on", "kind")
    return list(rows.values_list("kind", "year", "quarter"))


def photo(name: str = "现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photograph(size=(60, 40)))


def told(user: Any) -> list[str]:
    return list(Notice.objects.to(user).order_by("pk").values_list("subject", flat=True))


# The calendar


def test_publication_draws_the_calendar_up_once(cast: Cast, project: Project) -> None:
    every = calendar(project)
    # From May 2025 to December 2026: seven quarters, four half-years.
    assert len(every) == 7 * 3 + 4
    assert every[:4] == [
        ("dispatch", 2025, 2),
        ("notice", 2025, 2),
        ("observation", 2025, 2),
        ("site", 2025, 2),
    ]
    assert draw_up(project) == 0
    assert calendar(project) == every


def test_what_was_not_published_has_no_calendar(cast: Cast) -> None:
    project = make_project("commitments_submitted", cast)
    assert draw_up(project) == 0
    assert calendar(project) == []


def test_a_year_is_completed_by_the_task_force_and_by_a_command(
    cast: Cast, project: Project
) -> None:
    every = calendar(project)
    Activity.objects.filter(project=project, quarter=3).delete()
    with pytest.raises(NotYours):
        draw_up_year(cast.cycle, by=cast["department"])
    assert draw_up_year(cast.cycle, by=cast["taskforce"]) == 6
    Activity.objects.filter(project=project, kind="site", year=2026).delete()
    out = StringIO()
    call_command("plan_supervision", cast.cycle.year, stdout=out)
    assert "4 activities added" in out.getvalue()
    assert calendar(project) == every
    with pytest.raises(CommandError, match="no programme year 1999"):
        call_command("plan_supervision", 1999)


def test_the_last_day_follows_the_arrangement_of_holidays(project: Project) -> None:
    undone, held = Activity.objects.filter(project=project, kind="site").order_by("due_on")[:2]
    right = undone.due_on
    Activity.objects.filter(pk__in=[undone.pk, held.pk]).update(due_on=date(2025, 6, 1))
    Activity.objects.filter(pk=held.pk).update(done_on=date(2025, 5, 20))
    assert draw_up(project) == 0
    undone.refresh_from_db()
    held.refresh_from_db()
    assert (undone.due_on, held.due_on) == (right, date(2025, 6, 1))


def test_a_terminated_project_gets_no_further_ones_and_keeps_what_was_not_held(
    cast: Cast, project: Project
) -> None:
    every = calendar(project)
    make_visit(project, cast, kind="dispatch")
    written = Activity.objects.filter(project=project, year=2026).first()
    _protect(written, project)
    move(
        Project.objects.get(pk=project.pk),
        "terminate",
        by=cast["department"],
        reason="场地被征用。",
    )
    left = Activity.objects.filter(project=project).select_related("project")
    kinds = {(one.kind, one.quarter, one.year): one.stands().value for one in left}
    assert kinds == {
        ("dispatch", 2, 2025): "held",
        ("site", 2, 2025): "not_held",
        ("notice", 2, 2025): "not_held",
        ("observation", 2, 2025): "not_held",
        (written.kind, written.quarter, 2026): "not_held",
    }
    assert draw_up(Project.objects.get(pk=project.pk)) == 0
    move(Project.objects.get(pk=project.pk), "reopen", by=cast["department"], reason="场地已落实。")
    assert calendar(project) == every


def _protect(activity: Activity, project: Project) -> None:
    day = timezone.localdate()
    Rectification.objects.create(
        project=project,
        activity=activity,
        finding="甲",
        requirement="乙",
        first_deadline=day,
        rectify_by=day,
    )


# The plan


def test_day_and_officer_are_set_for_many_each_with_its_result(
    cast: Cast, project: Project
) -> None:
    other = make_person(Role.TASK_FORCE)
    site, dispatch = make_activity(project), make_activity(project, "dispatch")
    held = make_visit(project, cast, kind="observation").activity
    day = timezone.localdate() + timedelta(days=7)
    rows = [site, held, dispatch]
    outcomes = plan_many(rows, by=cast["taskforce"], planned_on=day, officer=other)
    assert [(one.ok, one.refusal) for one in outcomes] == [
        (True, ""),
        (False, "该项督导已经开展。"),
        (True, ""),
    ]
    site.refresh_from_db()
    assert (site.planned_on, site.officer) == (day, other)
    assert told(other) == ["您有2项督导任务"]
    plan_many([site], by=cast["taskforce"], planned_on=day + timedelta(days=1))
    site.refresh_from_db()
    assert (site.planned_on, site.officer) == (day + timedelta(days=1), other)
    plan_many([site], by=other, officer=other)
    assert len(told(other)) == 1


def test_what_is_planned_anew_is_noted_with_before_and_after(cast: Cast, project: Project) -> None:
    site, day = make_activity(project), timezone.localdate() + timedelta(days=7)
    noted = trail_of(project).filter(step="replan")
    plan_many([site], by=cast["taskforce"], planned_on=day)
    plan_many([site], by=cast["taskforce"], planned_on=day)
    assert not noted.exists()
    plan_many([site], by=cast["taskforce"], officer=cast["taskforce"])
    row = noted.get()
    assert row.by == cast["taskforce"]
    assert row.data["from"] == day.isoformat()
    assert row.data["to"].startswith(f"{day.isoformat()} ")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 5, 12), "计划日期早于可开展的时间。"),
        (date(2025, 7, 1), "计划日期晚于最后期限6月30日。"),
    ],
)
def test_a_day_outside_its_time_is_refused(
    cast: Cast, project: Project, day: date, words: str
) -> None:
    outcome = plan_many([make_activity(project)], by=cast["taskforce"], planned_on=day)[0]
    assert outcome.refusal == words


def test_what_is_late_can_be_planned_still(cast: Cast, project: Project) -> None:
    late = make_activity(project, due_on=date(2025, 5, 1))
    assert plan_many([late], by=cast["taskforce"], planned_on=date(2025, 5, 20))[0].ok


def test_the_plan_is_the_task_forces(cast: Cast, project: Project) -> None:
    site = make_activity(project)
    with pytest.raises(NotYours):
        plan_many([site], by=cast["department"], planned_on=date(2025, 5, 20))
    with pytest.raises(ConditionUnmet):
        plan_many([site], by=cast["taskforce"])
    with pytest.raises(ConditionUnmet):
        plan_many([site], by=cast["taskforce"], officer=cast["unit"])
    move(project, "terminate", by=cast["department"], reason="场地被征用。")
    refused = plan_many([site], by=cast["taskforce"], officer=cast["taskforce"])[0]
    assert refused.refusal == "该项目不再开展督导。"


# Records


def test_a_visit_is_recorded_with_checks_pictures_and_findings(
    cast: Cast, project: Project
) -> None:
    commitment = project.commitments.get()
    note = visit_note(
        finding("台账未更新。", commitment=commitment.pk),
        finding("分工未上墙。"),
        checks=checks_of(project, "behind"),
        good_practice="每周一张纸。",
    )
    visit = record_visit(make_activity(project), note, by=cast["taskforce"], uploads=[photo()])
    activity = Activity.objects.get(pk=visit.activity_id)
    assert (activity.done_on, activity.officer) == (note.held_on, cast["taskforce"])
    assert [(check.commitment, check.found) for check in visit.checks.all()] == [
        (commitment, "behind")
    ]
    assert visit.attachments.get().purpose == "review"
    opened = list(activity.rectifications.order_by("pk"))
    assert [(one.finding, one.commitment_id, one.state) for one in opened] == [
        ("台账未更新。", commitment.pk, "issued"),
        ("分工未上墙。", None, "issued"),
    ]
    assert opened[0].due_on == opened[0].first_deadline == note.findings[0].rectify_by
    row = trail_of(project).last()
    assert (row.step, row.data["findings"], len(row.files)) == ("supervise", 2, 1)
    assert [row.step for row in trail_of(opened[0])] == ["issue"]
    assert told(cast["applicant"])[-1] == told(cast["unit"])[-1]
    assert told(cast["unit"])[-1].startswith("督导发现2个问题待整改：")


def test_what_was_not_looked_at_leaves_no_row(cast: Cast, project: Project) -> None:
    seen, *others = checks_of(project)
    unseen = [replace(one, found="not_seen") for one in others]
    make_visit(project, cast, checks=(seen, *unseen))
    assert [one.commitment_id for one in VisitCheck.objects.all()] == [seen.commitment]


def test_without_findings_only_the_organization_is_told(cast: Cast, project: Project) -> None:
    before = told(cast["unit"])
    make_visit(project, cast, kind="dispatch")
    assert told(cast["unit"]) == before
    assert told(cast["applicant"])[-1].startswith("调度已开展：")


UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"participants": " "}, "请填写参加人员。"),
    ({"summary": ""}, "请填写现场情况。"),
    ({"held_on": date(2025, 5, 14)}, "开展日期不能晚于今天。"),
    ({"held_on": date(2025, 3, 31)}, "该项督导应在5月13日及以后开展。"),
    ({"summary": "电话13800138000"}, "手机"),
    ({"good_practice": "电话13800138000"}, "手机"),
    ({"participants": "张三13800138000"}, "手机"),
]


def test_what_is_missing_or_may_not_be_public_is_refused(cast: Cast, project: Project) -> None:
    for given, words in UNFIT:
        with pytest.raises(ConditionUnmet) as refused:
            make_visit(project, cast, **given)
        assert words in str(refused.value)
    assert not Visit.objects.exists()
    assert not Activity.objects.exclude(done_on=None).exists()


UNFIT_FINDINGS: list[tuple[dict[str, Any], str]] = [
    ({"text": " "}, "问题1须填写具体问题和整改要求。"),
    ({"requirement": ""}, "问题1须填写具体问题和整改要求。"),
    ({"days": 0}, "问题1的整改时限须在今天以后。"),
    ({"commitment": 0}, "请选择本项目的承诺。"),
    ({"text": "身份证13800138000"}, "手机"),
]


def test_a_finding_is_complete_and_fit_to_be_read(cast: Cast, project: Project) -> None:
    for given, words in UNFIT_FINDINGS:
        with pytest.raises(ConditionUnmet) as refused:
            make_visit(project, cast, finding(**given))
        assert words in str(refused.value)
    assert not Rectification.objects.exists()


def test_an_unknown_answer_to_a_check_is_refused(cast: Cast, project: Project) -> None:
    with pytest.raises(ConditionUnmet, match="请逐项选择承诺的进展情况"):
        make_visit(project, cast, checks=checks_of(project, "splendid"))


def test_an_activity_is_recorded_once_and_a_notice_is_not_held(
    cast: Cast, project: Project
) -> None:
    make_visit(project, cast)
    with pytest.raises(Frozen):
        make_visit(project, cast)
    with pytest.raises(Frozen):
        make_visit(project, cast, kind="notice")


def test_only_the_task_force_records_and_never_its_own(cast: Cast, project: Project) -> None:
    site = make_activity(project)
    torn = make_person(Role.TASK_FORCE)
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    for person in (cast["department"], cast["unit"], torn):
        with pytest.raises(NotYours):
            record_visit(site, visit_note(), by=person)
    move(project, "terminate", by=cast["department"], reason="场地被征用。")
    with pytest.raises(NotYours):
        record_visit(site, visit_note(), by=cast["taskforce"])


def test_a_false_picture_leaves_nothing_behind(cast: Cast, project: Project) -> None:
    files = [photo(), SimpleUploadedFile("假.jpg", b"MZ not a picture")]
    with pytest.raises(UploadRefused):
        record_visit(
            make_activity(project, "dispatch"), visit_note(), by=cast["taskforce"], uploads=files
        )
    assert not Visit.objects.exists()
    assert not Attachment.objects.exists()


def test_pictures_can_follow_later(cast: Cast, project: Project) -> None:
    visit = make_visit(project, cast)
    with pytest.raises(NotYours):
        add_pictures(visit, [photo()], by=cast["department"])
    assert len(add_pictures(visit, [photo(), photo("二.jpg")], by=cast["taskforce"])) == 2
    assert [row.step for row in trail_of(project)][-2:] == ["supervise", "attach"]
    assert add_pictures(visit, [], by=cast["taskforce"]) == []


def test_one_meeting_is_recorded_for_many_projects(cast: Cast) -> None:
    projects = [make_project("implementing", cast, title=name) for name in ("甲", "乙")]
    rows = [make_activity(one, "dispatch") for one in projects]
    make_visit(projects[1], cast, kind="dispatch")
    outcomes = record_meeting(
        rows,
        by=cast["taskforce"],
        held_on=timezone.localdate(),
        participants="各项目书记",
        summary="对照承诺过进度。",
        remarks={rows[0].pk: "进度居前。"},
    )
    assert [one.ok for one in outcomes] == [True, False]
    assert outcomes[1].refusal == "该项督导已有记录。"
    visit = Visit.objects.get(activity=rows[0])
    assert visit.summary == "对照承诺过进度。\n进度居前。"


# Rectifications


def test_those_concerned_are_told_and_the_opinion_stays_with_the_staff(
    cast: Cast, project: Project
) -> None:
    one = make_rectification("reported", cast, project)
    one = take_rectification(one, "send_back", cast)
    one = take_rectification(one, "report_done", cast)
    take_rectification(one, "verify", cast)
    assert told(cast["taskforce"])[-2:] == ["整改待核查：台账更新不及时。"] * 2
    rest = ["整改被退回：台账更新不及时。", "问题已销号：台账更新不及时。"]
    assert told(cast["applicant"])[-2:] == told(cast["unit"])[-2:] == rest
    assert (
        Notice.objects.to(cast["applicant"]).latest("pk").body == "经工作专班核查，问题已整改到位。"
    )
    assert Notice.objects.to(cast["unit"]).latest("pk").body == "经核查整改到位。"


def test_the_whole_task_force_is_told_when_the_officer_has_left(
    cast: Cast, project: Project
) -> None:
    other = make_person(Role.TASK_FORCE)
    one = make_rectification("issued", cast, project)
    Activity.objects.filter(pk=one.activity_id).update(officer=None)
    take_rectification(Rectification.objects.get(pk=one.pk), "report_done", cast)
    assert told(other) == told(cast["taskforce"])[-1:] == ["整改待核查：台账更新不及时。"]


def test_evidence_belongs_to_both_sides(cast: Cast, project: Project) -> None:
    one = make_rectification("issued", cast, project)
    one = take_rectification(one, "report_done", cast, uploads=[photo()])
    assert one.attachments.get().purpose == "application"


def test_a_file_is_not_closed_while_a_finding_is_open(cast: Cast, project: Project) -> None:
    one = make_rectification("issued", cast, project)
    with time_machine.travel(timezone.now(), tick=False):
        for step in ("submit_results", "grade"):
            project = take(Project.objects.get(pk=project.pk), step, cast)
        with pytest.raises(ConditionUnmet) as refused:
            take(project, "archive", cast)
        assert "尚有1个问题未整改销号。" in refused.value.sentences
        for step in ("report_done", "verify"):
            one = take_rectification(one, step, cast)
        done = move(Project.objects.get(pk=project.pk), "archive", by=cast["department"])
    assert done.state == "archived"
    assert INPUTS["archive"][0] == "department"
