"""Runs: computed from what is handed in, overridden with reasons, frozen, noticed, announced all at once."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.refusals import (
    ConditionUnmet,
    Frozen,
    NotYours,
    Overtaken,
    Refusal,
)
from partybuilding.core.selectors import faults_of_trail
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.arithmetic.canonical import root_of
from partybuilding.evaluation.models import Award, DailyRating, Run, ScoreSheet
from partybuilding.evaluation.selectors.comparing import changes, comparison, judging_of
from partybuilding.evaluation.selectors.results import Reading
from partybuilding.evaluation.services import compute, object_to, override, record_absence
from partybuilding.evaluation.services.running import faults_now
from partybuilding.evaluation.states import SheetState
from partybuilding.projects.models import Project
from tests.factories.evaluation import Judged, judge, make_run, make_year, score

pytestmark = pytest.mark.django_db


def after_the_comment(run: Run) -> time_machine.travel:
    last = run.notice_ends_on
    assert last is not None
    moment = timezone.now() + (last - timezone.localdate()) + timedelta(days=1)
    return time_machine.travel(moment, tick=False)


def noticed(year: Judged, run: Run) -> Run:
    return move(move(run, "fix", by=year.department), "open_comment", by=year.department)


def test_grades_points_and_money_follow_from_the_sheets() -> None:
    year, run = make_run()
    reading = Reading(run)
    assert [line.project for line in reading.lines] == year.projects
    assert [str(line.grade or "") for line in reading.lines] == ["一等", "二等", "二等", ""]
    assert run.result["yuan"] == 18_000
    assert (run.number, run.state) == (1, "computed")


def test_nothing_of_a_run_names_anybody() -> None:
    year, run = make_run()
    told = str(run.inputs) + str(run.result)
    for project in year.projects:
        assert project.title not in told
        assert str(project.code) not in told
    for person in (*year.experts, *(cast["applicant"] for cast in year.casts)):
        assert person.get_full_name() not in told


def test_what_is_missing_is_named_all_at_once() -> None:
    year = make_year()
    judge(year)
    sheet = ScoreSheet.objects.of_experts().first()
    move(sheet, "reopen", by=year.department, reason="请复核。")
    DailyRating.objects.filter(project=year.projects[3], side="unit").delete()
    with pytest.raises(ConditionUnmet) as told:
        compute(year.cycle, by=year.department)
    assert [str(one) for one in told.value.sentences] == [f"“{sheet.project.title}”缺1张评分表。"]
    assert [str(one) for one in faults_now(year.cycle)] == [
        f"“{sheet.project.title}”缺1张评分表。",
        f"“{year.projects[3].title}”缺“日常了解”得分。",
    ]
    score(ScoreSheet.objects.get(pk=sheet.pk), "90")
    with pytest.raises(ConditionUnmet, match="缺“日常了解”得分"):
        compute(year.cycle, by=year.department)
    record_absence(year.projects[3], "daily", "归口单位撤并。", by=year.department)
    assert compute(year.cycle, by=year.department).number == 1


def test_a_withdrawn_expert_is_excused_and_the_run_goes_on() -> None:
    year = make_year()
    judge(year)
    sheet = ScoreSheet.objects.filter(kind="site").first()
    opened = move(sheet, "reopen", by=year.department, reason="专家因病退出。")
    move(opened, "excuse", by=year.department, reason="专家因病退出。")
    run = compute(year.cycle, by=year.department)
    (entry,) = [one for one in run.inputs["projects"] if one["missing_sheets"]]
    assert run.names[f"project:{sheet.project_id}"] == entry["id"]


def test_terminated_projects_are_not_in_the_run() -> None:
    year = make_year(projects=5)
    judge(year)
    move(year.projects[4], "terminate", by=year.department, reason="场地被依法征用。")
    assert len(compute(year.cycle, by=year.department).rows) == 4


def test_grades_against_the_ranking_need_a_reason_and_keep_the_places() -> None:
    year, run = make_run()
    first, second = (line.name for line in Reading(run).lines[:2])
    with pytest.raises(ConditionUnmet, match="理由"):
        override(run, {second: "first"}, "。", by=year.department)
    with pytest.raises(ConditionUnmet, match="名额为1个"):
        override(run, {second: "first"}, "群众反响好。", by=year.department)
    with pytest.raises(NotYours):
        override(run, {second: "first"}, "群众反响好。", by=year.task_force)
    changed = override(run, {second: "first", first: "second"}, "群众反响好。", by=year.department)
    lines = {line.name: line for line in Reading(changed).lines}
    assert (str(lines[second].grade), lines[second].rank) == ("一等", 2)
    assert lines[second].override["reason"] == "群众反响好。"
    back = override(changed, {second: "second", first: "first"}, "按排名。", by=year.department)
    assert (back.overrides, back.result) == ([], run.result)


def test_a_frozen_run_is_not_overridden_and_not_computed_again() -> None:
    year, run = make_run()
    frozen = move(run, "fix", by=year.department)
    assert frozen.digest == frozen.digest_now()
    seals = ScoreSheet.objects.locked().values_list("seal", flat=True)
    assert (frozen.seals_root, frozen.seals_count) == (root_of(seals), len(seals))
    with pytest.raises(Frozen):
        override(frozen, {frozen.rows[0]["project"]: ""}, "群众反响好。", by=year.department)
    with pytest.raises(Frozen):
        compute(year.cycle, by=year.department)


def test_what_changed_since_is_computed_anew_before_it_is_frozen() -> None:
    year, run = make_run()
    DailyRating.objects.filter(project=year.projects[0]).update(points=Decimal(60))
    with pytest.raises(Overtaken):
        move(run, "fix", by=year.department)
    again = compute(year.cycle, by=year.department)
    run.refresh_from_db()
    assert (again.number, run.state) == (2, "discarded")
    assert again.names == run.names
    found = changes(Reading(run), Reading(again))
    assert year.projects[0] in {one.project for one in found}
    assert move(again, "fix", by=year.department).state == "frozen"


def test_a_run_that_was_altered_in_the_database_is_not_opened_to_comment() -> None:
    year, run = make_run()
    frozen = move(run, "fix", by=year.department)
    result = {**frozen.result, "yuan": 1}
    Run.objects.filter(pk=run.pk).update(result=result)
    with pytest.raises(ConditionUnmet, match="不一致"):
        move(Run.objects.get(pk=run.pk), "open_comment", by=year.department)


def test_the_comment_lasts_the_working_days_of_the_rules() -> None:
    year, run = make_run()
    run = noticed(year, run)
    today = timezone.localdate()
    assert run.notice_opens_on == add_working_days(today, 1)
    assert run.notice_ends_on == add_working_days(today, year.cycle.evaluation.notice_days)


@pytest.mark.parametrize(("days", "announced"), [(-1, False), (0, False), (1, True)])
def test_it_is_announced_the_day_after_the_last_day_of_comment(days: int, announced: bool) -> None:
    year, run = make_run()
    run = noticed(year, run)
    last = run.notice_ends_on
    assert last is not None
    moment = timezone.now() + (last - timezone.localdate()) + timedelta(days=days)
    with time_machine.travel(moment, tick=False):
        if announced:
            assert move(run, "announce", by=year.department).state == "announced"
        else:
            with pytest.raises(ConditionUnmet, match="公示期"):
                move(run, "announce", by=year.department)


def test_announcing_grades_every_project_gives_awards_and_announces_the_year() -> None:
    year, run = make_run()
    run = noticed(year, run)
    with after_the_comment(run):
        move(run, "announce", by=year.department)
    rows = Project.objects.filter(cycle=year.cycle).order_by("code")
    assert [str(one.grade_class or "") for one in rows] == ["一等", "二等", "二等", ""]
    assert {one.state for one in rows} == {"graded"}
    assert Cycle.objects.get(pk=year.cycle.pk).state == "announced"
    assert sorted(Award.objects.values_list("yuan", flat=True)) == [5000, 5000, 8000]
    assert list(faults_of_trail()) == []


def test_an_open_objection_keeps_the_results_from_being_announced() -> None:
    year, run = make_run()
    run = noticed(year, run)
    objection = object_to(run, name="王示例", contact="电话", text="材料与现场情况不一致。")
    with after_the_comment(run), pytest.raises(ConditionUnmet, match="1件异议"):
        move(run, "announce", by=year.department)
    examined = move(objection, "examine", by=year.department)
    move(examined, "dismiss", by=year.department, reason="经现场核查，材料与情况一致。")
    with after_the_comment(run):
        assert move(run, "announce", by=year.department).state == "announced"


def test_if_one_project_cannot_be_graded_none_is() -> None:
    year, run = make_run()
    run = noticed(year, run)
    move(year.projects[3], "return_results", by=year.department, reason="补充数据。")
    with after_the_comment(run), pytest.raises(Refusal, match=r"不能|无法|评定"):
        move(run, "announce", by=year.department)
    assert not Project.objects.filter(grade_class__isnull=False).exists()
    assert not Award.objects.exists()
    assert Run.objects.get(pk=run.pk).state == "noticed"


def test_no_project_and_no_year_passes_by_the_run() -> None:
    year, _run = make_run()
    with pytest.raises(ConditionUnmet, match="统一评定"):
        move(year.projects[0], "grade", by=year.department, data={"grade": "first"})
    with pytest.raises(ConditionUnmet, match="一并公布"):
        move(year.cycle, "announce", by=year.department)


def test_methods_are_compared_and_judges_told_to_the_department() -> None:
    year, run = make_run()
    reading = Reading(run)
    assert [len(row.found) for row in comparison(reading)] == [5] * 4
    told = judging_of(reading)
    assert {one.judge for one in told} == {one.get_full_name() for one in year.experts}
    assert sum(one.sheets for one in told) == ScoreSheet.objects.of_experts().count()
    assert SheetState.LOCKED in set(ScoreSheet.objects.values_list("state", flat=True))
