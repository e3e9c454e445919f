"""The screens of the texts: for whom they are, what they show, and what they make."""

import io
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from partybuilding.core.papers.result_letters import APPROVAL
from partybuilding.projects.models import Project
from partybuilding.texts.models import Text
from partybuilding.texts.register import texts
from tests.factories import Cast, make_cast, make_project
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
OWN = "立项通知\n{{称呼}}申报的《{{项目名称}}》已列入年度计划。\n{{人员名单}}\n特此通知。"
ROLES = ("unit", "taskforce", "editor", "publisher", "auditor", "leader", "applicant", "expert")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return make_project("approved", cast)


def at(name: str, *more: str) -> str:
    return reverse(f"partybuilding:{name}", args=[APPROVAL.code, *more])


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_text_is_worded_previewed_saved_and_printed(cast: Cast, project: Project) -> None:
    client = client_of(cast["department"])
    shown = words(client.get(at("text")))
    assert "{{项目名称}}" in shown
    assert str(project) in shown
    given = {"body": OWN, "example": str(project.pk), "seen": "1"}
    assert f"申报的《{project.title}》已列入年度计划。" in words(
        client.post(at("text_preview"), given)
    )
    answer = client.post(at("text"), {**given, "act": "save"}, follow=True)
    assert "已列入年度计划" in words(answer)
    assert Text.objects.get(version=2).body == OWN
    later = make_project("approved", cast)
    letter = reverse("partybuilding:letter", args=[later.pk, "docx"])
    printed = "".join(
        one.text for one in Document(io.BytesIO(client.get(letter).content)).paragraphs
    )
    assert f"你单位申报的《{later.title}》已列入年度计划。" in printed
    pdf = client.get(reverse("partybuilding:letter", args=[later.pk, "pdf"]))
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    assert "已列入年度计划" in "".join("".join(one.extract_text().split()) for one in pages)


@pytest.mark.parametrize("edition", ["pdf", "docx"])
def test_what_is_typed_can_be_taken_along(cast: Cast, project: Project, edition: str) -> None:
    client = client_of(cast["department"])
    given = {"body": OWN, "example": str(project.pk)}
    answer = client.post(at("text_edition", edition), given)
    assert answer.status_code == 200
    assert answer.content[:2] in (b"%P", b"PK")
    broken = client.post(at("text_edition", edition), {"body": "{{没有}}"})
    assert broken.status_code == 404


def test_a_fault_is_said_and_what_was_typed_stays(cast: Cast) -> None:
    client = client_of(cast["department"])
    body = OWN + "{{姓名}}"
    answer = words(client.post(at("text"), {"body": body, "seen": "0", "act": "save"}))
    assert "“姓名”" in answer
    assert "{{姓名}}" in answer
    assert "“姓名”" in words(client.post(at("text_preview"), {"body": body}))
    assert not Text.objects.exists()


def test_the_delivered_text_comes_back(cast: Cast) -> None:
    client = client_of(cast["department"])
    client.post(at("text"), {"body": OWN, "seen": "0", "act": "save"})
    client.post(at("text"), {"body": "随便", "seen": "1", "act": "reset"})
    assert [row.is_own for row in Text.objects.order_by("version")] == [True, False]
    shown = words(client.get(at("text")))
    assert "<del>" in shown
    assert "<ins>" in shown


@pytest.mark.parametrize("role", ROLES)
def test_others_have_no_such_screens(cast: Cast, role: str) -> None:
    client = client_of(cast[role])
    for address in (reverse("partybuilding:texts"), at("text")):
        assert client.get(address).status_code in (302, 403, 404)
    for address in (at("text"), at("text_preview"), at("text_edition", "pdf")):
        given = {"body": OWN, "seen": "0", "act": "save"}
        assert client.post(address, given).status_code in (302, 403, 404)
    assert not Text.objects.exists()


def test_nobody_sees_a_record_that_is_not_theirs(cast: Cast, project: Project) -> None:
    client = client_of(cast["department"])
    foreign = {"body": OWN, "example": str(project.pk + 999)}
    assert project.title not in words(client.post(at("text_preview"), foreign))


def test_nothing_that_is_typed_becomes_markup(cast: Cast) -> None:
    client = client_of(cast["department"])
    body = OWN + "\n<script>alert(1)</script>"
    assert "<script>alert" not in words(client.post(at("text_preview"), {"body": body}))


def test_the_list_says_which_are_ones_own(cast: Cast) -> None:
    client = client_of(cast["department"])
    client.post(at("text"), {"body": OWN, "seen": "0", "act": "save"})
    Text.objects.update(delivered="以前交付的")
    shown = words(client.get(reverse("partybuilding:texts")))
    assert "自定文本" in shown
    assert "标准文本有更新" in shown
    assert "标准文本有更新" in words(client.get(at("text")))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "专家 同意回避"}, {"told-recusal-granted", "told-recusal-refused"}),
        ({"q": "本区统一编号"}, {APPROVAL.code}),
        ({"own": "1"}, {APPROVAL.code}),
        ({"q": "没有这样的话"}, set()),
        ({"q": "  "}, set(texts())),
    ],
)
def test_a_text_is_found_by_recipient_wording_and_whether_it_is_ones_own(
    cast: Cast, asked: dict[str, str], found: set[str]
) -> None:
    client = client_of(cast["department"])
    own = {"body": f"{OWN}\n本区统一编号。", "seen": "0", "act": "save"}
    assert client.post(at("text"), own).status_code == 302
    answer = client.get(reverse("partybuilding:texts"), asked)
    shown = {one.text.wording.code for _label, rows in answer.context["groups"] for one in rows}
    assert shown == found
    assert ("没有符合条件的文本" in words(answer)) == (not found)


@pytest.mark.parametrize("code", list(texts()))
def test_every_text_can_be_opened_with_samples(cast: Cast, code: str) -> None:
    answer = client_of(cast["department"]).get(reverse("partybuilding:text", args=[code]))
    assert answer.status_code == 200
    sample = {"body": texts()[code].wording.delivered, "example": "0"}
    shown = client_of(cast["department"]).post(
        reverse("partybuilding:text_preview", args=[code]), sample
    )
    assert shown.status_code == 200
    assert "{{" not in words(shown)
