"""The papers of a decision: a project's letter, all letters of a session, the list of what was settled."""

import io
import zipfile
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from partybuilding.core.services import move
from partybuilding.projects.models import DecisionSession, Project
from partybuilding.projects.services import close_session, note_decision, open_session
from partybuilding.projects.sessions import documents as documents_sessions
from partybuilding.projects.sessions.documents import letter_files, zipped
from partybuilding.projects.sessions.selectors import agenda, letters_of, standing_decision
from tests.factories import Cast, make_cast, make_organization, make_project
from tests.factories.projects import assess
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
#: Of the private area: no font of any machine has it.
RARE = "\U0010e123"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def session(cast: Cast) -> DecisionSession:
    """One approved, one declined, one returned, one refused by the door, one put off, one not discussed."""
    projects = [make_project("first_passed", cast) for _turn in range(6)]
    for number, project in enumerate(projects):
        if number != 3:
            assess(project, cast)
    found = open_session(cast.cycle, "2026年度立项评审会", by=cast["department"])
    items = list(found.items.all())
    by = cast["department"]
    note_decision(items[0], "approve", by=by, reason="特色鲜明。")
    note_decision(items[1], "decline", by=by, grounds=["no_highlight"], reason="亮点不够。")
    note_decision(items[2], "send_back", by=by, reason="请补充责任人。")
    note_decision(items[3], "approve", by=by)
    note_decision(items[4], "defer", by=by)
    return found


@pytest.fixture
def closed(cast: Cast, session: DecisionSession) -> DecisionSession:
    close_session(session, by=cast["department"])
    return DecisionSession.objects.get(pk=session.pk)


def letter(project: Project, edition: str = "pdf") -> str:
    return reverse("partybuilding:letter", args=[project.pk, edition])


def bundle(session: DecisionSession, edition: str = "pdf") -> str:
    return reverse("partybuilding:session_letters", args=[session.pk, edition])


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


# A project's letter


@pytest.mark.parametrize("edition", ["pdf", "docx"])
def test_a_decided_project_has_its_letter(cast: Cast, edition: str) -> None:
    project = make_project("approved", cast)
    answer = client_of(cast["department"]).get(letter(project, edition))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if edition == "docx":
        assert "决定予以立项" in text_of(answer.content)
    else:
        assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("state", "roles"),
    [
        ("approved", {"department", "taskforce", "auditor", "unit", "editor", "publisher"}),
        ("declined", {"department", "taskforce", "auditor", "unit"}),
        ("first_passed", set()),
        ("submitted", set()),
    ],
)
def test_a_letter_is_for_staff_who_see_the_project(cast: Cast, state: str, roles: set[str]) -> None:
    project = make_project(state, cast)
    staff = ("department", "taskforce", "auditor", "unit", "editor", "publisher")
    found = {r for r in staff if client_of(cast[r]).get(letter(project, "docx")).status_code == 200}
    assert found == roles
    stranger = make_cast(cast.cycle, make_organization())["unit"]
    assert client_of(stranger).get(letter(project, "docx")).status_code == 404


def test_there_is_no_third_edition(cast: Cast) -> None:
    project = make_project("approved", cast)
    assert client_of(cast["department"]).get(letter(project, "xlsx")).status_code == 404


def test_a_reopened_refusal_has_no_letter_any_more(cast: Cast) -> None:
    project = make_project("declined", cast)
    assert standing_decision(project) is not None
    project = move(project, "reopen", by=cast["department"], reason="材料已补齐。")
    assert standing_decision(project) is None
    assert client_of(cast["department"]).get(letter(project)).status_code == 404


def test_a_letter_with_a_character_that_no_font_has_is_printed(cast: Cast) -> None:
    project = make_project("approved", cast)
    Project.objects.filter(pk=project.pk).update(title=f"{RARE}项目")
    answer = client_of(cast["department"]).get(letter(project))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


# All letters of a session


@pytest.mark.parametrize("edition", ["pdf", "docx"])
def test_all_letters_come_in_one_file_named_by_number_and_organization(
    cast: Cast, closed: DecisionSession, edition: str
) -> None:
    answer = client_of(cast["department"]).get(bundle(closed, edition))
    assert answer.streaming
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    approved, declined = (item.project for item in closed.items.all()[:2])
    name = cast.organization.name
    assert archive.namelist() == [
        f"{approved.code} {name} 立项通知书.{edition}",
        f"{declined.code} {name} 不予立项告知书.{edition}",
    ]
    if edition == "docx":
        assert "亮点不够。" in text_of(archive.read(archive.namelist()[1]))


def test_the_letters_are_of_what_the_session_settled_and_still_stands(
    cast: Cast, closed: DecisionSession
) -> None:
    make_project("approved", cast)
    approved, declined = (item.project for item in closed.items.all()[:2])
    assert [project for project, _entry in letters_of(closed)] == [approved, declined]
    move(Project.objects.get(pk=declined.pk), "reopen", by=cast["department"], reason="已补齐。")
    assert [project for project, _entry in letters_of(closed)] == [approved]


def test_one_letter_of_a_rare_name_does_not_stop_the_others(
    cast: Cast, closed: DecisionSession
) -> None:
    rare = closed.items.first().project
    Project.objects.filter(pk=rare.pk).update(title=f"{RARE}项目")
    files = dict(letter_files(letters_of(closed), "pdf"))
    assert [name.rpartition(".")[2] for name in files] == ["pdf", "docx", "pdf", "txt"]
    assert RARE in files["说明.txt"].decode("utf-8-sig")


def test_the_file_is_handed_over_letter_by_letter() -> None:
    pieces = list(zipped([("甲.txt", b"1" * 100), ("乙.txt", b"2" * 100)]))
    assert len(pieces) == 3
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.read("乙.txt") == b"2" * 100


def test_a_name_with_a_slash_stays_one_file(cast: Cast, closed: DecisionSession) -> None:
    letters = letters_of(closed)
    letters[0][0].facts["approve"]["organization"] = "机关/事业联合党支部"
    names = [name for name, _content in letter_files(letters, "docx")]
    assert "机关_事业联合党支部" in names[0]


@pytest.mark.parametrize("role", ["taskforce", "unit", "editor"])
def test_others_have_no_letters_of_a_session(
    cast: Cast, closed: DecisionSession, role: str
) -> None:
    assert client_of(cast[role]).get(bundle(closed)).status_code == 404


def test_an_open_session_has_no_letters(cast: Cast, session: DecisionSession) -> None:
    client = client_of(cast["department"])
    answer = client.get(bundle(session), follow=True)
    assert "没有需要制发的通知书" in answer.content.decode()
    assert client.get(bundle(session, "xlsx")).status_code == 404


# The list of what was settled


def settled(client: Any, session: DecisionSession) -> str:
    answer = client.get(reverse("partybuilding:session_list", args=[session.pk]))
    assert answer.status_code == 200
    return text_of(answer.content)


def test_the_list_of_an_open_session_is_a_draft(cast: Cast, session: DecisionSession) -> None:
    text = settled(client_of(cast["department"]), session)
    assert "2026年度立项评审会议定清单（讨论稿）" in text
    assert "一、同意立项（2项）" in text


def test_the_list_of_a_closed_session_sets_apart_what_did_not_take_effect(
    cast: Cast, closed: DecisionSession
) -> None:
    text = settled(client_of(cast["auditor"]), closed)
    assert "讨论稿" not in text
    for heading in (
        "一、同意立项（1项）",
        "二、不予立项（1项）",
        "三、退回修改（1项）",
        "四、暂缓（1项）",
        "五、未议（1项）",
        "六、未生效（1项）",
    ):
        assert heading in text
    assert "亮点不突出；亮点不够" in text
    assert "同意立项未生效：请先登记预评估" in text
    assert "主持人" in text


def test_words_that_break_xml_and_lines_leave_a_whole_list(
    cast: Cast, session: DecisionSession
) -> None:
    Project.objects.filter(cycle=cast.cycle).update(title="A\x0bB\n<w:p>&甲")
    assert "<w:p>&甲" in settled(client_of(cast["department"]), session)


def test_a_reason_for_exceeding_the_quota_stands_in_the_list(
    cast: Cast, session: DecisionSession
) -> None:
    session.items.filter(decision="approve").update(quota_reason="区委专题会议同意增加。")
    assert "超额立项理由：区委专题会议同意增加" in settled(client_of(cast["department"]), session)


def test_the_list_needs_no_unit_and_no_points(cast: Cast, session: DecisionSession) -> None:
    item = session.items.first()
    item.project.ratings.all().delete()
    facts = {**item.project.facts}
    facts["pass_first"]["unit"] = ""
    Project.objects.filter(pk=item.project_id).update(facts=facts)
    (row, *_rest) = documents_sessions.decision_list(session, agenda(session)).parts[0].rows
    assert (row.unit, row.points) == ("", "")
