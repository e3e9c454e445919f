"""The year's own questions stand wherever the delivered ones do, and nowhere else."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.selectors import last_entry
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.services import start_next_year
from partybuilding.projects.models import Project
from partybuilding.projects.services import (
    create_draft,
    open_session,
    save_application,
    submit_application,
)
from partybuilding.projects.yearform.services import save_form
from tests.factories import Cast, fill, make_cast, make_cycle, make_organization, make_person
from tests.factories.projects import take
from tests.factories.screens import client_of, queries_of
from tests.factories.yearform import block, delivered_with, key, own_part, when
from tests.partybuilding.projects.yearform.conftest import WORDS, Asked, open_it

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant(cast: Cast) -> Client:
    return client_of(cast["applicant"])


def address(name: str, project: Project, *args: Any) -> str:
    return reverse(f"portal:{name}", args=[project.pk, *args])


def anew(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


def part_code(asked: Asked) -> str:
    return "p" + key(asked.part)[1:]


def typed(asked: Asked, page: str, **changes: Any) -> dict[str, Any]:
    """Return what a browser would send for the year's own part."""
    seen = re.search(r'name="seen" value="(\w+)"', page)
    answers = asked.answers()
    names = ("ways", "group", "wish", "day", "clerk")
    said = {asked.key(name): answers[asked.key(name)] for name in names}
    things, keeper = asked.key("things"), asked.key("keeper")
    (row,) = answers[things]
    said |= {f"{things}-0-{code}": cell for code, cell in row.items()}
    said |= {f"{keeper}-0-{code}": words for code, words in answers[keeper].items()}
    return {**said, "seen": seen and seen[1], **changes}


def test_the_part_has_its_page_saves_itself_and_comes_back_as_typed(
    cast: Cast, asked: Asked, applicant: Client
) -> None:
    draft = create_draft(cast.cycle, cast.organization, by=cast["applicant"])
    place = address("section", draft, part_code(asked))
    page = applicant.get(place).text
    for words in ("群众参与情况", "如实填写。", "写群众自己的话。", "入户走访", "第3部分，共7部分"):
        assert words in page
    saved = applicant.post(address("autosave", draft, part_code(asked)), typed(asked, page))
    assert saved.status_code == 200
    now = anew(draft)
    answers = asked.answers()
    left = {asked.key("ready"), asked.key("sum")}
    assert now.answers == {key: said for key, said in answers.items() if key not in left}
    page = applicant.get(place).text
    assert 'value="2026-11-20"' in page
    assert page.count("checked") == 3
    assert applicant.get(address("application", draft)).text.count("已完成") >= 1


def test_nobody_overwrites_what_a_colleague_wrote(
    draft: Project, asked: Asked, applicant: Client, cast: Cast
) -> None:
    page = applicant.get(address("section", draft, part_code(asked))).text
    save_application(draft, by=cast["applicant"], answers={asked.key("clerk"): "楼栋长"})
    late = typed(asked, page, **{asked.key("clerk"): "网格长"})
    answer = applicant.post(address("autosave", draft, part_code(asked)), late)
    assert answer.status_code == 409
    # in another part nobody is in the way: the answers share a column, the parts do not
    other = applicant.get(address("section", draft, "basics")).text
    save_application(draft, by=cast["applicant"], answers={asked.key("clerk"): "组长"})
    seen = re.search(r'name="seen" value="(\w+)"', other)
    sent = {
        "title": "新名称",
        "sector": "urban",
        "seen": seen and seen[1],
        asked.key("ready"): "no",
    }
    assert applicant.post(address("autosave", draft, "basics"), sent).status_code in (200, 422)
    assert anew(draft).answers[asked.key("ready")] is False
    assert anew(draft).answers[asked.key("clerk")] == "组长"


def test_what_is_wrong_is_said_and_the_rest_is_saved(
    draft: Project, asked: Asked, applicant: Client
) -> None:
    page = applicant.get(address("section", draft, "basics")).text
    seen = re.search(r'name="seen" value="(\w+)"', page)
    sent = {"title": "新名称", "seen": seen and seen[1], asked.key("sum"): "1.234"}
    answer = applicant.post(
        address("autosave", draft, "basics"), {**sent, asked.key("ready"): "yes"}
    )
    assert answer.status_code == 422
    assert "专项经费数额（万元）" in answer.json()["message"]
    assert anew(draft).answers[asked.key("sum")] == 12.5
    assert anew(draft).title == "新名称"


def test_what_is_not_asked_stands_in_nobodys_way(
    draft: Project, asked: Asked, applicant: Client
) -> None:
    page = applicant.get(address("section", draft, "basics")).text
    assert f'data-when="[[&quot;{asked.key("ready")}&quot;, [&quot;yes&quot;]]]"' in page
    assert "仅“是否已有专项经费”为是时填写。" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)
    sent = {
        "title": "新名称",
        "sector": "urban",
        "topic": draft.topic_id,
        "contact_name": "周示例",
        "contact_phone": "023-79220000",
        "seen": seen and seen[1],
        asked.key("ready"): "no",
        asked.key("sum"): "abc",
    }
    assert applicant.post(address("autosave", draft, "basics"), sent).status_code == 200
    assert anew(draft).answers[asked.key("sum")] == 12.5  # kept for whoever changes back
    check = applicant.get(address("check", draft)).text
    assert "专项经费数额" not in check
    assert applicant.post(address("check", draft), {"confirmed": "on"}).status_code == 302


def test_what_an_earlier_part_leaves_out_is_not_lost_by_saving_a_later_one() -> None:
    cast = make_cast(cycle=make_cycle())
    ready = block("yes_no", "已有场地")
    where = block("text", "场地名称", when=[when("已有场地", "是")])
    part = own_part("场地", where, block("text", "备注"))
    save_form(cast.cycle, [*delivered_with(ready), part], by=cast["department"])
    cast.cycle = open_it(cast.cycle, cast)
    draft = create_draft(cast.cycle, cast.organization, by=cast["applicant"])
    said = {key(ready): True, key(where): "议事厅"}
    save_application(draft, by=cast["applicant"], answers=said)
    save_application(draft, by=cast["applicant"], answers={key(ready): False})
    person, code = client_of(cast["applicant"]), "p" + key(part)[1:]
    page = person.get(address("section", draft, code)).text
    assert key(where) not in page
    seen = re.search(r'name="seen" value="(\w+)"', page)
    sent = {"seen": seen and seen[1], key(part["value"]["fields"][1]): "无"}
    assert person.post(address("autosave", draft, code), sent).status_code == 200
    assert anew(draft).answers[key(where)] == "议事厅"


def test_it_is_asked_for_before_it_is_handed_in(
    cast: Cast, asked: Asked, applicant: Client
) -> None:
    draft = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    page = applicant.get(address("check", draft)).text
    for label in ("是否已有专项经费", "听取意见的方式", "群众的主要意见"):
        assert f"“{label}”尚未填写。" in page
    assert "“专项经费数额”尚未填写" not in page
    with pytest.raises(ConditionUnmet):
        submit_application(draft, by=cast["applicant"])


def test_numbers_of_persons_are_refused_with_their_place(
    draft: Project, asked: Asked, applicant: Client, cast: Cast
) -> None:
    said = {asked.key("wish"): "张某，身份证11010519491231002X，盼修路。"}
    save_application(draft, by=cast["applicant"], answers=said)
    page = applicant.get(address("check", draft)).text
    assert "“群众的主要意见”中有个人号码" in page
    with pytest.raises(ConditionUnmet, match="个人号码"):
        submit_application(anew(draft), by=cast["applicant"])


def test_check_page_case_file_brief_and_meeting_show_every_answer(
    draft: Project, applicant: Client, cast: Cast
) -> None:
    check = applicant.get(address("check", draft)).text
    project = take(submit_application(draft, by=cast["applicant"]), "pass_first", cast)
    officer = client_of(cast["department"])
    session = open_session(cast.cycle, "立项评审会", by=cast["department"])
    item = session.items.get(project=project)
    pages = {
        "check": check,
        "case": officer.get(reverse("partybuilding:case", args=[project.pk])).text,
        "brief": officer.get(reverse("partybuilding:step", args=[project.pk, "decline"])).text,
        "meeting": officer.get(
            reverse("partybuilding:session_item", args=[session.pk, item.pk])
        ).text,
    }
    for name, page in pages.items():
        for words in WORDS.values():
            assert words in page, (name, words)
        assert "群众的主要意见" in page, name


def test_trail_comparison_and_remarks_have_them(
    draft: Project, asked: Asked, applicant: Client, cast: Cast
) -> None:
    project = submit_application(draft, by=cast["applicant"])
    kept = last_entry(project, "submit").data["application"]
    assert asked.answers().items() <= kept.items()
    step = reverse("partybuilding:step", args=[project.pk, "send_back"])
    assert f'name="remark_{part_code(asked)}"' in client_of(cast["unit"]).get(step).text
    remarks = {"remarks": {part_code(asked): "请写得具体些。"}}
    move(project, "send_back", by=cast["unit"], reason="请完善。", data=remarks)
    assert "请写得具体些。" in applicant.get(address("application", project)).text
    changed = {asked.key("wish"): "盼楼下有两盏长明灯。", asked.key("ready"): False}
    save_application(anew(project), by=cast["applicant"], answers=changed)
    project = submit_application(anew(project), by=cast["applicant"])
    page = client_of(cast["unit"]).get(reverse("partybuilding:case", args=[project.pk])).text
    assert "<strong>群众参与情况：</strong>请写得具体些。" in page
    assert "<del>一</del" in page
    assert "<ins>两</ins" in page
    assert "<del>12.5万元</del" in page  # no longer asked: it is gone, and that is told


def test_both_papers_print_every_answer(draft: Project, applicant: Client, cast: Cast) -> None:
    project = submit_application(draft, by=cast["applicant"])
    pdf = applicant.get(address("form_paper", project, "pdf")).content
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
    word = Document(BytesIO(applicant.get(address("form_paper", project, "docx")).content))
    cells = "\n".join(cell.text for row in word.tables[0].rows for cell in row.cells)
    for words in (said for name, said in WORDS.items() if name != "things"):
        assert "".join(words.split()) in text, words
        assert words in cells, words
    assert "设备数量路灯12" in text
    (table,) = (one for row in word.tables[0].rows for one in row.cells[1].tables[:1])
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["设备", "数量"],
        ["路灯", "12"],
    ]


def rows(user: Any) -> list[dict[str, Any]]:
    answer = client_of(user).get("/admin/party/projects/", {"export": "xlsx"})
    head, *body = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_the_register_as_a_file_holds_the_union_over_the_years(
    draft: Project, asked: Asked, cast: Cast
) -> None:
    submit_application(draft, by=cast["applicant"])
    following = start_next_year(cast.cycle, by=cast["department"])
    blocks = following.form.parts.get_prep_value()
    own = blocks[2]["value"]["fields"]
    own[0]["value"]["label"] = "怎样听取意见"
    del own[0]["value"]["options"][1]
    own[2:3] = [block("text", "新增一题", required=True)]
    save_form(following, blocks, by=cast["department"])
    shift = {"applications_open": cast.cycle.applications_open}
    type(following).objects.filter(pk=following.pk).update(**shift)
    later = fill(
        create_draft(open_it(following, cast), cast.organization, by=cast["applicant"]), cast
    )
    added = {key(own[2]): "又一句", asked.key("ways"): asked.answers()[asked.key("ways")]}
    said = {**asked.answers(), **added}
    submit_application(
        save_application(later, by=cast["applicant"], answers=said), by=cast["applicant"]
    )
    found = {row["年度批次"]: row for row in rows(cast["department"])}
    old, new = found[str(cast.cycle)], found[str(following)]
    assert list(old) == list(new)
    assert old["怎样听取意见"] == new["怎样听取意见"] == "入户走访、网上征求"
    assert old["群众的主要意见"] == "盼楼下有一盏长明灯。"
    assert not new["群众的主要意见"]
    assert new["新增一题"] == "又一句"
    assert (old["专项经费数额"], type(old["专项经费数额"])) == (12.5, float)


def test_nothing_written_in_a_form_runs_anywhere() -> None:
    evil = '=HYPERLINK("http://x")<b onclick=x>{{ 7|add:7 }}#read("/etc/passwd")'
    cast = make_cast(cycle=make_cycle())
    one = block("choice", evil[:60], options=(evil[:60], "<script>alert(1)</script>"), help=evil)
    two = block("text", "文字", longest=200)
    save_form(cast.cycle, [*delivered_with(two), own_part(evil[:60], one)], by=cast["department"])
    cast.cycle = open_it(cast.cycle, cast)
    draft = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    said = {key(two): evil}
    draft = save_application(draft, by=cast["applicant"], answers=said)
    person = client_of(cast["applicant"])
    code = "p" + draft.sheet.parts[-1].code[1:]
    page = person.get(address("section", draft, code)).text
    assert "<b onclick" not in page
    assert "<script>alert" not in page
    assert "{{ 7|add:7 }}" in page
    project = submit_application(draft, by=cast["applicant"])
    for place in (
        reverse("partybuilding:case", args=[project.pk]),
        reverse("partybuilding:year_form", args=[cast.cycle.pk]),
    ):
        assert "<b onclick" not in client_of(cast["department"]).get(place).text
    answer = client_of(cast["department"]).get("/admin/party/projects/", {"export": "xlsx"})
    sheet = load_workbook(BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    pdf = person.get(address("form_paper", project, "pdf")).content
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
    assert '#read("/etc/passwd")' in text


def test_answers_are_read_by_those_who_read_the_application_alone(
    draft: Project, cast: Cast, client: Client
) -> None:
    project = take(submit_application(draft, by=cast["applicant"]), "pass_first", cast)
    stranger = make_person(Role.APPLICANT, make_organization())
    assert client_of(stranger).get(address("check", project)).status_code == 404
    assert client_of(stranger).get(address("form_paper", project, "pdf")).status_code == 404
    other = make_person(Role.UNIT, make_organization().unit)
    case = reverse("partybuilding:case", args=[project.pk])
    assert client_of(other).get(case).status_code in (302, 404)
    assert all("网格员" not in str(row) for row in rows(other))
    assert client.get(case).status_code == 302


def test_forty_questions_cost_no_query_more(asked: Asked) -> None:
    plain, full = make_cast(cycle=make_cycle()), make_cast(cycle=make_cycle())
    parts = [
        own_part(f"部分{n}", *(block("text", f"题{n}-{m}") for m in range(5))) for n in range(8)
    ]
    save_form(full.cycle, [*delivered_with(), *parts], by=full["department"])
    counts = []
    for cast in (plain, full):
        cast.cycle = open_it(cast.cycle, cast)
        draft = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
        said = dict.fromkeys(draft.sheet.questions, "已写")
        save_application(draft, by=cast["applicant"], answers=said)
        person, officer = client_of(cast["applicant"]), client_of(cast["department"])
        places = [address(name, draft) for name in ("application", "check")]
        places += [address("section", draft, "basics")]
        found = [queries_of(person, place) for place in places]
        submit_application(anew(draft), by=cast["applicant"])
        lists = ("/admin/party/projects/", "/admin/party/projects/?export=xlsx")
        found += [queries_of(officer, place) for place in lists]
        counts.append(found)
    export = 1  # the file asks once which forms there are
    assert [more - less for less, more in zip(*counts, strict=True)][:-1] == [0, 0, 0, 0]
    assert counts[1][-1] - counts[0][-1] <= export
