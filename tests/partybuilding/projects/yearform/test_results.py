"""What a year asks of the results besides the summary: where it stands, and where it does not."""

import html
import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen
from partybuilding.core.models import Notice
from partybuilding.core.selectors import last_entry
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.services import start_next_year
from partybuilding.packs.items import sound_blocks
from partybuilding.projects.models import Project, SheetDraft
from partybuilding.projects.services import create_draft, save_application, save_results
from partybuilding.projects.states import ProjectState
from partybuilding.projects.yearform.content import Reading
from partybuilding.projects.yearform.correcting import confirm, propose
from partybuilding.projects.yearform.services import save_form
from tests.factories import Cast, fill, make_cast, make_cycle, make_person, make_project
from tests.factories.column import make_page
from tests.factories.progress import report
from tests.factories.screens import client_of
from tests.factories.yearform import Block, block, delivered_with, key, part_for, when
from tests.partybuilding.projects.yearform.conftest import open_it

pytestmark = pytest.mark.django_db

SUMMARY = "全年议事12次，办结居民议题66件。"
REACHED = block("number", "惠及群众人数", unit="人", required=True)
MADE = block("yes_no", "是否形成制度", required=True)
NAMED = block("text", "制度名称", required=True, when=[when("是否形成制度", "是")])
LEARNT = block("long", "可推广的做法")
THINGS = block("table", "新建阵地", columns=("名称", "面积"))
SCORED = block("text", "乡村特色", when=[when("所属领域", "农村")])
ASKED = (REACHED, MADE, NAMED, LEARNT, THINGS, SCORED)
(AREA, PLACE) = (one["id"] for one in THINGS["value"]["columns"])


def results_part(*fields: Block) -> Block:
    return part_for("results", *(fields or ASKED), explanation="请据实填写。")


@pytest.fixture
def cast() -> Cast:
    cast = make_cast(cycle=make_cycle())
    save_form(cast.cycle, [*delivered_with(), results_part()], by=cast["department"])
    cast.cycle = open_it(cast.cycle, cast)
    return cast


@pytest.fixture
def project(cast: Cast) -> Project:
    """Make a project whose only commitment is kept."""
    project = make_project("implementing", cast)
    report(project.commitments.get().steps.get(), cast)
    return anew(project)


@pytest.fixture
def applicant(cast: Cast) -> Client:
    return client_of(cast["applicant"])


def anew(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


def url(project: Project, name: str = "results") -> str:
    return reverse(f"portal:{name}", args=[project.pk])


def said(**changes: Any) -> dict[str, Any]:
    """Return the answers to all that is asked of a project in a town."""
    answers = {
        key(REACHED): 860,
        key(MADE): True,
        key(NAMED): "邻里议事规则",
        key(LEARNT): "每月一议，\n事项公开销号。",
        key(THINGS): [{column(AREA): "议事厅", column(PLACE): "80"}],
    }
    return {**answers, **changes}


def column(identity: str) -> str:
    return "c" + identity.replace("-", "")[:10]


def typed(page: str, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends."""
    seen = re.search(r'name="seen" value="(\w+)"', page)
    sent = {
        "summary": SUMMARY,
        key(REACHED): "860",
        key(MADE): "yes",
        key(NAMED): "邻里议事规则",
        key(LEARNT): "每月一议，\n事项公开销号。",
        f"{key(THINGS)}-0-{column(AREA)}": "议事厅",
        f"{key(THINGS)}-0-{column(PLACE)}": "80",
        "seen": seen and seen[1],
    }
    return {**sent, **changes}


def handed_in(project: Project, cast: Cast, **changes: Any) -> Project:
    saved = save_results(project, by=cast["applicant"], summary=SUMMARY, answers=said(**changes))
    return move(saved, "submit_results", by=cast["applicant"])


# In the portal


def test_the_screen_asks_saves_itself_and_comes_back_as_typed(
    project: Project, applicant: Client
) -> None:
    page = applicant.get(url(project)).text
    for words in ("成果填报", "请据实填写。", "惠及群众人数（人）", "是否形成制度", "不对外公开"):
        assert words in page
    assert "乡村特色" not in page  # of another field
    assert "asked.js" in page
    saved = applicant.post(url(project, "results_autosave"), typed(page))
    assert saved.status_code == 200
    now = anew(project)
    assert now.answers == said()
    assert now.results_summary == SUMMARY
    page = applicant.get(url(project)).text
    assert 'value="邻里议事规则"' in page
    assert 'value="860"' in page
    applicant.post(url(project), typed(page, submit="1"))
    assert anew(project).state == ProjectState.RESULTS_SUBMITTED
    told = applicant.get(url(project)).text
    for words in ("860人", "邻里议事规则", "议事厅", "事项公开销号"):
        assert words in told


def test_what_is_missing_is_told_beside_its_field_and_nothing_is_lost(
    project: Project, applicant: Client
) -> None:
    page = applicant.get(url(project)).text
    sent = typed(page, submit="1", **{key(REACHED): "", key(NAMED): ""})
    answer = applicant.post(url(project), sent).text
    assert "“惠及群众人数”尚未填写" in answer
    assert "“制度名称”尚未填写" in answer
    now = anew(project)
    assert now.state == ProjectState.IMPLEMENTING
    left = {key(REACHED), key(NAMED)}
    assert now.answers == {name: words for name, words in said().items() if name not in left}


def test_what_is_wrong_is_said_and_the_rest_is_saved(project: Project, applicant: Client) -> None:
    page = applicant.get(url(project)).text
    sent = typed(page, **{key(REACHED): "很多"})
    answer = applicant.post(url(project, "results_autosave"), sent)
    assert answer.status_code == 422
    assert "惠及群众人数（人）" in answer.json()["message"]
    assert anew(project).answers[key(NAMED)] == "邻里议事规则"
    assert key(REACHED) not in anew(project).answers


def test_nobody_overwrites_what_a_colleague_answered(
    project: Project, applicant: Client, cast: Cast
) -> None:
    page = applicant.get(url(project)).text
    save_results(project, by=cast["applicant"], summary=SUMMARY, answers={key(NAMED): "院落公约"})
    answer = applicant.post(url(project, "results_autosave"), typed(page))
    assert answer.status_code == 409
    shown = applicant.post(url(project), typed(page)).text
    assert "院落公约" in shown
    assert anew(project).answers == {key(NAMED): "院落公约"}
    same = typed(page, **{key(NAMED): "院落公约", key(REACHED): "", key(MADE): ""})
    same = {name: words for name, words in same.items() if name in ("summary", "seen", key(NAMED))}
    assert applicant.post(url(project, "results_autosave"), same).status_code == 200


def test_what_is_not_asked_stands_in_nobodys_way_and_is_forgotten_when_handed_in(
    project: Project, applicant: Client, cast: Cast
) -> None:
    applicant.post(url(project), typed(applicant.get(url(project)).text))
    page = applicant.get(url(project)).text
    sent = typed(page, **{key(MADE): "no", key(NAMED): "长" * 101})
    assert applicant.post(url(project, "results_autosave"), sent).status_code == 200
    assert anew(project).answers[key(NAMED)] == "邻里议事规则"
    now = move(anew(project), "submit_results", by=cast["applicant"])
    assert key(NAMED) not in now.answers
    assert now.answers[key(MADE)] is False
    assert "制度名称" not in applicant.get(url(project)).text


def test_a_question_can_hang_on_the_application(cast: Cast, applicant: Client) -> None:
    draft = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    save_application(draft, by=cast["applicant"], sector="rural")
    assert key(SCORED) in anew(draft).results.questions
    assert key(SCORED) not in anew(draft).sheet.questions


# The rules


def test_without_an_answer_that_is_asked_for_nothing_is_handed_in(
    project: Project, cast: Cast
) -> None:
    with pytest.raises(ConditionUnmet, match="“惠及群众人数”尚未填写"):
        handed_in(project, cast, **{key(REACHED): None})


@pytest.mark.parametrize("where", [NAMED, LEARNT])
def test_no_number_of_a_person_is_handed_in(where: Block, project: Project, cast: Cast) -> None:
    with pytest.raises(ConditionUnmet, match=where["value"]["label"]):
        handed_in(project, cast, **{key(where): "联系11010519491231002X"})


def test_only_what_is_asked_of_the_results_is_written_with_them(
    project: Project, cast: Cast
) -> None:
    saved = save_results(
        project, by=cast["applicant"], summary=SUMMARY, answers={"q0000000000": "无此问题"}
    )
    assert saved.answers == {}


def test_the_application_knows_nothing_of_it(cast: Cast, applicant: Client) -> None:
    draft = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    saved = save_application(draft, by=cast["applicant"], answers=said())
    assert saved.answers == {}
    for name in ("application", "check"):
        assert "惠及群众人数" not in applicant.get(url(draft, name)).text
    assert applicant.get(reverse("portal:section", args=[draft.pk, "results"])).status_code == 404
    project = move(saved, "submit", by=cast["applicant"])
    kept = last_entry(project, "submit")
    assert kept is not None
    assert not {key(one) for one in ASKED} & kept.data["application"].keys()


def test_others_write_none_of_it(project: Project, cast: Cast) -> None:
    with pytest.raises(Frozen):
        save_results(project, by=cast["department"], summary=SUMMARY, answers=said())
    handed_in(project, cast)
    with pytest.raises(Frozen):
        save_results(project, by=cast["applicant"], summary=SUMMARY, answers=said())


# Where it is read


def test_the_case_file_shows_it(project: Project, cast: Cast) -> None:
    handed_in(project, cast)
    page = client_of(cast["department"]).get(reverse("partybuilding:case", args=[project.pk])).text
    for words in (
        "惠及群众人数",
        "860人",
        "邻里议事规则",
        "可推广的做法",
        "事项公开销号",
        "议事厅",
    ):
        assert words in page
    assert reverse("partybuilding:results_paper", args=[project.pk, "pdf"]) in page


@pytest.mark.parametrize("side", ["portal", "partybuilding"])
def test_it_is_printed_once_it_is_handed_in(side: str, project: Project, cast: Cast) -> None:
    reader = client_of(cast["applicant" if side == "portal" else "department"])
    papers = [reverse(f"{side}:results_paper", args=[project.pk, one]) for one in ("pdf", "docx")]
    assert [reader.get(paper).status_code for paper in papers] == [404, 404]
    handed_in(project, cast)
    pdf = PdfReader(BytesIO(reader.get(papers[0]).getvalue()))
    printed = "".join(page.extract_text() for page in pdf.pages)
    document = Document(BytesIO(reader.get(papers[1]).getvalue()))
    cells = "".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    inner = "".join(
        one.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for within in cell.tables
        for line in within.rows
        for one in line.cells
    )
    for text in (printed, cells + inner):
        bare = "".join(text.split())
        for words in (SUMMARY, "860人", "邻里议事规则", "事项公开销号", "议事厅", "承诺落实情况"):
            assert words in bare
        assert "乡村特色" not in bare
        assert "附件材料" not in bare
    stranger = client_of(make_person(Role.APPLICANT))
    if side == "portal":
        assert stranger.get(papers[0]).status_code == 404
        assert papers[0] in reader.get(url(project, "project")).text


def test_the_register_has_a_column_for_each_question(project: Project, cast: Cast) -> None:
    handed_in(project, cast)
    register = reverse("party_projects_modeladmin_index")
    answer = client_of(cast["department"]).get(register, {"export": "xlsx"})
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    head, row = ([cell.value for cell in line] for line in list(sheet.iter_rows())[:2])
    told = dict(zip(head, row, strict=True))
    assert told["惠及群众人数"] == 860
    assert told["制度名称"] == "邻里议事规则"


def test_residents_read_none_of_it(cast: Cast, client: Client) -> None:
    shown = make_page("implementing", cast)
    report(shown.project.commitments.get().steps.get(), cast)
    handed_in(anew(shown.project), cast)
    page = client.get(shown.url).text
    assert SUMMARY in page
    assert "邻里议事规则" not in page
    assert "860" not in page


# The form of the year


def test_whoever_writes_the_form_sees_it_in_the_preview_and_afterwards(cast: Cast) -> None:
    officer = client_of(cast["department"])
    read = officer.get(reverse("partybuilding:year_form", args=[cast.cycle.pk])).text
    assert "成果填报" in read
    assert "惠及群众人数" in read
    following = start_next_year(cast.cycle, by=cast["department"])
    copied = SheetDraft.objects.get(cycle=following)
    assert copied.content == SheetDraft.objects.get(cycle=cast.cycle).content
    editor = officer.get(reverse("partybuilding:year_form", args=[following.pk]))
    assert editor.status_code == 200
    assert json.dumps("成果填报") in html.unescape(editor.text)
    preview = officer.get(reverse("partybuilding:year_form_preview", args=[following.pk])).text
    assert "惠及群众人数" in preview


def test_words_put_right_reach_who_still_writes_and_nobody_else(
    project: Project, cast: Cast
) -> None:
    done = make_project("implementing", cast)
    report(done.commitments.get().steps.get(), cast)
    handed_in(anew(done), cast)
    words = {(key(REACHED), "label"): "直接惠及群众人数"}
    second, before = make_person(Role.DEPARTMENT), Notice.objects.count()
    confirm(propose(cast.cycle, words, by=cast["department"], reason="用语更准确。"), by=second)
    told = Notice.objects.order_by("pk")[before:]
    assert {one.recipient for one in told} == {cast["applicant"]}
    first, last = (anew(one).results.questions[key(REACHED)] for one in (project, done))
    assert (str(first.label), str(last.label)) == ("直接惠及群众人数", "惠及群众人数")
    assert key(REACHED) in anew(done).answers


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        (lambda: [results_part(), *delivered_with()], "申报部分"),
        (lambda: [*delivered_with(), results_part(), results_part(LEARNT)], "重复"),
        (lambda: [*delivered_with(), part_for("results")], "成果填报"),
        (lambda: [*delivered_with(), results_part(block("file", "佐证"))], "佐证"),
        (lambda: [*delivered_with(), results_part(block("text", "负责人身份证号"))], "身份证"),
    ],
)
def test_what_is_wrong_with_it_is_said(blocks: Any, words: str) -> None:
    faults = [str(fault) for fault in Reading(blocks()).faults]
    assert any(words in fault for fault in faults), faults


def test_a_pack_carries_it() -> None:
    blocks = [*delivered_with(), results_part()]
    assert Reading(sound_blocks(blocks)).content == Reading(blocks).content


def test_a_year_that_asks_nothing_of_it_is_as_it_was(client: Client) -> None:
    cast = make_cast()
    project = make_project("implementing", cast)
    page = client_of(cast["applicant"]).get(url(project)).text
    assert "成果填报" not in page
    assert "asked.js" not in page
    assert project.results.fields == []
