"""What an import finds beside what its cells show: known people, circles, passwords, what is out of use."""

from typing import Any

import pytest

from partybuilding.core.states import Role
from partybuilding.organizations import services
from partybuilding.organizations.importing import import_workbook
from partybuilding.organizations.imports.check import MAX_PASSWORDS
from partybuilding.organizations.journal import entries_of
from partybuilding.organizations.models import Membership, Organization
from partybuilding.organizations.permissions import roles_of_user
from tests.factories import make_organization, make_person, make_unit, make_user
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


def faults(by: Any, organizations: list[Any], people: list[Any]) -> list[tuple[str, str]]:
    report = import_workbook(workbook(organizations, people), by=by, dry_run=False)
    assert not report.written
    return [(error.place, error.message) for error in report.errors]


def test_all_faults_are_named_at_once_cells_and_what_they_mean(officer: Any) -> None:
    broken = changed(COMMUNITY, kind="委员会")
    lost = changed(APPLICANT, organization="X", email="不是邮箱")
    below = changed(COMMUNITY, code="QJ-CD-2", name="另一社区党委", parent="QJ-CD-1")
    found = faults(officer, [UNIT, broken, below], [lost])
    assert [place for place, _ in found] == ["C3", "C2", "F2"]


def test_the_department_imports_no_change_of_an_administrators_account(officer: Any) -> None:
    admin = make_user(username="shicheng01", is_superuser=True)
    ((place, words),) = faults(officer, [UNIT, COMMUNITY], [APPLICANT])
    assert (place, "系统管理员" in words) == ("A2", True)
    file = workbook([UNIT, COMMUNITY], [APPLICANT])
    assert import_workbook(file, by=admin, dry_run=False).written


def test_a_circle_through_what_is_stored_is_found(officer: Any) -> None:
    top = make_organization(code="TOP")
    make_organization(top.unit, code="LOW", parent=top)
    row = [top.code, top.name, "党委", "城市", "LOW", "否", "", ""]
    ((place, words),) = faults(officer, [row], [])
    assert (place, "本党组织" in words) == ("E2", True)


def test_what_is_out_of_use_takes_nobody_in(officer: Any) -> None:
    unit = make_unit(code="QJ-CD", name="城东街道党工委")
    services.deactivate_organization(unit, by=officer)
    found = faults(officer, [COMMUNITY], [REVIEWER])
    assert [(place, "已停用" in words) for place, words in found] == [("E2", True), ("C2", True)]


def test_one_person_has_a_role_in_a_place_once(officer: Any) -> None:
    twice = [APPLICANT, changed(APPLICANT, post="副书记")]
    found = faults(officer, [UNIT, COMMUNITY], twice)
    assert [place for place, _ in found] == ["D2", "D3"]


@pytest.mark.parametrize(
    ("code", "role"),
    [("QJ-CD-1", "初审员"), ("QJ-CD-1", "组织部"), ("QJ-CD", "工作专班")],
)
def test_a_role_is_held_where_it_fits(officer: Any, code: str, role: str) -> None:
    found = faults(officer, [UNIT, COMMUNITY], [changed(APPLICANT, organization=code, role=role)])
    assert [place for place, _words in found] == ["D2"]


def test_one_login_name_has_one_name(officer: Any) -> None:
    other = changed(
        APPLICANT, username="SHICHENG01", name="别人", organization="QJ-CD", role="初审员"
    )
    ((place, words),) = faults(officer, [UNIT, COMMUNITY], [APPLICANT, other])
    assert (place, "姓名不一致" in words) == ("B3", True)


def test_more_different_passwords_than_can_be_hashed_in_time_are_refused(officer: Any) -> None:
    rows = [
        changed(APPLICANT, username=f"p{number}", password=f"Initial-{number}")
        for number in range(MAX_PASSWORDS + 1)
    ]
    ((place, words),) = faults(officer, [UNIT, COMMUNITY], rows)
    assert (place, str(MAX_PASSWORDS) in words) == (f"G{MAX_PASSWORDS + 2}", True)


def test_what_a_service_refuses_is_an_error_of_its_row_and_nothing_is_written(
    officer: Any,
) -> None:
    unit = make_unit(code="QJ-CD", name="城东街道党工委")
    make_person(Role.UNIT, unit)
    parent = make_unit(code="QJ", name="区委街道工委")
    row = [unit.code, unit.name, "党工委", "城市", "QJ", "否", "", ""]
    found = faults(officer, [row, changed(COMMUNITY, parent="QJ")], [])
    assert [(place, "初审员" in words) for place, words in found] == [("A2", True)]
    assert not Organization.objects.filter(code="QJ-CD-1").exists()
    assert Organization.objects.get(pk=unit.pk).parent_id != parent.pk


def test_superiors_may_stand_below_those_they_lead(officer: Any) -> None:
    branch = changed(COMMUNITY, code="QJ-CD-1-1", name="第一支部", kind="党支部", parent="QJ-CD-1")
    file = workbook([branch, COMMUNITY, UNIT], [REVIEWER, APPLICANT])
    assert import_workbook(file, by=officer, dry_run=False).written
    found = Organization.objects.get(code="QJ-CD-1-1")
    assert (found.parent.code, found.unit.code) == ("QJ-CD-1", "QJ-CD")
    assert [entry.user for entry in entries_of(found)] == [officer]


def test_a_known_organization_moves_with_all_below_it(officer: Any) -> None:
    old = make_unit()
    middle = make_organization(old, code="QJ-CD-1", name="石城社区党委")
    leaf = make_organization(old, parent=middle)
    import_workbook(workbook([UNIT, COMMUNITY], []), by=officer, dry_run=False)
    leaf.refresh_from_db()
    assert leaf.unit.code == "QJ-CD"


def test_new_people_get_the_groups_of_their_roles_and_one_of_several_roles_both(
    officer: Any,
) -> None:
    editor = changed(REVIEWER, role="编辑")
    import_workbook(workbook([UNIT, COMMUNITY], [REVIEWER, editor]), by=officer, dry_run=False)
    (held,) = {
        membership.user for membership in Membership.objects.filter(organization__code="QJ-CD")
    }
    assert roles_of_user(held).roles == {Role.UNIT, Role.EDITOR}
    assert set(held.groups.values_list("name", flat=True)) == {"初审员", "编辑"}
    assert not held.has_usable_password()


def test_a_known_person_is_found_whatever_the_letters_size_and_keeps_the_mail_address(
    officer: Any,
) -> None:
    person = make_user(username="Shicheng01", first_name="李示例", email="old@example.cn")
    row = changed(APPLICANT, email="", password="")
    report = import_workbook(workbook([UNIT, COMMUNITY], [row]), by=officer, dry_run=False)
    person.refresh_from_db()
    assert (report.people.changed, report.people.created) == (1, 0)
    assert (person.email, person.memberships.get().post) == ("old@example.cn", "党务干部")
