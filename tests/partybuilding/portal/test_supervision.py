"""What an organisation sees of its supervision, and how it answers a finding."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from partybuilding.supervision.models import Rectification
from tests.factories import Cast, make_organization, make_person, make_project
from tests.factories.pictures import photograph
from tests.factories.supervision import (
    finding,
    make_rectification,
    make_visit,
    take_rectification,
)

Browse = Callable[..., Client]
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def project(cast: Cast) -> Project:
    return make_project("implementing", cast)


def listing(project: Project) -> str:
    return reverse("portal:supervision", args=[project.pk])


def answer_url(one: Rectification) -> str:
    return reverse("portal:rectification", args=[one.project_id, one.pk])


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("整改.jpg", photograph(size=(60, 40)))


def test_findings_rounds_and_what_comes_are_listed(
    cast: Cast, project: Project, browse: Browse
) -> None:
    client = browse(cast["applicant"])
    empty = client.get(listing(project)).text
    assert "未发现需整改的问题。" in empty
    make_visit(project, cast, finding("台账未更新。"), summary=HOSTILE)
    text = client.get(listing(project)).text
    for words in ("有1个问题待整改。", "台账未更新。", "下一步督导安排", "实地督导"):
        assert words in text
    for words in (HOSTILE, cast["taskforce"].first_name, "工作专班郝示例"):
        assert words not in text
    status = client.get(reverse("portal:project", args=[project.pk])).text
    assert listing(project) in status


def test_what_waits_stands_first_on_the_home_page(
    cast: Cast, project: Project, browse: Browse
) -> None:
    one = make_rectification("issued", cast, project)
    client = browse(cast["applicant"])
    desk = client.get("/portal/").context["desk"]
    assert desk[0]["href"] == answer_url(one)
    assert desk[0]["late"] is False
    take_rectification(one, "report_done", cast)
    assert answer_url(one) not in client.get("/portal/").text


def test_a_finding_is_answered_with_words_and_pictures(
    cast: Cast, project: Project, browse: Browse
) -> None:
    one = make_rectification("issued", cast, project)
    client = browse(cast["applicant"])
    form = client.get(answer_url(one))
    assert "提交整改报告" in form.text
    given = {"seen": one.version, "report": "已补齐，见照片。", "files": [picture(), picture()]}
    assert client.post(answer_url(one), given)["Location"] == listing(project)
    one.refresh_from_db()
    assert (one.state, one.report, one.attachments.count()) == ("reported", "已补齐，见照片。", 2)
    shown = client.get(answer_url(one)).text
    assert ("整改.jpg" in shown, "提交整改报告" in shown) == (True, False)
    assert cast["applicant"].first_name not in shown.split("办理历程")[1]
    again = client.post(answer_url(one), {**given, "files": []}, follow=True)
    assert "该问题的整改情况已经报告。" in again.text
    file = reverse("portal:file", args=[one.attachments.first().pk])
    for user in (cast["applicant"], cast["taskforce"]):
        assert browse(user).get(file).status_code == 200
    assert browse(cast["expert"]).get(file).status_code == 404


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"report": ""}, "请填写整改情况。"),
        ({"report": "电话13800138000"}, "手机"),
        ({"files": [SimpleUploadedFile("假.jpg", b"MZ")]}, "假.jpg"),
        ({"files": [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(11)]}, "10"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_are_kept(
    cast: Cast, project: Project, browse: Browse, given: dict[str, Any], words: str
) -> None:
    one = make_rectification("issued", cast, project)
    said = {"seen": one.version, "report": "已补齐记录。", **given}
    answer = browse(cast["applicant"]).post(answer_url(one), said)
    assert answer.status_code == 200
    assert words in answer.text
    assert said["report"] in answer.text
    one.refresh_from_db()
    assert (one.state, one.attachments.exists()) == ("issued", False)


def test_a_session_that_ran_out_loses_no_word(cast: Cast, project: Project, browse: Browse) -> None:
    one = make_rectification("issued", cast, project)
    client = browse()
    expired = client.post(answer_url(one), {"seen": one.version, "report": "写了很久的话"})
    kept = expired.context["kept"]
    login = {"username": cast["applicant"].username, "password": "demo", "kept": kept}
    client.post(f"{reverse('portal:login')}", {**login, "next": answer_url(one)})
    assert "写了很久的话" in client.get(answer_url(one)).text


def test_what_was_sent_back_says_why_and_by_when(
    cast: Cast, project: Project, browse: Browse
) -> None:
    one = make_rectification("reported", cast, project)
    day = timezone.localdate() + timedelta(days=5)
    data = {"rectify_by": day.isoformat()}
    one = take_rectification(one, "send_back", cast, reason="请附照片。", data=data)
    shown = browse(cast["applicant"]).get(answer_url(one)).text
    for words in ("退回补充整改", "请附照片。", "首次时限", "提交整改报告"):
        assert words in shown
    assert cast["taskforce"].first_name not in shown


def test_the_opinion_of_a_verification_is_not_told(
    cast: Cast, project: Project, browse: Browse
) -> None:
    one = make_rectification("verified", cast, project)
    shown = browse(cast["applicant"]).get(answer_url(one)).text
    assert ("核查销号" in shown, "经核查整改到位。" in shown) == (True, False)


def test_a_partner_reads_and_does_not_answer(cast: Cast, project: Project, browse: Browse) -> None:
    one = make_rectification("issued", cast, project)
    partner = make_organization()
    project.partners.create(organization=partner)
    client = browse(make_person(Role.APPLICANT, partner))
    assert one.finding in client.get(listing(project)).text
    assert "提交整改报告" not in client.get(answer_url(one)).text
    client.post(answer_url(one), {"seen": one.version, "report": "已补齐。"})
    one.refresh_from_db()
    assert one.state == "issued"


def test_findings_of_others_do_not_exist(cast: Cast, project: Project, browse: Browse) -> None:
    one = make_rectification("issued", cast, project)
    stranger = browse(make_person(Role.APPLICANT, make_organization()))
    assert stranger.get(listing(project)).status_code == 404
    assert stranger.get(answer_url(one)).status_code == 404
    own = make_project("implementing", cast, title="另一个项目")
    crossed = reverse("portal:rectification", args=[own.pk, one.pk])
    assert browse(cast["applicant"]).get(crossed).status_code == 404
    assert browse(cast["expert"]).get(listing(project)).status_code == 404


def test_lists_ask_as_much_for_many_findings_as_for_one(
    cast: Cast, project: Project, browse: Browse
) -> None:
    client = browse(cast["applicant"])

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    make_visit(project, cast, finding("台账不全"))
    queries(listing(project))
    few = [queries(address) for address in (listing(project), "/portal/")]
    make_visit(
        project,
        cast,
        finding("签到不全"),
        finding("公示缺项"),
        finding("照片模糊"),
        kind="dispatch",
    )
    assert [queries(address) for address in (listing(project), "/portal/")] == few
