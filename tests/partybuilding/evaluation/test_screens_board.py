"""The board of progress, the department's sheets, what is missing, where experts differ; and the stages of the year."""

from functools import partial
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from partybuilding.core.services import move
from partybuilding.core.states import Role, Tone
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.desk import evaluation_lines
from partybuilding.evaluation.models import Absence, EvaluationRules, ScoreSheet
from partybuilding.evaluation.selectors.standing import standing_of
from partybuilding.evaluation.services import announce_draw, explain
from partybuilding.evaluation.services.running import faults_now
from partybuilding.evaluation.stages import next_of, stages_of
from partybuilding.evaluation.states import AWARDS, OBJECTIONS, RUNS, DrawKind, SheetState
from partybuilding.organizations.models import ExpertGroup
from partybuilding.organizations.services import appoint
from tests.factories import make_cast, make_person, open_cycle
from tests.factories.evaluation import (
    Judged,
    add_project,
    hold_draw,
    judge,
    make_awards,
    make_objections,
    make_run,
    make_runs,
    make_year,
    score,
    tomorrow,
)
from tests.factories.people import make_group
from tests.factories.screens import client_of, misled, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Judged:
    return make_year()


@pytest.fixture
def browser(year: Judged) -> Client:
    return client_of(year.department)


def at(name: str, *args: Any) -> str:
    return reverse(f"partybuilding:{name}", args=args)


def own(sheet: ScoreSheet) -> ScoreSheet:
    return ScoreSheet.objects.get(pk=sheet.pk)


def stage_tones(cycle: Cycle) -> dict[str, Tone]:
    return {one.code: one.tone for one in stages_of(standing_of(cycle))}


def test_the_stages_follow_the_year_from_rules_to_awards(year: Judged) -> None:
    tones = stage_tones(year.cycle)
    assert list(tones) == [
        "rules",
        "groups",
        "draws",
        "sheets",
        "daily",
        "run",
        "comment",
        "announcement",
        "awards",
    ]
    assert tones["rules"] == Tone.POSITIVE
    assert tones["groups"] == Tone.ACTIVE, "groups without a leader"
    assert tones["draws"] == Tone.WAITING
    assert tones["sheets"] == tones["run"] == Tone.NEUTRAL
    for group in year.groups:
        ExpertGroup.objects.filter(pk=group.pk).update(leader=group.members.first())
    judge(year)
    tones = stage_tones(year.cycle)
    assert {tones[code] for code in ("groups", "draws", "sheets", "daily")} == {Tone.POSITIVE}
    assert tones["run"] == Tone.WAITING
    assert next_of(stages_of(standing_of(year.cycle))).code == "run"


def test_the_stages_after_a_run_follow_its_state() -> None:
    year, run = make_run()
    assert stage_tones(year.cycle)["run"] == Tone.WAITING
    run = move(run, "fix", by=year.department)
    tones = stage_tones(year.cycle)
    assert (tones["run"], tones["comment"]) == (Tone.POSITIVE, Tone.WAITING)
    run = move(run, "open_comment", by=year.department)
    assert stage_tones(year.cycle)["comment"] == Tone.ACTIVE
    with time_machine.travel(tomorrow(30), tick=False):
        move(run, "announce", by=year.department)
    tones = stage_tones(Cycle.objects.get(pk=year.cycle.pk))
    assert {tones[one] for one in ("comment", "announcement")} == {Tone.POSITIVE}
    assert tones["awards"] == Tone.WAITING


def test_a_year_without_rules_says_to_supplement_them() -> None:
    cycle = open_cycle(is_judged=False)
    stages = stages_of(standing_of(cycle))
    assert next_of(stages).code == "rules"
    officer = client_of(make_person(Role.DEPARTMENT))
    for name in ("evaluation_year", "draws", "progress", "disagreements", "score_sheets"):
        assert officer.get(at(name, cycle.year)).status_code == 200, name
    assert officer.get(at("draw_announce", cycle.year, "groups")).status_code == 200
    assert faults_now(cycle)


def test_the_way_in_leads_to_the_year_in_evaluation(year: Judged, browser: Client) -> None:
    answer = browser.get(at("evaluation"))
    assert answer.url == at("evaluation_year", year.cycle.year)


def test_the_board_says_who_has_handed_in_what_and_shows_no_points(
    year: Judged, browser: Client
) -> None:
    hold_draw(year)
    first = ScoreSheet.objects.of_experts().first()
    score(first, "87.5")
    page = browser.get(at("progress", year.cycle.year))
    rows = [one for group in page.context["groups"] for one in group.experts]
    assert {one.name: one.locked for one in rows}[first.judge.get_full_name()] == 1
    assert sum(one.locked for one in rows) == 1
    assert sum(one.has_nothing for one in rows) == len(rows) - 1
    assert all(one.stated == (one.key == first.judge_id) for one in rows)
    total = f"{own(first).total}"
    for name in ("progress", "score_sheets"):
        shown = browser.get(at(name, year.cycle.year)).text
        assert total not in shown
        assert own(first).seal not in shown


@pytest.mark.parametrize(("days", "late"), [(-1, 0), (0, 0), (1, 1)])
def test_a_sheet_is_overdue_from_the_day_after(year: Judged, days: int, late: int) -> None:
    hold_draw(year)
    sheet = ScoreSheet.objects.of_experts().first()
    ScoreSheet.objects.exclude(pk=sheet.pk).delete()
    ScoreSheet.objects.filter(pk=sheet.pk).update(due_on=tomorrow(-days).date())
    with time_machine.travel(tomorrow(0).replace(hour=4), tick=False):  # noon in Shanghai
        assert standing_of(year.cycle).experts["late"] == late


def test_recusals_stand_first_and_are_decided(year: Judged, browser: Client) -> None:
    hold_draw(year)
    sheets = list(ScoreSheet.objects.of_experts()[:2])
    for sheet in sheets:
        move(sheet, "ask_recusal", by=sheet.judge, reason="与负责人系近亲属")
    lines = {str(line.label): line.count for line in evaluation_lines(year.department)}
    assert 2 in lines.values()
    page = browser.get(at("progress", year.cycle.year))
    assert [one["said"] for one in page.context["recusals"]] == ["与负责人系近亲属"] * 2
    grant, refuse = (
        at("score_sheet_step", sheet.pk, step)
        for sheet, step in zip(sheets, ("grant_recusal", "refuse_recusal"), strict=True)
    )
    seen = [own(sheet).version for sheet in sheets]
    browser.post(grant, {"seen": seen[0]})
    answer = browser.post(refuse, {"seen": seen[1], "reason": ""})
    assert answer.context["form"].errors.keys() == {"reason"}
    browser.post(refuse, {"seen": seen[1], "reason": "经核实不属近亲属"})
    assert [own(sheet).state for sheet in sheets] == [SheetState.EXCUSED, SheetState.OPEN]


def test_a_sheet_is_reopened_with_a_reason_and_keeps_what_it_was(
    year: Judged, browser: Client
) -> None:
    hold_draw(year)
    sheet = ScoreSheet.objects.of_experts().first()
    open_page = browser.get(at("score_sheet", sheet.pk))
    assert open_page.context["holds"]["rows"] == []
    sheet = own(score(sheet, "80"))
    page = browser.get(at("score_sheet", sheet.pk)).context["holds"]
    assert page["is_sealed"]
    assert sum(row["points"] for row in page["rows"]) == sheet.total
    browser.post(
        at("score_sheet_step", sheet.pk, "reopen"),
        {"seen": sheet.version, "reason": "专家说明误填一项"},
    )
    again = score(own(sheet), "90")
    shown = browser.get(at("score_sheet", sheet.pk))
    assert shown.context["holds"]["earlier"][0]["total"] == str(sheet.total)
    assert "专家说明误填一项" in shown.text
    ScoreSheet.objects.filter(pk=again.pk).update(total=99)
    assert not browser.get(at("score_sheet", sheet.pk)).context["holds"]["is_sealed"]


def test_points_that_are_not_handed_in_are_shown_to_nobody_else(
    year: Judged, browser: Client
) -> None:
    hold_draw(year)
    sheet = score(ScoreSheet.objects.of_experts().first(), "61", lock=False)
    given = set(sheet.points.values())
    text = browser.get(at("score_sheet", sheet.pk)).text
    assert not any(f">{points} /" in text for points in given)


def test_a_sheet_is_taken_off_and_asked_for_again(year: Judged, browser: Client) -> None:
    hold_draw(year)
    sheet = ScoreSheet.objects.of_experts().first()
    for step, state in (("excuse", SheetState.EXCUSED), ("restore", SheetState.OPEN)):
        address = at("score_sheet_step", sheet.pk, step)
        browser.post(address, {"seen": own(sheet).version, "reason": "专家临时出差"})
        assert own(sheet).state == state


def test_what_keeps_a_run_from_being_computed_is_said_in_words(
    year: Judged, browser: Client
) -> None:
    judge(year)
    assert faults_now(year.cycle) == []
    project = year.projects[0]
    project.daily_ratings.all()[0].delete()
    said = [str(one) for one in faults_now(year.cycle)]
    assert len(said) == 1
    assert project.title in said[0]
    page = browser.get(at("progress", year.cycle.year))
    assert said[0] in page.text
    assert len(page.context["ratings"]) == 1
    address = at("absence", year.cycle.year)
    given = {"project": project.pk, "part": "daily", "reason": "归口单位合并，无法评分"}
    for field in given:
        answer = browser.post(address, {**given, field: ""})
        assert answer.context["form"].errors.keys() == {field}
    browser.post(address, given)
    assert Absence.objects.get().project == project
    assert faults_now(year.cycle) == []
    assert "归口单位合并" in browser.get(at("progress", year.cycle.year)).text


def test_a_conflict_that_arose_later_shows_on_the_board(year: Judged, browser: Client) -> None:
    hold_draw(year)
    address = at("progress", year.cycle.year)
    assert browser.get(address).context["conflicts"] == []
    sheet = ScoreSheet.objects.of_experts().first()
    score(sheet, "80")
    appoint(sheet.judge, Role.APPLICANT, sheet.project.organization, by=None)
    found = browser.get(address).context["conflicts"]
    assert sheet.pk in [one["sheet"].pk for one in found]
    assert all(one["who"] == sheet.judge.get_full_name() for one in found)
    assert all(one["reasons"] for one in found)


def test_experts_who_share_no_project_keep_a_run_from_being_computed(year: Judged) -> None:
    EvaluationRules.objects.update(cross_sheets=0)
    year.cycle.refresh_from_db()
    judge(year)
    assert any("2" in str(one) for one in faults_now(year.cycle))


def test_a_year_without_results_says_so(year: Judged) -> None:
    for project in year.projects:
        type(project).objects.filter(pk=project.pk).update(state="terminated")
    assert len(faults_now(year.cycle)) == 1


def test_disagreements_are_measured_sorted_and_explained(year: Judged, browser: Client) -> None:
    hold_draw(year)
    points = iter([60, 90, 62, *[80, 82, 84] * 10])
    for sheet in ScoreSheet.objects.of_experts().filter(kind="site").order_by("project", "pk"):
        score(sheet, str(next(points)))
    EvaluationRules.objects.update(disagreement=20)
    page = browser.get(at("disagreements", year.cycle.year))
    first = page.context["rows"][0]
    assert first.is_wide
    assert first.range == first.highest - first.lowest
    assert sum(one.is_wide for one in page.context["rows"]) == 1
    group = ExpertGroup.objects.get(name=first.group)
    leader = group.members.first()
    ExpertGroup.objects.filter(pk=group.pk).update(leader=leader)
    group.refresh_from_db()
    explain(first.project, group, "对长效机制看法不同", by=leader)
    for sort in ("range", "deviation", "code", "nonsense"):
        shown = browser.get(at("disagreements", year.cycle.year) + f"?sort={sort}")
        assert "对长效机制看法不同" in shown.text


@pytest.mark.parametrize("query", ["judge=x", "judge=99999999999999999999", "state=odd", "p=x"])
def test_nonsense_in_an_address_is_ignored(year: Judged, browser: Client, query: str) -> None:
    hold_draw(year)
    page = browser.get(at("score_sheets", year.cycle.year) + f"?{query}")
    assert len(page.context["rows"]) == ScoreSheet.objects.count()


def test_sheets_are_narrowed_to_one_expert(year: Judged, browser: Client) -> None:
    hold_draw(year)
    expert = year.experts[0]
    page = browser.get(at("score_sheets", year.cycle.year) + f"?judge={expert.pk}")
    assert {row["sheet"].judge_id for row in page.context["rows"]} == {expert.pk}
    assert page.context["whose"] == expert.get_full_name()


LISTS = ("evaluation_year", "progress", "score_sheets", "disagreements")


def add_sheets(year: Judged, projects: int) -> None:
    """Add projects with results, a group, its sheets (handed in, and a recusal), and sheets of peers."""
    experts = [make_person(Role.EXPERT) for _one in range(3)]
    group = make_group(*experts)
    for number in range(projects):
        project = add_project(year, f"又一个项目{number}")
        facts = {"cycle": year.cycle, "project": project}
        for expert in experts:
            sheet = ScoreSheet.objects.create(kind="site", judge=expert, group=group, **facts)
            if number or expert != experts[0]:
                score(sheet, "80")
            else:
                move(sheet, "ask_recusal", by=expert, reason="与负责人系近亲属")
        reviewer = year.casts[1].organization
        ScoreSheet.objects.create(kind="peer", reviewer=reviewer, **facts)


def test_the_lists_ask_as_much_for_many_as_for_few(year: Judged, browser: Client) -> None:
    add_sheets(year, 2)
    for name in LISTS:
        browser.get(at(name, year.cycle.year))
    before = {name: queries_of(browser, at(name, year.cycle.year)) for name in LISTS}
    add_sheets(year, 5)
    after = {name: queries_of(browser, at(name, year.cycle.year)) for name in LISTS}
    assert after == before


def test_draws_stand_on_the_departments_desk(year: Judged) -> None:
    announce_draw(year.cycle, DrawKind.GROUPS, by=year.department)
    (line,) = evaluation_lines(year.department)
    assert line.count == 1
    assert misled(year.department, [line]) == []


def test_what_waits_in_the_registers_stands_on_the_departments_desk() -> None:
    cast = make_cast()
    makers = (
        (RUNS, make_runs),
        (OBJECTIONS, partial(make_objections, cast)),
        (AWARDS, partial(make_awards, cast)),
    )
    for table, make in makers:
        make([state.code for state in table.states])
    lines = list(evaluation_lines(cast["department"]))
    for table, words in ((RUNS, "评审计算"), (OBJECTIONS, "评审异议"), (AWARDS, "奖补资金")):
        states = {f"：{table.state(code).label}" for code in table.held_by(Role.DEPARTMENT)}
        assert {one.label[one.label.index("：") :] for one in lines if words in one.label} == states
    assert misled(cast["department"], lines) == []
    assert "评审异议" not in str([one.label for one in evaluation_lines(cast["taskforce"])])


def test_recusals_of_each_year_stand_on_the_departments_desk(year: Judged) -> None:
    assert list(evaluation_lines(year.department)) == []
    add_sheets(year, 2)
    (line,) = evaluation_lines(year.department)
    assert (line.count, str(year.cycle.year) in line.label) == (1, True)
    assert misled(year.department, [line]) == []
