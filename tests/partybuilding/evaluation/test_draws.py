"""Draws: announced a day before, repeatable for ever, conflicts kept apart, exchanged with a reason only."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.arithmetic.lots import commitment_of, seed_of
from partybuilding.evaluation.models import Draw, EvaluationRules, ScoreSheet
from partybuilding.evaluation.selectors.drawing import participants_of, result_of
from partybuilding.evaluation.services import announce_draw, draw_lots, swap
from partybuilding.evaluation.states import DrawKind, SheetKind, SheetState
from partybuilding.organizations.services import appoint
from partybuilding.projects.models import ExpertAssignment
from tests.factories.evaluation import Judged, hold_draw, make_year, score, tomorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Judged:
    return make_year()


def drawn(year: Judged, kind: str = DrawKind.GROUPS) -> Draw:
    draw = announce_draw(year.cycle, kind, by=year.department)
    with time_machine.travel(tomorrow(), tick=False):
        return draw_lots(draw, witness_name="李公证", witness_words="公平公正", by=year.department)


def test_what_is_published_binds_secret_and_list(year: Judged) -> None:
    draw = announce_draw(year.cycle, DrawKind.GROUPS, by=year.department)
    assert draw.commitment == commitment_of(draw.secret, digest(draw.participants))
    assert (draw.seed, draw.result) == ("", {})
    with pytest.raises(ConditionUnmet, match="已存在"):
        announce_draw(year.cycle, DrawKind.GROUPS, by=year.department)


@pytest.mark.parametrize(("days", "held"), [(0, False), (1, True), (2, True)])
def test_it_is_held_on_a_later_day(year: Judged, days: int, held: bool) -> None:
    midnight = timezone.localtime().replace(hour=23, minute=50)
    with time_machine.travel(midnight, tick=False):
        draw = announce_draw(year.cycle, DrawKind.GROUPS, by=year.department)
    with time_machine.travel(midnight + timedelta(days=days), tick=False):
        told: Any = {"witness_name": "李公证", "witness_words": "公平公正"}
        if held:
            assert draw_lots(draw, by=year.department, **told).state == "drawn"
        else:
            with pytest.raises(ConditionUnmet, match="明日"):
                draw_lots(draw, by=year.department, **told)


@pytest.mark.parametrize(("name", "words"), [("", "公平"), ("李公证", " "), ("。", "公平")])
def test_it_needs_a_witness_who_says_something(year: Judged, name: str, words: str) -> None:
    draw = announce_draw(year.cycle, DrawKind.GROUPS, by=year.department)
    with time_machine.travel(tomorrow(), tick=False), pytest.raises(ConditionUnmet):
        draw_lots(draw, witness_name=name, witness_words=words, by=year.department)


def test_the_result_follows_from_secret_and_words_and_can_be_repeated(year: Judged) -> None:
    draw = drawn(year)
    assert draw.seed == seed_of(draw.secret, "公平公正")
    assert result_of(draw) == draw.result
    assert set(draw.result["groups"]) == {project.code for project in year.projects}
    other = Draw(kind=draw.kind, participants=draw.participants, seed=seed_of(draw.secret, "别的"))
    assert result_of(other)["links"] != draw.result["links"]


def test_in_force_every_expert_of_a_group_has_a_sheet_and_the_cross_ones(year: Judged) -> None:
    draw = move(drawn(year), "apply", by=year.department)
    site = ScoreSheet.objects.filter(kind=SheetKind.SITE)
    written = ScoreSheet.objects.filter(kind=SheetKind.WRITTEN)
    assert (site.count(), written.count()) == (4 * 3, len(draw.result["links"]))
    assert all(sheet.judge in sheet.group.members.all() for sheet in site)
    assert {sheet.due_on for sheet in site} == {year.cycle.review_on}
    assert ExpertAssignment.objects.count() == 4
    groups = {one.project_id: one.group_id for one in site}
    assert all(groups[one.project_id] != one.group_id for one in written)


def test_a_conflict_keeps_group_and_project_apart_or_the_sheet_is_excused(year: Judged) -> None:
    torn, project = year.experts[0], year.projects[0]
    appoint(torn, Role.APPLICANT, project.organization, by=None)
    draw = drawn(year)
    assert draw.result["groups"][project.code] != str(year.groups[0].pk)
    everywhere = year.experts[3]
    appoint(everywhere, Role.APPLICANT, project.organization, by=None)
    again = Draw(
        kind=draw.kind, seed=draw.seed, participants=participants_of(year.cycle, draw.kind)
    )
    unplaced = {one["project"] for one in result_of(again)["broken"] if one["code"] == "conflict"}
    assert unplaced == {project.code, year.projects[2].code}, (
        "both of the unit of their organization"
    )


def test_a_conflict_that_arose_after_the_draw_excuses_the_sheet(year: Judged) -> None:
    draw = drawn(year)
    code, group = next(iter(draw.result["groups"].items()))
    torn = next(one for one in year.experts if str(one.expert_groups.get().pk) == group)
    project = next(one for one in year.projects if one.code == code)
    appoint(torn, Role.APPLICANT, project.organization, by=None)
    move(draw, "apply", by=year.department)
    sheet = ScoreSheet.objects.get(project=project, judge=torn)
    assert sheet.state == SheetState.EXCUSED


def test_exchanges_need_a_reason_and_keep_conflicts_apart(year: Judged) -> None:
    draw = drawn(year)
    code, group = next(iter(draw.result["groups"].items()))
    other = next(key for key in draw.participants["groups"] if key != group)
    with pytest.raises(ConditionUnmet):
        swap(draw, code, other, "。", by=year.department)
    with pytest.raises(NotYours):
        swap(draw, code, other, "路途太远。", by=year.task_force)
    swapped = swap(draw, code, other, "路途太远。", by=year.department)
    assert swapped.result["groups"][code] == other
    assert swapped.swaps[0]["moves"] == {code: other}
    own = swapped.participants["groups"][other]
    assert not any(judge in own and one == code for judge, one in swapped.result["links"])
    torn = next(one for one in year.experts if str(one.pk) in draw.participants["groups"][group])
    project = next(one for one in year.projects if one.code == code)
    appoint(torn, Role.APPLICANT, project.organization, by=None)
    with pytest.raises(ConditionUnmet, match=torn.get_full_name()):
        swap(swapped, code, group, "换回原组。", by=year.department)
    move(swapped, "apply", by=year.department)
    with pytest.raises(Frozen):
        swap(swapped, code, group, "换回原组。", by=year.department)


def test_a_void_draw_takes_its_sheets_back_unless_somebody_has_scored(year: Judged) -> None:
    draw = hold_draw(year)
    gone = move(draw, "void", by=year.department, reason="见证人未到场，程序有误。")
    assert gone.state == "void"
    assert not ScoreSheet.objects.exists()
    again = hold_draw(year)
    score(ScoreSheet.objects.first(), "90")
    with pytest.raises(ConditionUnmet):
        move(again, "void", by=year.department, reason="见证人未到场，程序有误。")


def test_peers_review_in_circles_and_never_themselves(year: Judged) -> None:
    hold_draw(year, DrawKind.PEERS)
    sheets = list(ScoreSheet.objects.of_peers())
    assert len(sheets) == 4
    assert all(sheet.reviewer_id != sheet.project.organization_id for sheet in sheets)
    assert {sheet.due_on for sheet in sheets} == {year.cycle.midterm_review_on}


def test_a_year_without_rules_or_projects_or_groups_draws_nothing(year: Judged) -> None:
    with pytest.raises(NotYours):
        announce_draw(year.cycle, DrawKind.GROUPS, by=year.task_force)
    for group in year.groups:
        group.members.clear()
    with pytest.raises(ConditionUnmet, match="评审组"):
        announce_draw(year.cycle, DrawKind.GROUPS, by=year.department)
    EvaluationRules.objects.filter(cycle=year.cycle).delete()
    with pytest.raises(ConditionUnmet, match="评审规则"):
        announce_draw(year.cycle, DrawKind.PEERS, by=year.department)
