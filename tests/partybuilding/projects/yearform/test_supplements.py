"""A part besides the application can be added to in an open year, by two officers, until somebody answers it."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.models import Notice
from partybuilding.core.selectors import last_entry
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.services import start_next_year
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.notices import owners_of
from partybuilding.evaluation.services import give_statement, save_sheet
from partybuilding.projects.models import Project, SheetCorrection, SheetDraft
from partybuilding.projects.services import save_results
from partybuilding.projects.yearform.blocks import supplement_block
from partybuilding.projects.yearform.correcting import confirm, drop, supplement
from partybuilding.projects.yearform.services import save_form
from partybuilding.projects.yearform.supplements import open_purposes
from partybuilding.supervision.models import Activity
from partybuilding.supervision.services import record_meeting, record_visit
from tests.factories import (
    Cast,
    make_cast,
    make_cycle,
    make_person,
    make_project,
    open_cycle,
)
from tests.factories.column import make_page
from tests.factories.evaluation import Judged, hold_draw, make_year
from tests.factories.screens import client_of
from tests.factories.spread import forge_state
from tests.factories.supervision import checks_of, make_activity, visit_note
from tests.factories.yearform import Block, block, delivered_with, key, part_for, use, when
from tests.partybuilding.projects.yearform.conftest import open_it
from tests.partybuilding.projects.yearform.test_screens import _stream

pytestmark = pytest.mark.django_db
REASON = "上级新增统计口径。"
HELD = block("yes_no", "是否形成制度", required=True)
NAMED = block("text", "制度名称", required=True, when=[when("是否形成制度", "是")])
SPENT = block("number", "实际投入", unit="万元", places=2)


@pytest.fixture
def cast() -> Cast:
    """A year whose form asks one question of the results and nothing else besides."""
    cast = make_cast(cycle=make_cycle())
    save_form(cast.cycle, [*delivered_with(), part_for("results", HELD)], by=cast["department"])
    cast.cycle = open_it(cast.cycle, cast)
    return cast


@pytest.fixture
def project(cast: Cast) -> Project:
    return Project.objects.get(pk=make_page("implementing", cast).project_id)


@pytest.fixture
def second() -> Any:
    return make_person(Role.DEPARTMENT)


def proposed(cast: Cast, *parts: Block) -> SheetCorrection:
    return supplement(cast.cycle, list(parts), by=cast["department"], reason=REASON)


def labels(sheet: Any) -> list[str]:
    return [str(one.label) for one in sheet.questions.values()]


def test_two_officers_add_and_whoever_still_reports_is_asked_and_told(
    cast: Cast, project: Project, second: Any
) -> None:
    waiting = proposed(cast, part_for("results", NAMED, SPENT, label="不算数"))
    assert labels(Project.objects.get(pk=project.pk).year_sheet.of("results")) == ["是否形成制度"]
    with pytest.raises(NotYours):
        confirm(waiting, by=cast["department"])
    version = confirm(waiting, by=second)
    now = Project.objects.get(pk=project.pk)
    assert now.results_version == version
    assert labels(now.year_sheet.of("results")) == ["是否形成制度", "制度名称", "实际投入"]
    assert str(now.year_sheet.part("results").label) == "成果填报"
    asked = now.year_sheet.questions[key(NAMED)]
    assert {one.of for one in asked.when} == {key(HELD)}
    assert now.sheet_version_id != version.pk, "what was handed in keeps its own"
    entry = last_entry(cast.cycle, "supplement_form")
    assert (entry.reason, entry.by) == (REASON, second)
    assert entry.data["added"] == {"results": ["制度名称", "实际投入"]}
    told = Notice.objects.get(recipient=cast["applicant"], subject__contains="成果填报")
    assert "制度名称、实际投入" in told.body
    year = client_of(second).get(reverse("partybuilding:cycle", args=[cast.cycle.pk])).text
    assert "增补年度填报项" in year


def test_the_next_year_begins_with_it(cast: Cast, second: Any) -> None:
    confirm(proposed(cast, part_for("results", SPENT)), by=second)
    following = start_next_year(cast.cycle, by=cast["department"])
    assert key(SPENT) in str(SheetDraft.objects.get(cycle=following).content)


def test_a_year_on_the_delivered_form_gets_its_first_part(second: Any) -> None:
    cast = make_cast(cycle=open_cycle())
    project = Project.objects.get(pk=make_page("implementing", cast).project_id)
    note = visit_note(checks=checks_of(project))
    assert open_purposes(cast.cycle) == dict.fromkeys(("results", "visit", "expert", "peer"), True)
    confirm(proposed(cast, part_for("visit", HELD, label="查看内容")), by=second)
    assert len(told_of(cast["taskforce"], "督导查看清单")) == 1, "nobody goes yet, so all may"
    activity = make_activity(project)
    with pytest.raises(ConditionUnmet, match="“是否形成制度”尚未填写"):
        record_visit(activity, note, by=cast["taskforce"])
    answered = visit_note(checks=checks_of(project), answers={key(HELD): True})
    visit = record_visit(activity, answered, by=cast["taskforce"])
    assert str(visit.checklist.parts[0].label) == "查看内容"
    assert Project.objects.get(pk=project.pk).sheet_version is None


def told_of(person: Any, words: str) -> list[str]:
    """Return what somebody was told of a part, by the words of its subject."""
    found = Notice.objects.filter(recipient=person, subject__contains=words)
    return [one.body for one in found if "新增：" in one.body]


def test_whoever_goes_on_visits_is_told_what_is_asked_besides(cast: Cast, second: Any) -> None:
    other, away = make_person(Role.TASK_FORCE), make_person(Role.TASK_FORCE)
    for state, officer in (("implementing", cast["taskforce"]), ("terminated", away)):
        make_activity(make_project(state, cast), officer=officer)
    make_activity(make_project("implementing", cast), "observation", officer=other)
    make_activity(make_project("implementing", cast), "dispatch", officer=away)
    Activity.objects.filter(officer=None).delete()
    confirm(proposed(cast, part_for("visit", NAMED_FREE)), by=second)
    assert (
        len(told_of(cast["taskforce"], "督导查看清单")) == len(told_of(other, "督导查看清单")) == 1
    )
    assert told_of(away, "督导查看清单") == []
    assert REASON in told_of(other, "督导查看清单")[0]


def test_visits_without_an_officer_are_everybodys(
    cast: Cast, project: Project, second: Any
) -> None:
    other = make_person(Role.TASK_FORCE)
    make_activity(project, officer=None)
    confirm(proposed(cast, part_for("visit", NAMED_FREE)), by=second)
    assert [len(told_of(one, "督导查看清单")) for one in (cast["taskforce"], other)] == [1, 1]


@pytest.mark.parametrize(("kind", "words"), [("expert", "专家评审"), ("peer", "互评")])
def test_whoever_has_sheets_to_score_is_told_what_is_asked_besides(kind: str, words: str) -> None:
    year = make_year()
    hold_draw(year)
    hold_draw(year, "peers")
    sheets = ScoreSheet.objects.filter(cycle=year.cycle)
    mine = sheets.of_peers() if kind == "peer" else sheets.of_experts()
    others = sheets.of_experts() if kind == "peer" else sheets.of_peers()
    waiting = supplement(year.cycle, [part_for(kind, HELD)], by=year.department, reason=REASON)
    confirm(waiting, by=make_person(Role.DEPARTMENT))
    people = {one for sheet in mine for one in owners_of(sheet)}
    strangers = {one for sheet in others for one in owners_of(sheet)} - people
    assert people
    assert all(len(told_of(one, words)) == 1 for one in people)
    assert not any(told_of(one, words) for one in strangers)


def begin_summary(project: Project, cast: Cast) -> None:
    save_results(project, by=cast["applicant"], summary="装灯12盏。", explanations={})


def begin_answer(project: Project, cast: Cast) -> None:
    save_results(
        project, by=cast["applicant"], summary="", explanations={}, answers={key(HELD): True}
    )


def begin_explanation(project: Project, cast: Cast) -> None:
    said = {project.commitments.first().pk: "天气原因。"}
    save_results(project, by=cast["applicant"], summary="", explanations=said)


def hand_in(project: Project, cast: Cast) -> None:
    forge_state(project, "results_submitted")


@pytest.mark.parametrize("begin", [begin_summary, begin_answer, begin_explanation, hand_in])
def test_results_that_somebody_has_begun_are_not_added_to(
    begin: Any, cast: Cast, project: Project, second: Any
) -> None:
    waiting = proposed(cast, part_for("results", SPENT))
    begin(project, cast)
    assert open_purposes(cast.cycle)["results"] is False
    before = Project.objects.get(pk=project.pk).results_version_id
    with pytest.raises(ConditionUnmet, match="“成果填报”已有人开始填写"):
        confirm(waiting, by=second)
    assert Project.objects.get(pk=project.pk).results_version_id == before
    assert SheetCorrection.objects.get().closed_at is None
    drop(waiting, by=second)
    with pytest.raises(ConditionUnmet, match="“成果填报”已有人开始填写"):
        proposed(cast, part_for("visit", NAMED_FREE), part_for("results", SPENT))
    assert proposed(cast, part_for("visit", NAMED_FREE)).pk


NAMED_FREE = block("text", "查看地点")


def test_a_recorded_visit_closes_the_checklist_and_a_dispatch_does_not(
    cast: Cast, project: Project
) -> None:
    meeting = make_activity(project, "dispatch")
    told = {"held_on": timezone.localdate(), "participants": "负责人", "summary": "逐项调度。"}
    (outcome,) = record_meeting([meeting], by=cast["taskforce"], **told)
    assert (outcome.refusal, open_purposes(cast.cycle)["visit"]) == ("", True)
    note = visit_note(checks=checks_of(project))
    record_visit(make_activity(project), note, by=cast["taskforce"])
    assert open_purposes(cast.cycle)["visit"] is False
    with pytest.raises(ConditionUnmet, match="“督导查看清单”已有人开始填写"):
        proposed(cast, part_for("visit", NAMED_FREE))


@pytest.fixture
def judged() -> Judged:
    year = make_year()
    use(year.cycle, part_for("peer", HELD))
    hold_draw(year)
    hold_draw(year, "peers")
    return year


def test_sheets_that_are_laid_out_are_asked_until_one_is_begun(judged: Judged, second: Any) -> None:
    cycle, by = judged.cycle, judged.department
    said = block("long", "总体评价", required=True)
    confirm(supplement(cycle, [part_for("expert", said)], by=by, reason=REASON), by=second)
    assert {str(labels(one.form)) for one in ScoreSheet.objects.of_experts()} == {"['总体评价']"}
    assert {str(labels(one.form)) for one in ScoreSheet.objects.of_peers()} == {"['是否形成制度']"}
    sheet = ScoreSheet.objects.of_experts().first()
    assert sheet is not None
    give_statement(cycle, by=sheet.judge)
    save_sheet(sheet, {}, by=sheet.judge)
    assert open_purposes(cycle) == {"results": False, "visit": True, "expert": False, "peer": True}
    with pytest.raises(ConditionUnmet, match="“专家评审意见”已有人开始填写"):
        supplement(cycle, [part_for("expert", NAMED_FREE)], by=by, reason=REASON)
    waiting = supplement(cycle, [part_for("peer", NAMED_FREE)], by=by, reason=REASON)
    peer = ScoreSheet.objects.of_peers().first()
    assert peer is not None
    cast = next(one for one in judged.casts if one.organization == peer.reviewer)
    save_sheet(peer, {}, by=cast["applicant"], answers={key(HELD): True})
    with pytest.raises(ConditionUnmet, match="“互评意见”已有人开始填写"):
        confirm(waiting, by=second)
    assert labels(ScoreSheet.objects.of_peers().first().form) == ["是否形成制度"]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([], "没有增补任何填报项"),
        ([part_for("results")], "没有增补任何填报项"),
        ([part_for("expert", block("person", "联系人"))], "不能设置“联系人”"),
        ([part_for("results", block("text", "居民身份证号"))], "身份证"),
        ([part_for("peer", NAMED)], "是否形成制度"),
        ([part_for("results", HELD)], "提交的内容不完整"),
        ([part_for("results", *(block("text", f"第{n}项") for n in range(12)))], "超过12个"),
    ],
)
def test_what_is_wrong_with_it_is_said(parts: list[Block], words: str, cast: Cast) -> None:
    with pytest.raises(ConditionUnmet) as refused:
        proposed(cast, *parts)
    assert words in str(refused.value)
    assert not SheetCorrection.objects.exists()


def test_when_nothing_is_added(cast: Cast, second: Any) -> None:
    part = part_for("results", SPENT)
    with pytest.raises(ConditionUnmet, match="理由"):
        supplement(cast.cycle, [part], by=cast["department"], reason=" ")
    with pytest.raises(NotYours):
        supplement(cast.cycle, [part], by=cast["taskforce"], reason=REASON)
    waiting = proposed(cast, part)
    with pytest.raises(ConditionUnmet, match="待"):
        proposed(cast, part)
    drop(waiting, by=cast["department"])
    with pytest.raises(Frozen):
        supplement(make_cycle(), [part], by=cast["department"], reason=REASON)
    waiting = proposed(cast, part)
    move(cast.cycle, "take_back_opening", by=cast["department"], reason="方案要调整。")
    with pytest.raises(Frozen):
        confirm(waiting, by=second)
    for state in ("announced", "closed"):
        over = open_cycle()
        assert open_purposes(over)["expert"]
        forge_state(over, state)
        over.refresh_from_db()
        assert open_purposes(over) == {}
        with pytest.raises(Frozen, match="结果已公布"):
            supplement(over, [part], by=cast["department"], reason=REASON)


def test_the_screens_lead_through_it(cast: Cast, project: Project, second: Any) -> None:
    officer, other = client_of(cast["department"]), client_of(second)
    form = reverse("partybuilding:year_form", args=[cast.cycle.pk])
    place = reverse("partybuilding:year_form_supplement", args=[cast.cycle.pk])
    assert place in officer.get(form).text
    assert place not in client_of(cast["taskforce"]).get(form).text
    page = officer.get(place).text
    assert ("拟增补的填报项" in page, "telepath" in page) == (True, True)
    part = part_for("results", SPENT)
    del part["value"]["label"], part["value"]["help"]
    sent = dict(_stream("added", supplement_block({"results": True}), [part]))
    refused = officer.post(place, {**sent, "reason": ""})
    assert "实际投入" in refused.text or "\\u5b9e\\u9645" in refused.text
    assert not SheetCorrection.objects.exists()
    assert officer.post(place, {**sent, "reason": REASON}).status_code == 302
    mine, theirs = officer.get(form).text, other.get(form).text
    for words in (REASON, "拟在“成果填报”中增补", "实际投入"):
        assert words in mine
        assert words in theirs
    assert ('value="confirm"' in mine, 'value="confirm"' in theirs) == (False, True)
    close = reverse("partybuilding:year_form_close", args=[cast.cycle.pk])
    done = other.post(close, {"act": "confirm"}, follow=True).text
    assert "填报项已增补" in done
    assert key(SPENT) in Project.objects.get(pk=project.pk).year_sheet.questions
    begin_summary(project, cast)
    for purpose in ("visit", "expert", "peer"):
        assert f'"{purpose}"' in officer.get(place).text.replace("&quot;", '"')
    assert '"results"' not in officer.get(place).text.replace("&quot;", '"')
