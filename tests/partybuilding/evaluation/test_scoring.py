"""What is scored is stored as it was typed, once, by whose it is, and sealed when it is handed in."""

from decimal import Decimal
from typing import Any

import pytest

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, WrongState
from partybuilding.core.models import TransitionRecord
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.models import DailyRating, ScoreSheet
from partybuilding.evaluation.services import (
    declare_conflict,
    explain,
    give_statement,
    rate_daily,
    record_absence,
    save_sheet,
)
from partybuilding.evaluation.states import SheetKind, SheetState
from partybuilding.organizations.services import appoint
from tests.factories import make_person
from tests.factories.evaluation import Judged, bare_run, hold_draw, make_year, review, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Judged:
    return make_year()


def sheet_of(year: Judged, kind: str = SheetKind.SITE) -> ScoreSheet:
    """Lay the sheets out and return one."""
    hold_draw(year, "peers" if kind == SheetKind.PEER else "groups")
    return ScoreSheet.objects.filter(kind=kind).select_related("cycle__evaluation").first()


def typed(sheet: ScoreSheet, *points: str) -> dict[str, str]:
    return {one.code: value for one, value in zip(sheet.criteria, points, strict=False)}


def test_what_is_typed_is_what_is_stored_and_added_up(year: Judged) -> None:
    sheet = sheet_of(year)
    saved = save_sheet(sheet, typed(sheet, "27.5", "28", "0.5"), by=sheet.judge, note=" 好 ")
    assert list(saved.points.values()) == ["27.5", "28", "0.5"]
    assert (saved.sum(), saved.note, saved.revision) == (Decimal("56.0"), "好", 1)
    saved = save_sheet(saved, typed(sheet, ""), by=sheet.judge)
    assert list(saved.points.values()) == ["", "28", "0.5"]


@pytest.mark.parametrize(
    "points", ["30.5", "-0.5", "0.25", "abc", "NaN", "Infinity", "1e9", "２８分"]
)
def test_points_beyond_limit_or_step_are_refused_and_nothing_is_stored(
    year: Judged, points: str
) -> None:
    sheet = sheet_of(year)
    with pytest.raises(ConditionUnmet):
        save_sheet(sheet, typed(sheet, points, "28"), by=sheet.judge)
    sheet.refresh_from_db()
    assert (sheet.points, sheet.revision) == ({}, 0)


def test_the_same_key_again_changes_nothing(year: Judged) -> None:
    sheet = sheet_of(year)
    first = save_sheet(sheet, typed(sheet, "27"), by=sheet.judge, key="one")
    again = save_sheet(sheet, typed(sheet, "20"), by=sheet.judge, key="one")
    assert (again.points, again.revision) == (first.points, 1)
    assert save_sheet(sheet, typed(sheet, "20"), by=sheet.judge, key="two").revision == 2


def test_nobody_writes_on_anothers_sheet(year: Judged) -> None:
    sheet = sheet_of(year)
    others = [one for one in year.experts if one.pk != sheet.judge_id]
    for other in (*others, year.department, year.casts[0]["applicant"]):
        with pytest.raises(NotYours):
            save_sheet(sheet, typed(sheet, "27"), by=other)
        assert sheet not in ScoreSheet.objects.visible_to(other) or other == year.department


def test_a_sheet_is_handed_in_complete_and_after_the_statement(year: Judged) -> None:
    sheet = sheet_of(year)
    sheet = save_sheet(sheet, typed(sheet, "27", "28"), by=sheet.judge)
    with pytest.raises(ConditionUnmet) as told:
        move(sheet, "lock", by=sheet.judge)
    said = [str(sentence) for sentence in told.value.sentences]
    assert said == ["请先作出回避承诺。", "请填写“破解党建难题成效”得分。"]


def test_a_locked_sheet_is_sealed_and_its_points_stand_nowhere_in_the_trail(year: Judged) -> None:
    sheet = score(sheet_of(year), "90")
    assert sheet.state == SheetState.LOCKED
    assert ScoreSheet.objects.get(pk=sheet.pk).is_sealed_as_stored()
    row = TransitionRecord.objects.get(machine="score_sheet", record_id=sheet.pk)
    assert row.data == {"seal": sheet.seal}
    with pytest.raises(Frozen):
        save_sheet(sheet, typed(sheet, "1"), by=sheet.judge)
    ScoreSheet.objects.filter(pk=sheet.pk).update(total=Decimal("1"))
    sheet.refresh_from_db()
    assert not sheet.is_sealed_as_stored()
    ScoreSheet.objects.filter(pk=sheet.pk).update(
        total=Decimal("90.0"), points={**sheet.points, next(iter(sheet.points)): "26.5"}
    )
    sheet.refresh_from_db()
    assert not sheet.is_sealed_as_stored()


def test_a_reopened_sheet_keeps_what_had_been_handed_in(year: Judged) -> None:
    sheet = score(sheet_of(year), "90")
    opened = move(sheet, "reopen", by=year.department, reason="补充了佐证，请复核。")
    assert (opened.state, opened.seal, opened.total) == ("open", "", None)
    assert opened.points == sheet.points
    (earlier,) = opened.earlier
    assert (earlier["seal"], earlier["total"]) == (sheet.seal, "90.0")
    assert score(opened, "80").seal != sheet.seal


def test_recusal_is_asked_granted_and_empties_the_sheet(year: Judged) -> None:
    sheet = sheet_of(year)
    save_sheet(sheet, typed(sheet, "27"), by=sheet.judge)
    declare_conflict(sheet.project, sheet.judge, "配偶在该单位任职。", by=sheet.judge)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.RECUSAL
    sheet = move(sheet, "grant_recusal", by=year.department)
    assert (sheet.state, sheet.points) == ("excused", {})
    with pytest.raises(ConditionUnmet):
        move(sheet, "restore", by=year.department, reason="误操作。")


def test_the_department_declares_for_others_and_nobody_else_does(year: Judged) -> None:
    sheet = sheet_of(year)
    with pytest.raises(NotYours):
        declare_conflict(sheet.project, sheet.judge, "有亲属关系。", by=year.task_force)
    with pytest.raises(ConditionUnmet):
        declare_conflict(sheet.project, sheet.judge, "。", by=year.department)
    declare_conflict(sheet.project, sheet.judge, "有亲属关系。", by=year.department)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.EXCUSED


def test_a_conflict_that_arises_later_keeps_a_sheet_from_being_handed_in(year: Judged) -> None:
    sheet = sheet_of(year)
    judge = sheet.judge
    give_statement(sheet.cycle, by=judge)
    save_sheet(sheet, typed(sheet, "27", "28", "36"), by=judge)
    appoint(judge, Role.APPLICANT, sheet.project.organization, by=None)
    with pytest.raises(ConditionUnmet, match="实施单位"):
        move(sheet, "lock", by=type(judge).objects.get(pk=judge.pk))


def test_once_a_run_is_frozen_no_sheet_changes(year: Judged) -> None:
    sheet = score(sheet_of(year), "90")
    bare_run(year.cycle, "frozen")
    with pytest.raises(ConditionUnmet, match="已冻结"):
        move(sheet, "reopen", by=year.department, reason="请复核。")
    with pytest.raises(Frozen):
        rate_daily(sheet.project, Decimal(80), by=year.task_force)
    with pytest.raises(Frozen):
        record_absence(sheet.project, "peer", "互评单位撤并。", by=year.department)


def test_peers_give_each_place_once(year: Judged) -> None:
    rules = year.cycle.evaluation
    rules.peer_reviews = 2
    rules.save()
    hold_draw(year, "peers")
    cast = year.casts[0]
    own = list(ScoreSheet.objects.filter(reviewer=cast.organization))
    assert len(own) == 1, "four projects: more would make pairs that review each other"
    other = ScoreSheet.objects.create(
        cycle=year.cycle,
        project=next(
            one
            for one in year.projects
            if one.pk != own[0].project_id and one.organization != cast.organization
        ),
        kind=SheetKind.PEER,
        reviewer=cast.organization,
    )
    save_sheet(own[0], {}, by=cast["applicant"], place=1)
    with pytest.raises(ConditionUnmet, match="第1位已给"):
        save_sheet(other, {}, by=cast["applicant"], place=1)
    with pytest.raises(ConditionUnmet, match="1至2"):
        save_sheet(other, {}, by=cast["applicant"], place=3)
    assert review(other, cast["applicant"], "80", place=2).state == SheetState.LOCKED


@pytest.mark.parametrize(("who", "side"), [("unit", Role.UNIT), ("taskforce", Role.TASK_FORCE)])
def test_unit_and_task_force_rate_with_the_facts_of_the_day(
    year: Judged, who: str, side: Role
) -> None:
    cast = year.casts[0]
    rating = rate_daily(year.projects[0], Decimal("88.5"), by=cast[who], remark=" 平稳 ")
    assert (rating.side, rating.points, rating.remark) == (side, Decimal("88.5"), "平稳")
    assert [fact["label"] for fact in rating.facts] == [
        "承诺步骤按原定时限完成",
        "督导问题按原定时限整改",
        "群众意见按时答复",
        "进展佐证被质询（次）",
    ]
    rate_daily(year.projects[0], Decimal(90), by=cast[who])
    assert DailyRating.objects.get().points == Decimal(90)


@pytest.mark.parametrize("points", ["-0.5", "100.5", "80.25"])
def test_a_rating_lies_within_its_limits(year: Judged, points: str) -> None:
    with pytest.raises(ConditionUnmet):
        rate_daily(year.projects[0], Decimal(points), by=year.task_force)


def test_others_do_not_rate(year: Judged) -> None:
    other_unit: Any = year.casts[1]["unit"]
    for by in (other_unit, year.department, year.casts[0]["applicant"], year.experts[0]):
        with pytest.raises(NotYours):
            rate_daily(year.projects[0], Decimal(80), by=by)


def test_the_leader_explains_a_disagreement_and_nobody_else(year: Judged) -> None:
    group, leader = year.groups[0], year.experts[0]
    group.leader = leader
    group.save()
    with pytest.raises(NotYours):
        explain(year.projects[0], group, "两位专家看法不同。", by=year.experts[1])
    with pytest.raises(ConditionUnmet):
        explain(year.projects[0], group, "！", by=leader)
    assert explain(year.projects[0], group, "对现场成效看法不同。", by=leader).said_by == leader


def test_nobody_steps_twice(year: Judged) -> None:
    sheet = score(sheet_of(year), "90")
    with pytest.raises(WrongState):
        move(sheet, "lock", by=sheet.judge)


def test_an_expert_who_is_none_any_more_scores_nothing(year: Judged) -> None:
    sheet = sheet_of(year)
    stranger = make_person(Role.EDITOR)
    ScoreSheet.objects.filter(pk=sheet.pk).update(judge=stranger)
    sheet.refresh_from_db()
    with pytest.raises(NotYours):
        save_sheet(sheet, {}, by=stranger)
