"""Odd workbooks are read, or the cell at fault is named; what is confirmed is what was shown."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.organizations.importing import import_workbook
from partybuilding.organizations.imports import NotAWorkbook
from partybuilding.organizations.models import Organization
from tests.factories import make_person
from tests.factories.screens import client_of
from tests.partybuilding.organizations.odd_workbooks import book, cell, file, odd_workbooks
from tests.partybuilding.organizations.workbooks import (
    APPLICANT,
    COMMUNITY,
    UNIT,
    changed,
    workbook,
)

pytestmark = pytest.mark.django_db
ODD = odd_workbooks()
CONFIRM = reverse("partybuilding:import_confirm")


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def test_there_are_twenty_of_them() -> None:
    assert len(ODD) >= 20


@pytest.mark.parametrize("name", ODD)
def test_an_odd_workbook_gets_the_right_answer(name: str, officer: Any) -> None:
    content, told = ODD[name]
    if told and not told[0][0]:
        with pytest.raises(NotAWorkbook, match=told[0][1]):
            import_workbook(content, by=officer, dry_run=False)
        return
    report = import_workbook(content, by=officer, dry_run=False)
    assert bool(report.errors) == bool(told)
    for error, (place, words) in zip(report.errors, told, strict=False):
        assert error.place == place
        assert words in error.message
    if not told:
        assert report.written
        community = Organization.objects.get(code="QJ-CD-1")
        assert (community.name, community.parent.code) == ("石城社区党委", "QJ-CD")
        assert get_user_model().objects.filter(username="shicheng01").exists()


def test_zeros_that_a_format_shows_belong_to_the_code(officer: Any) -> None:
    spoilt = cell("A3", 123, "000000")
    spoilt["人员"].delete_rows(2)
    assert import_workbook(file(spoilt), by=officer, dry_run=False).written
    assert Organization.objects.get(name="石城社区党委").code == "000123"


def test_zeros_that_excel_has_cut_off_are_named(officer: Any) -> None:
    rows = [changed(UNIT, code="007001"), changed(COMMUNITY, parent=7001)]
    (error,) = import_workbook(workbook(rows, []), by=officer, dry_run=True).errors
    assert (error.place, "007001" in error.message) == ("E3", True)


def test_what_was_passed_over_is_said(officer: Any) -> None:
    hidden = import_workbook(ODD["a hidden sheet"][0], by=officer, dry_run=True)
    assert ["隐藏" in note for note in hidden.notes] == [True]
    more = import_workbook(ODD["a column more"][0], by=officer, dry_run=True)
    assert "备注" in more.notes[0]
    extra = book(lambda *_: None)
    extra.create_sheet("说明")
    assert "“说明”" in import_workbook(file(extra), by=officer, dry_run=True).notes[0]


def test_a_column_that_is_not_there_changes_nothing(officer: Any) -> None:
    import_workbook(workbook([UNIT, COMMUNITY], []), by=officer, dry_run=False)

    def without_secretary(organizations: Any, _people: Any) -> None:
        organizations.delete_cols(7, 2)

    report = import_workbook(file(book(without_secretary, [])), by=officer, dry_run=False)
    assert not report.changes_anything
    assert Organization.objects.get(code="QJ-CD").secretary_name == UNIT[6]


def test_every_change_is_shown_with_old_and_new(officer: Any) -> None:
    import_workbook(workbook([UNIT, COMMUNITY], [APPLICANT]), by=officer, dry_run=False)
    other = changed(COMMUNITY, secretary_name="陈示例", parent="", is_reporting_unit="是")
    fresh = changed(APPLICANT, name="李新名", username="SHICHENG01")
    report = import_workbook(workbook([UNIT, other], [fresh]), by=officer, dry_run=True)
    assert [(one.heading, one.old, one.new) for one in report.changes] == [
        ("上级党组织代码", "QJ-CD", ""),
        ("是否归口单位", "否", "是"),
        ("书记姓名", "张示例", "陈示例"),
        ("姓名", "李示例", "李新名"),
    ]
    assert report.organizations.same == 1


def send(client: Any, *rows: Any, people: Any = ()) -> Any:
    return client.post(
        reverse("partybuilding:import"), {"file": workbook(list(rows), list(people))}
    )


def test_a_renamed_reviewer_is_seen_before_it_is_confirmed(officer: Any) -> None:
    import_workbook(workbook([UNIT, COMMUNITY], [APPLICANT]), by=officer, dry_run=False)
    page = send(client_of(officer), UNIT, people=[changed(APPLICANT, name="李新名")]).text
    assert "李示例" in page
    assert "李新名" in page


def test_of_two_who_confirm_the_second_is_shown_what_is_left(officer: Any) -> None:
    first, second = client_of(officer), client_of(make_person(Role.DEPARTMENT))
    send(first, UNIT, COMMUNITY)
    send(second, UNIT, changed(COMMUNITY, secretary_name="陈示例"))
    assert "导入完成" in first.post(CONFIRM).text
    answer = second.post(CONFIRM)
    assert "期间已有变动" in answer.text
    assert Organization.objects.get(code="QJ-CD-1").secretary_name == "张示例"
    assert [(one.old, one.new) for one in answer.context["changes"]] == [("张示例", "陈示例")]
    assert "导入完成" in second.post(CONFIRM).text
    assert Organization.objects.get(code="QJ-CD-1").secretary_name == "陈示例"


def test_what_is_there_already_offers_nothing_to_confirm(officer: Any) -> None:
    import_workbook(workbook([UNIT], []), by=officer, dry_run=False)
    page = send(client_of(officer), UNIT).text
    assert "与现有登记一致" in page
    assert CONFIRM not in page
