"""What a year asks experts and peers besides points: stored with the sheet, read by the department alone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.services import give_statement, save_sheet
from partybuilding.evaluation.states import SheetKind
from partybuilding.portal.services import save_places
from partybuilding.projects.yearform.content import Reading
from partybuilding.projects.yearform.correcting import confirm, propose
from tests.factories import make_person
from tests.factories.evaluation import Judged, first_sheet, hold_draw, make_year, review, score
from tests.factories.screens import client_of
from tests.factories.yearform import Block, block, code, delivered_with, key, part_for, use, when
from tests.partybuilding.evaluation.papers import words_of_docx

pytestmark = pytest.mark.django_db

ADVISED = block("choice", "立项建议", options=("推广", "完善后推广", "不推广"), required=True)
WHY = block("text", "需完善之处", required=True, when=[when("立项建议", "完善后推广")])
LEARNT = block("choices", "可借鉴之处", options=("机制", "载体", "队伍"))
VISITED = block("number", "入户核实", unit="户", places=1)
SEEN = block("date", "查看日期")
SAID = block("long", "总体评价", required=True)
FROM_PEERS = block("text", "值得学习之处", required=True)


def parts() -> tuple[Block, Block]:
    asked = (ADVISED, WHY, LEARNT, VISITED, SEEN, SAID)
    experts = part_for("expert", *asked, explanation="对照台账据实填写。")
    return experts, part_for("peer", FROM_PEERS)


@pytest.fixture
def year() -> Judged:
    made = make_year()
    use(made.cycle, *parts())
    hold_draw(made)
    hold_draw(made, "peers")
    return made


@pytest.fixture
def sheet(year: Judged) -> ScoreSheet:
    found = first_sheet()
    give_statement(year.cycle, by=found.judge)
    return found


@pytest.fixture
def peer(year: Judged) -> ScoreSheet:
    found = ScoreSheet.objects.of_peers().order_by("pk").first()
    assert found is not None
    return found


@pytest.fixture
def expert(sheet: ScoreSheet) -> Client:
    return client_of(sheet.judge)


def applicant(year: Judged, organization: Any) -> Any:
    return next(one["applicant"] for one in year.casts if one.organization == organization)


def at(sheet: ScoreSheet, name: str = "sheet") -> str:
    return reverse(f"portal:{name}", args=[sheet.pk])


def answers(**changes: Any) -> dict[str, Any]:
    said = {key(ADVISED): code(ADVISED, 0), key(SAID): "群众认可。", key(VISITED): 2.5}
    return {**said, key(LEARNT): [code(LEARNT, 0), code(LEARNT, 2)], **changes}


def typed(**changes: Any) -> dict[str, Any]:
    """Return what a browser sends of it."""
    said = {key(ADVISED): code(ADVISED, 0), key(SAID): " 群众认可。\r\n", key(VISITED): "2.5"}
    listed = {key(LEARNT): [code(LEARNT, 2), code(LEARNT, 0)]}
    return {"note": "", **said, **listed, key(SEEN): "", key(WHY): "", **changes}


def full(sheet: ScoreSheet) -> dict[str, str]:
    return {one.code: str(one.points) for one in sheet.criteria}


def now(sheet: ScoreSheet) -> ScoreSheet:
    return ScoreSheet.objects.get(pk=sheet.pk)


def test_the_sheet_asks_for_it_and_saves_itself(sheet: ScoreSheet, expert: Client) -> None:
    page = expert.get(at(sheet)).text
    for words in ("专家评审意见", "对照台账据实填写。", "立项建议", "需完善之处", "入户核实（户）"):
        assert words in page
    assert ("值得学习之处" in page, "portal/asked" in page) == (False, True)
    told = expert.post(at(sheet, "sheet_save"), typed()).json()
    assert now(sheet).answers == answers()
    assert told["digest"] == digest(told["stored"])
    assert told["stored"]["answers"] == {
        key(ADVISED): [code(ADVISED, 0)],
        key(WHY): [],
        key(LEARNT): [code(LEARNT, 0), code(LEARNT, 2)],
        key(VISITED): ["2.5"],
        key(SEEN): [],
        key(SAID): ["群众认可。"],
    }
    expert.post(at(sheet), typed(**{key(SEEN): "2026-11-05", key(VISITED): ""}))
    assert now(sheet).answers == {
        name: said
        for name, said in answers(**{key(SEEN): "2026-11-05"}).items()
        if name != key(VISITED)
    }


def test_what_cannot_be_stored_is_told_with_its_question(sheet: ScoreSheet, expert: Client) -> None:
    wrong = typed(**{key(VISITED): "很多"})
    told = expert.post(at(sheet, "sheet_save"), wrong)
    assert told.status_code == 422
    assert told.json()["faults"].keys() == {key(VISITED)}
    assert "入户核实：" in told.json()["message"]
    page = expert.post(at(sheet), wrong).text
    assert ("群众认可。" in page, page.count('field__error"')) == (True, 1)
    assert now(sheet).answers == {}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({key(ADVISED): None}, "“立项建议”尚未填写"),
        ({key(ADVISED): code(ADVISED, 1)}, "“需完善之处”尚未填写"),
        ({key(SAID): "联系11010519491231002X"}, "“总体评价”"),
    ],
)
def test_it_is_asked_for_before_the_sheet_is_handed_in(
    changes: dict[str, Any], words: str, sheet: ScoreSheet, expert: Client
) -> None:
    by = sheet.judge
    stored = save_sheet(sheet, full(sheet), by=by, answers=answers(**changes))
    assert words in expert.get(at(sheet, "hand_in")).text
    with pytest.raises(ConditionUnmet, match=words):
        move(stored, "lock", by=by)
    assert now(sheet).state == "open"
    stored = save_sheet(sheet, {}, by=by, answers=answers(**{key(WHY): "台账"}))
    assert stored.answers[key(WHY)] == "台账", "hidden now, but kept while it is written"
    check = expert.get(at(sheet, "hand_in")).text
    assert ("群众认可。" in check, "机制、队伍" in check, "台账" in check) == (True, True, False)
    assert move(stored, "lock", by=by).answers == answers()


def test_nothing_but_what_is_asked_is_stored(sheet: ScoreSheet) -> None:
    given = answers(**{"q0000000000": "无此问题", key(FROM_PEERS): "别的表"})
    assert save_sheet(sheet, {}, by=sheet.judge, answers=given).answers == answers()


def test_peers_answer_their_own_part(year: Judged, peer: ScoreSheet) -> None:
    by = applicant(year, peer.reviewer)
    page = client_of(by).get(at(peer)).text
    assert ("互评意见" in page, "值得学习之处" in page, "立项建议" in page) == (True, True, False)
    with pytest.raises(ConditionUnmet, match="“值得学习之处”尚未填写"):
        review(peer, by, "80")
    save_sheet(peer, {}, by=by, answers={key(FROM_PEERS): "议事有章程"}, place=1)
    save_places([peer], {peer.pk: ""}, by=by)
    assert now(peer).answers == {key(FROM_PEERS): "议事有章程"}, "places leave it alone"
    assert move(now(save_sheet(peer, {}, by=by, place=1)), "lock", by=by).state == "locked"


def test_the_department_reads_it_once_handed_in(sheet: ScoreSheet, year: Judged) -> None:
    officer = client_of(year.department)
    place = reverse("partybuilding:score_sheet", args=[sheet.pk])
    paper = reverse("partybuilding:score_sheet_paper", args=[sheet.pk, "docx"])
    stored = save_sheet(sheet, full(sheet), by=sheet.judge, answers=answers())
    assert "群众认可" not in officer.get(place).text
    blank = words_of_docx(officer.get(paper).getvalue())
    assert "群众认可" not in blank
    assert "立项建议（□推广□完善后推广□不推广）" in blank
    assert "需完善之处（仅“立项建议”为完善后推广时填写）" in blank
    assert "入户核实（户）" in blank
    own = words_of_docx(
        client_of(sheet.judge)
        .get(reverse("portal:sheet_paper", args=[sheet.pk, "docx"]))
        .getvalue()
    )
    assert "群众认可" in own
    move(stored, "lock", by=sheet.judge)
    page = officer.get(place).text
    for words in ("立项建议", "机制、队伍", "2.5户", "群众认可。"):
        assert words in page
    assert "需完善之处" not in page
    signed = words_of_docx(officer.get(paper).getvalue())
    assert ("群众认可" in signed, "需完善之处" in signed, "□" in signed) == (True, False, False)


def test_nobody_else_reads_it(year: Judged, sheet: ScoreSheet, peer: ScoreSheet) -> None:
    project, secret = sheet.project, "只给组织部看的话"
    for other in ScoreSheet.objects.of_experts().filter(project=project):
        give_statement(year.cycle, by=other.judge)
        save_sheet(other, full(other), by=other.judge, answers=answers(**{key(SAID): secret}))
    move(now(sheet), "lock", by=sheet.judge)
    for other in ScoreSheet.objects.of_peers().filter(project=project):
        by = applicant(year, other.reviewer)
        save_sheet(other, {}, by=by, answers={key(FROM_PEERS): secret}, place=1)
    cast = next(one for one in year.casts if one.organization == project.organization)
    portal = [
        reverse(f"portal:{name}", args=[project.pk])
        for name in ("project", "results", "supervision", "progress", "commitments")
    ]
    case = reverse("partybuilding:case", args=[project.pk])
    register = reverse("party_projects_modeladmin_index") + "?export=xlsx"
    leader, editor = make_person(Role.LEADER), make_person(Role.EDITOR)
    seen = [(cast["applicant"], [*portal, at(sheet), *_sheets_of(project, peers=True)])]
    seen += [(who, [case, at(sheet)]) for who in (cast["unit"], year.task_force, leader, editor)]
    seen += [(year.department, [case, register, at(sheet)])]
    answered = 0
    for who, addresses in seen:
        reader = client_of(who)
        for address in addresses:
            response = reader.get(address)
            answered += response.status_code == 200
            assert secret not in b"".join(response).decode(errors="ignore"), (who, address)
    assert answered >= 9
    others = ScoreSheet.objects.of_experts().filter(project=project).exclude(pk=sheet.pk)
    for other in others:
        save_sheet(other, {}, by=other.judge, answers={key(SAID): "另一位的话"})
        assert secret not in client_of(other.judge).get(at(other)).text
        assert client_of(other.judge).get(at(sheet)).status_code == 404


def _sheets_of(project: Any, *, peers: bool) -> list[str]:
    rows = ScoreSheet.objects.filter(project=project, kind=SheetKind.PEER) if peers else ()
    return [at(one) for one in rows] + [reverse("portal:peers")]


def test_a_sheet_that_is_taken_away_keeps_nothing(year: Judged, sheet: ScoreSheet) -> None:
    stored = save_sheet(sheet, {}, by=sheet.judge, answers=answers())
    gone = move(stored, "excuse", by=year.department, reason="本人请假，不再评分。")
    assert gone.answers == {}


def test_words_put_right_reach_what_is_not_handed_in(year: Judged, sheet: ScoreSheet) -> None:
    save_sheet(sheet, full(sheet), by=sheet.judge, answers=answers())
    move(now(sheet), "lock", by=sheet.judge)
    words = {(key(SAID), "label"): "总体印象"}
    by = make_person(Role.DEPARTMENT)
    confirm(propose(year.cycle, words, by=by, reason="用语更准确。"), by=year.department)
    others = ScoreSheet.objects.of_experts().exclude(pk=sheet.pk)
    labels = {str(one.form.questions[key(SAID)].label) for one in others}
    assert labels == {"总体印象"}
    assert str(now(sheet).form.questions[key(SAID)].label) == "总体评价"


def test_what_was_typed_too_late_can_be_copied(sheet: ScoreSheet, expert: Client) -> None:
    expert.get(at(sheet))
    save_sheet(sheet, full(sheet), by=sheet.judge, answers=answers())
    move(now(sheet), "lock", by=sheet.judge)
    for number in ("2.5", "很多"):
        late = typed(**{key(SAID): "来不及的话", key(VISITED): number})
        page = expert.post(at(sheet), late)
        assert page.status_code == 409
        for words in ("来不及的话", "机制、队伍", number):
            assert words in page.text
    assert now(sheet).answers == answers()


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        (lambda: part_for("expert", block("table", "设备", columns=("名",))), "“专家评审意见”不能"),
        (lambda: part_for("peer", block("person", "联系人")), "“互评意见”不能设置“联系人”"),
        (
            lambda: part_for("peer", block("text", "原因", when=[when("立项建议", "推广")])),
            "立项建议",
        ),
        (
            lambda: part_for("expert", block("text", "特色", when=[when("所属领域", "农村")])),
            "所属领域",
        ),
    ],
)
def test_what_is_wrong_with_it_is_said(blocks: Any, words: str) -> None:
    experts = [] if blocks()["type"] == "expert" else [parts()[0]]
    faults = [str(one) for one in Reading([*delivered_with(), *experts, blocks()]).faults]
    assert any(words in fault for fault in faults), faults


def test_a_year_that_asks_nothing_scores_as_before(db: None) -> None:
    year = make_year()
    hold_draw(year)
    sheet = ScoreSheet.objects.order_by("pk").first()
    assert sheet is not None
    assert score(sheet, "80").answers == {}
    assert "专家评审意见" not in client_of(sheet.judge).get(at(sheet)).text
