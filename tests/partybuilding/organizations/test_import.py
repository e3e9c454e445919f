"""Import of organisations and people: dry run, errors by cell in Chinese, all or nothing."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from partybuilding.core.machine.refusals import NotYours
from partybuilding.core.states import Role
from partybuilding.organizations.importing import import_workbook
from partybuilding.organizations.imports import NotAWorkbook, template_workbook
from partybuilding.organizations.models import FirstPassword, Membership, Organization
from partybuilding.organizations.selectors import telephone_of
from tests.factories import make_person
from tests.partybuilding.organizations.workbooks import (
    APPLICANT,
    COMMUNITY,
    REVIEWER,
    UNIT,
    changed,
    workbook,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def test_a_whole_workbook_is_taken_over(officer: Any) -> None:
    report = import_workbook(
        workbook([COMMUNITY, UNIT], [APPLICANT, REVIEWER]), by=officer, dry_run=False
    )
    community = Organization.objects.get(code="QJ-CD-1")
    assert report.written
    assert (report.organizations.created, report.people.created) == (2, 2)
    assert community.unit.code == community.parent.code == "QJ-CD"
    applicant = get_user_model().objects.get(username="shicheng01")
    assert applicant.check_password("Chuangxin-2026")
    assert FirstPassword.objects.filter(user=applicant).exists()
    assert applicant.get_full_name() == "李示例"
    assert Membership.objects.get(user=applicant).role == Role.APPLICANT


def test_a_dry_run_says_the_same_and_writes_nothing(officer: Any) -> None:
    before = Organization.objects.count()
    report = import_workbook(workbook([UNIT, COMMUNITY], [APPLICANT]), by=officer, dry_run=True)
    assert report.ok
    assert not report.written
    assert report.organizations.created == 2
    assert Organization.objects.count() == before
    assert not get_user_model().objects.filter(username="shicheng01").exists()


def test_a_repeated_import_changes_nothing(officer: Any) -> None:
    for _turn in range(2):
        report = import_workbook(
            workbook([UNIT, COMMUNITY], [APPLICANT, REVIEWER]), by=officer, dry_run=False
        )
    assert (report.organizations.same, report.people.same) == (2, 2)
    assert (report.organizations.created, report.people.created) == (0, 0)
    assert Membership.objects.filter(user__username="shicheng01").count() == 1


def test_one_bad_cell_stops_everything(officer: Any) -> None:
    bad = changed(COMMUNITY, kind="委员会")
    report = import_workbook(workbook([UNIT, bad], [APPLICANT]), by=officer, dry_run=False)
    assert not report.ok
    assert not Organization.objects.filter(code="QJ-CD").exists()


@pytest.mark.parametrize(
    ("rows", "people", "place", "words"),
    [
        ([UNIT, changed(COMMUNITY, name="")], [], "B3", "不能为空"),
        ([UNIT, changed(COMMUNITY, kind="委员会")], [], "C3", "只能填写"),
        ([UNIT, changed(COMMUNITY, sector="乡下")], [], "D3", "只能填写"),
        ([UNIT, changed(COMMUNITY, parent="X")], [], "E3", "没有使用该代码"),
        ([UNIT, changed(COMMUNITY, parent="QJ-CD-1")], [], "E3", "本党组织"),
        ([UNIT, changed(COMMUNITY, parent="")], [], "E3", "上级党组织"),
        ([UNIT, COMMUNITY, COMMUNITY], [], "A3", "重复"),
        ([changed(UNIT, name="长" * 101)], [], "B2", "100"),
        ([UNIT], [changed(APPLICANT, organization="X")], "C2", "没有使用该代码"),
        ([UNIT], [changed(REVIEWER, username="有 空格")], "A2", "用户名"),
        ([UNIT], [changed(REVIEWER, email="不是邮箱")], "F2", "邮箱"),
        ([UNIT, COMMUNITY], [changed(REVIEWER, organization="QJ-CD-1")], "D2", "归口单位"),
    ],
)
def test_each_fault_names_its_cell_and_what_to_do(
    officer: Any, rows: Any, people: Any, place: str, words: str
) -> None:
    report = import_workbook(workbook(rows, people), by=officer, dry_run=True)
    error = report.errors[0]
    assert error.place == place
    assert words in error.message


def test_a_weak_first_password_is_refused(officer: Any, settings: Any) -> None:
    name = "django.contrib.auth.password_validation.MinimumLengthValidator"
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": name}]
    weak = changed(APPLICANT, password="1")
    report = import_workbook(workbook([UNIT, COMMUNITY], [weak]), by=officer, dry_run=True)
    assert report.errors[0].place == "G2"


def test_a_changed_name_and_post_are_taken_over_and_the_old_post_stays(officer: Any) -> None:
    import_workbook(workbook([UNIT, COMMUNITY], [APPLICANT]), by=officer, dry_run=False)
    fresh = changed(APPLICANT, name="李新名", post="党委副书记")
    renamed = changed(COMMUNITY, secretary_name="陈示例")
    report = import_workbook(workbook([UNIT, renamed], [fresh]), by=officer, dry_run=False)
    user = get_user_model().objects.get(username="shicheng01")
    assert (report.people.changed, report.organizations.changed) == (1, 1)
    assert user.get_full_name() == "李新名"
    assert [m.post for m in user.memberships.order_by("pk")] == ["党务干部", "党委副书记"]
    assert user.check_password("Chuangxin-2026")


def test_the_template_can_be_imported_as_it_is_and_brings_nothing(officer: Any) -> None:
    book = load_workbook(BytesIO(template_workbook()))
    assert book.sheetnames == ["党组织", "人员"]
    file = SimpleUploadedFile("模板.xlsx", template_workbook())
    report = import_workbook(file, by=officer, dry_run=False)
    assert report.ok
    assert report.organizations.total == report.people.total == 0


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_in_words(officer: Any, content: bytes) -> None:
    with pytest.raises(NotAWorkbook):
        import_workbook(SimpleUploadedFile("a.xlsx", content), by=officer, dry_run=True)


@pytest.mark.parametrize("wrong", ["sheet", "headings"])
def test_another_workbook_is_refused_with_what_it_should_hold(officer: Any, wrong: str) -> None:
    book = Workbook()
    book.active.title = "别的" if wrong == "sheet" else "党组织"
    book.create_sheet("人员")
    out = BytesIO()
    book.save(out)
    with pytest.raises(NotAWorkbook, match="党组织"):
        import_workbook(SimpleUploadedFile("a.xlsx", out.getvalue()), by=officer, dry_run=True)


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.UNIT, Role.EDITOR, Role.AUDITOR])
def test_only_the_department_imports(role: Role) -> None:
    with pytest.raises(NotYours):
        import_workbook(workbook([UNIT], []), by=make_person(role), dry_run=True)


def test_telephones_come_with_people_are_checked_and_never_emptied(officer: Any) -> None:
    wrong = changed(APPLICANT, telephone="随便写")
    report = import_workbook(workbook([UNIT, COMMUNITY], [wrong]), by=officer, dry_run=False)
    assert [(error.place, "电话" in error.message) for error in report.errors] == [("H2", True)]
    import_workbook(workbook([UNIT, COMMUNITY], [APPLICANT]), by=officer, dry_run=False)
    person = get_user_model().objects.get(username="shicheng01")
    assert telephone_of(person) == "023-79220000"
    report = import_workbook(
        workbook([], [changed(APPLICANT, telephone="023-79220001")]), by=officer, dry_run=False
    )
    told = [(one.old, one.new) for one in report.changes]
    assert told == [("023-79220000", "023-79220001")]
    import_workbook(workbook([], [changed(APPLICANT, telephone="")]), by=officer, dry_run=False)
    assert telephone_of(get_user_model().objects.get(pk=person.pk)) == "023-79220001"
