"""One score sheet: what is typed is stored exactly, once, shown as stored, sealed, and told to nobody else."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partybuilding.core.models import Purpose
from partybuilding.core.services import attach, move
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.services import give_statement
from partybuilding.evaluation.states import SheetKind, SheetState
from partybuilding.projects.models import Project, SheetVersion
from partybuilding.projects.states import RESULTS_IN, ProjectState
from partybuilding.projects.yearform.content import Reading
from tests.factories.evaluation import Judged, first_sheet, hold_draw, make_year, review, score
from tests.factories.yearform import block, delivered_with, key, part_for
from tests.partybuilding.core.uploads import samples
from tests.partybuilding.portal.test_home import queries

TOKEN = re.compile(r'(csrfmiddlewaretoken" value=|name="key" value=)"\w+"')


@pytest.fixture
def year(db: None) -> Judged:
    made = make_year()
    hold_draw(made)
    hold_draw(made, "peers")
    return made


@pytest.fixture
def sheet(year: Judged) -> ScoreSheet:
    found = first_sheet()
    give_statement(year.cycle, by=found.judge)
    return found


@pytest.fixture
def client(sheet: ScoreSheet, browse: Any) -> Any:
    return browse(sheet.judge)


def at(sheet: ScoreSheet, name: str = "sheet") -> str:
    return reverse(f"portal:{name}", args=[sheet.pk])


def typed(sheet: ScoreSheet, *points: str, **more: Any) -> dict[str, Any]:
    codes = [f"points-{one.code}" for one in sheet.criteria]
    return {**dict(zip(codes, points, strict=False)), "note": "", **more}


def kept(sheet: ScoreSheet) -> list[str]:
    sheet.refresh_from_db()
    return [sheet.points.get(one.code, "") for one in sheet.criteria]


SAVED = [
    ("27", "27"),
    ("27.5", "27.5"),
    ("27.50", "27.5"),
    ("27.", "27"),
    (".5", "0.5"),
    ("0", "0"),
    ("00", "0"),
    ("030", "30"),
    ("２７", "27"),
    ("２７\uff0e５", "27.5"),
    ("27,5", "27.5"),
    ("27，5", "27.5"),
    ("27。5", "27.5"),
    ("27、5", "27.5"),
    (" 27 ", "27"),
    ("\u3000２７\u3000", "27"),
    ("27\u200b", "27"),
    ("", ""),
    ("  ", ""),
]
REFUSED = [
    "0.1+0.2", "0.1", "27.25", "30.5", "31", "-1", "+5", "1e1", "1_0", "2 7", "27.5.0", "1,000", "٣",
    "27分", "二十七", "²", "NaN", "Infinity", "0x1A", "½", "9" * 50,
]  # fmt: skip


@pytest.mark.parametrize(("said", "stored"), SAVED)
def test_what_is_typed_is_stored_exactly(said: str, stored: str, sheet: Any, client: Any) -> None:
    answer = client.post(at(sheet, "sheet_save"), typed(sheet, said)).json()
    assert kept(sheet)[0] == stored
    assert answer["stored"]["points"][sheet.criteria[0].code] == stored
    assert answer["digest"] == digest(answer["stored"])
    client.post(at(sheet), typed(sheet, said))
    assert kept(sheet)[0] == stored


@pytest.mark.parametrize("said", REFUSED)
def test_what_is_no_number_within_limit_and_step_is_refused_beside_its_field(
    said: str, sheet: Any, client: Any
) -> None:
    client.post(at(sheet), typed(sheet, "20", "10"))
    name = f"points-{sheet.criteria[0].code}"
    answer = client.post(at(sheet, "sheet_save"), typed(sheet, said, "11"))
    assert answer.status_code == 422
    assert set(answer.json()["faults"]) == {name}
    page = client.post(at(sheet), typed(sheet, said, "11"))
    assert kept(sheet)[:2] == ["20", "10"]
    assert said in page.context["form"][name].value()
    assert 'aria-invalid="true"' in page.content.decode()
    assert page.content.decode().count('field__error"') == 1


def test_the_sum_is_exact_and_what_is_shown_is_what_is_stored(sheet: Any, client: Any) -> None:
    page = client.post(at(sheet), typed(sheet, "0.5", "29.5", "37.5"), follow=True).content.decode()
    names = [one.name for one in sheet.criteria]
    words = f"已保存：{names[0]} 0.5分；{names[1]} 29.5分；{names[2]} 37.5分；合计67.5分。"
    assert words in page
    assert "<output data-sum>67.5</output>" in page
    for value in kept(sheet):
        assert f'value="{value}"' in page
    check = client.get(at(sheet, "hand_in")).content.decode()
    assert "67.5分（满分100分）" in check


def test_points_are_taken_back_by_an_empty_field(sheet: Any, client: Any) -> None:
    client.post(at(sheet), typed(sheet, "20", "10", "5"))
    client.post(at(sheet), typed(sheet, "", "10", "5"))
    assert kept(sheet) == ["", "10", "5"]


def test_remarks_keep_their_lines_and_have_a_limit(sheet: Any, client: Any) -> None:
    client.post(at(sheet), typed(sheet, note="台账扎实。\r\n\r\n群众认可。"))
    sheet.refresh_from_db()
    assert sheet.note == "台账扎实。\n\n群众认可。"
    answer = client.post(at(sheet, "sheet_save"), typed(sheet, note="长" * 1001))
    assert (answer.status_code, set(answer.json()["faults"])) == (422, {"note"})
    assert client.post(at(sheet, "sheet_save"), typed(sheet, note="长" * 1000)).status_code == 200


def test_a_repeated_sending_changes_nothing(sheet: Any, client: Any) -> None:
    first = client.post(at(sheet, "sheet_save"), typed(sheet, "20", key="a" * 32, seen="0")).json()
    again = client.post(at(sheet, "sheet_save"), typed(sheet, "20", key="a" * 32, seen="0")).json()
    assert first == again
    sheet.refresh_from_db()
    assert sheet.revision == 1


def test_a_late_sending_does_not_bring_older_points_back(sheet: Any, client: Any) -> None:
    address = at(sheet, "sheet_save")
    client.post(address, typed(sheet, "20", key="a" * 32, seen="0"))
    client.post(address, typed(sheet, "25", key="b" * 32, seen="1"))
    late = client.post(address, typed(sheet, "20", key="a" * 32, seen="0"))
    assert late.status_code == 409
    told = late.json()
    assert (told["overtaken"], told["revision"], told["key"]) == (True, 2, "b" * 32)
    assert kept(sheet)[0] == "25"


def test_a_plain_form_over_newer_points_comes_back_with_both(sheet: Any, client: Any) -> None:
    client.post(at(sheet), typed(sheet, "20", seen="0"))
    page = client.post(at(sheet), typed(sheet, "25", seen="0"))
    assert page.status_code == 409
    assert "20分" in page.content.decode()
    form = page.context["form"]
    assert form[f"points-{sheet.criteria[0].code}"].value() == "25"
    assert kept(sheet)[0] == "20"
    again = {name: form[name].value() or "" for name in form.fields}
    assert client.post(at(sheet), again).status_code == 302
    assert kept(sheet)[0] == "25"


def test_a_session_that_ran_out_answers_a_device_with_401_and_keeps_a_form(
    sheet: Any, client: Any
) -> None:
    client.logout()
    said = typed(sheet, "20")
    answer = client.post(at(sheet, "sheet_save"), said, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    page = client.post(at(sheet), said).content.decode()
    assert 'name="kept"' in page
    assert kept(sheet)[0] == ""


def test_a_sheet_is_handed_in_as_it_was_read(sheet: Any, client: Any) -> None:
    client.post(at(sheet), typed(sheet, "20", "10", "5"))
    old = client.post(at(sheet, "hand_in"), {"revision": "0"})
    assert "重新核对" in old.content.decode()
    sheet.refresh_from_db()
    assert sheet.state == SheetState.OPEN
    for _twice in range(2):
        assert client.post(at(sheet, "hand_in"), {"revision": "1"})["Location"] == at(sheet)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total) == (SheetState.LOCKED, Decimal(35))
    page = client.get(at(sheet)).content.decode()
    assert sheet.seal in page
    assert sheet.salt not in page
    assert "您的评分与封存一致" in page


def test_an_unfinished_sheet_is_not_handed_in(sheet: Any, client: Any) -> None:
    client.post(at(sheet), typed(sheet, "20", "", "5"))
    page = client.get(at(sheet, "hand_in")).content.decode()
    assert "暂不能提交" in page
    assert "确认提交" not in page
    refused = client.post(at(sheet, "hand_in"), {"revision": "1"}).content.decode()
    assert sheet.criteria[1].name in refused
    sheet.refresh_from_db()
    assert sheet.state == SheetState.OPEN


def test_points_that_were_changed_behind_the_seal_are_told(sheet: Any, client: Any) -> None:
    score(sheet, "80")
    code = sheet.criteria[0].code
    points = ScoreSheet.objects.get(pk=sheet.pk).points
    ScoreSheet.objects.filter(pk=sheet.pk).update(points={**points, code: "1"})
    page = client.get(at(sheet)).content.decode()
    assert "您的评分与封存不一致" in page
    assert "您的评分与封存一致" not in page


def test_a_locked_sheet_takes_nothing_and_what_was_typed_comes_back(
    sheet: Any, client: Any
) -> None:
    score(sheet, "80")
    before = kept(sheet)
    answer = client.post(at(sheet, "sheet_save"), typed(sheet, "1"))
    assert (answer.status_code, answer.json()["locked"]) == (409, True)
    page = client.post(at(sheet), typed(sheet, "13.5"))
    assert page.status_code == 409
    assert "13.5" in page.content.decode()
    assert kept(sheet) == before


def test_a_reopened_sheet_shows_why(sheet: Any, client: Any, year: Judged) -> None:
    move(score(sheet, "80"), "reopen", by=year.department, reason="第二项漏看了现场。")
    page = client.get(at(sheet)).content.decode()
    assert "第二项漏看了现场。" in page
    assert f'value="{kept(sheet)[0]}"' in page


def test_before_the_year_is_judged_nothing_is_handed_in(
    sheet: Any, client: Any, year: Judged
) -> None:
    type(year.cycle).objects.filter(pk=year.cycle.pk).update(state="implementing")
    client.post(at(sheet), typed(sheet, "20", "10", "5"))
    assert "评审阶段后方可评分" in client.get(at(sheet)).content.decode()
    client.post(at(sheet, "hand_in"), {"revision": "1"})
    sheet.refresh_from_db()
    assert sheet.state == SheetState.OPEN


def test_a_peer_gives_points_and_a_place_on_one_screen(year: Judged, browse: Any) -> None:
    sheet = ScoreSheet.objects.of_peers().order_by("pk").first()
    assert sheet is not None
    cast = next(one for one in year.casts if one.organization == sheet.reviewer)
    client = browse(cast["applicant"])
    page = client.post(at(sheet), typed(sheet, "40", "55.5", place="1"), follow=True)
    sheet.refresh_from_db()
    assert (sheet.place, kept(sheet)) == (1, ["40", "55.5"])
    assert "申报内容" not in page.content.decode()
    client.post(at(sheet, "hand_in"), {"revision": "1"})
    sheet.refresh_from_db()
    assert sheet.state == SheetState.LOCKED
    assert "第1名" in client.get(at(sheet)).content.decode()


@pytest.mark.parametrize("place", ["0", "2", "²", "x"])
def test_a_place_that_is_not_there_is_refused(place: str, year: Judged, browse: Any) -> None:
    sheet = ScoreSheet.objects.of_peers().order_by("pk").first()
    assert sheet is not None
    cast = next(one for one in year.casts if one.organization == sheet.reviewer)
    answer = browse(cast["applicant"]).post(
        at(sheet, "sheet_save"), typed(sheet, "40", "50", place=place)
    )
    assert (answer.status_code, set(answer.json()["faults"])) == (422, {"place"})


def test_the_way_beside_holds_plan_promises_evidence_and_files(
    sheet: Any, client: Any, year: Judged
) -> None:
    page = client.get(at(sheet)).content.decode()
    project = sheet.project
    for text in (
        project.problem,
        "实施方案",
        "公开承诺及兑现情况",
        project.commitments.first().goal,
    ):
        assert text in page


def test_experts_read_what_the_year_asks_of_the_results_and_peers_do_not(
    sheet: Any, client: Any, year: Judged, browse: Any
) -> None:
    asked = block("text", "形成的制度")
    content = Reading([*delivered_with(), part_for("results", asked)]).content
    Project.objects.update(
        results_version=SheetVersion.keep(content), answers={key(asked): "邻里议事规则"}
    )
    page = client.get(at(sheet)).content.decode()
    assert sheet.project.state in RESULTS_IN
    assert ("成果填报" in page, "邻里议事规则" in page) == (True, True)
    peer = ScoreSheet.objects.of_peers().order_by("pk").first()
    assert peer is not None
    cast = next(one for one in year.casts if one.organization == peer.reviewer)
    assert "邻里议事规则" not in browse(cast["applicant"]).get(at(peer)).content.decode()
    Project.objects.update(state=ProjectState.IMPLEMENTING)
    assert "邻里议事规则" not in client.get(at(sheet)).content.decode()


def test_a_written_sheet_opens_the_files_of_another_groups_project(
    year: Judged, browse: Any
) -> None:
    sheet = ScoreSheet.objects.filter(kind=SheetKind.WRITTEN).first()
    assert sheet is not None
    name, content = "方案.pdf", samples.pdf()
    file = attach(sheet.project, SimpleUploadedFile(name, content), by=year.casts[0]["applicant"])
    address = reverse("portal:sheet_file", args=[sheet.pk, file.pk])
    client = browse(sheet.judge)
    assert client.get(address).status_code == 404, "before the statement"
    give_statement(year.cycle, by=sheet.judge)
    assert address in client.get(at(sheet)).content.decode()
    assert client.get(address).status_code == 200
    stranger = next(one for one in year.experts if one != sheet.judge)
    assert browse(stranger).get(address).status_code == 404
    type(file).objects.filter(pk=file.pk).update(purpose=Purpose.REVIEW)
    assert client.get(address).status_code == 404


def test_nothing_of_others_scores_shows_anywhere(
    sheet: Any, client: Any, year: Judged, browse: Any
) -> None:
    """The same addresses, with and without others' sheets: equal in every byte, length and header (ETag too)."""
    applicant = next(c for c in year.casts if c.organization != sheet.project.organization)
    readers = {
        client: ["/portal/sheets/", at(sheet), at(sheet, "sheet_save"), at(sheet, "hand_in"),
                 "/portal/messages/", "/portal/assessments/"],
        browse(applicant["applicant"]): ["/portal/", "/portal/sheets/peers/", "/portal/messages/"],
    }  # fmt: skip

    def seen() -> list[Any]:
        for reader, addresses in readers.items():
            for address in addresses:
                reader.get(address)  # what is shown once is over
        return [
            (TOKEN.sub("", answer.content.decode()), len(answer.content), sorted(answer.items()))
            for reader, addresses in readers.items()
            for address in addresses
            for answer in [reader.get(address)]
        ]

    client.post(at(sheet), typed(sheet, "20", "10", "5"))
    before = seen()
    for number, other in enumerate(ScoreSheet.objects.exclude(pk=sheet.pk)):
        if other.judge_id not in (None, sheet.judge_id):
            score(other, str(60 + number))
        elif other.is_of_peer and other.reviewer_id != applicant.organization.pk:
            cast = next(c for c in year.casts if c.organization == other.reviewer)
            review(other, cast["applicant"], "70")
    assert ScoreSheet.objects.locked().count() > 5
    assert seen() == before
    client.post(at(sheet, "hand_in"), {"revision": "1"})
    page = client.get(at(sheet)).content.decode()
    for other in ScoreSheet.objects.locked().exclude(pk=sheet.pk):
        assert other.seal not in page


def test_the_sheet_costs_a_fixed_number_of_queries(sheet: Any, client: Any) -> None:
    few = queries(client, at(sheet))
    client.post(at(sheet), typed(sheet, "20", "10", "5", note="扎实"))
    assert queries(client, at(sheet)) == few <= 60
