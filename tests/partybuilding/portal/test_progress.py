"""The screens of an implementing project: report, answer, propose; nothing typed is lost."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.progress.models import CommitmentChange, Draft, StepQuestion, StepReport
from tests.factories import make_organization, make_person, make_project
from tests.factories.column import forge
from tests.factories.progress import (
    day,
    jpeg,
    make_change,
    make_kept,
    make_question,
    report,
    step_of,
)

NO_ROWS = {"figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0"}
NASTY = "<script>alert(1)</script>"


@pytest.fixture
def client(cast: Any, browse: Any) -> Any:
    return browse(cast["applicant"])


@pytest.fixture
def project(cast: Any) -> Any:
    return make_kept(cast, steps=2)


def at(name: str, *args: Any) -> str:
    return reverse(f"portal:{name}", args=args)


def form_of(project: Any, place: int = 0) -> str:
    return at("report", project.pk, step_of(project, place).pk)


def figures(*rows: tuple[str, str, str]) -> dict[str, str]:
    said = {"figures-TOTAL_FORMS": str(len(rows)), "figures-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        for name, value in zip(("name", "value", "unit"), row, strict=True):
            said[f"figures-{number}-{name}"] = value
    return said


def test_the_screen_shows_every_promise_with_what_can_be_done(client: Any, project: Any) -> None:
    text = client.get(at("progress", project.pk)).text
    for said in ("承诺落实", "办结议题10件", "第1次议事", "还剩20天", "报告完成", "申请调整承诺"):
        assert said in text
    assert f'href="{form_of(project)}"' in text
    assert at("change_step", project.pk, step_of(project).pk, "title") in text
    assert at("progress", project.pk) in client.get(at("project", project.pk)).text


def test_a_step_is_reported_with_figures_pictures_and_files(client: Any, project: Any) -> None:
    given = {
        "words": "首次议事会已召开。",
        "shows": "居民在议事",
        "pictures": [jpeg("1.jpg"), jpeg("2.jpg")],
        "files": [jpeg("签到表.jpg")],
        **figures(("议事", "１２", "次"), ("参加", "1,340", "人次"), ("", "", "")),
    }
    done = client.post(form_of(project), given, follow=True)
    assert "已报告完成，群众现在即可看到。" in done.text
    for said in ("议事12次；参加1340人次", "居民在议事（1）", "签到表.jpg"):
        assert said in done.text
    made = StepReport.objects.get()
    assert [row["alt"] for row in made.pictures] == ["居民在议事（1）", "居民在议事（2）"]
    again = client.get(form_of(project), follow=True)
    assert "已报告完成，或当前不能报告" in again.text
    picture = at("file", made.pictures[0]["attachment"])
    assert client.get(f"{picture}?preview=1").status_code == 200


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"words": ""}, "请填写完成情况"),
        ({"words": "联系13812345678"}, "手机号码"),
        ({"words": "已办结并公开。", **figures(("议事", "十二", "次"))}, "请填写数字"),
        ({"words": "已办结并公开。", **figures(("议事", "12", ""))}, "必填"),
        ({"words": "已办结并公开。", "pictures": [jpeg()] * 10}, "一次最多上传9个"),
    ],
)
def test_what_is_refused_comes_back_with_everything_typed(
    client: Any, project: Any, given: dict, words: str
) -> None:
    answer = client.post(form_of(project), {**NO_ROWS, "shows": f"议事{NASTY}", **given})
    assert words in answer.text
    assert given["words"] in answer.text
    assert "议事&lt;script&gt;" in answer.text
    assert not StepReport.objects.exists()


def test_a_file_that_is_no_picture_is_named(client: Any, project: Any) -> None:
    fake = SimpleUploadedFile("假照片.jpg", b"MZ not a picture")
    given = {**NO_ROWS, "words": "已办结并公开。", "pictures": [fake]}
    answer = client.post(form_of(project), given)
    assert "“假照片.jpg”" in answer.text
    assert "已办结并公开。" in answer.text


def test_what_is_typed_is_kept_and_shown_again(client: Any, project: Any) -> None:
    url = at("report_autosave", project.pk, step_of(project).pk)
    kept = client.post(url, {"words": "写到一半", **figures(("议事", "3", "次"))})
    assert kept.json()["values"] == {}
    text = client.get(form_of(project)).text
    for said in ("写到一半", 'value="议事"', 'value="3"'):
        assert said in text
    assert "field__error" not in text
    assert client.post(url, {"words": "长" * 20_001}).status_code == 422
    client.post(form_of(project), {"words": "议事会已经开完了。", **NO_ROWS})
    assert not Draft.objects.exists()


def test_what_was_typed_when_the_sign_in_expired_is_back(
    cast: Any, client: Any, browse: Any, project: Any
) -> None:
    stranger = browse()
    page = stranger.post(form_of(project), {"words": "写到一半", **NO_ROWS})
    sealed = page.context["kept"]
    given = {"username": cast["applicant"].username, "password": "demo", "kept": sealed}
    stranger.post(at("login"), {**given, "next": form_of(project)})
    assert "写到一半" in stranger.get(form_of(project)).text


def test_a_question_is_read_and_answered(cast: Any, client: Any) -> None:
    question = make_question("open", cast)
    url = at("question", question.project_id, question.pk)
    assert "说明情况：第1次议事" in client.get(at("home")).text
    for screen in (at("progress", question.project_id), url):
        text = client.get(screen).text
        assert "记录在哪里？" in text
        assert cast["unit"].first_name not in text
    assert "请填写情况说明" in client.post(url, {"answer": "", **NO_ROWS}).text
    given = {"answer": "记录在社区。", "words": "补充记录。", "pictures": [jpeg()], **NO_ROWS}
    seen = client.get(url).context["question"].version
    done = client.post(url, {**given, "seen": seen}, follow=True)
    assert "说明已提交" in done.text
    text = client.get(url).text
    for said in ("记录在社区。", "补充记录。", "待认定"):
        assert said in text
    assert "说明情况：第1次议事" not in client.get(at("home")).text
    assert client.post(url, {**given, "seen": seen}).status_code == 200
    assert StepQuestion.objects.get().supplements.count() == 1


def test_an_answer_that_holds_a_number_comes_back(cast: Any, client: Any) -> None:
    question = make_question("open", cast)
    url = at("question", question.project_id, question.pk)
    given = {"answer": "见补充。", "words": "联系13812345678", **NO_ROWS}
    answer = client.post(url, {**given, "seen": question.version})
    assert answer.status_code == 409
    assert "手机号码" in answer.text
    assert "见补充。" in answer.text
    autosave = at("answer_autosave", question.project_id, question.pk)
    assert client.post(autosave, {"answer": "写到一半"}).status_code == 200
    assert "写到一半" in client.get(url).text


def test_a_completion_taken_back_says_why_and_can_be_reported_again(cast: Any, client: Any) -> None:
    question = make_question("upheld", cast)
    text = client.get(at("progress", question.project_id)).text
    assert "现场未见议事记录。" in text
    assert form_of(question.project) in text
    url = at("question", question.project_id, question.pk)
    assert "现场未见议事记录。" in client.get(url).text


@pytest.mark.parametrize(
    ("part", "given", "shown"),
    [
        ("goal", {"text": "办结议题8件"}, "办结议题10件"),
        ("deadline", {"day": day(40).isoformat()}, "申请调整承诺"),
        ("person", {"text": "王示例", "post": "副书记"}, "李示例 党委书记"),
    ],
)
def test_a_change_is_proposed_with_what_stands_there_now(
    client: Any, project: Any, part: str, given: dict, shown: str
) -> None:
    commitment = project.commitments.get()
    url = at("change_commitment", project.pk, commitment.pk, part)
    assert shown in client.get(url).text
    assert "请填写调整理由" in client.post(url, {**given, "reason": ""}).text
    done = client.post(url, {**given, "reason": f"场地停用。{NASTY}"}, follow=True)
    assert "申请已提交，由区委组织部批复。" in done.text
    assert NASTY not in done.text
    assert "场地停用" in done.text
    again = client.post(url, {**given, "reason": "再次报送申请。"})
    assert again.status_code == 409
    assert "已有待批准的调整申请" in again.text
    assert "再次报送申请。" in again.text


def test_a_change_of_a_step_is_kept_while_it_is_written(client: Any, project: Any) -> None:
    step = step_of(project)
    url = at("change_step", project.pk, step.pk, "title")
    autosave = at("change_step_autosave", project.pk, step.pk, "title")
    assert client.post(autosave, {"text": "季度议事", "reason": ""}).status_code == 200
    assert "季度议事" in client.get(url).text
    assert "200" in client.post(url, {"text": "长" * 201, "reason": "改。"}).text
    client.post(url, {"text": "季度议事", "reason": "改为季度。"})
    assert CommitmentChange.objects.get().step == step
    assert not Draft.objects.exists()
    commitment = at("change_commitment_autosave", project.pk, step.commitment_id, "goal")
    assert client.post(commitment, {"text": "新目标"}).status_code == 200


@pytest.mark.parametrize("state", ["proposed", "approved", "refused", "withdrawn"])
def test_a_proposal_shows_where_it_stands(cast: Any, client: Any, state: str) -> None:
    change = make_change(state, cast)
    url = at("change", change.project_id, change.pk)
    text = client.get(url).text
    assert "场地因修缮停用两个月。" in text
    assert bool(re.search(r"撤回申请\s*<", text)) == (state in ("proposed", "withdrawn"))
    assert ("理由不充分" in text) == (state == "refused")
    assert cast["department"].first_name not in text


def test_a_proposal_is_withdrawn_once(cast: Any, client: Any) -> None:
    change = make_change("proposed", cast)
    url = at("change", change.project_id, change.pk)
    assert "申请已撤回" in client.post(url, {"seen": change.version}, follow=True).text
    assert CommitmentChange.objects.get().state == "withdrawn"
    again = client.post(url, {"seen": change.version}, follow=True)
    assert "申请已撤回。" not in again.text


def test_of_others_there_is_nothing(cast: Any, browse: Any) -> None:
    question, change = make_question("open", cast), make_change("proposed", cast)
    project, step = question.project, question.step
    addresses = [
        at("progress", project.pk),
        at("report", project.pk, step.pk),
        at("question", project.pk, question.pk),
        at("change", change.project_id, change.pk),
        at("change_commitment", project.pk, step.commitment_id, "goal"),
    ]
    stranger = browse(make_person(Role.APPLICANT))
    assert {stranger.get(url).status_code for url in addresses} == {404}
    own = browse(cast["applicant"])
    elsewhere = [
        at("report", change.project_id, step.pk),
        at("question", change.project_id, question.pk),
        at("change", project.pk, change.pk),
        at("change_commitment", project.pk, step.commitment_id, "title"),
        at("change_step", project.pk, step.pk, "goal"),
    ]
    assert {own.get(url).status_code for url in elsewhere} == {404}
    assert browse(cast["expert"]).get(addresses[0]).status_code == 404


def test_a_partner_reads_and_does_not_report(cast: Any, browse: Any) -> None:
    project = make_kept(cast)
    partner = make_organization(cast.organization.unit)
    project.partners.create(organization=partner)
    client = browse(make_person(Role.APPLICANT, partner))
    text = client.get(at("progress", project.pk)).text
    assert "第1次议事" in text
    assert form_of(project) not in text
    assert client.get(form_of(project)).status_code == 302
    url = at("change_commitment", project.pk, project.commitments.get().pk, "goal")
    assert client.get(url).status_code == 302


def test_before_the_promises_are_published_there_is_no_progress(cast: Any, client: Any) -> None:
    project = make_project("approved", cast)
    answer = client.get(at("progress", project.pk))
    assert answer["Location"] == at("project", project.pk)


def test_what_is_due_soon_waits_on_the_first_screen(cast: Any, client: Any) -> None:
    near = make_kept(cast, 5, -2, 60)
    text = client.get(at("home")).text
    assert text.count("报告步骤完成情况") == 2
    assert "逾期2天" in text
    report(step_of(near, 0), cast)
    forge(make_kept(cast, 1), "graded")
    assert client.get(at("home")).text.count("报告步骤完成情况") == 1


def test_a_report_that_came_too_late_is_told_and_kept(cast: Any, client: Any, project: Any) -> None:
    forge(project, "results_submitted")
    answer = client.post(form_of(project), {"words": "补报。", **NO_ROWS}, follow=True)
    assert "当前不能报告" in answer.text


def test_evidence_is_for_whoever_sees_the_project(cast: Any, browse: Any, project: Any) -> None:
    made = report(step_of(project), cast, files=(jpeg("签到表.jpg"),))
    url = at("file", made.files.get().pk)
    for role, status in (("applicant", 200), ("unit", 200), ("taskforce", 200), ("editor", 200)):
        assert browse(cast[role]).get(url).status_code == status
    stranger = make_person(Role.UNIT, make_organization().unit)
    assert browse(stranger).get(url).status_code == 404


def test_the_door_refuses_what_moved_meanwhile(cast: Any, client: Any) -> None:
    change = make_change("proposed", cast)
    seen = change.version
    move(change, "approve", by=cast["department"])
    url = at("change", change.project_id, change.pk)
    answer = client.post(url, {"seen": seen}, follow=True)
    assert cast["department"].first_name not in answer.text
    assert CommitmentChange.objects.get().state == "approved"
