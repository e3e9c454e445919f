"""Import in the administration: template, dry run, confirmation; the file is kept and thrown away."""

import os
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from partybuilding.core.files import pending
from partybuilding.core.states import Role
from partybuilding.organizations import services
from partybuilding.organizations.imports import workbook as reading
from partybuilding.organizations.models import Organization
from tests.factories import make_person
from tests.factories.screens import client_of
from tests.partybuilding.organizations.workbooks import (
    APPLICANT,
    COMMUNITY,
    UNIT,
    changed,
    workbook,
)

pytestmark = pytest.mark.django_db
UPLOAD = reverse("partybuilding:import")
CONFIRM = reverse("partybuilding:import_confirm")


@pytest.fixture(autouse=True)
def private(settings: Any, tmp_path: Any) -> None:
    """Keep files in a folder of this test."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    private = {**storage, "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "private": private}


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def kept() -> list[str]:
    storage = storages["private"]
    return storage.listdir(pending.FOLDER)[1] if storage.exists(pending.FOLDER) else []


def test_the_template_is_a_download_that_can_be_uploaded_as_it_is(officer: Any) -> None:
    client = client_of(officer)
    answer = client.get(reverse("partybuilding:import_template"))
    assert "xlsx" in answer["Content-Disposition"]
    assert load_workbook(BytesIO(answer.content)).sheetnames == ["党组织", "人员"]
    file = SimpleUploadedFile("模板.xlsx", answer.content)
    tried = client.post(UPLOAD, {"file": file}).text
    assert "未读到已填写的数据行" in tried
    assert CONFIRM not in tried


def test_a_good_file_is_tried_confirmed_written_once_and_thrown_away(officer: Any) -> None:
    client = client_of(officer)
    assert "导入说明" in client.get(UPLOAD).text
    tried = client.post(UPLOAD, {"file": workbook([UNIT, COMMUNITY], [APPLICANT])})
    assert "尚未写入" in tried.text
    assert [tally.created for _label, tally in tried.context["tallies"]] == [2, 1]
    assert not Organization.objects.filter(code="QJ-CD").exists()
    assert len(kept()) == 1
    done = client.post(CONFIRM)
    assert "导入完成" in done.text
    assert Organization.objects.filter(code="QJ-CD").exists()
    assert kept() == []
    again = client.post(CONFIRM, follow=True)
    assert "文件已失效" in again.text


def test_faults_are_listed_by_sheet_row_and_column_and_nothing_is_kept(officer: Any) -> None:
    bad = workbook([UNIT, changed(COMMUNITY, kind="委员会")], [changed(APPLICANT, email="x")])
    answer = client_of(officer).post(UPLOAD, {"file": bad})
    for words in ("有2处需要修改", "党组织", "类别", "C3", "只能填写", "电子邮箱", "F2"):
        assert words in answer.text
    assert kept() == []
    assert "文件已失效" in client_of(officer).post(CONFIRM, follow=True).text


def test_many_faults_are_counted_and_the_first_are_listed(officer: Any) -> None:
    rows = [changed(COMMUNITY, code=f"X{number}", kind="委员会") for number in range(250)]
    answer = client_of(officer).post(UPLOAD, {"file": workbook([UNIT, *rows], [])})
    assert len(answer.context["errors"]) == 200
    assert f"另有{answer.context['more']}处未列出" in answer.text


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "请先选择"),
        (SimpleUploadedFile("a.xlsx", b"not a workbook"), "Excel"),
    ],
)
def test_what_is_no_workbook_is_refused_in_the_form(officer: Any, file: Any, words: str) -> None:
    answer = client_of(officer).post(UPLOAD, {"file": file} if file else {})
    assert words in answer.text
    assert kept() == []


def test_another_upload_takes_the_place_of_the_one_before(officer: Any) -> None:
    client = client_of(officer)
    client.post(UPLOAD, {"file": workbook([UNIT], [])})
    (first,) = kept()
    client.post(UPLOAD, {"file": workbook([UNIT, COMMUNITY], [])})
    (second,) = kept()
    assert first != second


def test_what_changed_between_the_steps_is_found_and_nothing_is_written(officer: Any) -> None:
    client = client_of(officer)
    client.post(UPLOAD, {"file": workbook([UNIT, COMMUNITY], [APPLICANT])})
    unit = Organization(code="OTHER", name=COMMUNITY[1], kind="branch", is_reporting_unit=True)
    services.save_organization(unit, by=None)
    answer = client.post(CONFIRM)
    assert "已有同名党组织" in answer.text
    assert not Organization.objects.filter(code="QJ-CD").exists()
    assert kept() == []


def test_a_right_lost_between_the_steps_writes_nothing(officer: Any) -> None:
    client = client_of(officer)
    client.post(UPLOAD, {"file": workbook([UNIT], [])})
    services.end_membership(officer.memberships.get(), by=None)
    assert client.post(CONFIRM).status_code in (302, 404)
    assert not Organization.objects.filter(code="QJ-CD").exists()


def test_a_file_that_broke_between_the_steps_is_said(officer: Any) -> None:
    client = client_of(officer)
    client.post(UPLOAD, {"file": workbook([UNIT], [])})
    (name,) = kept()
    path = f"{pending.FOLDER}/{name}"
    storages["private"].delete(path)
    storages["private"].save(path, ContentFile(b"broken"))
    answer = client.post(CONFIRM, follow=True)
    assert "Excel" in answer.text
    assert kept() == []


def test_a_confirmation_cannot_be_asked_for_by_a_link(officer: Any) -> None:
    assert client_of(officer).get(CONFIRM).status_code == 405


# The kept file


def test_forgotten_files_are_thrown_away(tmp_path: Any) -> None:
    pending.throw_away_forgotten()
    old, fresh = pending.keep(ContentFile(b"old")), pending.keep(ContentFile(b"fresh"))
    long_ago = (timezone.now() - pending.LIFETIME - timedelta(minutes=1)).timestamp()
    os.utime(tmp_path / pending.FOLDER / old, (long_ago, long_ago))
    pending.keep(ContentFile(b"another"))
    assert pending.fetch(old) is None
    with pending.fetch(fresh) as file:
        assert file.read() == b"fresh"


@pytest.mark.parametrize("key", ["", "../../settings", "nonsense", None, 5])
def test_what_is_no_key_reaches_no_file(key: Any) -> None:
    assert pending.fetch(key) is None
    pending.throw_away(key)


# Reading


def test_numbers_are_read_as_they_are_shown(officer: Any) -> None:
    rows = [changed(UNIT, code=7001), changed(COMMUNITY, parent=7001)]
    found = reading.read_workbook(workbook(rows, []))
    assert found.errors == []
    assert [row.values["code"] for row in found.rows["党组织"]] == ["7001", "QJ-CD-1"]


def test_more_rows_than_can_be_read_are_refused(officer: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 1)
    with pytest.raises(reading.NotAWorkbook, match="1行"):
        reading.read_workbook(workbook([UNIT, COMMUNITY], []))


def test_an_excel_file_without_its_parts_is_refused(monkeypatch: Any) -> None:
    def broken(*args: Any, **kwargs: Any) -> Workbook:
        raise KeyError("xl/workbook.xml")

    monkeypatch.setattr(reading, "load_workbook", broken)
    with pytest.raises(reading.NotAWorkbook, match="模板"):
        reading.read_workbook(workbook([UNIT], []))
