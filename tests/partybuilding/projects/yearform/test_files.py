"""Files that a year asks for by name: they have their own place, must be there, and are told wherever answers are."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.selectors import last_entry
from partybuilding.portal.services import add_file, remove_file
from partybuilding.projects.models import Project
from partybuilding.projects.services import create_draft, save_application, submit_application
from partybuilding.projects.yearform.services import read_blocks, save_form
from tests.factories import Cast, fill, make_cast, make_cycle
from tests.factories.screens import client_of, queries_of
from tests.factories.yearform import block, delivered_with, key, when
from tests.partybuilding.core.uploads import samples
from tests.partybuilding.projects.yearform.conftest import open_it

pytestmark = pytest.mark.django_db
MINUTES, BUDGET, READY = "支部会议纪要", "经费预算表", "是否已有专项经费"


def pdf(name: str) -> Any:
    """Return a file as it is sent."""
    return samples.upload(name, samples.pdf())


class Asked:
    """A year that asks for minutes, and for a budget only of those who have money."""

    def __init__(self, cast: Cast) -> None:
        self.ready = block("yes_no", READY)
        self.minutes = block("file", MINUTES, required=True, help="盖章后扫描。")
        self.budget = block("file", BUDGET, required=True, when=[when(READY, "是")])
        form = delivered_with(self.ready)
        files = next(one for one in form if one["value"]["part"] == "attachments")
        files["value"]["fields"] += [self.minutes, self.budget]
        save_form(cast.cycle, form, by=cast["department"])
        cast.cycle = open_it(cast.cycle, cast)


@pytest.fixture
def cast() -> Cast:
    return make_cast(cycle=make_cycle())


@pytest.fixture
def asked(cast: Cast) -> Asked:
    return Asked(cast)


@pytest.fixture
def draft(cast: Cast, asked: Asked) -> Project:
    return fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)


@pytest.fixture
def applicant(cast: Cast) -> Client:
    return client_of(cast["applicant"])


def place(project: Project) -> str:
    return reverse("portal:attachments", args=[project.pk])


def anew(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


def test_each_has_its_own_place_and_comes_with_its_name(
    draft: Project, asked: Asked, applicant: Client
) -> None:
    page = applicant.get(place(draft)).text
    assert (MINUTES in page, "盖章后扫描。" in page, BUDGET in page) == (True, True, False)
    sent = {key(asked.minutes): pdf("一月.pdf"), "files": pdf("照片说明.pdf")}
    assert applicant.post(place(draft), sent).status_code == 302
    kept = dict(draft.attachments.values_list("name", "question"))
    assert kept == {"一月.pdf": key(asked.minutes), "照片说明.pdf": ""}
    assert f"{MINUTES} · PDF" in applicant.get(place(draft)).text


def test_it_must_be_there_before_the_application_is_handed_in(
    cast: Cast, draft: Project, asked: Asked, applicant: Client
) -> None:
    with pytest.raises(ConditionUnmet) as refusal:
        submit_application(anew(draft), by=cast["applicant"])
    assert list(map(str, refusal.value.sentences)) == [f"“{MINUTES}”尚未填写。"]
    file = add_file(draft, pdf("一月.pdf"), by=cast["applicant"], question=key(asked.minutes))
    remove_file(draft, file, by=cast["applicant"])
    assert f"“{MINUTES}”尚未填写。" in applicant.get(reverse("portal:check", args=[draft.pk])).text
    add_file(draft, pdf("一月.pdf"), by=cast["applicant"], question=key(asked.minutes))
    assert submit_application(anew(draft), by=cast["applicant"]).state == "submitted"
    assert last_entry(draft, "submit").data["application"][key(asked.minutes)] == ["一月.pdf"]


def test_one_under_a_condition_is_asked_for_only_then(
    cast: Cast, draft: Project, asked: Asked, applicant: Client
) -> None:
    with pytest.raises(ConditionUnmet):
        add_file(draft, pdf("预算.pdf"), by=cast["applicant"], question=key(asked.budget))
    draft = save_application(draft, by=cast["applicant"], answers={key(asked.ready): True})
    assert BUDGET in applicant.get(place(draft)).text
    assert add_file(draft, pdf("预算.pdf"), by=cast["applicant"], question=key(asked.budget)).pk


@pytest.mark.parametrize("question", ["q0000000000", "files", "title"])
def test_a_forged_name_takes_no_file(cast: Cast, draft: Project, question: str) -> None:
    with pytest.raises(ConditionUnmet):
        add_file(draft, pdf("一月.pdf"), by=cast["applicant"], question=question)
    assert not draft.attachments.exists()


def test_its_names_stand_wherever_answers_do(
    cast: Cast, draft: Project, asked: Asked, applicant: Client
) -> None:
    add_file(draft, pdf("一月纪要.pdf"), by=cast["applicant"], question=key(asked.minutes))
    project = submit_application(anew(draft), by=cast["applicant"])
    staff = client_of(cast["department"])
    for page in (
        applicant.get(reverse("portal:application", args=[project.pk])).text,
        staff.get(reverse("partybuilding:case", args=[project.pk])).text,
    ):
        assert MINUTES in page
        assert "一月纪要.pdf" in page
    paper = applicant.get(reverse("portal:form_paper", args=[project.pk, "pdf"])).content
    text = "".join("".join(one.extract_text().split()) for one in PdfReader(BytesIO(paper)).pages)
    assert MINUTES in text
    assert "一月纪要.pdf" in text
    sheet = staff.get(reverse("party_projects_modeladmin_index") + "?export=xlsx")
    rows = list(load_workbook(BytesIO(sheet.getvalue())).active.values)
    assert dict(zip(*rows[-2:], strict=True))[MINUTES] == "一月纪要.pdf"


def test_a_file_of_many_projects_asks_no_more(cast: Cast, asked: Asked) -> None:
    address = reverse("party_projects_modeladmin_index") + "?export=xlsx"
    staff, taken = client_of(cast["department"]), []
    for number in (1, 4):
        for _each in range(number):
            draft = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
            add_file(draft, pdf("纪要.pdf"), by=cast["applicant"], question=key(asked.minutes))
            submit_application(anew(draft), by=cast["applicant"])
        staff.get(address)
        taken.append(queries_of(staff, address))
    assert taken[0] == taken[1]


@pytest.mark.parametrize(("kind", "part"), [("file", "basics"), ("text", "attachments")])
def test_it_stands_among_the_files_and_nothing_else_does(kind: str, part: str) -> None:
    faults = read_blocks(delivered_with(block(kind, "会议纪要"), part=part)).faults
    assert len(faults) == 1
    assert "附件材料" in str(faults[0])


def test_a_file_that_is_refused_is_named_beside_its_place(
    draft: Project, asked: Asked, applicant: Client
) -> None:
    bad = SimpleUploadedFile("坏.pdf", b"MZ this is a program", content_type="application/pdf")
    answer = applicant.post(place(draft), {key(asked.minutes): bad})
    assert answer.status_code == 200
    assert "坏.pdf" in answer.text
    assert not draft.attachments.exists()


def test_choosing_nothing_is_told_once(draft: Project, asked: Asked, applicant: Client) -> None:
    page: Any = applicant.post(place(draft), {}).text
    assert "请至少选择一个文件" in page
